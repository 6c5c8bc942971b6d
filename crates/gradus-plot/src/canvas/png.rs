//! Small pictures inside of an SVG: an uncompressed PNG as a data address.

use crate::canvas::color::Color;

/// A picture of `columns` cells in a row as `data:image/png;base64,…`.
///
/// PNG (ISO/IEC 15948) in its plainest form: eight bits a channel, no filter, stored blocks.
pub(crate) fn data_uri(columns: usize, cells: &[Color]) -> String {
    format!("data:image/png;base64,{}", base64(&png(columns, cells)))
}

fn png(columns: usize, cells: &[Color]) -> Vec<u8> {
    let rows = cells.len().checked_div(columns).unwrap_or(0);
    let mut header = [length(columns), length(rows)].concat();
    header.extend([8, 2, 0, 0, 0]); // 8 bits, red green blue, the only methods, not interlaced
    let mut lines = Vec::with_capacity(rows * (1 + 3 * columns));
    for row in cells.chunks_exact(columns.max(1)) {
        lines.push(0); // no filter
        lines.extend(row.as_flattened());
    }
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    file.extend(chunk(*b"IHDR", &header));
    file.extend(chunk(*b"IDAT", &zlib(&lines)));
    file.extend(chunk(*b"IEND", &[]));
    file
}

/// Length, name, data, check sum.
fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [&name, data].concat();
    [
        &length(data.len())[..],
        &named,
        &crc32(&named).to_be_bytes(),
    ]
    .concat()
}

/// A zlib stream (RFC 1950) of stored blocks (RFC 1951, section 3.2.4).
fn zlib(data: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let blocks = data.chunks(STORED_BLOCK).count();
    for (i, block) in data.chunks(STORED_BLOCK).enumerate() {
        let [high, low, ..] = [block.len() >> 8, block.len() & 0xff].map(|b| b.to_le_bytes()[0]);
        stream.extend([u8::from(i + 1 == blocks), low, high, !low, !high]);
        stream.extend(block);
    }
    stream.extend(adler32(data).to_be_bytes());
    stream
}

/// Check sum of RFC 1950, section 8.2.
fn adler32(data: &[u8]) -> u32 {
    let (a, b) = data.iter().fold((1, 0), |(a, b), &byte| {
        let a = (a + u32::from(byte)) % 65521;
        (a, (b + a) % 65521)
    });
    b << 16 | a
}

/// Check sum of ISO 3309, bit by bit.
fn crc32(data: &[u8]) -> u32 {
    let step = |crc: u32| {
        if crc & 1 == 1 {
            crc >> 1 ^ 0xedb8_8320
        } else {
            crc >> 1
        }
    };
    !data.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| step(crc))
    })
}

/// RFC 4648, section 4.
fn base64(data: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(data.len().div_ceil(3) * 4);
    for three in data.chunks(3) {
        let byte = |i: usize| three.get(i).copied().map_or(0, u32::from);
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * i) & 63) as usize]; // six bits: below 64
            text.push(if i <= three.len() { letter.into() } else { '=' });
        }
    }
    text
}

/// A length in four bytes; pictures here are far smaller than that can tell.
fn length(n: usize) -> [u8; 4] {
    u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes()
}

/// The longest stored block.
const STORED_BLOCK: usize = 65535;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_sums_have_their_known_values() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926); // the check value of CRC-32/ISO-HDLC
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
        assert_eq!(crc32(b"IEND"), 0xae42_6082); // ends every PNG file
    }

    #[test]
    fn base64_has_the_values_of_its_standard() {
        // RFC 4648, section 10.
        let pairs = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, encoded) in pairs {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn one_red_pixel_is_the_file_of_the_standard() {
        let file = png(1, &[[255, 0, 0]]);
        assert_eq!(&file[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(&file[16..24], &[0, 0, 0, 1, 0, 0, 0, 1]);
        let data = [0x78, 1, 1, 4, 0, 0xfb, 0xff, 0, 255, 0, 0];
        assert_eq!(&file[41..52], &data);
        assert_eq!(file.len(), 8 + 25 + (12 + 15) + 12);
    }

    #[test]
    fn long_data_takes_several_blocks() {
        let stream = zlib(&vec![7; STORED_BLOCK + 2]);
        assert_eq!(&stream[2..7], &[0, 0xff, 0xff, 0, 0]);
        assert_eq!(
            &stream[7 + STORED_BLOCK..][..7],
            &[1, 2, 0, 0xfd, 0xff, 7, 7]
        );
    }
}
