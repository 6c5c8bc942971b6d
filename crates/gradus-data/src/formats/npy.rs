//! NPY files: arrays as NumPy saves them.
//!
//! An NPY file is the magic `\x93NUMPY`, a version, the length of a header, the header, a Python dictionary with exactly
//! the keys `descr`, `fortran_order` and `shape`, and the elements; nothing follows. The header is read by a parser of
//! its own for these three entries, and no more: nothing is evaluated. Python objects, structures and numbers with the big
//! end first are refused.
//!
//! Reference: NumPy Enhancement Proposal 1, *A simple file format for NumPy arrays*, 2007, and `numpy.lib.format`.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use super::half::of_bf16;
pub use super::npy_lines::Lines;
pub use super::npy_values::Values;
use super::numbered::numbered;
use crate::error::{DataError, excerpt};
use crate::formats::input::{Input, check, opened, with_digit};
use crate::formats::limits::Limits;
use crate::tables::table::Table;
use std::io::Read;
use std::path::Path;

/// An array as an NPY file holds it.
///
/// # Examples
///
/// ```
/// use gradus_data::npy::{Npy, Values};
///
/// let npy = Npy { shape: vec![2, 2], fortran_order: false, values: Values::F64(vec![1.0, 2.0, 3.0, 4.0]) };
/// assert_eq!(npy.table()?.sample(1), Some(&[3.0, 4.0][..])); // a line is a sample
/// # Ok::<(), gradus_data::DataError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Npy {
    /// The dimensions.
    pub shape: Vec<u64>,
    /// Whether the first dimension changes fastest, and not the last.
    pub fortran_order: bool,
    /// The elements, as many as the product of the dimensions, in the order of the file.
    pub values: Values,
}

impl Npy {
    /// The array as a table, a line a sample, as in scikit-learn; a vector is one column.
    ///
    /// Columns are named by their numbers.
    ///
    /// # Errors
    ///
    /// [`DataError::WrongRank`] for other than one or two dimensions, [`DataError::HalfALine`] if the elements are not as
    /// many as the dimensions say, [`DataError::NoSuchColumn`] without columns, [`DataError::LimitExceeded`] for more
    /// columns than elements, and than [`Limits::columns`] allows by default, [`DataError::InexactInteger`] for an integer
    /// that is no double.
    pub fn table(&self) -> Result<Table, DataError> {
        let (lines, columns) = match self.shape[..] {
            [lines] => (lines, 1),
            [lines, columns] => (lines, columns),
            _ => {
                let rank = self.shape.len() as u64;
                let (least, most) = (1, 2);
                return Err(DataError::WrongRank { rank, least, most });
            }
        };
        let numbers = self.in_c_order().values.numbers()?;
        if lines.checked_mul(columns) != Some(numbers.len() as u64) {
            let numbers = numbers.len() as u64;
            return Err(DataError::HalfALine { numbers, columns });
        }
        numbered(columns, numbers)
    }

    /// The same array with its last dimension changing fastest, as in C, and not the first, as in Fortran.
    ///
    /// # Laws
    ///
    /// | law | test |
    /// |-----|------|
    /// | lines that lie apart are the same lines | `tables_have_the_order_of_their_array` |
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::npy::{Npy, Values};
    ///
    /// let columns = Npy { shape: vec![2, 3], fortran_order: true, values: Values::U8(vec![1, 4, 2, 5, 3, 6]) };
    /// assert_eq!(columns.in_c_order().values, Values::U8(vec![1, 2, 3, 4, 5, 6]));
    /// ```
    #[must_use]
    pub fn in_c_order(&self) -> Self {
        let mut steps = Vec::new();
        let mut stride = 1_usize;
        for &length in &self.shape {
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            steps.push((length, stride));
            stride = stride.saturating_mul(length);
        }
        steps.reverse();
        let values = if self.fortran_order {
            self.values.gathered(|k| place(k, &steps))
        } else {
            self.values.clone()
        };
        Self {
            shape: self.shape.clone(),
            fortran_order: false,
            values,
        }
    }

    /// There must be as many elements as the dimensions say.
    pub(super) fn check_count(&self) -> Result<(), DataError> {
        let declared = element_count(&self.shape)?;
        let (what, found) = ("elements", self.values.len() as u64);
        if declared == found {
            return Ok(());
        }
        Err(DataError::WrongCount {
            what,
            declared,
            found,
        })
    }

    /// The array as the bytes of an NPY file, version 1.0.
    ///
    /// NumPy 1 reads up to 32 dimensions, NumPy 2 up to 64.
    ///
    /// # Laws
    ///
    /// | law | test |
    /// |-----|------|
    /// | up to 64 dimensions are written and read, more are refused | `arrays_have_at_most_64_dimensions` |
    ///
    /// # Errors
    ///
    /// [`DataError::WrongRank`] for more than 64 dimensions, [`DataError::WrongCount`] for an array that has not as many
    /// elements as its dimensions say, [`DataError::SizeOverflow`].
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::npy::{Npy, Values, read};
    /// use gradus_data::Limits;
    ///
    /// let npy = Npy { shape: vec![3], fortran_order: false, values: Values::F32(vec![0.5, 1.0, 2.0]) };
    /// assert_eq!(read(&npy.to_bytes()?[..], &Limits::default())?, npy);
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    pub fn to_bytes(&self) -> Result<Vec<u8>, DataError> {
        self.check_count()?;
        check_rank(self.shape.len() as u64)?;
        let lengths: Vec<String> = self
            .shape
            .iter()
            .map(|length| format!("{length},"))
            .collect();
        let order = if self.fortran_order { "True" } else { "False" };
        let mut header = format!(
            "{{'descr': '{}', 'fortran_order': {order}, 'shape': ({}), }}",
            self.values.descr(),
            lengths.join(" ")
        );
        // Elements begin at a multiple of 64, as NumPy wants it.
        while !header.len().saturating_add(11).is_multiple_of(64) {
            header.push(' ');
        }
        header.push('\n');
        let length = u16::try_from(header.len()).map_err(|_| DataError::SizeOverflow)?; // 64 dimensions fit
        let parts = [
            &MAGIC[..],
            &[1, 0],
            &length.to_le_bytes(),
            header.as_bytes(),
        ];
        let elements = match &self.values {
            Values::Bf16(bits) => Values::F32(bits.iter().map(|&b| of_bf16(b)).collect()).bytes(),
            values => values.bytes(),
        };
        Ok([parts.concat(), elements].concat())
    }
}

/// Where element `k` in the order of C stands in the order of Fortran; the steps are lengths and strides of the
/// dimensions, the last one first.
fn place(k: usize, steps: &[(usize, usize)]) -> usize {
    let (mut rest, mut at) = (k, 0_usize);
    for &(length, stride) in steps {
        let index = rest.checked_rem(length).unwrap_or(0);
        rest = rest.checked_div(length).unwrap_or(0);
        at = at.saturating_add(index.saturating_mul(stride));
    }
    at
}

/// Opens an NPY file.
///
/// # Errors
///
/// [`DataError::InFile`] with the path and the reason: [`DataError::Io`] if the file cannot be opened, or one of the
/// errors of [`read`].
///
/// # Examples
///
/// ```no_run
/// use gradus_data::{Limits, npy};
///
/// let table = npy::open("features.npy", &Limits::default())?.table()?;
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn open(path: impl AsRef<Path>, limits: &Limits) -> Result<Npy, DataError> {
    opened(path.as_ref(), |file| read(file, limits))
}

/// Reads an array from an NPY file, version 1.0 to 3.0.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | a written array is read back | `a_written_npy_array_is_read_back` |
/// | a damaged file is an error or another array, never a panic | `damaged_npy_files_are_refused_or_read` |
/// | the length of the file must be that of the array | `every_prefix_of_an_npy_file_is_refused` |
/// | no size is believed | `huge_npy_shapes_are_refused` |
///
/// # Errors
///
/// [`DataError::NotNpy`], [`DataError::UnknownVersion`], [`DataError::InvalidHeader`], [`DataError::UnknownDescr`],
/// [`DataError::WrongRank`] for more than 64 dimensions, [`DataError::SizeOverflow`], [`DataError::Truncated`],
/// [`DataError::TrailingBytes`], [`DataError::LimitExceeded`], [`DataError::OutOfMemory`], [`DataError::Io`].
///
/// # Examples
///
/// ```
/// use gradus_data::{DataError, Limits, npy};
///
/// assert!(matches!(npy::read(&b"PK\x03\x04"[..], &Limits::default()), Err(DataError::NotNpy { .. })));
/// ```
pub fn read(reader: impl Read, limits: &Limits) -> Result<Npy, DataError> {
    read_from(Input::new(reader, limits)?, limits)
}

/// Reads an array from the content of a file.
pub(super) fn read_from<R: Read>(mut input: Input<R>, limits: &Limits) -> Result<Npy, DataError> {
    let Header {
        descr,
        fortran_order,
        shape,
    } = header(&mut input)?;
    let count = element_count(&shape)?;
    check("elements", limits.elements, count)?;
    let values = elements(&mut input, &descr, count)?;
    input.end()?;
    Ok(Npy {
        shape,
        fortran_order,
        values,
    })
}

/// No more dimensions than NumPy has.
fn check_rank(rank: u64) -> Result<(), DataError> {
    let (least, most) = (0, MOST_DIMENSIONS);
    if rank <= most {
        return Ok(());
    }
    Err(DataError::WrongRank { rank, least, most })
}

/// The product of the dimensions.
fn element_count(shape: &[u64]) -> Result<u64, DataError> {
    let count = shape
        .iter()
        .try_fold(1_u64, |n, &length| n.checked_mul(length));
    count.ok_or(DataError::SizeOverflow)
}

/// The magic, the version and the header.
pub(super) fn header<R: Read>(input: &mut Input<R>) -> Result<Header, DataError> {
    let mut start = [0; 6];
    let have = input.fill(&mut start)?;
    if have < start.len() || start != *MAGIC {
        let start = excerpt(start.get(..have).unwrap_or_default());
        return Err(DataError::NotNpy { start });
    }
    let [major, minor] = input.array()?;
    let length = match (major, minor) {
        (1, 0) => u16::from_le_bytes(input.array()?).into(),
        (2 | 3, 0) => u32::from_le_bytes(input.array()?).into(),
        _ => return Err(DataError::UnknownVersion { major, minor }),
    };
    check("header bytes", LONGEST_HEADER, length)?;
    Header::parse(&input.payload(length)?)
}

/// The elements, by the name of their type.
pub(super) fn elements<R: Read>(
    input: &mut Input<R>,
    descr: &str,
    count: u64,
) -> Result<Values, DataError> {
    let size = match descr {
        "|b1" | "|u1" => 1,
        "<f2" => 2,
        "<i4" | "<f4" => 4,
        "<i8" | "<f8" => 8,
        _ => {
            let descr = excerpt(descr.as_bytes());
            return Err(DataError::UnknownDescr { descr });
        }
    };
    let need = count.checked_mul(size).ok_or(DataError::SizeOverflow)?;
    let bytes = input.payload(need)?;
    let (two, _) = bytes.as_chunks::<2>();
    let (four, _) = bytes.as_chunks::<4>();
    let (eight, _) = bytes.as_chunks::<8>();
    Ok(match descr {
        "|b1" => Values::Bool(bytes.iter().map(|&b| b != 0).collect()),
        "|u1" => Values::U8(bytes),
        "<f2" => Values::F16(two.iter().map(|&b| u16::from_le_bytes(b)).collect()),
        "<i4" => Values::I32(four.iter().map(|&b| i32::from_le_bytes(b)).collect()),
        "<f4" => Values::F32(four.iter().map(|&b| f32::from_le_bytes(b)).collect()),
        "<i8" => Values::I64(eight.iter().map(|&b| i64::from_le_bytes(b)).collect()),
        _ => Values::F64(eight.iter().map(|&b| f64::from_le_bytes(b)).collect()),
    })
}

/// The three entries of a header.
pub(super) struct Header {
    pub(super) descr: String,
    pub(super) fortran_order: bool,
    pub(super) shape: Vec<u64>,
}

impl Header {
    /// A dictionary of exactly these entries, each once, in any order.
    fn parse(text: &[u8]) -> Result<Self, DataError> {
        let mut at = Reader { text, place: 0 };
        let (mut descr, mut fortran_order, mut shape) = (None, None, None);
        at.expect(b'{')?;
        while !at.eat(b'}') {
            let key = at.string()?;
            at.expect(b':')?;
            match key.as_str() {
                "descr" if descr.is_none() => descr = Some(at.string()?),
                "fortran_order" if fortran_order.is_none() => fortran_order = Some(at.truth()?),
                "shape" if shape.is_none() => shape = Some(at.lengths()?),
                _ => return Err(at.wrong()),
            }
            if !at.eat(b',') {
                at.expect(b'}')?;
                break;
            }
        }
        at.skip();
        match (descr, fortran_order, shape) {
            (Some(descr), Some(fortran_order), Some(shape)) if at.next().is_none() => Ok(Self {
                descr,
                fortran_order,
                shape,
            }),
            _ => Err(at.wrong()),
        }
    }
}

/// A place in a header.
struct Reader<'a> {
    text: &'a [u8],
    place: usize,
}

impl Reader<'_> {
    fn next(&self) -> Option<u8> {
        self.text.get(self.place).copied()
    }

    fn advance(&mut self) {
        self.place = self.place.saturating_add(1);
    }

    fn skip(&mut self) {
        while self.next().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.advance();
        }
    }

    /// Goes on if the next character is this one.
    fn eat(&mut self, byte: u8) -> bool {
        self.skip();
        let is = self.next() == Some(byte);
        if is {
            self.advance();
        }
        is
    }

    fn expect(&mut self, byte: u8) -> Result<(), DataError> {
        if self.eat(byte) {
            Ok(())
        } else {
            Err(self.wrong())
        }
    }

    /// Characters between quotation marks of one kind; none is escaped.
    fn string(&mut self) -> Result<String, DataError> {
        let mark = if self.eat(b'\'') { b'\'' } else { b'"' };
        if mark == b'"' {
            self.expect(b'"')?;
        }
        let mut string = String::new();
        loop {
            match self.next() {
                Some(byte) if byte == mark => break,
                Some(byte) if byte.is_ascii_graphic() && byte != b'\\' => string.push(byte.into()),
                _ => return Err(self.wrong()),
            }
            self.advance();
        }
        self.advance();
        Ok(string)
    }

    fn truth(&mut self) -> Result<bool, DataError> {
        self.skip();
        for (word, value) in [(&b"True"[..], true), (b"False", false)] {
            let rest = self.text.get(self.place..).unwrap_or_default();
            if rest.starts_with(word) {
                self.place = self.place.saturating_add(word.len());
                return Ok(value);
            }
        }
        Err(self.wrong())
    }

    /// `()`, `(3,)`, `(3, 4)`, …
    fn lengths(&mut self) -> Result<Vec<u64>, DataError> {
        let mut lengths = Vec::new();
        self.expect(b'(')?;
        while !self.eat(b')') {
            lengths.push(self.whole()?);
            check_rank(lengths.len() as u64)?;
            if !self.eat(b',') {
                self.expect(b')')?;
                break;
            }
        }
        Ok(lengths)
    }

    fn whole(&mut self) -> Result<u64, DataError> {
        self.skip();
        let mut value = None;
        while let Some(digit) = self.next().filter(u8::is_ascii_digit) {
            value = Some(with_digit(value, digit)?);
            self.advance();
        }
        value.ok_or_else(|| self.wrong())
    }

    /// The header is not what it should be here.
    fn wrong(&self) -> DataError {
        DataError::InvalidHeader {
            byte: self.place as u64,
            text: excerpt(self.text.get(self.place..).unwrap_or_default()),
        }
    }
}

const MAGIC: &[u8; 6] = b"\x93NUMPY";

/// As NumPy's own limit: a longer header is an attack on the parser.
const LONGEST_HEADER: u64 = 10_000;

/// As NumPy's own limit, `NPY_MAXDIMS`, since version 2; it was 32 before.
const MOST_DIMENSIONS: u64 = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn file(header: &str, elements: &[u8]) -> Vec<u8> {
        let length = u16::try_from(header.len()).unwrap().to_le_bytes();
        [&MAGIC[..], &[1, 0], &length, header.as_bytes(), elements].concat()
    }

    fn parsed(header: &str, elements: &[u8]) -> Result<Npy, DataError> {
        read(&file(header, elements)[..], &Limits::default())
    }

    #[test]
    fn two_by_two_in_both_orders() {
        let elements = [1, 2, 3, 4];
        let c = parsed(
            "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2), }\n",
            &elements,
        );
        assert_eq!(c.unwrap().table().unwrap().values(), [1.0, 2.0, 3.0, 4.0]);
        let f = parsed(
            "{\"shape\":(2,2),\"fortran_order\":True,\"descr\":\"|u1\"}",
            &elements,
        );
        assert_eq!(f.unwrap().table().unwrap().values(), [1.0, 3.0, 2.0, 4.0]);
        let number = parsed(
            "{'descr': '|u1', 'fortran_order': False, 'shape': ()}",
            &[7],
        )
        .unwrap();
        assert_eq!(
            (number.shape.len(), number.values),
            (0, Values::U8(vec![7]))
        );
    }

    #[test]
    fn other_headers_are_refused() {
        for header in [
            "",
            "{}",
            "{'descr': '|u1', 'fortran_order': False}",
            "{'descr': '|u1', 'fortran_order': False, 'shape': (1,), 'more': 1}",
            "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (1,)}",
            "{'descr': '|u1', 'fortran_order': False, 'shape': (-1,)}",
            "{'descr': '|u1', 'fortran_order': 0, 'shape': (1,)}",
            "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,)}",
            "{'descr': '|u1', 'fortran_order': False, 'shape': (1,)} __import__('os')",
        ] {
            let error = parsed(header, &[1]).unwrap_err();
            assert!(
                matches!(error, DataError::InvalidHeader { .. }),
                "{header}: {error}"
            );
        }
        let object = parsed(
            "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}",
            &[1],
        );
        assert_eq!(object, Err(DataError::UnknownDescr { descr: "|O".into() }));
        let huge = parsed(
            "{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999,)}",
            &[],
        );
        assert_eq!(huge, Err(DataError::SizeOverflow));
        let (rank, least, most) = (65, 0, 64);
        let ones = "1,".repeat(65);
        let deep = parsed(
            &format!("{{'descr': '|u1', 'fortran_order': False, 'shape': ({ones})}}"),
            &[1],
        );
        assert_eq!(deep, Err(DataError::WrongRank { rank, least, most }));
    }

    #[test]
    fn integers_beyond_doubles_are_told() {
        let npy = |value| Npy {
            shape: vec![1],
            fortran_order: false,
            values: Values::I64(vec![value]),
        };
        assert_eq!(
            npy(1 << 53).table().unwrap().values(),
            [9_007_199_254_740_992.0]
        );
        let (index, value) = (0, (1 << 53) + 1);
        assert_eq!(
            npy(value).table(),
            Err(DataError::InexactInteger { index, value })
        );
        assert!(npy(i64::MIN).table().is_err());
    }
}
