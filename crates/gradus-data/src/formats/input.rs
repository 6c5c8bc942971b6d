//! Bytes from a hostile file: plain or gzip, counted, limited, and never trusted.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::error::DataError;
use crate::formats::limits::Limits;
use flate2::bufread::GzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Chain, Cursor, ErrorKind, Read};
use std::path::Path;

/// The content of a file, unpacked if it begins as gzip does.
///
/// One gzip member makes a file; what follows it is refused, another member included.
pub(crate) struct Input<R> {
    stream: Stream<R>,
    limits: Limits,
    /// How many bytes of content were given out.
    given: u64,
}

enum Stream<R> {
    Plain(Source<R>),
    Gzip(Box<GzDecoder<Source<R>>>),
}

impl<R: Read> Input<R> {
    /// Looks at the first two bytes and decides.
    pub(crate) fn new(reader: R, limits: &Limits) -> Result<Self, DataError> {
        let source = Source::new(reader, limits.file_bytes)?;
        let stream = if source.start == GZIP {
            Stream::Gzip(Box::new(GzDecoder::new(source)))
        } else {
            Stream::Plain(source)
        };
        Ok(Self {
            stream,
            limits: *limits,
            given: 0,
        })
    }

    /// Content as it is, whatever it begins with, of a size that the caller has looked at.
    pub(crate) fn counted(reader: R) -> Result<Self, DataError> {
        Ok(Self {
            stream: Stream::Plain(Source::new(reader, u64::MAX)?),
            limits: Limits::default(), // what is not unpacked has no other
            given: 0,
        })
    }

    /// Reads some bytes of content; none means the end.
    pub(crate) fn read(&mut self, buffer: &mut [u8]) -> Result<usize, DataError> {
        let outcome = match &mut self.stream {
            Stream::Plain(source) => source.read(buffer),
            Stream::Gzip(decoder) => decoder.read(buffer),
        };
        let count = outcome.map_err(|error| self.reason(&error))?;
        self.given = self.given.saturating_add(count as u64);
        self.check_unpacking()?;
        Ok(count)
    }

    /// Reads exactly `N` bytes.
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], DataError> {
        let mut array = [0; N];
        let have = self.fill(&mut array)?;
        if have == N {
            Ok(array)
        } else {
            let (need, have) = (N as u64, have as u64);
            Err(DataError::Truncated { need, have })
        }
    }

    /// Reads until the buffer is full or the content ends; returns how many bytes there were.
    pub(crate) fn fill(&mut self, buffer: &mut [u8]) -> Result<usize, DataError> {
        let mut have = 0_usize;
        while let Some(rest) = buffer.get_mut(have..).filter(|rest| !rest.is_empty()) {
            match self.read(rest)? {
                0 => break,
                count => have = have.saturating_add(count),
            }
        }
        Ok(have)
    }

    /// Reads exactly `need` bytes into memory that grows with what arrives.
    pub(crate) fn payload(&mut self, need: u64) -> Result<Vec<u8>, DataError> {
        let length = usize::try_from(need).map_err(|_| DataError::SizeOverflow)?;
        let mut bytes = Vec::new();
        let mut chunk = vec![0; length.min(CHUNK)];
        while bytes.len() < length {
            let missing = length.saturating_sub(bytes.len());
            let place = chunk.get_mut(..missing.min(CHUNK)).unwrap_or_default();
            let count = self.read(place)?;
            if count == 0 {
                let have = bytes.len() as u64;
                return Err(DataError::Truncated { need, have });
            }
            grow(&mut bytes, count, missing)?;
            bytes.extend(place.iter().take(count));
        }
        Ok(bytes)
    }

    /// Reads to the end of the content.
    pub(crate) fn rest(&mut self) -> Result<Vec<u8>, DataError> {
        let mut bytes = Vec::new();
        let mut chunk = vec![0; CHUNK];
        loop {
            let count = self.read(&mut chunk)?;
            if count == 0 {
                return Ok(bytes);
            }
            grow(&mut bytes, count, usize::MAX)?;
            bytes.extend(chunk.iter().take(count));
        }
    }

    /// The content must end here, and the file with it.
    pub(crate) fn end(mut self) -> Result<(), DataError> {
        let end = self.given;
        let more = self.read(&mut [0])? > 0;
        let behind = match &mut self.stream {
            Stream::Plain(_) => false,
            Stream::Gzip(decoder) => match decoder.get_mut().fill_buf() {
                Ok(rest) => !rest.is_empty(),
                Err(error) => return Err(self.reason(&error)),
            },
        };
        if more || behind {
            return Err(DataError::TrailingBytes { end });
        }
        Ok(())
    }

    /// What the operating system or the limits said, or else what the decoder means.
    fn reason(&mut self, error: &io::Error) -> DataError {
        let unpacked = self.given;
        match &mut self.stream {
            Stream::Plain(source) => source.reason(error),
            Stream::Gzip(decoder) => match decoder.get_mut().failure.take() {
                Some(failure) => failure,
                None if error.kind() == ErrorKind::UnexpectedEof => {
                    DataError::TruncatedGzip { unpacked }
                }
                None => DataError::DamagedGzip { unpacked },
            },
        }
    }

    /// Not more than it may unfold to.
    fn check_unpacking(&self) -> Result<(), DataError> {
        match self.stream {
            Stream::Plain(_) => Ok(()),
            Stream::Gzip(_) => check("unpacked_bytes", self.limits.unpacked_bytes, self.given),
        }
    }
}

/// The bytes as they lie on disk: counted, limited, and with the first failure kept.
struct Source<R> {
    reader: BufReader<Chain<Cursor<Vec<u8>>, R>>,
    /// At most the first two bytes.
    start: Vec<u8>,
    /// How many bytes were consumed.
    taken: u64,
    limit: u64,
    failure: Option<DataError>,
}

impl<R: Read> Source<R> {
    fn new(mut reader: R, limit: u64) -> Result<Self, DataError> {
        let mut start = Vec::new();
        reader.by_ref().take(2).read_to_end(&mut start)?;
        let whole = Cursor::new(start.clone()).chain(reader);
        Ok(Self {
            reader: BufReader::with_capacity(CHUNK, whole),
            start,
            taken: 0,
            limit,
            failure: None,
        })
    }

    fn reason(&mut self, error: &io::Error) -> DataError {
        let kind = error.kind();
        self.failure.take().unwrap_or(DataError::Io { kind })
    }

    fn fail(&mut self, failure: DataError) -> io::Error {
        self.failure = Some(failure);
        ErrorKind::Other.into()
    }
}

impl<R: Read> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while let Err(error) = self.reader.fill_buf() {
            if error.kind() != ErrorKind::Interrupted {
                return Err(self.fail(error.into()));
            }
        }
        let seen = self.taken.saturating_add(self.reader.buffer().len() as u64);
        if let Err(failure) = check("file_bytes", self.limit, seen) {
            return Err(self.fail(failure));
        }
        Ok(self.reader.buffer())
    }

    fn consume(&mut self, count: usize) {
        self.reader.consume(count);
        self.taken = self.taken.saturating_add(count as u64);
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

/// What is read from a file, or the reason with its path.
pub(crate) fn opened<T>(
    path: &Path,
    read: impl FnOnce(File) -> Result<T, DataError>,
) -> Result<T, DataError> {
    let file = File::open(path).map_err(DataError::from);
    file.and_then(read).map_err(|error| error.in_file(path))
}

/// A number in decimal digits with one more behind.
pub(crate) fn with_digit(number: Option<u64>, digit: u8) -> Result<u64, DataError> {
    let digit = u64::from(digit.wrapping_sub(b'0'));
    let more = number.unwrap_or(0).checked_mul(10);
    more.and_then(|number| number.checked_add(digit))
        .ok_or(DataError::SizeOverflow)
}

/// At most `allowed`, or the error that names the limit.
pub(crate) fn check(limit: &'static str, allowed: u64, at_least: u64) -> Result<(), DataError> {
    if at_least <= allowed {
        return Ok(());
    }
    Err(DataError::LimitExceeded {
        limit,
        allowed,
        at_least,
    })
}

/// Room for `count` more bytes: as much again as is there, but never more than is missing.
fn grow(bytes: &mut Vec<u8>, count: usize, missing: usize) -> Result<(), DataError> {
    let free = bytes.capacity().saturating_sub(bytes.len());
    if free >= count {
        return Ok(());
    }
    let more = bytes.len().max(CHUNK).min(missing);
    let error = DataError::OutOfMemory { bytes: more as u64 };
    bytes.try_reserve_exact(more).map_err(|_| error)
}

const GZIP: [u8; 2] = [0x1f, 0x8b];
pub(crate) const CHUNK: usize = 64 << 10;
