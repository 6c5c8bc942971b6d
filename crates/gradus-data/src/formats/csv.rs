//! CSV files: tables of numbers as text.
//!
//! A line is a sample and has as many entries as the first line. Numbers are written with a decimal
//! point, whatever the language of the machine; spaces around them are ignored, as are empty lines
//! and a byte order mark. Entries may stand in quotation marks. A file that begins as gzip does is
//! unpacked on the way.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::error::{DataError, excerpt};
use crate::formats::input::{Input, check};
use crate::formats::limits::Limits;
use crate::tables::table::Table;
use ::csv::{ByteRecord, Reader, ReaderBuilder, Terminator};
use std::fs::File;
use std::io::{self, Chain, Cursor, ErrorKind, Read};
use std::path::Path;

/// How a table is written.
///
/// # Examples
///
/// ```
/// use gradus_data::csv::{Format, Header, read};
/// use gradus_data::Limits;
///
/// let format = Format { delimiter: b';', header: Header::Absent, ..Format::default() };
/// let table = read("1;2\n3;4\n".as_bytes(), &format, &Limits::default())?;
/// assert_eq!(table.values(), [1.0, 2.0, 3.0, 4.0]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// The byte between two entries.
    pub delimiter: u8,
    /// Whether the first line names the columns.
    pub header: Header,
    /// What is done with NaN and infinite numbers.
    pub non_finite: NonFinite,
}

impl Default for Format {
    /// Commas, a header (RFC 4180), finite numbers only.
    fn default() -> Self {
        Self {
            delimiter: b',',
            header: Header::Present,
            non_finite: NonFinite::Refuse,
        }
    }
}

/// Whether the first line names the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header {
    /// The first line names the columns.
    Present,
    /// The first line is a sample; columns are named by their number, from 0.
    Absent,
}

/// What is done with NaN and infinite numbers, numbers too large for double precision included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NonFinite {
    /// They are an error.
    Refuse,
    /// They are kept.
    Keep,
}

/// Opens a CSV file, plain or gzip.
///
/// # Errors
///
/// [`DataError::InFile`] with the path and the reason: [`DataError::Io`] if the file cannot be
/// opened, or one of the errors of [`read`].
///
/// # Examples
///
/// ```
/// use gradus_data::{DataError, Limits, csv};
///
/// let error = csv::open("no.csv", &csv::Format::default(), &Limits::default()).unwrap_err();
/// assert!(matches!(error, DataError::InFile { .. }));
/// ```
pub fn open(path: impl AsRef<Path>, format: &Format, limits: &Limits) -> Result<Table, DataError> {
    let path = path.as_ref();
    let file = File::open(path).map_err(DataError::from);
    file.and_then(|file| read(file, format, limits))
        .map_err(|error| error.in_file(path))
}

/// Reads a table of numbers from a CSV file, plain or gzip.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | a written table is read back to the bit | `a_written_table_is_read_back` |
/// | a damaged file is an error or another table, and memory stays bounded | `damaged_csv_files_are_refused_or_read` |
///
/// # Numerics
///
/// A decimal number becomes the double nearest to it, ties to even.
///
/// # Errors
///
/// [`DataError::Empty`] without a line of numbers, [`DataError::WrongFieldCount`],
/// [`DataError::NotANumber`], [`DataError::NonFinite`], [`DataError::UnclosedQuote`],
/// [`DataError::InvalidName`], [`DataError::LimitExceeded`], [`DataError::TruncatedGzip`],
/// [`DataError::DamagedGzip`], [`DataError::TrailingBytes`], [`DataError::OutOfMemory`],
/// [`DataError::Io`].
///
/// # Examples
///
/// ```
/// use gradus_data::{DataError, Limits, csv};
///
/// let read = |text: &str| csv::read(text.as_bytes(), &Default::default(), &Limits::default());
/// assert_eq!(read("x,y\n1,2.5\n-3,4e2\n")?.values(), [1.0, 2.5, -3.0, 400.0]);
///
/// let error = read("x,y\n1,two\n").unwrap_err();
/// assert_eq!(error.to_string(), "line 2, column 2: \"two\" is not a number");
/// # Ok::<(), DataError>(())
/// ```
pub fn read(reader: impl Read, format: &Format, limits: &Limits) -> Result<Table, DataError> {
    let mut lines = Lines::new(reader, *format, limits)?;
    if !lines.advance()? {
        return Err(DataError::Empty);
    }
    let names = match format.header {
        Header::Present => lines.names()?,
        Header::Absent => (0..lines.record.len()).map(|i| i.to_string()).collect(),
    };
    let mut values = Vec::new();
    let mut more = format.header == Header::Absent || lines.advance()?;
    while more {
        lines.numbers(names.len(), format.non_finite, &mut values)?;
        check("elements", limits.elements, values.len() as u64)?;
        more = lines.advance()?;
    }
    lines.end()?;
    if values.is_empty() {
        return Err(DataError::Empty);
    }
    Ok(Table::new(names, values))
}

/// The lines of a file, one at a time.
struct Lines<R> {
    reader: Reader<Meter<R>>,
    record: ByteRecord,
    /// Where the record begins, from 1.
    line: u64,
    limits: Limits,
}

impl<R: Read> Lines<R> {
    fn new(reader: R, format: Format, limits: &Limits) -> Result<Self, DataError> {
        let meter = Meter::new(reader, format.delimiter, limits)?;
        let mut builder = ReaderBuilder::new();
        let builder = builder
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER);
        // A carriage return before the end of a line is trimmed with the spaces.
        let builder = builder
            .terminator(Terminator::Any(b'\n'))
            .delimiter(format.delimiter);
        Ok(Self {
            reader: builder.from_reader(meter),
            record: ByteRecord::new(),
            line: 0,
            limits: *limits,
        })
    }

    /// Goes to the next line that is not empty; false at the end.
    fn advance(&mut self) -> Result<bool, DataError> {
        while self.read_record()? {
            let mut entries = self.record.iter();
            let is_blank = entries
                .next()
                .is_none_or(|entry| entry.trim_ascii().is_empty());
            if !is_blank || entries.next().is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn read_record(&mut self) -> Result<bool, DataError> {
        self.reader.get_mut().start_line();
        let outcome = self.reader.read_byte_record(&mut self.record);
        let found = outcome.map_err(|_| self.reader.get_mut().reason())?;
        // The parser has counted the newlines in the record and the one behind it.
        let newlines = occurrences(self.record.as_slice(), b'\n').saturating_add(1);
        self.line = self.reader.position().line().saturating_sub(newlines);
        check("columns", self.limits.columns, self.record.len() as u64)?;
        let longest = self.record.iter().map(<[u8]>::len).max().unwrap_or(0);
        check("field_bytes", self.limits.field_bytes, longest as u64)?;
        Ok(found)
    }

    /// The entries of this line as names of columns.
    fn names(&self) -> Result<Vec<String>, DataError> {
        let mut sorted: Vec<&[u8]> = self.record.iter().map(<[u8]>::trim_ascii).collect();
        sorted.sort_unstable();
        let places = |name: &[u8]| {
            let (first, behind) = (
                sorted.partition_point(|&n| n < name),
                sorted.partition_point(|&n| n <= name),
            );
            first..behind
        };
        let names = self
            .record
            .iter()
            .zip(1..)
            .map(|(name, column)| match text(name) {
                Some(text) if places(text.as_bytes()).len() == 1 => Ok(text.to_owned()),
                _ => {
                    let text = excerpt(name);
                    Err(DataError::InvalidName { column, text })
                }
            });
        names.collect()
    }

    /// Puts the numbers of this line behind the others.
    fn numbers(
        &self,
        expected: usize,
        non_finite: NonFinite,
        values: &mut Vec<f64>,
    ) -> Result<(), DataError> {
        let line = self.line;
        if self.record.len() != expected {
            let (expected, found) = (expected as u64, self.record.len() as u64);
            return Err(DataError::WrongFieldCount {
                line,
                expected,
                found,
            });
        }
        let bytes = (expected as u64).saturating_mul(8);
        values
            .try_reserve(expected)
            .map_err(|_| DataError::OutOfMemory { bytes })?;
        for (entry, column) in self.record.iter().zip(1..) {
            let value = number(entry).ok_or_else(|| {
                let text = excerpt(entry);
                DataError::NotANumber { line, column, text }
            })?;
            if non_finite == NonFinite::Refuse && !value.is_finite() {
                return Err(DataError::NonFinite {
                    line,
                    column,
                    value,
                });
            }
            values.push(value);
        }
        Ok(())
    }

    /// The file must end here, with every quotation mark closed.
    fn end(self) -> Result<(), DataError> {
        let meter = self.reader.into_inner();
        if meter.odd_quotes {
            return Err(DataError::UnclosedQuote);
        }
        meter.content.into_inner().1.0.end()
    }
}

/// What stands between the file and the parser, which would buffer a line of any length: it counts
/// bytes and delimiters since the line was begun and stops before there are too many.
struct Meter<R> {
    content: Chain<Cursor<Vec<u8>>, Stream<R>>,
    delimiter: u8,
    limits: Limits,
    bytes: u64,
    delimiters: u64,
    odd_quotes: bool,
    last: u8,
    failure: Option<DataError>,
}

impl<R: Read> Meter<R> {
    /// Skips a byte order mark.
    fn new(reader: R, delimiter: u8, limits: &Limits) -> Result<Self, DataError> {
        let mut input = Input::new(reader, limits)?;
        let mut start = [0; 3];
        let count = input.fill(&mut start)?;
        let mut start = start.to_vec();
        start.truncate(count);
        if start == BYTE_ORDER_MARK {
            start.clear();
        }
        Ok(Self {
            content: Cursor::new(start).chain(Stream(input, None)),
            delimiter,
            limits: *limits,
            bytes: 0,
            delimiters: 0,
            odd_quotes: false,
            last: b'\n',
            failure: None,
        })
    }

    /// What was read ahead belongs to the line before.
    const fn start_line(&mut self) {
        (self.bytes, self.delimiters) = (0, 0);
    }

    /// Why the last read failed.
    fn reason(&mut self) -> DataError {
        let other = DataError::Io {
            kind: ErrorKind::Other,
        };
        let failure = self.failure.take();
        failure
            .or_else(|| self.content.get_mut().1.1.take())
            .unwrap_or(other)
    }

    fn count(&mut self, bytes: &[u8]) -> Result<(), DataError> {
        self.odd_quotes ^= occurrences(bytes, b'"') % 2 == 1;
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        self.delimiters = self
            .delimiters
            .saturating_add(occurrences(bytes, self.delimiter));
        // The buffer may hold the beginning of the next line.
        let allowed = |limit: u64| limit.saturating_add(BUFFER as u64);
        let Limits {
            record_bytes,
            columns,
            ..
        } = self.limits;
        if self.bytes > allowed(record_bytes) {
            check("record_bytes", record_bytes, self.bytes)?;
        }
        if self.delimiters > allowed(columns) {
            check("columns", columns, self.delimiters)?;
        }
        Ok(())
    }
}

impl<R: Read> Read for Meter<R> {
    /// Gives the last line the newline that it may lack.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut count = self.content.read(buffer)?;
        if let (0, Some(first), true) = (count, buffer.first_mut(), self.last != b'\n') {
            *first = b'\n';
            count = 1;
        }
        let bytes = buffer.get(..count).unwrap_or_default();
        self.last = bytes.last().copied().unwrap_or(self.last);
        self.count(bytes).map_err(|failure| {
            self.failure = Some(failure);
            ErrorKind::Other
        })?;
        Ok(count)
    }
}

/// The content of a file as a reader that remembers why it failed.
struct Stream<R>(Input<R>, Option<DataError>);

impl<R: Read> Read for Stream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|failure| {
            self.1 = Some(failure);
            ErrorKind::Other.into()
        })
    }
}

fn occurrences(bytes: &[u8], wanted: u8) -> u64 {
    bytes.iter().map(|&byte| u64::from(byte == wanted)).sum()
}

/// An entry as a name: text without control characters.
fn text(entry: &[u8]) -> Option<&str> {
    let text = str::from_utf8(entry.trim_ascii()).ok()?;
    (!text.contains(char::is_control)).then_some(text)
}

/// An entry as a number.
fn number(entry: &[u8]) -> Option<f64> {
    str::from_utf8(entry.trim_ascii()).ok()?.parse().ok()
}

const BYTE_ORDER_MARK: &[u8] = &[0xef, 0xbb, 0xbf];
const BUFFER: usize = 8 << 10;
