//! The lines of a table, one at a time, and what their entries mean.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use super::meter::{BUFFER, Meter, occurrences};
use super::{Format, NonFinite};
use crate::error::{DataError, excerpt};
use crate::formats::input::check;
use crate::formats::limits::Limits;
use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};
use std::collections::BTreeMap;
use std::io::Read;

/// The lines of a file, one at a time.
pub(super) struct Lines<'a, R> {
    reader: Reader<Meter<R>>,
    record: ByteRecord,
    /// Where the record begins, from 1.
    line: u64,
    /// The line that says how many entries there are, and how many.
    first: u64,
    expected: usize,
    format: Format<'a>,
    limits: Limits,
}

impl<'a, R: Read> Lines<'a, R> {
    pub(super) fn new(reader: R, format: Format<'a>, limits: &Limits) -> Result<Self, DataError> {
        let meter = Meter::new(reader, &format, limits)?;
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
            first: 0,
            expected: 0,
            format,
            limits: *limits,
        })
    }

    /// Goes to the next line that is not blank; false at the end.
    pub(super) fn advance(&mut self) -> Result<bool, DataError> {
        loop {
            let before = self.place();
            if !self.read_record()? {
                return Ok(false);
            }
            let mut entries = self.record.iter();
            let alone = entries.next().filter(|_| entries.next().is_none());
            // The parser hides whether an entry was quoted, and a quoted entry of nothing is an entry. But it counts
            // bytes and lines: apart from the ends of lines, a blank line has the bytes of its entry and no others.
            let after = self.place();
            let taken = after.0.saturating_sub(before.0);
            let taken = taken.saturating_sub(after.1.saturating_sub(before.1));
            let is_blank = alone
                .is_some_and(|entry| entry.trim_ascii().is_empty() && taken == entry.len() as u64);
            if !is_blank {
                return Ok(true);
            }
        }
    }

    /// How many bytes and lines the parser has taken.
    fn place(&self) -> (u64, u64) {
        let position = self.reader.position();
        (position.byte(), position.line())
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

    /// This line says how many entries every line has.
    pub(super) fn measure(&mut self) {
        (self.first, self.expected) = (self.line, self.record.len());
    }

    pub(super) const fn width(&self) -> usize {
        self.expected
    }

    /// The entries of this line as names of columns, each the only one of its name.
    pub(super) fn names(&self) -> Result<Vec<String>, DataError> {
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

    /// This line as the number of samples, the number of features and the names of the classes.
    pub(super) fn counts_and_classes(&self) -> Result<([u64; 2], Vec<String>), DataError> {
        let line = self.line;
        let count = |column: u64| {
            let index = usize::try_from(column).unwrap_or(usize::MAX);
            let entry = self.record.get(index).unwrap_or_default();
            let count = text(entry).and_then(|text| text.parse().ok());
            let column = column.saturating_add(1);
            let text = excerpt(entry);
            count.ok_or(DataError::NotANumber { line, column, text })
        };
        let counts = [count(0)?, count(1)?];
        check("classes", self.limits.classes, self.record.len() as u64)?;
        let names = self.record.iter().zip(1..).skip(2);
        let names = names.map(|(name, column)| {
            let text = text(name).filter(|text| !text.is_empty());
            text.map(str::to_owned).ok_or_else(|| {
                let text = excerpt(name);
                DataError::InvalidLabel { line, column, text }
            })
        });
        Ok((counts, names.collect::<Result<_, _>>()?))
    }

    /// Puts the numbers of this line behind the others; the entry of the column of labels is no number and returned.
    pub(super) fn numbers(
        &self,
        labels: Option<usize>,
        values: &mut Vec<f64>,
    ) -> Result<Entry<'_>, DataError> {
        let (line, first) = (self.line, self.first);
        if self.record.len() != self.expected {
            let (expected, found) = (self.expected as u64, self.record.len() as u64);
            return Err(DataError::WrongFieldCount {
                line,
                expected,
                found,
                first,
            });
        }
        let bytes = (self.expected as u64).saturating_mul(8);
        values
            .try_reserve(self.expected)
            .map_err(|_| DataError::OutOfMemory { bytes })?;
        let mut label = Entry {
            bytes: &[],
            line,
            column: 0,
        };
        for (index, (bytes, column)) in self.record.iter().zip(1..).enumerate() {
            let entry = Entry {
                bytes,
                line,
                column,
            };
            if labels == Some(index) {
                label = entry;
            } else {
                values.push(entry.number(&self.format)?);
            }
        }
        Ok(label)
    }

    /// The file must end here, with every quotation mark closed.
    pub(super) fn end(self) -> Result<(), DataError> {
        self.reader.into_inner().end()
    }
}

/// An entry and its place.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    bytes: &'a [u8],
    line: u64,
    column: u64,
}

impl Entry<'_> {
    fn number(self, format: &Format<'_>) -> Result<f64, DataError> {
        let Self {
            bytes,
            line,
            column,
        } = self;
        let text = str::from_utf8(bytes.trim_ascii()).ok();
        if text.is_some_and(|text| format.missing.contains(&text)) {
            return Ok(f64::NAN);
        }
        let value = text.and_then(|text| number(text, format.decimal));
        let value = value.ok_or_else(|| {
            let text = excerpt(bytes.trim_ascii());
            DataError::NotANumber { line, column, text }
        })?;
        if format.non_finite == NonFinite::Refuse && !value.is_finite() {
            return Err(DataError::NonFinite {
                line,
                column,
                value,
            });
        }
        Ok(value)
    }
}

/// The labels of a table by the order in which they first came.
pub(super) struct Classes {
    seen: BTreeMap<String, u32>,
    labels: Vec<u32>,
    most: u64,
}

impl Classes {
    pub(super) const fn new(most: u64) -> Self {
        Self {
            seen: BTreeMap::new(),
            labels: Vec::new(),
            most,
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.labels.len()
    }

    pub(super) fn push(&mut self, entry: Entry<'_>) -> Result<(), DataError> {
        let Entry {
            bytes,
            line,
            column,
        } = entry;
        let label = text(bytes).filter(|text| !text.is_empty());
        let label = label.ok_or_else(|| {
            let text = excerpt(bytes);
            DataError::InvalidLabel { line, column, text }
        })?;
        let number = if let Some(&number) = self.seen.get(label) {
            number
        } else {
            let count = self.seen.len() as u64;
            check("classes", self.most, count.saturating_add(1))?;
            let number = u32::try_from(count).map_err(|_| DataError::SizeOverflow)?;
            self.seen.insert(label.to_owned(), number);
            number
        };
        let error = DataError::OutOfMemory { bytes: 4 };
        self.labels.try_reserve(1).map_err(|_| error)?;
        self.labels.push(number);
        Ok(())
    }

    /// Labels numbered in the order of the alphabet, or of size if all are numbers, and their names.
    pub(super) fn sorted(self) -> (Vec<u32>, Vec<String>) {
        let mut names: Vec<(String, u32)> = self.seen.into_iter().collect();
        let value = |name: &str| name.parse().unwrap_or(f64::NAN);
        if names.iter().all(|(name, _)| !value(name).is_nan()) {
            names.sort_by(|(a, _), (b, _)| value(a).total_cmp(&value(b)));
        }
        let mut ranks = vec![0; names.len()];
        for ((_, number), rank) in names.iter().zip(0..) {
            if let Some(place) = ranks.get_mut(*number as usize) {
                *place = rank;
            }
        }
        let mut labels = self.labels;
        for label in &mut labels {
            *label = ranks.get(*label as usize).copied().unwrap_or(0);
        }
        (labels, names.into_iter().map(|(name, _)| name).collect())
    }

    /// Labels that are numbers of classes already.
    pub(super) fn numbered_below(self, classes: usize) -> Result<Vec<u32>, DataError> {
        let classes = u32::try_from(classes).map_err(|_| DataError::SizeOverflow)?;
        let mut numbers = vec![f64::NAN; self.seen.len()];
        for (name, &number) in &self.seen {
            if let (Some(place), Ok(value)) = (numbers.get_mut(number as usize), name.parse()) {
                *place = value;
            }
        }
        let number = |&label: &u32| numbers.get(label as usize).copied().unwrap_or(f64::NAN);
        let labels = self.labels.iter().map(number).enumerate();
        labels
            .map(|(index, value)| crate::tables::labelled::label(index, value, classes))
            .collect()
    }
}

/// An entry as a name: text without control characters.
fn text(entry: &[u8]) -> Option<&str> {
    let text = str::from_utf8(entry.trim_ascii()).ok()?;
    (!text.contains(char::is_control)).then_some(text)
}

/// A text as a number, with a decimal mark.
fn number(text: &str, decimal: u8) -> Option<f64> {
    if decimal == b'.' {
        return text.parse().ok();
    }
    // A point would separate thousands, or be a mistake.
    let text = (!text.contains('.')).then(|| text.replace(char::from(decimal), "."))?;
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_decimal_comma_leaves_no_room_for_points() {
        assert_eq!(number("1,5", b','), Some(1.5));
        assert_eq!(number("-2e3", b','), Some(-2000.0));
        assert_eq!(number("1.5", b','), None);
        assert_eq!(number("1,5", b'.'), None);
        assert_eq!(number("1,000,5", b','), None);
    }
}
