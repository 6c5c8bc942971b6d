//! ZIP archives of files that are stored as they are, or deflated.
//!
//! Reference: PKWARE, *APPNOTE.TXT*, version 6.3.10, §4.3 and §4.4.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::error::{DataError, excerpt};
use crate::formats::input::{Input, check};
use crate::formats::limits::Limits;
use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::borrow::Cow;
use std::ops::Range;

/// A file in an archive, as the directory tells of it.
pub(super) struct Entry<'b> {
    pub(super) name: &'b str,
    /// Its place in the directory, from 0.
    index: u64,
    method: u16,
    /// Where its own header begins, and where its content ends.
    place: Range<usize>,
    packed: &'b [u8],
    size: u32,
    crc: u32,
}

/// The files of an archive, in the order of its directory.
///
/// Places and sizes are taken from the directory at the end. Every file lies before it, no two have a byte in common, and
/// all that are deflated unfold to no more than the limit allows, before one of them is unpacked.
pub(super) fn read<'b>(bytes: &'b [u8], limits: &Limits) -> Result<Vec<Entry<'b>>, DataError> {
    let end = end_of_directory(bytes).ok_or(DataError::NotNpz)?;
    let (files, mut lines) = bytes.split_at_checked(end.start).unwrap_or((bytes, &[]));
    let mut entries = Vec::new();
    check("arrays", limits.arrays, end.count.into())?;
    for index in 0..end.count.into() {
        let (found, rest) = directory_entry(files, lines, index)?;
        entries.push(found);
        lines = rest;
    }
    check_overlap(&entries)?;
    let deflated = entries.iter().filter(|entry| entry.method == DEFLATED);
    let unpacked = deflated.map(|entry| u64::from(entry.size)).sum(); // 65535 files of 4 GiB are 48 bits
    check("unpacked_bytes", limits.unpacked_bytes, unpacked)?;
    Ok(entries)
}

/// No byte belongs to two files: else a megabyte, told of by each of ten thousand names, would unpack to ten gigabytes.
fn check_overlap(entries: &[Entry<'_>]) -> Result<(), DataError> {
    let mut sorted: Vec<&Entry<'_>> = entries.iter().collect();
    sorted.sort_by_key(|entry| (entry.place.start, entry.index));
    for (one, next) in sorted.iter().zip(sorted.iter().skip(1)) {
        if next.place.start < one.place.end {
            let (first, second) = (one.index, next.index);
            return Err(DataError::OverlappingFiles { first, second });
        }
    }
    Ok(())
}

impl Entry<'_> {
    /// The content, as large as the directory says and with the checksum that it tells.
    pub(super) fn content(&self) -> Result<Cow<'_, [u8]>, DataError> {
        let (index, method) = (self.index, self.method);
        let content = match method {
            STORED => Cow::Borrowed(self.packed),
            DEFLATED => Cow::Owned(self.inflated()?),
            _ => return Err(DataError::PackingMethod { index, method }),
        };
        let whole = content.len() as u64 == u64::from(self.size);
        if whole && checksum(&content) == self.crc {
            Ok(content)
        } else {
            Err(DataError::DamagedArchive { index })
        }
    }

    /// Not more is unpacked than the directory says, and nothing may follow.
    fn inflated(&self) -> Result<Vec<u8>, DataError> {
        let index = self.index;
        let damaged = |_| DataError::DamagedArchive { index };
        let decoder = DeflateDecoder::new(self.packed);
        let mut input = Input::counted(decoder).map_err(damaged)?;
        let content = input.payload(self.size.into()).map_err(damaged)?;
        input.end().map_err(damaged)?;
        Ok(content)
    }
}

/// The file of the first line of the directory, and the lines that follow.
fn directory_entry<'b>(
    files: &'b [u8],
    line: &'b [u8],
    index: u64,
) -> Result<(Entry<'b>, &'b [u8]), DataError> {
    let damaged = || DataError::DamagedArchive { index };
    let found = || {
        (u32_at(line, 0)? == DIRECTORY).then_some(())?;
        let [method, name, extra, comment] = [10, 28, 30, 32].map(|at| u16_at(line, at));
        let [crc, packed, size, start] = [16, 20, 24, 42].map(|at| u32_at(line, at));
        let (named, rest) = line.get(46..)?.split_at_checked(name?.into())?;
        let rest = rest
            .get(usize::from(extra?)..)?
            .get(usize::from(comment?)..)?;
        let start = index_of(start?)?;
        let content = start.checked_add(header_length(files.get(start..)?)?)?;
        let place = start..content.checked_add(index_of(packed?)?)?;
        let packed = files.get(content..place.end)?;
        Some((named, method?, place, packed, size?, crc?, rest))
    };
    let (name, method, place, packed, size, crc, rest) = found().ok_or_else(damaged)?;
    let name = str::from_utf8(name).map_err(|_| DataError::InvalidArrayName {
        index,
        text: excerpt(name),
    })?;
    let entry = Entry {
        name,
        index,
        method,
        place,
        packed,
        size,
        crc,
    };
    Ok((entry, rest))
}

/// How long a file's own header is, with name and extra field; the content follows.
fn header_length(local: &[u8]) -> Option<usize> {
    (u32_at(local, 0)? == LOCAL).then_some(())?;
    let (name, extra) = (u16_at(local, 26)?, u16_at(local, 28)?);
    usize::from(name).checked_add(extra.into())?.checked_add(30)
}

/// What stands at the end of an archive: how many files there are, and where the directory begins.
struct End {
    count: u16,
    start: usize,
}

/// A comment may follow it.
fn end_of_directory(bytes: &[u8]) -> Option<End> {
    const LENGTH: usize = 22;
    let last = bytes.len().checked_sub(LENGTH)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    (first..=last).rev().find_map(|at| {
        let end = bytes.get(at..)?;
        let comment = usize::from(u16_at(end, 20)?);
        let whole = comment.checked_add(LENGTH) == Some(end.len());
        (u32_at(end, 0)? == END && whole).then_some(())?;
        Some(End {
            count: u16_at(end, 10)?,
            start: index_of(u32_at(end, 16)?)?,
        })
    })
}

/// An archive of these files; `None` if it would be too large for the format: 4 GiB, or 65535 files.
pub(super) fn write(files: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let start = u32::try_from(bytes.len()).ok()?;
        let head = header(name, content)?;
        bytes.extend(LOCAL.to_le_bytes());
        bytes.extend(&head);
        bytes.extend(name.bytes());
        bytes.extend(content);
        directory.extend(DIRECTORY.to_le_bytes());
        directory.extend(VERSION.to_le_bytes()); // made by
        directory.extend(&head);
        directory.extend([0; 10]); // no comment, first disk, no attributes
        directory.extend(start.to_le_bytes());
        directory.extend(name.bytes());
    }
    let count = u16::try_from(files.len()).ok()?.to_le_bytes();
    let [start, length] = [bytes.len(), directory.len()].map(|n| u32::try_from(n).ok());
    bytes.extend(directory);
    bytes.extend(END.to_le_bytes());
    bytes.extend([[0; 2], [0; 2], count, count].concat());
    bytes.extend(length?.to_le_bytes());
    bytes.extend(start?.to_le_bytes());
    bytes.extend([0; 2]); // no comment
    Some(bytes)
}

/// What local header and directory tell alike: version, method, time, checksum, sizes, lengths.
fn header(name: &str, content: &[u8]) -> Option<Vec<u8>> {
    const MIDNIGHT: u16 = 0;
    const FIRST_DAY: u16 = 0x21; // of 1980: the same numbers give the same file
    let (size, length) = (
        u32::try_from(content.len()).ok()?,
        u16::try_from(name.len()).ok()?,
    );
    let first = [VERSION, 0, STORED, MIDNIGHT, FIRST_DAY].map(u16::to_le_bytes);
    let sizes = [checksum(content), size, size].map(u32::to_le_bytes);
    let lengths = [length, 0].map(u16::to_le_bytes);
    Some([first.concat(), sizes.concat(), lengths.concat()].concat())
}

/// CRC-32.
fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let word = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*word))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let word = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*word))
}

fn index_of(number: u32) -> Option<usize> {
    usize::try_from(number).ok()
}

const LOCAL: u32 = 0x0403_4b50;
const DIRECTORY: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
const VERSION: u16 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum(b""), 0);
    }

    #[test]
    fn what_was_written_is_read_and_every_cut_is_refused() {
        let files = [
            ("a".to_owned(), b"one".to_vec()),
            ("b/c".to_owned(), vec![]),
        ];
        let limits = Limits::default();
        let contents = |bytes: &[u8]| -> Result<Vec<(String, Vec<u8>)>, DataError> {
            let content =
                |entry: &Entry<'_>| Ok((entry.name.to_owned(), entry.content()?.into_owned()));
            read(bytes, &limits)?.iter().map(content).collect()
        };
        let bytes = write(&files).unwrap_or_default();
        assert_eq!(contents(&bytes), Ok(files.to_vec()));
        let refused = |cut| bytes.get(..cut).is_some_and(|part| contents(part).is_err());
        assert!((0..bytes.len()).all(refused));
        let mut other = bytes.clone();
        if let Some(byte) = other.get_mut(31) {
            *byte ^= 1; // of the content
        }
        assert_eq!(
            contents(&other),
            Err(DataError::DamagedArchive { index: 0 })
        );
    }
}
