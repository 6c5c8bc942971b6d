//! Zip archives of files that are stored as they are.

/// Files by name, in the order in which they lie in the archive; `None` for what is no such archive.
///
/// Sizes are taken from the directory at the end, and nothing is believed that does not fit into `bytes`: every file lies
/// within them, is stored without compression, and has the checksum that is told.
pub(super) fn read(bytes: &[u8]) -> Option<Vec<(&str, &[u8])>> {
    let end = end_of_directory(bytes)?;
    let [count, start] = [u16_at(end, 10)?.into(), index(u32_at(end, 16)?)?];
    let mut files = Vec::new();
    let mut entry = bytes.get(start..)?;
    for _ in 0..count {
        (u32_at(entry, 0)? == DIRECTORY).then_some(())?;
        let [method, name, extra, comment] = [10, 28, 30, 32].map(|at| u16_at(entry, at));
        (method? == STORED).then_some(())?;
        let (crc, size, local) = (
            u32_at(entry, 16)?,
            index(u32_at(entry, 24)?)?,
            index(u32_at(entry, 42)?)?,
        );
        let name_end = 46 + usize::from(name?);
        let name = std::str::from_utf8(entry.get(46..name_end)?).ok()?;
        files.push((name, stored(bytes.get(local..)?, size, crc)?));
        entry = entry.get(name_end + usize::from(extra?) + usize::from(comment?)..)?;
    }
    Some(files)
}

/// The content of a file behind its header.
fn stored(local: &[u8], size: usize, crc: u32) -> Option<&[u8]> {
    (u32_at(local, 0)? == LOCAL).then_some(())?;
    let start = 30 + usize::from(u16_at(local, 26)?) + usize::from(u16_at(local, 28)?);
    let content = local.get(start..)?.get(..size)?;
    (checksum(content) == crc).then_some(content)
}

/// What stands at the end of an archive; a comment may follow it.
fn end_of_directory(bytes: &[u8]) -> Option<&[u8]> {
    const LENGTH: usize = 22;
    let last = bytes.len().checked_sub(LENGTH)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    (first..=last).rev().find_map(|at| {
        let end = bytes.get(at..)?;
        (u32_at(end, 0)? == END && usize::from(u16_at(end, 20)?) + LENGTH == end.len())
            .then_some(end)
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

/// CRC-32: the remainder of a polynomial over the field of two elements.
fn checksum(bytes: &[u8]) -> u32 {
    let crc = bytes.iter().fold(u32::MAX, |crc, &byte| {
        (crc >> 8) ^ TABLE[((crc ^ u32::from(byte)) & 0xff) as usize] // below 256
    });
    !crc
}

/// Remainders of all bytes.
const TABLE: [u32; 256] = {
    let (mut table, mut i) = ([0; 256], 0_u32);
    while i < 256 {
        let (mut crc, mut bit) = (i, 0);
        while bit < 8 {
            crc = (crc >> 1) ^ (POLYNOMIAL * (crc & 1));
            bit += 1;
        }
        table[i as usize] = crc;
        i += 1;
    }
    table
};

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let word = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*word))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let word = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*word))
}

fn index(number: u32) -> Option<usize> {
    usize::try_from(number).ok()
}

/// Signatures, method, version and polynomial are those of PKWARE's *APPNOTE.TXT*, version 6.3.10, §4.3, §4.4.
const LOCAL: u32 = 0x0403_4b50;
const DIRECTORY: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const STORED: u16 = 0;
const VERSION: u16 = 20;
const POLYNOMIAL: u32 = 0xedb8_8320;

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
        let bytes = write(&files).unwrap_or_default();
        let found = read(&bytes).unwrap_or_default();
        assert_eq!(found, [("a", &b"one"[..]), ("b/c", &b""[..])]);
        assert!((0..bytes.len()).all(|cut| read(&bytes[..cut]).is_none()));
        let mut other = bytes.clone();
        other[31] ^= 1; // a byte of the content
        assert_eq!(read(&other), None);
    }
}
