//! PGM files: gray images, plain enough to be written by hand.
//!
//! A PGM file is `P5`, the width, the height and the value of white, as text with spaces or line ends between them and
//! comments from `#` to the end of a line, one white space, and the pixels, a byte each, row by row; nothing follows.
//!
//! Reference: J. Poskanzer, *The PGM format*, Netpbm documentation, 1989.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::error::{DataError, excerpt};
use crate::formats::gray::GrayImage;
use crate::formats::input::{Input, check, opened, with_digit};
use crate::formats::limits::Limits;
use gradus_numeric::Shape;
use std::io::Read;
use std::num::NonZeroU8;
use std::path::Path;

/// The image as the bytes of a PGM file.
///
/// # Examples
///
/// ```
/// use gradus_data::{GrayImage, Limits, Shape, pgm};
/// use std::num::NonZeroU8;
///
/// let image = GrayImage { size: Shape::new(1, 2), white: NonZeroU8::MAX, pixels: vec![0, 255] };
/// assert_eq!(pgm::read(&pgm::to_bytes(&image)[..], &Limits::default())?, image);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
#[must_use]
pub fn to_bytes(image: &GrayImage) -> Vec<u8> {
    let Shape { rows, columns } = image.size;
    let header = format!("P5\n{columns} {rows}\n{}\n", image.white);
    [header.as_bytes(), &image.pixels].concat()
}

/// Opens a PGM file, plain or gzip.
///
/// # Errors
///
/// [`DataError::InFile`] with the path and the reason: [`DataError::Io`] if the file cannot be opened, or one of the
/// errors of [`read`].
///
/// # Examples
///
/// ```no_run
/// use gradus_data::{Limits, pgm};
///
/// let image = pgm::open("face.pgm", &Limits::default())?;
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn open(path: impl AsRef<Path>, limits: &Limits) -> Result<GrayImage, DataError> {
    opened(path.as_ref(), |file| read(file, limits))
}

/// Reads a gray image of at most 255 shades.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | a written image is read back | `a_written_pgm_image_is_read_back` |
/// | a damaged file is an error or another image, never a panic | `damaged_pgm_files_are_refused_or_read` |
///
/// # Errors
///
/// [`DataError::NotPgm`], [`DataError::InvalidHeader`], [`DataError::PixelOutOfRange`], [`DataError::SizeOverflow`],
/// [`DataError::Truncated`], [`DataError::TrailingBytes`], [`DataError::LimitExceeded`], [`DataError::OutOfMemory`],
/// [`DataError::Io`].
///
/// # Examples
///
/// ```
/// use gradus_data::{Limits, pgm};
///
/// let image = pgm::read(&b"P5 # two by one\n2 1\n15\n\x00\x0f"[..], &Limits::default())?;
/// assert_eq!((image.size.to_string().as_str(), image.white.get()), ("1×2", 15));
/// assert_eq!(image.pixels, [0, 15]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn read(reader: impl Read, limits: &Limits) -> Result<GrayImage, DataError> {
    let mut input = Input::new(reader, limits)?;
    let mut start = [0; 2];
    let have = input.fill(&mut start)?;
    if start != *b"P5" {
        let start = excerpt(start.get(..have).unwrap_or_default());
        return Err(DataError::NotPgm { start });
    }
    let mut seen = 2;
    let [columns, rows, white] = [
        number(&mut input, &mut seen)?,
        number(&mut input, &mut seen)?,
        number(&mut input, &mut seen)?,
    ];
    let shade = u8::try_from(white).ok().and_then(NonZeroU8::new);
    let white = shade.ok_or_else(|| DataError::InvalidHeader {
        byte: seen,
        text: white.to_string(),
    })?;
    let count = columns.checked_mul(rows).ok_or(DataError::SizeOverflow)?;
    check("elements", limits.elements, count)?;
    let side = |length: u64| usize::try_from(length).map_err(|_| DataError::SizeOverflow);
    let size = Shape::new(side(rows)?, side(columns)?);
    let pixels = input.payload(count)?;
    input.end()?;
    match pixels.iter().position(|&pixel| pixel > white.get()) {
        None => Ok(GrayImage {
            size,
            white,
            pixels,
        }),
        Some(index) => Err(DataError::PixelOutOfRange {
            index: index as u64,
            value: pixels.get(index).copied().unwrap_or_default().into(),
            white: white.get(),
        }),
    }
}

/// A number of the header, with the white space or comment before it and the one white space behind.
fn number<R: Read>(input: &mut Input<R>, seen: &mut u64) -> Result<u64, DataError> {
    let (mut value, mut comment) = (None, false);
    loop {
        let [byte] = input.array()?;
        *seen = seen.saturating_add(1);
        check("header bytes", LONGEST_HEADER, *seen)?;
        let wrong = || DataError::InvalidHeader {
            byte: *seen,
            text: excerpt(&[byte]),
        };
        match (byte, value) {
            (b'\n', _) if comment => comment = false,
            _ if comment => {}
            (b'#', None) => comment = true,
            (b'0'..=b'9', _) => value = Some(with_digit(value, byte)?),
            (byte, None) if byte.is_ascii_whitespace() => {}
            (byte, Some(value)) if byte.is_ascii_whitespace() => return Ok(value),
            _ => return Err(wrong()),
        }
    }
}

/// Comments may be long, but not without end.
const LONGEST_HEADER: u64 = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_are_refused() {
        let of = |file: &[u8]| read(file, &Limits::default());
        assert_eq!(
            of(b"P2 1 1 1\n0"),
            Err(DataError::NotPgm { start: "P2".into() })
        );
        assert!(matches!(
            of(b"P5 1 x"),
            Err(DataError::InvalidHeader { .. })
        ));
        assert!(matches!(
            of(b"P5 1 1 0\n\x00"),
            Err(DataError::InvalidHeader { .. })
        ));
        assert!(matches!(
            of(b"P5 1 1 65535\n\x00\x00"),
            Err(DataError::InvalidHeader { .. })
        ));
        let (index, value, white) = (0, 9.0, 8);
        assert_eq!(
            of(b"P5 1 1 8\n\x09"),
            Err(DataError::PixelOutOfRange {
                index,
                value,
                white
            })
        );
        let (need, have) = (4, 1);
        assert_eq!(
            of(b"P5 2 2 255\n\x00"),
            Err(DataError::Truncated { need, have })
        );
        assert!(matches!(
            of(b"P5 1 1 255\n\x00\x00"),
            Err(DataError::TrailingBytes { .. })
        ));
    }
}
