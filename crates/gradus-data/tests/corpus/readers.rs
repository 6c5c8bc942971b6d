//! What every reader promises of every file. The tests of the corpus and the fuzz targets (`fuzz/`) ask the same questions.

use allocation_counter::measure;
use gradus_data::csv::{self, Format};
use gradus_data::safetensors::{self, Safetensors};
use gradus_data::{DataError, GrayImage, Limits, idx, npy, npz, pgm, png};

/// `Ok`, or why the file was refused. It panics if a promise is broken.
pub(crate) type Answer = Result<(), DataError>;

/// The name of a folder of the corpus, and who reads its files.
type Reader = (&'static str, fn(&[u8]) -> Answer);

/// All of them.
pub(crate) const READERS: [Reader; 7] = [
    ("csv", |file| {
        let read = |file: &[u8], limits: &Limits| csv::read(file, &Format::default(), limits);
        asked(file, Unfolds::WithGzip, read, |table| {
            assert!(table.features() > 0 && !table.is_empty());
            assert!(table.values().iter().all(|value| value.is_finite()));
        })
    }),
    ("idx", |file| {
        asked(
            file,
            Unfolds::WithGzip,
            |file, limits| idx::read(file, limits),
            |array| {
                let count: u64 = array.dimensions.iter().map(|&d| u64::from(d)).product();
                assert_eq!(array.values.len() as u64, count);
                let blocks = in_blocks(file);
                let of_nothing = matches!(blocks, Err(DataError::EmptySamples { .. }));
                assert!(of_nothing || blocks == Ok(count), "{blocks:?}");
            },
        )
    }),
    ("npy", |file| {
        asked(
            file,
            Unfolds::WithGzip,
            |file, limits| npy::read(file, limits),
            |array| {
                let bytes = array.to_bytes();
                let again = bytes
                    .clone()
                    .and_then(|bytes| npy::read(&bytes[..], &LIMITS));
                assert_eq!(again.and_then(|again| again.to_bytes()), bytes);
            },
        )
    }),
    ("npz", |file| {
        asked(
            file,
            Unfolds::Always,
            |file, limits| npz::read(file, limits),
            |arrays| {
                let bytes = npz::to_bytes(arrays);
                let again = bytes
                    .clone()
                    .and_then(|bytes| npz::read(&bytes[..], &LIMITS));
                assert_eq!(again.and_then(|again| npz::to_bytes(&again)), bytes);
            },
        )
    }),
    ("pgm", |file| {
        asked(
            file,
            Unfolds::WithGzip,
            |file, limits| pgm::read(file, limits),
            |image| {
                is_image(image);
                assert_eq!(
                    pgm::read(&pgm::to_bytes(image)[..], &LIMITS).as_ref(),
                    Ok(image)
                );
            },
        )
    }),
    ("png", |file| {
        asked(
            file,
            Unfolds::Always,
            |file, limits| png::read(file, limits),
            is_image,
        )
    }),
    ("safetensors", |file| {
        let answer = asked(
            file,
            Unfolds::WithGzip,
            |file, limits| safetensors::read(file, limits),
            |read| {
                let bytes = read.to_bytes();
                let again = bytes
                    .clone()
                    .and_then(|bytes| safetensors::read(&bytes[..], &LIMITS));
                assert_eq!(again.and_then(|again: Safetensors| again.to_bytes()), bytes);
            },
        );
        // Nothing is accepted that the reference refuses.
        let is_packed = file.starts_with(GZIP);
        let reference = ::safetensors::SafeTensors::deserialize(file);
        assert!(is_packed || answer.is_err() || reference.is_ok());
        answer
    }),
];

/// Which files may hold more than their bytes.
#[derive(Clone, Copy, PartialEq)]
enum Unfolds {
    Always,
    WithGzip,
}

/// Reads a file in bounded memory; what comes of it is checked, or the error told in few letters.
fn asked<T>(
    file: &[u8],
    unfolds: Unfolds,
    read: impl Fn(&[u8], &Limits) -> Result<T, DataError>,
    check: impl Fn(&T),
) -> Answer {
    let is_packed = unfolds == Unfolds::Always || file.starts_with(GZIP);
    let unpacked = |limits: &Limits| {
        let most = limits.unpacked_bytes.min(MOST_UNPACKED * file.len() as u64);
        if is_packed { most } else { 0 }
    };
    let mut answer = Err(DataError::Empty);
    for limits in [Limits::default(), LIMITS] {
        let memory = measure(|| answer = read(file, &limits)).bytes_max;
        // Names and places of arrays, and pixels with colors, take more than the bytes that tell them.
        let bound = (1 << 20) + 32 * (file.len() as u64 + 2 * unpacked(&limits));
        assert!(
            memory <= bound,
            "{memory} bytes of memory for a file of {}",
            file.len()
        );
    }
    match answer {
        Ok(value) => {
            check(&value);
            Ok(())
        }
        Err(error) => {
            let told = error.to_string();
            assert!(
                told.len() < 500 && !told.contains(char::is_control),
                "{told}"
            );
            Err(error)
        }
    }
}

fn is_image(image: &GrayImage) {
    assert_eq!(image.size.checked_len(), Some(image.pixels.len()));
    assert!(image.pixels.iter().all(|&pixel| pixel <= image.white.get()));
}

/// How many elements come when a file is read some samples at a time.
fn in_blocks(file: &[u8]) -> Result<u64, DataError> {
    let (mut blocks, mut count) = (idx::Blocks::new(file, &LIMITS)?, 0);
    while let Some(block) = blocks.next_block(3)? {
        count += block.values.len() as u64;
    }
    Ok(count)
}

/// Small, so that the files which reach them are small, too.
const LIMITS: Limits = Limits {
    file_bytes: 1 << 20,
    unpacked_bytes: 1 << 20,
    elements: 1 << 20,
    arrays: 1000,
    columns: 1000,
    record_bytes: 1 << 14,
    field_bytes: 1 << 12,
    classes: 1000,
};
/// What a byte of DEFLATE unfolds to at most: 258 bytes are two bits.
const MOST_UNPACKED: u64 = 1032;
const GZIP: &[u8] = &[0x1f, 0x8b];
