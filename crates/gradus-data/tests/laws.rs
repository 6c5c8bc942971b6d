//! The laws of readers, images and batches, on data that is what it says it is.

#[path = "laws/archives.rs"]
mod archives;
#[path = "laws/arrays.rs"]
mod arrays;
#[path = "laws/augmentation.rs"]
mod augmentation;
#[path = "laws/demands.rs"]
mod demands;
#[path = "laws/tables.rs"]
mod tables;

use flate2::Compression;
use flate2::write::GzEncoder;
use gradus_data::csv::{self, Format, Header, NonFinite};
use gradus_data::idx::{self, Idx, Values};
use gradus_data::{Batches, DataError, LabelledImages, LastBatch, Limits, open_folder};
use gradus_numeric::Shape;
use gradus_random::Key;
use gradus_testkit::cases;
use proptest::prelude::*;
use std::io::{self, Read, Write};
use std::num::NonZeroU8;

/// An array of any rank and type, written as an IDX file.
fn array() -> impl Strategy<Value = (Idx, Vec<u8>)> {
    (prop::collection::vec(0_u32..5, 1..5), 0..6, any::<u64>()).prop_map(
        |(dimensions, kind, seed)| {
            let count = dimensions.iter().product::<u32>() as usize;
            let turns = (0..64).cycle().take(8 * count);
            let bytes: Vec<u8> = turns
                .map(|turn| seed.rotate_left(turn).to_le_bytes()[0])
                .collect();
            let (code, size, values) = values(kind, count, &bytes);
            let rank = u8::try_from(dimensions.len()).unwrap_or(u8::MAX);
            let lengths = dimensions.iter().flat_map(|d| d.to_be_bytes());
            let elements = bytes[..size * count].iter().copied();
            let file = [0, 0, code, rank]
                .into_iter()
                .chain(lengths)
                .chain(elements)
                .collect();
            (Idx { dimensions, values }, file)
        },
    )
}

/// The first `count` numbers in these bytes; floats get the bits of integers, so that none is NaN.
fn values(kind: i32, count: usize, bytes: &[u8]) -> (u8, usize, Values) {
    let at = |i: usize, size: usize| &bytes[i * size..(i + 1) * size];
    let two = |i| [at(i, 2)[0], at(i, 2)[1]];
    let four = |i: usize| u32::from_be_bytes(at(i, 4).try_into().unwrap_or_default());
    let eight = |i: usize| u64::from_be_bytes(at(i, 8).try_into().unwrap_or_default());
    match kind {
        0 => (0x08, 1, Values::U8(bytes[..count].to_vec())),
        1 => (
            0x09,
            1,
            Values::I8(bytes[..count].iter().map(|b| b.cast_signed()).collect()),
        ),
        2 => (
            0x0b,
            2,
            Values::I16((0..count).map(|i| i16::from_be_bytes(two(i))).collect()),
        ),
        3 => (
            0x0c,
            4,
            Values::I32((0..count).map(|i| four(i).cast_signed()).collect()),
        ),
        4 => (
            0x0d,
            4,
            Values::F32((0..count).map(|i| f32::from_bits(four(i))).collect()),
        ),
        _ => (
            0x0e,
            8,
            Values::F64((0..count).map(|i| f64::from_bits(eight(i))).collect()),
        ),
    }
}

/// NaN differs from itself, its text does not.
fn same(a: &Result<Idx, DataError>, b: &Idx) -> bool {
    a.as_ref()
        .is_ok_and(|a| format!("{a:?}") == format!("{b:?}"))
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// A reader that gives one byte at a time and is interrupted before each.
struct Dripping<'a>(&'a [u8], bool);

impl Read for Dripping<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let one = buffer.len().min(1);
        self.0.read(&mut buffer[..one])
    }
}

fn table() -> impl Strategy<Value = (usize, Vec<f64>)> {
    (1_usize..6, 1_usize..9).prop_flat_map(|(columns, lines)| {
        (
            Just(columns),
            prop::collection::vec(any::<f64>(), columns * lines),
        )
    })
}

fn lines(columns: usize, values: &[f64]) -> String {
    let line = |line: &[f64]| {
        line.iter()
            .map(f64::to_string)
            .collect::<Vec<_>>()
            .join(",")
            + "\n"
    };
    values.chunks(columns).map(line).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_written_array_is_read_back((array, file) in array()) {
        let (limits, packed) = (Limits::default(), gzip(&file)?);
        prop_assert!(same(&idx::read(&file[..], &limits), &array));
        prop_assert!(same(&idx::read(&packed[..], &limits), &array));
        prop_assert!(same(&idx::read(Dripping(&file, false), &limits), &array));
        prop_assert!(same(&idx::read(Dripping(&packed, false), &limits), &array));
    }

    #[test]
    fn a_written_table_is_read_back((columns, values) in table(), mark in any::<bool>()) {
        let format = Format { header: Header::Absent, non_finite: NonFinite::Keep, ..Format::default() };
        let text = format!("{}{}", if mark { "\u{feff}" } else { "" }, lines(columns, &values));
        let packed = gzip(text.as_bytes())?;
        for reader in [text.as_bytes(), &packed] {
            let table = csv::read(Dripping(reader, false), &format, &Limits::default())?;
            prop_assert_eq!(table.features(), columns);
            for (&read, &written) in table.values().iter().zip(&values) {
                prop_assert!(read.to_bits() == written.to_bits() || read.is_nan() && written.is_nan());
            }
        }
    }

    #[test]
    fn images_keep_their_promises(
        (rows, columns, white) in (0_usize..4, 0_usize..4, 1_u8..),
        labels in prop::collection::vec(0_u32..6, 0..6),
        (brightest, classes) in (any::<u8>(), 0_u32..7),
    ) {
        let pixels = vec![brightest; rows * columns * labels.len()];
        let white = NonZeroU8::new(white).unwrap_or(NonZeroU8::MAX);
        let size = Shape::new(rows, columns);
        let valid = labels.iter().all(|&label| label < classes)
            && pixels.iter().all(|&pixel| pixel <= white.get());
        match LabelledImages::new(pixels.clone(), size, white, labels.clone(), classes) {
            Ok(images) => {
                prop_assert!(valid);
                prop_assert_eq!(images.samples().shape(), Shape::new(rows * columns, labels.len()));
                let samples = (0..labels.len()).filter_map(|j| images.sample(j));
                prop_assert_eq!(samples.collect::<Vec<_>>().concat(), pixels);
            }
            Err(DataError::LabelOutOfRange { label, .. }) => prop_assert!(label >= classes.into()),
            Err(DataError::PixelOutOfRange { value, .. }) => prop_assert!(value > white.get().into()),
            Err(other) => prop_assert!(false, "{}", other),
        }
    }

    #[test]
    fn an_epoch_visits_every_index_once(n in 1_u32..300, size in 1_u32..40, seed in any::<u64>()) {
        let mut batches = Batches::new(n, size, LastBatch::Keep)?;
        for epoch in 0..3 {
            let mut seen: Vec<u32> = batches.epoch(Key::new(seed).round(epoch)).flatten().copied().collect();
            seen.sort_unstable();
            prop_assert!(seen.into_iter().eq(0..n));
        }
    }

    #[test]
    fn batches_have_the_promised_sizes(n in 1_u32..300, size in 1_u32..40, seed in any::<u64>()) {
        let (whole, rest) = ((n / size) as usize, (n % size) as usize);
        let sizes = |last| Batches::new(n, size, last).map(|mut batches| {
            let sizes: Vec<usize> = batches.epoch(Key::new(seed)).map(<[u32]>::len).collect();
            (batches.len(), sizes)
        });
        let mut expected = vec![size as usize; whole];
        match sizes(LastBatch::Drop) {
            Ok(found) => prop_assert_eq!(found, (whole, expected.clone())),
            Err(error) => prop_assert!(whole == 0, "{}", error),
        }
        expected.extend((rest > 0).then_some(rest));
        prop_assert_eq!(sizes(LastBatch::Keep)?, (expected.len(), expected));
    }

    #[test]
    fn the_same_key_gives_the_same_batches(n in 1_u32..300, seed in any::<u64>(), before in 0_u64..4) {
        let mut fresh = Batches::new(n, 7, LastBatch::Keep)?;
        let mut used = fresh.clone();
        for epoch in 0..before {
            used.epoch(Key::new(seed).round(epoch)).for_each(drop);
        }
        let key = Key::new(seed).round(5);
        prop_assert!(fresh.epoch(key).eq(used.epoch(key)));
    }

    /// Two orders of 50 are equal once in 50! ≈ 3·10⁶⁴ epochs.
    #[test]
    fn epochs_differ(seed in any::<u64>(), epoch in 0_u64..1000) {
        let mut one = Batches::new(50, 50, LastBatch::Keep)?;
        let mut other = one.clone();
        let key = Key::new(seed);
        prop_assert!(one.epoch(key.round(epoch)).ne(other.epoch(key.round(epoch + 1))));
    }
}

#[test]
fn plain_and_packed_folders_are_equal() -> Result<(), Box<dyn std::error::Error>> {
    let images = |n: u8| {
        [
            &[0, 0, 8, 3, 0, 0, 0, n, 0, 0, 0, 1, 0, 0, 0, 2][..],
            &vec![n; 2 * usize::from(n)],
        ]
        .concat()
    };
    let labels = |n: u8| [&[0, 0, 8, 1, 0, 0, 0, n][..], &vec![n; n.into()]].concat();
    let files = [
        ("train-images-idx3-ubyte", images(5)),
        ("train-labels-idx1-ubyte", labels(5)),
        ("t10k-images-idx3-ubyte", images(3)),
        ("t10k-labels-idx1-ubyte", labels(3)),
    ];
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (plain, packed) = (folder.join("plain"), folder.join("packed"));
    for (name, bytes) in files {
        std::fs::create_dir_all(&plain)?;
        std::fs::create_dir_all(&packed)?;
        std::fs::write(plain.join(name), &bytes)?;
        std::fs::write(packed.join(format!("{name}.gz")), gzip(&bytes)?)?;
    }
    let data = open_folder(&plain, 6, &Limits::default())?;
    assert_eq!(data, open_folder(&packed, 6, &Limits::default())?);
    assert_eq!(data.train.labels(), [5; 5]);
    assert_eq!(data.test.sample(2), Some(&[3, 3][..]));

    // Only five classes: the error names the file of the labels.
    let error = open_folder(&plain, 5, &Limits::default());
    let reason = DataError::LabelOutOfRange {
        index: 0,
        label: 5.0,
        classes: 5,
    };
    let path = plain.join("train-labels-idx1-ubyte");
    assert_eq!(
        error,
        Err(DataError::InFile {
            path,
            reason: Box::new(reason)
        })
    );
    Ok(())
}
