//! PNG files: gray images as most programs save them.
//!
//! Images of 1, 2, 4 and 8 bits a pixel are read, with a palette or without. A colored image is read if no pixel of it
//! is: all three channels agree everywhere, and nothing is transparent. So the pixels are those of the file, and no
//! formula for the brightness of a color has to be chosen.
//!
//! Reference: *Portable Network Graphics (PNG) Specification*, 3rd ed., W3C Recommendation, 2025.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::error::{DataError, excerpt};
use crate::formats::gray::GrayImage;
use crate::formats::input::{Input, check, opened};
use crate::formats::limits::Limits;
use gradus_numeric::Shape;
use png::{BitDepth, ColorType, Decoder, DecodingError, Info, Reader, Transformations};
use std::io::{Cursor, Read};
use std::num::NonZeroU8;
use std::path::Path;

/// Opens a PNG file.
///
/// # Errors
///
/// [`DataError::InFile`] with the path and the reason: [`DataError::Io`] if the file cannot be opened, or one of the
/// errors of [`read`].
///
/// # Examples
///
/// ```no_run
/// use gradus_data::{Limits, png};
///
/// let image = png::open("seven.png", &Limits::default())?;
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn open(path: impl AsRef<Path>, limits: &Limits) -> Result<GrayImage, DataError> {
    opened(path.as_ref(), |file| read(file, limits))
}

/// Reads a gray image; white is 255.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | an image of any kind gives the pixels that were written | `png_images_of_all_kinds_have_their_pixels` |
/// | a damaged file is an error or another image, never a panic | `damaged_png_files_are_refused_or_read` |
/// | no size is believed that the file cannot hold | `promises_of_small_images_are_not_believed` |
///
/// # Errors
///
/// [`DataError::NotPng`], [`DataError::DamagedPng`]; [`DataError::PngKind`] for 16 bits a pixel and for interlaced files;
/// [`DataError::NotGray`]; [`DataError::SizeOverflow`], [`DataError::LimitExceeded`], [`DataError::OutOfMemory`],
/// [`DataError::Io`].
///
/// # Examples
///
/// ```
/// use gradus_data::{DataError, Limits, png};
///
/// let error = png::read(&b"GIF89a"[..], &Limits::default()).unwrap_err();
/// assert_eq!(error, DataError::NotPng { start: "GIF89a".into() });
/// ```
pub fn read(reader: impl Read, limits: &Limits) -> Result<GrayImage, DataError> {
    let mut input = Input::new(reader, limits)?;
    let mut start = [0; 8];
    let have = input.fill(&mut start)?;
    if start != SIGNATURE {
        let start = excerpt(start.get(..have).unwrap_or_default());
        return Err(DataError::NotPng { start });
    }
    let file = [&start[..], &input.rest()?].concat();
    let colored = decoder(file.clone(), Transformations::IDENTITY, limits)?;
    let size = size(&colored)?;
    if colored.info().color_type == ColorType::Indexed {
        check_indices(colored, size)?;
    }
    let mut reader = decoder(file, Transformations::EXPAND, limits)?;
    let (_, depth) = reader.output_color_type();
    if depth != BitDepth::Eight {
        return Err(DataError::PngKind { kind: "16-bit" });
    }
    if reader.info().interlaced {
        return Err(DataError::PngKind { kind: "interlaced" });
    }
    let pixels = pixels(&mut reader, size)?;
    Ok(GrayImage {
        size,
        white: NonZeroU8::MAX,
        pixels,
    })
}

/// What stands before the lines of an image, of a size that the limits allow and the file can hold.
fn decoder(
    file: Vec<u8>,
    transformations: Transformations,
    limits: &Limits,
) -> Result<Reader<Cursor<Vec<u8>>>, DataError> {
    let (bytes, length) = (
        usize::try_from(limits.unpacked_bytes).unwrap_or(usize::MAX),
        file.len() as u64,
    );
    let mut lines = Decoder::new_with_limits(Cursor::new(file), png::Limits { bytes });
    lines.set_transformations(transformations);
    // What describes the image is not used, and may be packed too.
    lines.set_ignore_text_chunk(true);
    lines.set_ignore_iccp_chunk(true);
    let info = lines.read_header_info().map_err(|error| damaged(&error))?;
    check_size(info, length, limits)?;
    lines.read_info().map_err(|error| damaged(&error))
}

/// The decoder takes memory for a whole line at once, so a size is looked at before it does.
fn check_size(info: &Info<'_>, length: u64, limits: &Limits) -> Result<(), DataError> {
    let (columns, rows) = info.size();
    let (columns, rows) = (u64::from(columns), u64::from(rows));
    check("elements", limits.elements, columns.saturating_mul(rows))?;
    let line = columns.saturating_mul(info.bits_per_pixel() as u64);
    let line = line.div_ceil(8).saturating_add(1); // each line begins with the number of its filter
    let image = line.saturating_mul(rows);
    check("unpacked_bytes", limits.unpacked_bytes, image)?;
    if image <= MOST_UNPACKED.saturating_mul(length) {
        return Ok(());
    }
    let reason = format!("no {length} bytes unpack to {rows} lines of {columns} pixels");
    Err(DataError::DamagedPng { reason })
}

/// Every pixel has a color of the palette: the decoder would take a color that is missing for black.
fn check_indices(mut reader: Reader<Cursor<Vec<u8>>>, size: Shape) -> Result<(), DataError> {
    let info = reader.info();
    let colors = info.palette.as_ref().map_or(0, |palette| palette.len()) / 3;
    let depth = info.bit_depth as usize; // 1, 2, 4 or 8
    let mut row = 0_usize;
    while let Some(line) = reader.next_row().map_err(|error| damaged(&error))? {
        let indices = line.data().iter().flat_map(|&byte| packed(byte, depth));
        for (column, index) in indices.take(size.columns).enumerate() {
            if index >= colors {
                let reason = format!("row {row}, column {column} has color {index} of {colors}");
                return Err(DataError::DamagedPng { reason });
            }
        }
        row = row.saturating_add(1);
    }
    Ok(())
}

/// The samples of a byte, the leftmost in the highest bits.
fn packed(byte: u8, depth: usize) -> impl Iterator<Item = usize> {
    let samples = 8_usize.checked_div(depth).unwrap_or(0);
    let sample = move |k: usize| {
        let left = u16::from(byte) << depth.saturating_mul(k);
        let [_, low] = left.to_be_bytes();
        usize::from(low) >> 8_usize.saturating_sub(depth)
    };
    (0..samples).map(sample)
}

/// Rows and columns.
fn size(reader: &Reader<Cursor<Vec<u8>>>) -> Result<Shape, DataError> {
    let (columns, rows) = reader.info().size();
    let side = |length: u32| usize::try_from(length).map_err(|_| DataError::SizeOverflow);
    Ok(Shape::new(side(rows)?, side(columns)?))
}

/// Line by line: memory grows with the lines that have arrived, not with what the header promises.
fn pixels(reader: &mut Reader<Cursor<Vec<u8>>>, size: Shape) -> Result<Vec<u8>, DataError> {
    let samples = reader.output_color_type().0.samples();
    let mut pixels = Vec::new();
    let mut row = 0_usize;
    while let Some(line) = reader.next_row().map_err(|error| damaged(&error))? {
        pixels
            .try_reserve(size.columns)
            .map_err(|_| DataError::OutOfMemory {
                bytes: size.columns as u64,
            })?;
        for (column, pixel) in line
            .data()
            .chunks_exact(samples)
            .take(size.columns)
            .enumerate()
        {
            pixels.push(shade(pixel).ok_or(DataError::NotGray { row, column })?);
        }
        row = row.saturating_add(1);
    }
    if size.checked_len() != Some(pixels.len()) {
        let reason = format!("{row} lines of {}", size.rows);
        return Err(DataError::DamagedPng { reason });
    }
    reader.finish().map_err(|error| damaged(&error))?;
    Ok(pixels)
}

/// Gray, with or without opacity; or red, green and blue that agree.
fn shade(pixel: &[u8]) -> Option<u8> {
    match *pixel {
        [gray] | [gray, OPAQUE] => Some(gray),
        [r, g, b] | [r, g, b, OPAQUE] if r == g && g == b => Some(r),
        _ => None,
    }
}

fn damaged(error: &DecodingError) -> DataError {
    match error {
        DecodingError::LimitsExceeded => DataError::DamagedPng {
            reason: "it asks for more memory than is allowed".to_owned(),
        },
        error => DataError::DamagedPng {
            reason: error.to_string(),
        },
    }
}

/// DEFLATE tells at most 258 bytes by 2 bits: P. Deutsch, RFC 1951 (1996), §3.2.5.
const MOST_UNPACKED: u64 = 258 * 8 / 2;
const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
const OPAQUE: u8 = 255;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_have_no_shade() {
        assert_eq!(shade(&[7]), Some(7));
        assert_eq!((shade(&[7, 255]), shade(&[7, 254])), (Some(7), None));
        assert_eq!((shade(&[7, 7, 7]), shade(&[7, 7, 8])), (Some(7), None));
        assert_eq!(
            (shade(&[7, 7, 7, 255]), shade(&[7, 7, 7, 0])),
            (Some(7), None)
        );
    }
}
