//! Laws of files of many arrays: NPZ and safetensors; and of files that are larger than memory.

use super::array as idx_array;
use super::arrays::{array, damage, damaged};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use gradus_data::npy::{Npy, Values};
use gradus_data::safetensors::{self, Safetensors};
use gradus_data::{DataError, Limits, idx, npz};
use gradus_testkit::cases;
use proptest::prelude::*;
use safetensors_reference::{Dtype, TensorView};
use std::collections::{BTreeMap, HashMap};
use std::io::Write;

use ::safetensors::tensor as safetensors_reference;

/// Arrays by name: of every type and rank, in both orders, some of them empty, under names of any letters.
pub(super) fn arrays() -> impl Strategy<Value = Vec<(String, Npy)>> {
    let name = "[a-z0-9._/\"\\\\ü€-]{1,12}";
    prop::collection::btree_map(name, array(), 0..5).prop_map(|arrays| arrays.into_iter().collect())
}

/// Texts with what JSON must escape.
fn texts(most: usize) -> impl Strategy<Value = BTreeMap<String, String>> {
    let text = "[a-z\"\\\\\n\r\t\u{8}\u{c}\u{1}\u{1f}\u{7f}ü€]{0,8}";
    prop::collection::btree_map(text, text, 0..=most)
}

/// The arrays as safetensors files give them back: in the order of C, and of the file.
fn as_read(arrays: &[(String, Npy)]) -> BTreeMap<String, Npy> {
    let in_c_order = arrays
        .iter()
        .map(|(name, npy)| (name.clone(), npy.in_c_order()));
    in_c_order.collect()
}

fn by_name(arrays: Vec<(String, Npy)>) -> BTreeMap<String, Npy> {
    arrays.into_iter().collect()
}

/// An archive as it was written, with every file deflated.
fn deflated(arrays: &[(String, Npy)]) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    archive(arrays.iter().map(|(name, npy)| (name.as_str(), npy, true)))
}

/// An archive as it was written, with some files deflated: its directory tells the method and two sizes.
pub(super) fn archive<'a>(
    arrays: impl Iterator<Item = (&'a str, &'a Npy, bool)>,
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let (mut bytes, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u16);
    for (name, npy, is_deflated) in arrays {
        count += 1;
        let content = npy.to_bytes()?;
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&content)?;
        let (method, packed) = if is_deflated {
            (8, encoder.finish()?)
        } else {
            (0, content.clone())
        };
        let mut crc = flate2::Crc::new();
        crc.update(&content);
        let name = format!("{name}.npy");
        let sizes = [
            crc.sum(),
            u32::try_from(packed.len())?,
            u32::try_from(content.len())?,
        ];
        let mut head = [20, 0, method, 0, 0x21].map(u16::to_le_bytes).concat();
        head.extend(sizes.map(u32::to_le_bytes).concat());
        head.extend(
            [u16::try_from(name.len())?, 0]
                .map(u16::to_le_bytes)
                .concat(),
        );
        let start = u32::try_from(bytes.len())?;
        bytes.extend([b"PK\x03\x04", &head[..], name.as_bytes(), &packed].concat());
        directory.extend([b"PK\x01\x02\x14\0", &head[..], &[0; 10]].concat());
        directory.extend([&start.to_le_bytes()[..], name.as_bytes()].concat());
    }
    let count = count.to_le_bytes();
    let places = [directory.len(), bytes.len()].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    bytes.extend(directory);
    bytes.extend([b"PK\x05\x06\0\0\0\0", &[count, count].concat()[..]].concat());
    bytes.extend(places.map(u32::to_le_bytes).concat());
    bytes.extend([0; 2]);
    Ok(bytes)
}

/// What the reference makes of the same content; it has no order of texts.
fn reference(file: &Safetensors) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let content = |npy: &Npy| -> (Dtype, Vec<u8>) {
        match npy.in_c_order().values {
            Values::Bool(v) => (Dtype::BOOL, v.iter().map(|&b| b.into()).collect()),
            Values::U8(v) => (Dtype::U8, v),
            Values::I32(v) => (Dtype::I32, v.iter().flat_map(|x| x.to_le_bytes()).collect()),
            Values::I64(v) => (Dtype::I64, v.iter().flat_map(|x| x.to_le_bytes()).collect()),
            Values::F16(v) => (Dtype::F16, v.iter().flat_map(|x| x.to_le_bytes()).collect()),
            Values::Bf16(v) => (
                Dtype::BF16,
                v.iter().flat_map(|x| x.to_le_bytes()).collect(),
            ),
            Values::F32(v) => (Dtype::F32, v.iter().flat_map(|x| x.to_le_bytes()).collect()),
            Values::F64(v) => (Dtype::F64, v.iter().flat_map(|x| x.to_le_bytes()).collect()),
        }
    };
    let contents: Vec<_> = file
        .arrays
        .iter()
        .map(|(name, npy)| (name, npy, content(npy)))
        .collect();
    let mut views = Vec::new();
    for (name, npy, (dtype, bytes)) in &contents {
        let shape = npy
            .shape
            .iter()
            .map(|&d| usize::try_from(d))
            .collect::<Result<_, _>>()?;
        views.push((name.as_str(), TensorView::new(*dtype, shape, bytes)?));
    }
    let texts: HashMap<_, _> = file.metadata.clone().into_iter().collect();
    let texts = (!texts.is_empty()).then_some(texts);
    Ok(safetensors_reference::serialize(views, texts)?)
}

pub(super) fn failed(error: impl Into<Box<dyn std::error::Error>>) -> TestCaseError {
    TestCaseError::fail(error.into().to_string())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn written_archives_are_read_back(arrays in arrays(), end in any::<prop::sample::Index>()) {
        let file = npz::to_bytes(&arrays)?;
        prop_assert_eq!(npz::read(&file[..], &Limits::default())?, arrays);
        let cut = npz::read(&file[..end.index(file.len())], &Limits::default());
        prop_assert!(cut.is_err());
    }

    #[test]
    fn deflated_arrays_are_those_that_were_stored(arrays in arrays()) {
        let file = deflated(&arrays).map_err(failed)?;
        prop_assert_eq!(npz::read(&file[..], &Limits::default())?, arrays.clone());
        // What is unpacked is counted over all arrays.
        let mut size = 0;
        for (_, npy) in &arrays {
            size += npy.to_bytes()?.len() as u64;
        }
        let limits = |unpacked_bytes| Limits { unpacked_bytes, ..Limits::default() };
        prop_assert_eq!(npz::read(&file[..], &limits(size))?, arrays.clone());
        if size > 0 {
            prop_assert!(npz::read(&file[..], &limits(size - 1)).is_err());
        }
    }

    #[test]
    fn damaged_archives_are_refused_or_read(arrays in arrays(), damage in damage()) {
        for file in [npz::to_bytes(&arrays)?, deflated(&arrays).map_err(failed)?] {
            if let Ok(read) = npz::read(&damaged(file, &damage)[..], &Limits::default()) {
                let bytes = npz::to_bytes(&read)?;
                prop_assert_eq!(npz::to_bytes(&npz::read(&bytes[..], &Limits::default())?)?, bytes);
            }
        }
    }

    #[test]
    fn written_tensors_are_read_back(arrays in arrays(), metadata in texts(3), end in any::<prop::sample::Index>()) {
        let file = Safetensors { arrays, metadata };
        let bytes = file.to_bytes()?;
        let read = safetensors::read(&bytes[..], &Limits::default())?;
        prop_assert_eq!(&read.metadata, &file.metadata);
        prop_assert_eq!(read.to_bytes()?, bytes.clone());
        prop_assert_eq!(by_name(read.arrays), as_read(&file.arrays));
        let cut = safetensors::read(&bytes[..end.index(bytes.len())], &Limits::default());
        prop_assert!(cut.is_err());
        let longer = safetensors::read(&[&bytes[..], &[0]].concat()[..], &Limits::default());
        prop_assert!(longer.is_err());
    }

    #[test]
    fn tensors_have_the_bytes_of_the_reference(arrays in arrays(), metadata in texts(1)) {
        let file = Safetensors { arrays, metadata };
        prop_assert_eq!(file.to_bytes()?, reference(&file).map_err(failed)?);
    }

    #[test]
    fn damaged_tensors_are_refused_or_read(arrays in arrays(), metadata in texts(2), damage in damage()) {
        let file = damaged(Safetensors { arrays, metadata }.to_bytes()?, &damage);
        let read = safetensors::read(&file[..], &Limits::default());
        if let Ok(read) = &read {
            let bytes = read.to_bytes()?;
            prop_assert_eq!(safetensors::read(&bytes[..], &Limits::default())?.to_bytes()?, bytes);
        }
        // What the reference refuses is refused; what is refused beside that has a name, a type or a second array of a name.
        let reference = safetensors_reference::SafeTensors::deserialize(&file);
        match (read, reference) {
            (Ok(_), Err(error)) => return Err(failed(error)),
            (Err(DataError::InvalidSafetensors { reason }), Ok(_)) => prop_assert!(reason.contains("twice"), "{}", reason),
            (Err(error), Ok(_)) => {
                let own = matches!(error, DataError::InvalidArrayName { .. } | DataError::InArray { .. });
                prop_assert!(own, "{}", error);
            }
            _ => {}
        }
    }

    #[test]
    fn idx_blocks_are_the_array((array, file) in idx_array(), most in 1_u32..7) {
        let (samples, width) = (array.dimensions[0], array.dimensions[1..].iter().product::<u32>());
        if samples > 0 && width == 0 {
            let refused = idx::Blocks::new(&file[..], &Limits::default()).map(|_| ());
            prop_assert_eq!(refused, Err(DataError::EmptySamples { samples: samples.into() }));
            return Ok(());
        }
        let mut stream = idx::Blocks::new(&file[..], &Limits::default())?;
        let (mut count, mut together) = (0, Vec::new());
        while let Some(block) = stream.next_block(most)? {
            prop_assert!(block.dimensions[0] == most || stream.remaining() == 0);
            prop_assert_eq!(&block.dimensions[1..], &array.dimensions[1..]);
            prop_assert_eq!(block.values.type_name(), array.values.type_name());
            count += block.dimensions[0];
            together.extend(numbers(&block.values));
        }
        prop_assert_eq!((count, together), (array.dimensions[0], numbers(&array.values)));
        prop_assert_eq!(stream.next_block(most)?, None);
        prop_assert_eq!(stream.next_block(0), Err(DataError::Empty));
        let longer = [&file[..], &[1]].concat();
        for bad in [&file[..file.len() - 1], &longer[..]] {
            let end = idx::Blocks::new(bad, &Limits::default()).and_then(|mut stream| {
                while stream.next_block(most)?.is_some() {}
                Ok(())
            });
            prop_assert!(end.is_err());
        }
    }
}

/// Elements as the bits of doubles.
fn numbers(values: &idx::Values) -> Vec<u64> {
    let bits = |x: f64| x.to_bits();
    match values {
        idx::Values::U8(v) => v.iter().map(|&x| bits(x.into())).collect(),
        idx::Values::I8(v) => v.iter().map(|&x| bits(x.into())).collect(),
        idx::Values::I16(v) => v.iter().map(|&x| bits(x.into())).collect(),
        idx::Values::I32(v) => v.iter().map(|&x| bits(x.into())).collect(),
        idx::Values::F32(v) => v.iter().map(|&x| u64::from(x.to_bits())).collect(),
        idx::Values::F64(v) => v.iter().map(|&x| bits(x)).collect(),
    }
}

/// A block of what is larger than all limits of one array, and of a file that is packed.
#[test]
fn a_block_is_all_that_is_in_memory() -> Result<(), Box<dyn std::error::Error>> {
    let head = [
        &[0, 0, 8, 2][..],
        &1_000_000_u32.to_be_bytes(),
        &8_u32.to_be_bytes(),
    ]
    .concat();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&[&head[..], &vec![3; 8_000_000]].concat())?;
    let limits = Limits {
        elements: 80_000,
        ..Limits::default()
    };
    let file = encoder.finish()?;
    assert!(idx::read(&file[..], &limits).is_err());
    let (mut stream, mut sum) = (idx::Blocks::new(&file[..], &limits)?, 0);
    while let Some(block) = stream.next_block(10_000)? {
        sum += block.values.len();
    }
    assert_eq!(sum, 8_000_000);
    assert!(
        idx::Blocks::new(&file[..], &limits)?
            .next_block(10_001)
            .is_err()
    );
    Ok(())
}
