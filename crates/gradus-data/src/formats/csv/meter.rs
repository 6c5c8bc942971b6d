//! What stands between the file and the parser of lines.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use super::Format;
use crate::error::DataError;
use crate::formats::input::{Input, check};
use crate::formats::limits::Limits;
use std::io::{self, Chain, Cursor, ErrorKind, Read};

/// A reader between the file and the parser, which would buffer a line of any length: it counts bytes and delimiters
/// since the line was begun and stops before there are too many.
///
/// It empties comments and the lines that are skipped, but leaves their ends, so that the parser passes over blank
/// lines and counts all of them.
pub(super) struct Meter<R> {
    content: Chain<Cursor<Vec<u8>>, Stream<R>>,
    delimiter: u8,
    comment: Option<u8>,
    /// How many lines are yet to be emptied.
    skip: u64,
    /// Whether the line at hand is emptied.
    emptied: bool,
    limits: Limits,
    bytes: u64,
    delimiters: u64,
    odd_quotes: bool,
    last: u8,
    failure: Option<DataError>,
}

impl<R: Read> Meter<R> {
    /// Skips a byte order mark.
    pub(super) fn new(reader: R, format: &Format<'_>, limits: &Limits) -> Result<Self, DataError> {
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
            delimiter: format.delimiter,
            comment: format.comment,
            skip: format.skip,
            emptied: false,
            limits: *limits,
            bytes: 0,
            delimiters: 0,
            odd_quotes: false,
            last: b'\n',
            failure: None,
        })
    }

    /// What was read ahead belongs to the line before.
    pub(super) const fn start_line(&mut self) {
        (self.bytes, self.delimiters) = (0, 0);
    }

    /// Why the last read failed.
    pub(super) fn reason(&mut self) -> DataError {
        let other = DataError::Io {
            kind: ErrorKind::Other,
        };
        let failure = self.failure.take();
        failure
            .or_else(|| self.content.get_mut().1.1.take())
            .unwrap_or(other)
    }

    /// The file must end here, with every quotation mark closed.
    pub(super) fn end(self) -> Result<(), DataError> {
        if self.odd_quotes {
            return Err(DataError::UnclosedQuote);
        }
        self.content.into_inner().1.0.end()
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

    /// Reads some bytes without those of comments and skipped lines; none means the end.
    fn read_kept(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.skip == 0 && self.comment.is_none() {
            return self.content.read(buffer);
        }
        loop {
            let count = self.content.read(buffer)?;
            let kept = self.keep(buffer.get_mut(..count).unwrap_or_default());
            // A whole buffer of comment is not the end.
            if kept > 0 || count == 0 {
                return Ok(kept);
            }
        }
    }

    /// Moves the bytes that are kept to the front, and counts them.
    fn keep(&mut self, bytes: &mut [u8]) -> usize {
        let mut kept = 0_usize;
        let (mut before, mut quoted) = (self.last, self.odd_quotes);
        for i in 0..bytes.len() {
            let byte = bytes.get(i).copied().unwrap_or(b'\n');
            let starts = before == b'\n' && !self.emptied && !quoted;
            self.emptied |= starts && (self.skip > 0 || self.comment == Some(byte));
            if self.emptied && byte != b'\n' {
                continue;
            }
            if self.emptied {
                self.emptied = false;
                self.skip = self.skip.saturating_sub(1);
            }
            quoted ^= byte == b'"';
            before = byte;
            if let Some(place) = bytes.get_mut(kept) {
                *place = byte;
            }
            kept = kept.saturating_add(1);
        }
        kept
    }
}

impl<R: Read> Read for Meter<R> {
    /// Gives the last line the newline that it may lack.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut count = self.read_kept(buffer)?;
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

pub(super) fn occurrences(bytes: &[u8], wanted: u8) -> u64 {
    bytes.iter().map(|&byte| u64::from(byte == wanted)).sum()
}

const BYTE_ORDER_MARK: &[u8] = &[0xef, 0xbb, 0xbf];
pub(super) const BUFFER: usize = 8 << 10;
