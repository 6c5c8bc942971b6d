//! Laws of the readers of NPY and PGM, on files that are what they say, and on damaged ones.

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use gradus_data::npy::{self, Npy, Values};
use gradus_data::{DataError, GrayImage, Limits, Shape, open_class_folders, pgm, png};
use gradus_testkit::cases;
use proptest::prelude::*;
use std::io::Write;
use std::num::NonZeroU8;

/// Arrays of every type, of up to four dimensions, some of them empty.
pub(super) fn array() -> impl Strategy<Value = Npy> {
    let shape = prop::collection::vec(0_u64..5, 0..5);
    (shape, any::<bool>(), 0..7, any::<u64>()).prop_map(|(shape, fortran_order, kind, seed)| {
        let count = shape.iter().product::<u64>();
        let words =
            (0..count).map(|i| seed.rotate_left(7 * u32::try_from(i % 9).unwrap_or(0)) >> 20);
        let values = match kind {
            0 => Values::Bool(words.map(|w| w % 2 == 1).collect()),
            1 => Values::U8(words.map(|w| w.to_le_bytes()[0]).collect()),
            2 => Values::I32(words.map(|w| i32::from_le_bytes(low(w))).collect()),
            3 => Values::I64(words.map(u64::cast_signed).collect()),
            4 => Values::F16(words.map(half).collect()),
            5 => Values::F32(words.map(|w| f32::from(w.to_le_bytes()[0]) / 8.0).collect()),
            _ => Values::F64(words.map(|w| w as f64 / 8.0).collect()),
        };
        Npy {
            shape,
            fortran_order,
            values,
        }
    })
}

/// The two lowest bytes.
fn half(word: u64) -> u16 {
    let [a, b, ..] = word.to_le_bytes();
    u16::from_le_bytes([a, b])
}

/// The four lowest bytes.
fn low(word: u64) -> [u8; 4] {
    let [a, b, c, d, ..] = word.to_le_bytes();
    [a, b, c, d]
}

fn image() -> impl Strategy<Value = GrayImage> {
    (0_usize..6, 0_usize..6, 1_u8..=255, any::<u64>()).prop_map(|(rows, columns, white, seed)| {
        let white = NonZeroU8::new(white).unwrap_or(NonZeroU8::MAX);
        let shade = |i: usize| {
            (seed.rotate_left(u32::try_from(i).unwrap_or(0)) % (u64::from(white.get()) + 1))
                .to_le_bytes()[0]
        };
        let pixels = (0..rows * columns).map(shade).collect();
        GrayImage {
            size: Shape::new(rows, columns),
            white,
            pixels,
        }
    })
}

/// How a PNG file stores an image: bits a sample, color type, interlaced or not.
#[derive(Clone, Copy, Debug)]
struct Storage {
    depth: u8,
    color: u8,
    interlaced: u8,
}

/// The plainest PNG file of shades that are multiples of 255 / (2ᵇ − 1), by the specification: no line is filtered.
fn png_file(size: Shape, shades: &[u8], storage: Storage) -> Vec<u8> {
    let Storage {
        depth,
        color,
        interlaced,
    } = storage;
    let side = |n: usize| u32::try_from(n).unwrap_or(0).to_be_bytes();
    let sizes = [side(size.columns), side(size.rows)].concat();
    let header = [&sizes[..], &[depth, color, 0, 0, interlaced]].concat();
    let mut lines = Vec::new();
    for row in shades.chunks(size.columns.max(1)) {
        lines.push(0);
        lines.extend(packed(row, depth, color));
    }
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
    let data = zlib.write_all(&lines).and_then(|()| zlib.finish());
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    file.extend(chunk(*b"IHDR", &header));
    if color == 3 {
        let palette: Vec<u8> = (0..=255).flat_map(|shade| [shade; 3]).collect();
        file.extend(chunk(*b"PLTE", &palette));
    }
    file.extend(chunk(*b"IDAT", &data.unwrap_or_default()));
    file.extend(chunk(*b"IEND", &[]));
    file
}

/// A line of samples.
fn packed(row: &[u8], depth: u8, color: u8) -> Vec<u8> {
    match (color, depth) {
        (2, _) => row.iter().flat_map(|&shade| [shade; 3]).collect(),
        (4, _) => row.iter().flat_map(|&shade| [shade, 255]).collect(),
        (6, _) => row.iter().flat_map(|&s| [s, s, s, 255]).collect(),
        (0, 16) => row.iter().flat_map(|&shade| [shade, shade]).collect(),
        (0, 1 | 2 | 4) => {
            let top = u16::from(u8::MAX) / ((1 << depth) - 1);
            let each = usize::from(8 / depth);
            let byte = |shades: &[u8]| {
                let samples = (0..each).map(|i| shades.get(i).map_or(0, |s| u16::from(*s) / top));
                samples.fold(0_u16, |byte, sample| byte << depth | sample)
            };
            row.chunks(each)
                .map(|shades| byte(shades).to_le_bytes()[0])
                .collect()
        }
        _ => row.to_vec(),
    }
}

fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [&name[..], data].concat();
    let mut crc = Crc::new();
    crc.update(&named);
    let length = u32::try_from(data.len()).unwrap_or(0).to_be_bytes();
    [&length[..], &named, &crc.sum().to_be_bytes()].concat()
}

/// An image with shades that so many bits can tell apart, and how it is stored.
fn stored() -> impl Strategy<Value = (GrayImage, Storage)> {
    let kinds = prop::sample::select(vec![
        (1, 0),
        (2, 0),
        (4, 0),
        (8, 0),
        (8, 2),
        (8, 3),
        (8, 4),
        (8, 6),
    ]);
    (image(), kinds).prop_map(|(image, (depth, color))| {
        let GrayImage { size, pixels, .. } = image;
        let size = Shape::new(size.rows + 1, size.columns + 1); // PNG knows no empty images
        let top = u8::MAX / (u8::MAX >> (8 - depth));
        let shade = |i: usize| pixels.get(i).map_or(0, |pixel| pixel / top * top);
        let pixels = (0..size.rows * size.columns).map(shade).collect();
        let interlaced = 0;
        let storage = Storage {
            depth,
            color,
            interlaced,
        };
        let white = NonZeroU8::MAX;
        let image = GrayImage {
            size,
            white,
            pixels,
        };
        (image, storage)
    })
}

/// Some bytes replaced, and perhaps the end cut off.
pub(super) fn damage() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
}

pub(super) fn damaged(mut file: Vec<u8>, damage: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    for (place, byte) in damage {
        let at = place.index(file.len());
        file[at] = *byte;
        if byte % 16 == 0 {
            file.truncate(at + 1);
        }
    }
    file
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_written_npy_array_is_read_back(npy in array()) {
        prop_assert_eq!(npy::read(&npy.to_bytes()?[..], &Limits::default())?, npy);
    }

    #[test]
    fn every_prefix_of_an_npy_file_is_refused(npy in array(), end in any::<prop::sample::Index>()) {
        let file = npy.to_bytes()?;
        let cut = &file[..end.index(file.len())];
        prop_assert!(npy::read(cut, &Limits::default()).is_err());
        let longer = [&file[..], &[0]].concat();
        let refused = npy::read(&longer[..], &Limits::default());
        prop_assert!(matches!(refused, Err(DataError::TrailingBytes { .. })), "{refused:?}");
    }

    #[test]
    fn damaged_npy_files_are_refused_or_read(npy in array(), damage in damage()) {
        let file = damaged(npy.to_bytes()?, &damage);
        if let Ok(read) = npy::read(&file[..], &Limits::default()) {
            // What is read keeps its promise.
            let bytes = read.to_bytes()?;
            let again = npy::read(&bytes[..], &Limits::default())?;
            prop_assert_eq!(again.to_bytes()?, bytes); // NaN differs from itself, its bytes do not
        }
    }

    #[test]
    fn huge_npy_shapes_are_refused(length in 1_u64 << 20..u64::MAX, more in prop_oneof![Just(1), 1_u64..u64::MAX]) {
        let claim = Npy { shape: vec![length, more], fortran_order: false, values: Values::F64(vec![1.0]) };
        let header = format!("{{'descr': '<f8', 'fortran_order': False, 'shape': ({length}, {more}), }}");
        let size = u16::try_from(header.len()).unwrap_or(u16::MAX).to_le_bytes();
        let file = [b"\x93NUMPY\x01\0", &size[..], header.as_bytes(), &[0; 8]].concat();
        prop_assert!(npy::read(&file[..], &Limits::default()).is_err());
        prop_assert!(claim.table().is_err());
        prop_assert!(claim.to_bytes().is_err()); // nothing is written that cannot be read
    }

    #[test]
    fn tables_have_the_order_of_their_array(lines in 1_u64..5, columns in 1_u64..5) {
        let at = |i: u64, j: u64| (10 * i + j) as f64;
        let c: Vec<f64> = (0..lines).flat_map(|i| (0..columns).map(move |j| at(i, j))).collect();
        let f: Vec<f64> = (0..columns).flat_map(|j| (0..lines).map(move |i| at(i, j))).collect();
        let of = |values, fortran_order| Npy { shape: vec![lines, columns], fortran_order, values: Values::F64(values) };
        let (c, f) = (of(c, false).table()?, of(f, true).table()?);
        prop_assert_eq!(&c, &f);
        prop_assert_eq!(c.samples().get(0, 0), Some(0.0));
        prop_assert_eq!(c.len() as u64, lines);
    }

    #[test]
    fn lines_in_blocks_are_the_table(lines in 0_u64..20, columns in 1_u64..4, most in 1_u64..7) {
        let numbers = (0..lines * columns).map(|i| i as f64 / 2.0).collect();
        let npy = Npy { shape: vec![lines, columns], fortran_order: false, values: Values::F64(numbers) };
        let file = npy.to_bytes()?;
        let mut stream = npy::Lines::new(&file[..], &Limits::default())?;
        let mut together = Vec::new();
        while let Some(block) = stream.next_block(most)? {
            prop_assert!(block.len() as u64 == most || stream.remaining() == 0);
            together.extend_from_slice(block.values());
        }
        let whole = npy.table()?;
        prop_assert_eq!(&together[..], whole.values());
        prop_assert_eq!(stream.next_block(most)?, None);
        // What is cut off is missed, and what is too much, too.
        let longer = [&file[..], &[1]].concat();
        for bad in [&file[..file.len() - 1], &longer[..]] {
            let end = npy::Lines::new(bad, &Limits::default()).and_then(|mut stream| {
                while stream.next_block(most)?.is_some() {}
                Ok(())
            });
            prop_assert!(end.is_err());
        }
    }

    #[test]
    fn a_written_pgm_image_is_read_back(image in image()) {
        prop_assert_eq!(pgm::read(&pgm::to_bytes(&image)[..], &Limits::default())?, image);
    }

    #[test]
    fn damaged_pgm_files_are_refused_or_read(image in image(), damage in damage()) {
        let file = damaged(pgm::to_bytes(&image), &damage);
        if let Ok(read) = pgm::read(&file[..], &Limits::default()) {
            prop_assert_eq!(read.size.checked_len(), Some(read.pixels.len()));
            prop_assert!(read.pixels.iter().all(|&pixel| pixel <= read.white.get()));
        }
    }

    #[test]
    fn png_images_of_all_kinds_have_their_pixels((image, storage) in stored()) {
        let file = png_file(image.size, &image.pixels, storage);
        prop_assert_eq!(png::read(&file[..], &Limits::default())?, image.clone());
        let few = Limits { elements: image.pixels.len() as u64 - 1, ..Limits::default() };
        let limited = matches!(png::read(&file[..], &few), Err(DataError::LimitExceeded { limit: "elements", .. }));
        prop_assert!(limited);
        let kind = |depth, interlaced| {
            let file = png_file(image.size, &image.pixels, Storage { depth, color: 0, interlaced });
            png::read(&file[..], &Limits::default())
        };
        prop_assert_eq!(kind(16, 0), Err(DataError::PngKind { kind: "16-bit" }));
        prop_assert_eq!(kind(8, 1), Err(DataError::PngKind { kind: "interlaced" }));
    }

    #[test]
    fn damaged_png_files_are_refused_or_read((image, storage) in stored(), damage in damage(), keep in any::<prop::sample::Index>()) {
        let file = png_file(image.size, &image.pixels, storage);
        if let Ok(read) = png::read(&damaged(file.clone(), &damage)[..], &Limits::default()) {
            prop_assert_eq!(read.size.checked_len(), Some(read.pixels.len()));
        }
        let cut = &file[..keep.index(file.len())];
        prop_assert!(png::read(cut, &Limits::default()).is_err());
    }

    #[test]
    fn class_folders_are_read_in_the_order_of_their_names(image in image(), seed in any::<u64>()) {
        let root = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("classes-{seed}"));
        let number = |k: u8| GrayImage { pixels: vec![k; image.pixels.len()], white: NonZeroU8::MAX, ..image.clone() };
        // Written in another order than that of the names.
        for (k, name) in [(3, "b/2.pgm"), (2, "b/10.PGM"), (0, "A/z.pgm"), (1, "a/0.pgm")] {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(&root)).map_err(|e| TestCaseError::fail(e.to_string()))?;
            std::fs::write(&path, pgm::to_bytes(&number(k))).map_err(|e| TestCaseError::fail(e.to_string()))?;
        }
        for name in ["readme.txt", "a/notes.txt", "a/.hidden.pgm"] {
            std::fs::write(root.join(name), "x").map_err(|e| TestCaseError::fail(e.to_string()))?;
        }
        let read = open_class_folders(&root, &Limits::default());
        let odd = GrayImage { size: Shape::new(7, 7), white: NonZeroU8::MAX, pixels: vec![0; 49] };
        std::fs::write(root.join("b/x.pgm"), pgm::to_bytes(&odd)).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let unequal = open_class_folders(&root, &Limits::default());
        std::fs::remove_dir_all(&root).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let read = read?;
        prop_assert_eq!(read.names, ["A", "a", "b"]);
        prop_assert_eq!(read.images.labels(), [0, 1, 2, 2]);
        let firsts: Vec<Option<&u8>> = (0..4).map(|j| read.images.sample(j).and_then(<[u8]>::first)).collect();
        if !image.pixels.is_empty() {
            prop_assert_eq!(firsts, [Some(&0), Some(&1), Some(&2), Some(&3)]);
        }
        prop_assert_eq!(read.skipped.len(), 2);
        let reason = matches!(unequal, Err(DataError::InFile { reason, .. }) if matches!(*reason, DataError::UnequalImages { .. }));
        prop_assert!(reason);
    }
}
