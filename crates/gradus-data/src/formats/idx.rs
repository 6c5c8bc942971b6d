//! IDX files: arrays of numbers, the format of MNIST.
//!
//! An IDX file is two zero bytes, one byte for the type of the elements, one for the number of
//! dimensions (here 1 to 4), the dimensions as 32-bit integers with the big end first, and the
//! elements, row-major, big end first; nothing follows. A file that begins as gzip does is unpacked
//! on the way.
//!
//! Reference: `LeCun`, Cortes, Burges, *The MNIST database of handwritten digits*, 1998, "The IDX file
//! format".

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

pub use super::idx_blocks::Blocks;
use crate::error::{DataError, excerpt};
use crate::formats::input::{Input, check, opened};
use crate::formats::limits::Limits;
use std::io::Read;
use std::path::Path;

/// An array as an IDX file holds it.
///
/// # Examples
///
/// ```
/// use gradus_data::idx::{Idx, Values};
///
/// let idx = Idx { dimensions: vec![2, 2], values: Values::U8(vec![1, 2, 3, 4]) };
/// assert_eq!(idx.values.len(), 4);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Idx {
    /// The dimensions; the last one changes fastest.
    pub dimensions: Vec<u32>,
    /// The elements, as many as the product of the dimensions.
    pub values: Values,
}

/// The elements of an array, by their type.
///
/// # Examples
///
/// ```
/// use gradus_data::idx::Values;
///
/// assert_eq!(Values::F32(vec![0.5]).type_name(), "f32");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Type code `0x08`: unsigned bytes.
    U8(Vec<u8>),
    /// Type code `0x09`: signed bytes.
    I8(Vec<i8>),
    /// Type code `0x0b`: 16-bit integers.
    I16(Vec<i16>),
    /// Type code `0x0c`: 32-bit integers.
    I32(Vec<i32>),
    /// Type code `0x0d`: single precision, bits kept (NaN and infinities too).
    F32(Vec<f32>),
    /// Type code `0x0e`: double precision, bits kept (NaN and infinities too).
    F64(Vec<f64>),
}

impl Values {
    /// How many elements there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::U8(values) => values.len(),
            Self::I8(values) => values.len(),
            Self::I16(values) => values.len(),
            Self::I32(values) => values.len(),
            Self::F32(values) => values.len(),
            Self::F64(values) => values.len(),
        }
    }

    /// Whether there is no element.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of the type of one element.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::U8(_) => "u8",
            Self::I8(_) => "i8",
            Self::I16(_) => "i16",
            Self::I32(_) => "i32",
            Self::F32(_) => "f32",
            Self::F64(_) => "f64",
        }
    }
}

/// Opens an IDX file, plain or gzip.
///
/// # Errors
///
/// [`DataError::InFile`] with the path and the reason: [`DataError::Io`] if the file cannot be opened, or one of the
/// errors of [`read`].
///
/// # Examples
///
/// ```no_run
/// use gradus_data::{LabelledTable, Limits, idx};
///
/// let open = |name| idx::open(name, &Limits::default());
/// let images = LabelledTable::from_idx(&open("images-idx4-float")?, &open("labels-idx1-ubyte")?, 10)?;
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn open(path: impl AsRef<Path>, limits: &Limits) -> Result<Idx, DataError> {
    opened(path.as_ref(), |file| read(file, limits))
}

/// Reads an array from an IDX file, plain or gzip.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | a written array is read back, plain and packed, however the bytes arrive | `a_written_array_is_read_back` |
/// | a damaged file is an error or another array, and memory stays bounded | `damaged_idx_files_are_refused_or_read` |
/// | the length of the file must be that of the array | `every_prefix_is_truncated` |
///
/// # Errors
///
/// [`DataError::NotIdx`], [`DataError::UnknownType`], [`DataError::WrongRank`],
/// [`DataError::SizeOverflow`], [`DataError::Truncated`], [`DataError::TrailingBytes`],
/// [`DataError::LimitExceeded`], [`DataError::TruncatedGzip`], [`DataError::DamagedGzip`],
/// [`DataError::OutOfMemory`], [`DataError::Io`].
///
/// # Examples
///
/// ```
/// use gradus_data::{Limits, idx};
///
/// // Type 0x08 (bytes), 2 dimensions: 2 and 3.
/// let file = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60];
/// let array = idx::read(&file[..], &Limits::default())?;
/// assert_eq!(array.dimensions, [2, 3]);
/// assert_eq!(array.values, idx::Values::U8(vec![10, 20, 30, 40, 50, 60]));
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn read(reader: impl Read, limits: &Limits) -> Result<Idx, DataError> {
    let mut input = Input::new(reader, limits)?;
    let (code, dimensions) = header(&mut input)?;
    let count = count(&dimensions)?;
    check("elements", limits.elements, count)?;
    let values = elements(&mut input, code, count)?;
    input.end()?;
    Ok(Idx { dimensions, values })
}

/// The code of the type, which is known, and the dimensions.
pub(super) fn header<R: Read>(input: &mut Input<R>) -> Result<(u8, Vec<u32>), DataError> {
    let [zero, also_zero, code, rank] = input.array()?;
    if [zero, also_zero] != [0, 0] {
        let start = excerpt(&[zero, also_zero, code, rank]);
        return Err(DataError::NotIdx { start });
    }
    element_size(code)?;
    Ok((code, read_dimensions(input, rank)?))
}

/// So many elements.
pub(super) fn elements<R: Read>(
    input: &mut Input<R>,
    code: u8,
    count: u64,
) -> Result<Values, DataError> {
    let size = element_size(code)?;
    decode(
        code,
        input.payload(count.checked_mul(size).ok_or(DataError::SizeOverflow)?)?,
    )
}

/// Bytes of one element.
const fn element_size(code: u8) -> Result<u64, DataError> {
    match code {
        0x08 | 0x09 => Ok(1),
        0x0b => Ok(2),
        0x0c | 0x0d => Ok(4),
        0x0e => Ok(8),
        _ => Err(DataError::UnknownType { code }),
    }
}

fn read_dimensions(input: &mut Input<impl Read>, rank: u8) -> Result<Vec<u32>, DataError> {
    if !(1..=MOST_DIMENSIONS).contains(&rank) {
        let (rank, most) = (rank.into(), MOST_DIMENSIONS.into());
        return Err(DataError::WrongRank {
            rank,
            least: 1,
            most,
        });
    }
    (0..rank)
        .map(|_| input.array().map(u32::from_be_bytes))
        .collect()
}

/// The product of the dimensions.
pub(super) fn count(dimensions: &[u32]) -> Result<u64, DataError> {
    let product = dimensions
        .iter()
        .try_fold(1_u64, |product, &d| product.checked_mul(d.into()));
    product.ok_or(DataError::SizeOverflow)
}

fn decode(code: u8, bytes: Vec<u8>) -> Result<Values, DataError> {
    match code {
        0x08 => Ok(Values::U8(bytes)),
        0x09 => Ok(Values::I8(numbers(&bytes, i8::from_be_bytes)?)),
        0x0b => Ok(Values::I16(numbers(&bytes, i16::from_be_bytes)?)),
        0x0c => Ok(Values::I32(numbers(&bytes, i32::from_be_bytes)?)),
        0x0d => Ok(Values::F32(numbers(&bytes, f32::from_be_bytes)?)),
        0x0e => Ok(Values::F64(numbers(&bytes, f64::from_be_bytes)?)),
        _ => Err(DataError::UnknownType { code }),
    }
}

/// Numbers of `N` bytes each.
fn numbers<T, const N: usize>(bytes: &[u8], number: fn([u8; N]) -> T) -> Result<Vec<T>, DataError> {
    let (whole, _) = bytes.as_chunks::<N>();
    let mut numbers = Vec::new();
    let error = DataError::OutOfMemory {
        bytes: bytes.len() as u64,
    };
    numbers.try_reserve_exact(whole.len()).map_err(|_| error)?;
    numbers.extend(whole.iter().copied().map(number));
    Ok(numbers)
}

const MOST_DIMENSIONS: u8 = 4;

#[cfg(test)]
mod tests {
    use super::*;

    fn read_bytes(file: &[u8]) -> Result<Idx, DataError> {
        read(file, &Limits::default())
    }

    #[test]
    fn every_type_by_hand() {
        let read = |code, bytes: &[u8]| {
            let file = [&[0, 0, code, 1, 0, 0, 0, 1], bytes].concat();
            read_bytes(&file).map(|idx| idx.values)
        };
        assert_eq!(read(0x08, &[200]), Ok(Values::U8(vec![200])));
        assert_eq!(read(0x09, &[0xff]), Ok(Values::I8(vec![-1])));
        assert_eq!(read(0x0b, &[1, 2]), Ok(Values::I16(vec![258])));
        assert_eq!(
            read(0x0c, &[0xff, 0xff, 0xff, 0xfe]),
            Ok(Values::I32(vec![-2]))
        );
        assert_eq!(read(0x0d, &[0x3f, 0x80, 0, 0]), Ok(Values::F32(vec![1.0])));
        assert_eq!(
            read(0x0e, &[0xc0, 0, 0, 0, 0, 0, 0, 0]),
            Ok(Values::F64(vec![-2.0]))
        );
        assert_eq!(read(0x0a, &[0]), Err(DataError::UnknownType { code: 0x0a }));
    }

    #[test]
    fn nothing_and_too_much() {
        assert_eq!(
            read_bytes(&[]),
            Err(DataError::Truncated { need: 4, have: 0 })
        );
        let empty = read_bytes(&[0, 0, 8, 1, 0, 0, 0, 0]).map(|idx| idx.values.is_empty());
        assert_eq!(empty, Ok(true));
        let rank = read_bytes(&[0, 0, 8, 5, 0, 0, 0, 0]);
        assert_eq!(
            rank,
            Err(DataError::WrongRank {
                rank: 5,
                least: 1,
                most: 4
            })
        );
        let huge = [&[0, 0, 8, 4][..], &[0xff; 16]].concat();
        assert_eq!(read_bytes(&huge), Err(DataError::SizeOverflow));
    }
}
