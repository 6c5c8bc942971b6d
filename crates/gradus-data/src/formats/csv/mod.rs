//! CSV files: tables of numbers as text.
//!
//! A line is a sample and has as many entries as the first line. Spaces around an entry are ignored, as are blank
//! lines and a byte order mark. Entries may stand in quotation marks. A file that begins as gzip does is unpacked on
//! the way. [`Format`] tells what differs: the delimiter, the decimal mark, the header, comments, lines before the
//! table, and what stands for a missing number.
//!
//! [`read`] wants numbers everywhere; [`read_labelled`] takes one column as labels, which may be any text.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

mod lines;
mod meter;

use crate::error::DataError;
use crate::formats::input::check;
use crate::formats::limits::Limits;
use crate::tables::labelled::LabelledTable;
use crate::tables::table::Table;
use lines::{Classes, Lines};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How a table is written.
///
/// # Examples
///
/// ```
/// use gradus_data::csv::{Format, Header, read};
/// use gradus_data::Limits;
///
/// let format = Format {
///     delimiter: b';',
///     decimal: b',',
///     comment: Some(b'#'),
///     header: Header::Absent,
///     missing: &["", "NA"],
///     ..Format::default()
/// };
/// let table = read("# measured by hand\n1,5;2\nNA;4\n".as_bytes(), &format, &Limits::default())?;
/// assert_eq!(table.values()[..2], [1.5, 2.0]);
/// assert!(table.values()[2].is_nan()); // until `Table::impute` has a better number
/// # Ok::<(), gradus_data::DataError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format<'a> {
    /// The byte between two entries.
    pub delimiter: u8,
    /// The byte between whole and fraction of a number: `b'.'` or `b','`. Thousands are not separated.
    pub decimal: u8,
    /// What the first line says.
    pub header: Header,
    /// How many lines before the table are passed over, whatever they hold.
    pub skip: u64,
    /// The byte that makes a line a comment if it is the first of it.
    pub comment: Option<u8>,
    /// Entries that stand for a missing number: it is read as NaN. By default there is none, and an entry without a
    /// number is an error.
    pub missing: &'a [&'a str],
    /// What is done with numbers written as NaN or infinite.
    pub non_finite: NonFinite,
}

impl Default for Format<'_> {
    /// Commas, decimal points, a header (RFC 4180), no comments, nothing missing, finite numbers only.
    fn default() -> Self {
        Self {
            delimiter: b',',
            decimal: b'.',
            header: Header::Present,
            skip: 0,
            comment: None,
            missing: &[],
            non_finite: NonFinite::Refuse,
        }
    }
}

impl Format<'_> {
    /// No byte means two things.
    fn check(&self) -> Result<(), DataError> {
        let mut taken = b"\"\n\r+-".to_vec();
        let bytes = [Some(self.delimiter), Some(self.decimal), self.comment];
        for byte in bytes.into_iter().flatten() {
            if taken.contains(&byte) || byte.is_ascii_alphanumeric() {
                return Err(DataError::AmbiguousFormat { byte });
            }
            taken.push(byte);
        }
        Ok(())
    }
}

/// What the first line of a table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header {
    /// It names the columns.
    Present,
    /// It is a sample; columns are named by their number, from 0.
    Absent,
    /// It counts the samples and the features and names the classes, as in the files of scikit-learn:
    /// `178,13,class_0,class_1,class_2`. Columns are named by their number, and the labels are in the last one.
    CountsAndClasses,
}

/// What is done with numbers written as NaN or infinite, numbers too large for double precision included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NonFinite {
    /// They are an error.
    Refuse,
    /// They are kept.
    Keep,
}

/// Which column holds the labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column<'a> {
    /// The last one.
    Last,
    /// The one with this number, from 0.
    Index(usize),
    /// The one with this name.
    Name(&'a str),
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
pub fn open(
    path: impl AsRef<Path>,
    format: &Format<'_>,
    limits: &Limits,
) -> Result<Table, DataError> {
    let path = path.as_ref();
    let file = File::open(path).map_err(DataError::from);
    file.and_then(|file| read(file, format, limits))
        .map_err(|error| error.in_file(path))
}

/// Opens a CSV file with labels, plain or gzip.
///
/// # Errors
///
/// [`DataError::InFile`] with the path and the reason: [`DataError::Io`] if the file cannot be
/// opened, or one of the errors of [`read_labelled`].
///
/// # Examples
///
/// ```
/// use gradus_data::{DataError, Limits, csv};
///
/// let format = csv::Format::default();
/// let error = csv::open_labelled("no.csv", &format, csv::Column::Last, &Limits::default()).unwrap_err();
/// assert!(matches!(error, DataError::InFile { .. }));
/// ```
pub fn open_labelled(
    path: impl AsRef<Path>,
    format: &Format<'_>,
    labels: Column<'_>,
    limits: &Limits,
) -> Result<LabelledTable, DataError> {
    let path = path.as_ref();
    let file = File::open(path).map_err(DataError::from);
    file.and_then(|file| read_labelled(file, format, labels, limits))
        .map_err(|error| error.in_file(path))
}

/// Reads a table of numbers from a CSV file, plain or gzip.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | a written table is read back to the bit | `a_written_table_is_read_back` |
/// | what stands before, between and behind changes no number | `comments_and_blank_lines_change_nothing` |
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
/// [`DataError::InvalidName`], [`DataError::WrongCount`] if the first line counts otherwise,
/// [`DataError::AmbiguousFormat`], [`DataError::LimitExceeded`], [`DataError::TruncatedGzip`],
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
pub fn read(reader: impl Read, format: &Format<'_>, limits: &Limits) -> Result<Table, DataError> {
    format.check()?;
    let mut lines = Lines::new(reader, *format, limits)?;
    let head = Head::read(&mut lines, format.header)?;
    let mut values = Vec::new();
    let mut more = head.begins_with_samples || lines.advance()?;
    while more {
        lines.numbers(None, &mut values)?;
        check("elements", limits.elements, values.len() as u64)?;
        more = lines.advance()?;
    }
    lines.end()?;
    head.check(values.len().checked_div(head.names.len()).unwrap_or(0))?;
    if values.is_empty() {
        return Err(DataError::Empty);
    }
    Ok(Table::checked(head.names, values))
}

/// Reads a table with a column of labels from a CSV file, plain or gzip.
///
/// Labels are texts or numbers, with spaces around them removed. The classes are the different labels of the file,
/// numbered from 0 in the order of the alphabet, or of size if all of them are numbers; their names are
/// [`class_names`](LabelledTable::class_names). With [`Header::CountsAndClasses`] the first line names them, and labels
/// are their numbers.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | the name of each label is the text of the file | `labels_keep_their_names` |
/// | classes do not depend on the order of the lines | `labels_keep_their_names` |
///
/// # Errors
///
/// Those of [`read`]; [`DataError::NoSuchColumn`] and [`DataError::NoColumnNamed`] for the column,
/// [`DataError::InvalidLabel`] for a label that is empty or no text, [`DataError::LabelOutOfRange`] for one that is not
/// the number of a class that the first line names.
///
/// # Examples
///
/// ```
/// use gradus_data::csv::{self, Column, Format, Header};
/// use gradus_data::{DataError, Limits};
///
/// let file = "height,animal\n0.2,cat\n0.6,dog\n0.3,cat\n";
/// let (format, limits) = (Format::default(), Limits::default());
/// let animals = csv::read_labelled(file.as_bytes(), &format, Column::Name("animal"), &limits)?;
/// assert_eq!(animals.labels(), [0, 1, 0]);
/// assert_eq!(animals.class_names(), ["cat", "dog"]);
/// assert_eq!(animals.values(), [0.2, 0.6, 0.3]);
///
/// // scikit-learn's form: 2 samples of 1 feature, and two classes.
/// let format = Format { header: Header::CountsAndClasses, ..format };
/// let file = "2,1,malignant,benign\n17.99,0\n13.54,1\n";
/// let tumors = csv::read_labelled(file.as_bytes(), &format, Column::Last, &limits)?;
/// assert_eq!(tumors.class_names(), ["malignant", "benign"]);
/// # Ok::<(), DataError>(())
/// ```
pub fn read_labelled(
    reader: impl Read,
    format: &Format<'_>,
    labels: Column<'_>,
    limits: &Limits,
) -> Result<LabelledTable, DataError> {
    format.check()?;
    let mut lines = Lines::new(reader, *format, limits)?;
    let mut head = Head::read(&mut lines, format.header)?;
    let column = head.find(labels)?;
    let (mut values, mut classes) = (Vec::new(), Classes::new(limits.classes));
    let mut more = head.begins_with_samples || lines.advance()?;
    while more {
        classes.push(lines.numbers(Some(column), &mut values)?)?;
        check("elements", limits.elements, values.len() as u64)?;
        more = lines.advance()?;
    }
    lines.end()?;
    head.check(classes.len())?;
    if classes.len() == 0 {
        return Err(DataError::Empty);
    }
    let label_name = head.names.remove(column); // `find` has checked it
    let (labels, class_names) = match head.classes {
        Some(names) => (classes.numbered_below(names.len())?, names),
        None => classes.sorted(),
    };
    let features = Table::checked(head.names, values);
    let classes = u32::try_from(class_names.len()).map_err(|_| DataError::SizeOverflow)?;
    LabelledTable::checked(features, label_name, labels, classes).named(class_names)
}

/// What the first line has said.
struct Head {
    names: Vec<String>,
    /// Samples, features and names of classes, if the file tells them.
    counts: Option<[u64; 2]>,
    classes: Option<Vec<String>>,
    /// Whether the line at hand is the first sample.
    begins_with_samples: bool,
}

impl Head {
    fn read<R: Read>(lines: &mut Lines<'_, R>, header: Header) -> Result<Self, DataError> {
        if !lines.advance()? {
            return Err(DataError::Empty);
        }
        let (mut counts, mut classes) = (None, None);
        if header == Header::CountsAndClasses {
            let (counted, named) = lines.counts_and_classes()?;
            (counts, classes) = (Some(counted), Some(named));
            if !lines.advance()? {
                return Err(DataError::Empty);
            }
        }
        lines.measure();
        let names = match header {
            Header::Present => lines.names()?,
            _ => (0..lines.width()).map(|i| i.to_string()).collect(),
        };
        Ok(Self {
            names,
            counts,
            classes,
            begins_with_samples: header != Header::Present,
        })
    }

    fn find(&self, labels: Column<'_>) -> Result<usize, DataError> {
        let columns = self.names.len();
        let column = match labels {
            Column::Last => columns.saturating_sub(1),
            Column::Index(column) => column,
            Column::Name(name) => {
                let place = self.names.iter().position(|other| other == name);
                place.ok_or_else(|| DataError::NoColumnNamed { name: name.into() })?
            }
        };
        if column < columns {
            return Ok(column);
        }
        let (column, columns) = (column as u64, columns as u64);
        Err(DataError::NoSuchColumn { column, columns })
    }

    /// The counts of the first line, if there are any, hold.
    fn check(&self, samples: usize) -> Result<(), DataError> {
        let Some([declared, features]) = self.counts else {
            return Ok(());
        };
        let columns = (self.names.len() as u64).saturating_sub(1); // the last one is the label
        for (what, declared, found) in [
            ("samples", declared, samples as u64),
            ("features", features, columns),
        ] {
            if declared != found {
                return Err(DataError::WrongCount {
                    what,
                    declared,
                    found,
                });
            }
        }
        Ok(())
    }
}
