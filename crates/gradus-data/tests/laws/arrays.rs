//! Laws of the readers of NPY and PGM, on files that are what they say, and on damaged ones.

use gradus_data::npy::{self, Npy, Values};
use gradus_data::pgm::{self, Pgm};
use gradus_data::{DataError, Limits, Shape};
use gradus_testkit::cases;
use proptest::prelude::*;
use std::num::NonZeroU8;

/// Arrays of every type, of up to four dimensions, some of them empty.
fn array() -> impl Strategy<Value = Npy> {
    let shape = prop::collection::vec(0_u64..5, 0..5);
    (shape, any::<bool>(), 0..6, any::<u64>()).prop_map(|(shape, fortran_order, kind, seed)| {
        let count = shape.iter().product::<u64>();
        let words =
            (0..count).map(|i| seed.rotate_left(7 * u32::try_from(i % 9).unwrap_or(0)) >> 20);
        let values = match kind {
            0 => Values::Bool(words.map(|w| w % 2 == 1).collect()),
            1 => Values::U8(words.map(|w| w.to_le_bytes()[0]).collect()),
            2 => Values::I32(words.map(|w| i32::from_le_bytes(low(w))).collect()),
            3 => Values::I64(words.map(u64::cast_signed).collect()),
            4 => Values::F32(words.map(|w| f32::from(w.to_le_bytes()[0]) / 8.0).collect()),
            _ => Values::F64(words.map(|w| w as f64 / 8.0).collect()),
        };
        Npy {
            shape,
            fortran_order,
            values,
        }
    })
}

/// The four lowest bytes.
fn low(word: u64) -> [u8; 4] {
    let [a, b, c, d, ..] = word.to_le_bytes();
    [a, b, c, d]
}

fn image() -> impl Strategy<Value = Pgm> {
    (0_usize..6, 0_usize..6, 1_u8..=255, any::<u64>()).prop_map(|(rows, columns, white, seed)| {
        let white = NonZeroU8::new(white).unwrap_or(NonZeroU8::MAX);
        let shade = |i: usize| {
            (seed.rotate_left(u32::try_from(i).unwrap_or(0)) % (u64::from(white.get()) + 1))
                .to_le_bytes()[0]
        };
        let pixels = (0..rows * columns).map(shade).collect();
        Pgm {
            size: Shape::new(rows, columns),
            white,
            pixels,
        }
    })
}

/// Some bytes replaced, and perhaps the end cut off.
fn damage() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
}

fn damaged(mut file: Vec<u8>, damage: &[(prop::sample::Index, u8)]) -> Vec<u8> {
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
        prop_assert_eq!(npy::read(&npy.to_bytes()[..], &Limits::default())?, npy);
    }

    #[test]
    fn every_prefix_of_an_npy_file_is_refused(npy in array(), end in any::<prop::sample::Index>()) {
        let file = npy.to_bytes();
        let cut = &file[..end.index(file.len())];
        prop_assert!(npy::read(cut, &Limits::default()).is_err());
        let longer = [&file[..], &[0]].concat();
        let refused = npy::read(&longer[..], &Limits::default());
        prop_assert!(matches!(refused, Err(DataError::TrailingBytes { .. })), "{refused:?}");
    }

    #[test]
    fn damaged_npy_files_are_refused_or_read(npy in array(), damage in damage()) {
        let file = damaged(npy.to_bytes(), &damage);
        if let Ok(read) = npy::read(&file[..], &Limits::default()) {
            // What is read keeps its promise.
            let bytes = read.to_bytes();
            let again = npy::read(&bytes[..], &Limits::default())?;
            prop_assert_eq!(again.to_bytes(), bytes); // NaN differs from itself, its bytes do not
        }
    }

    #[test]
    fn huge_npy_shapes_are_refused(length in 1_u64 << 20..u64::MAX, more in 1_u64..u64::MAX) {
        let claim = Npy { shape: vec![length, more], fortran_order: false, values: Values::F64(vec![1.0]) };
        let refused = npy::read(&claim.to_bytes()[..], &Limits::default());
        prop_assert!(refused.is_err());
        prop_assert!(claim.table().is_err());
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
        let file = npy.to_bytes();
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
        prop_assert_eq!(pgm::read(&image.to_bytes()[..], &Limits::default())?, image);
    }

    #[test]
    fn damaged_pgm_files_are_refused_or_read(image in image(), damage in damage()) {
        let file = damaged(image.to_bytes(), &damage);
        if let Ok(read) = pgm::read(&file[..], &Limits::default()) {
            prop_assert_eq!(read.size.checked_len(), Some(read.pixels.len()));
            prop_assert!(read.pixels.iter().all(|&pixel| pixel <= read.white.get()));
        }
    }
}
