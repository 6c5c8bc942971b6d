//! Safetensors files: arrays by name, and texts beside them, as PyTorch and others exchange weights and tables.
//!
//! A safetensors file is the length of a header in eight bytes, the header, which is JSON and tells type, shape and place of
//! each array, and the elements, least significant byte first and the last dimension changing fastest; nothing lies between
//! the arrays or behind them. Its parser is that of the crate `safetensors`; the bytes are written here, so that the same
//! content gives the same bytes.
//!
//! Reference: Hugging Face, *Safetensors*, <https://huggingface.co/docs/safetensors>.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use super::names::check_names;
use super::npy::{Npy, Values};
use crate::error::{DataError, excerpt};
use crate::formats::input::{Input, check, opened};
use crate::formats::limits::Limits;
use ::safetensors::tensor::{Dtype, SafeTensors, TensorInfo};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;
use std::iter::repeat_n;
use std::path::Path;

/// What a safetensors file holds.
///
/// # Examples
///
/// A table and its labels:
///
/// ```
/// use gradus_data::npy::{Npy, Values};
/// use gradus_data::safetensors::{Safetensors, read};
/// use gradus_data::Limits;
///
/// let x = Npy { shape: vec![2, 2], fortran_order: false, values: Values::F32(vec![5.0, 3.5, 6.5, 2.5]) };
/// let y = Npy { shape: vec![2], fortran_order: false, values: Values::I64(vec![0, 1]) };
/// let arrays = vec![("x".to_owned(), x), ("y".to_owned(), y)];
/// let metadata = [("source".to_owned(), "two flowers".to_owned())].into();
/// let file = Safetensors { arrays, metadata }.to_bytes()?;
///
/// let read = read(&file[..], &Limits::default())?;
/// assert_eq!(read.metadata["source"], "two flowers");
/// let table = read.array("x").map(Npy::table).transpose()?;
/// assert_eq!(table.and_then(|table| table.sample(1).map(<[f64]>::to_vec)), Some(vec![6.5, 2.5]));
/// # Ok::<(), gradus_data::DataError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Safetensors {
    /// Arrays by name. A file that was read gives them in the order in which they lie in it.
    pub arrays: Vec<(String, Npy)>,
    /// Texts by name.
    pub metadata: BTreeMap<String, String>,
}

/// Opens a safetensors file.
///
/// # Errors
///
/// [`DataError::InFile`] with the path and the reason: [`DataError::Io`] if the file cannot be opened, or one of the
/// errors of [`read`].
///
/// # Examples
///
/// ```no_run
/// use gradus_data::{Limits, safetensors};
///
/// let file = safetensors::open("features.safetensors", &Limits::default())?;
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn open(path: impl AsRef<Path>, limits: &Limits) -> Result<Safetensors, DataError> {
    opened(path.as_ref(), |file| read(file, limits))
}

/// Reads the arrays and texts of a safetensors file.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | what was written is read back | `written_tensors_are_read_back` |
/// | words and brackets of the header are names and texts like any other | `names_of_the_format_are_names_like_any_other` |
/// | the bytes are those of the reference writer | `tensors_have_the_bytes_of_the_reference` |
/// | a damaged file is an error or other arrays, never a panic | `damaged_tensors_are_refused_or_read` |
///
/// # Errors
///
/// [`DataError::InvalidSafetensors`], also for a name that stands in the header twice; [`DataError::InvalidArrayName`];
/// [`DataError::UnknownDtype`] in [`DataError::InArray`]; [`DataError::LimitExceeded`], [`DataError::Io`].
///
/// # Examples
///
/// See [`Safetensors`].
pub fn read(reader: impl Read, limits: &Limits) -> Result<Safetensors, DataError> {
    let mut input = Input::new(reader, limits)?;
    let bytes = input.rest()?;
    input.end()?;
    let entries = entry_count(&bytes);
    check("arrays", limits.arrays, entries.saturating_sub(1))?; // one may be the texts
    let invalid = |reason: &str| DataError::InvalidSafetensors {
        reason: excerpt(reason.as_bytes()),
    };
    let (length, header) =
        SafeTensors::read_metadata(&bytes).map_err(|error| invalid(&error.to_string()))?;
    // The parser keeps the last of two arrays with one name.
    let mut tensors: Vec<(String, &TensorInfo)> = header.tensors().into_iter().collect();
    let texts = u64::from(header.metadata().is_some());
    let arrays = entries.saturating_sub(texts);
    if tensors.len() as u64 != arrays {
        return Err(invalid("an array stands in the header twice"));
    }
    check("arrays", limits.arrays, arrays)?;
    tensors.sort_by(|(a, left), (b, right)| (left.data_offsets, a).cmp(&(right.data_offsets, b)));
    check_names(tensors.iter().map(|(name, _)| name.as_str()))?;
    let data = bytes.get(length.saturating_add(LENGTH)..).unwrap_or(&[]);
    let mut arrays = Vec::new();
    for (name, tensor) in tensors {
        let array = array(tensor, data).map_err(|error| error.in_array(&name))?;
        arrays.push((name, array));
    }
    let elements = arrays.iter().map(|(_, array)| array.values.len() as u64);
    check("elements", limits.elements, elements.sum())?;
    let metadata = header.metadata().iter().flatten();
    Ok(Safetensors {
        arrays,
        metadata: metadata.map(|(k, v)| (k.clone(), v.clone())).collect(),
    })
}

/// How many entries of the header are dictionaries or lists: the arrays, and the texts if there are some.
///
/// Brackets that open within the outermost ones are counted, if they do not stand in a text. Whether the header is JSON at
/// all is found later, when it is known to be of bearable length.
fn entry_count(bytes: &[u8]) -> u64 {
    let length = bytes.first_chunk().map_or(0, |n| u64::from_le_bytes(*n));
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let (mut depth, mut count) = (0_u64, 0_u64);
    let (mut is_text, mut is_escaped) = (false, false);
    for byte in bytes.iter().skip(LENGTH).take(length) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'"' => is_text = !is_text,
            b'\\' => is_escaped = is_text,
            b'{' | b'[' if !is_text => {
                count = count.saturating_add(u64::from(depth == 1));
                depth = depth.saturating_add(1);
            }
            b'}' | b']' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    count
}

/// The array at its place in the data.
fn array(tensor: &TensorInfo, data: &[u8]) -> Result<Npy, DataError> {
    let (first, behind) = tensor.data_offsets;
    let bytes = data.get(first..behind).unwrap_or(&[]); // the parser has looked
    let ((two, _), (four, _), (eight, _)) = (
        bytes.as_chunks::<2>(),
        bytes.as_chunks::<4>(),
        bytes.as_chunks::<8>(),
    );
    let half = || two.iter().map(|&b| u16::from_le_bytes(b)).collect();
    let values = match tensor.dtype {
        Dtype::BOOL => Values::Bool(bytes.iter().map(|&b| b != 0).collect()),
        Dtype::U8 => Values::U8(bytes.to_vec()),
        Dtype::I32 => Values::I32(four.iter().map(|&b| i32::from_le_bytes(b)).collect()),
        Dtype::I64 => Values::I64(eight.iter().map(|&b| i64::from_le_bytes(b)).collect()),
        Dtype::F16 => Values::F16(half()),
        Dtype::BF16 => Values::Bf16(half()),
        Dtype::F32 => Values::F32(four.iter().map(|&b| f32::from_le_bytes(b)).collect()),
        Dtype::F64 => Values::F64(eight.iter().map(|&b| f64::from_le_bytes(b)).collect()),
        other => {
            let dtype = format!("{other:?}");
            return Err(DataError::UnknownDtype { dtype });
        }
    };
    Ok(Npy {
        shape: tensor.shape.iter().map(|&length| length as u64).collect(),
        fortran_order: false,
        values,
    })
}

impl Safetensors {
    /// The array of a name.
    #[must_use]
    pub fn array(&self, name: &str) -> Option<&Npy> {
        let found = self.arrays.iter().find(|(other, _)| other == name);
        found.map(|(_, array)| array)
    }

    /// The bytes of a safetensors file: arrays sorted by type, the widest first, and by name; texts by name.
    ///
    /// # Errors
    ///
    /// [`DataError::InvalidArrayName`], also for a name that the format keeps for itself, `__metadata__`;
    /// [`DataError::InArray`] with [`DataError::WrongCount`] for an array that has not as many elements as its dimensions
    /// say.
    pub fn to_bytes(&self) -> Result<Vec<u8>, DataError> {
        // The reserved name is made a second one.
        let reserved = self.array(METADATA).map(|_| METADATA);
        check_names(
            self.arrays
                .iter()
                .map(|(name, _)| name.as_str())
                .chain(reserved),
        )?;
        let mut arrays = Vec::new();
        for (name, array) in &self.arrays {
            array.check_count().map_err(|error| error.in_array(name))?;
            arrays.push((dtype(&array.values), name, array));
        }
        arrays.sort_by(|(a, left, _), (b, right, _)| b.cmp(a).then(left.cmp(right)));
        let mut entries = Vec::new();
        if !self.metadata.is_empty() {
            let texts = self.metadata.iter();
            let texts = texts.map(|(k, v)| format!("{}:{}", quoted(k), quoted(v)));
            let texts = texts.collect::<Vec<_>>().join(",");
            entries.push(format!("\"{METADATA}\":{{{texts}}}"));
        }
        let mut data = Vec::new();
        for (dtype, name, array) in arrays {
            let first = data.len();
            data.extend(array.in_c_order().values.bytes());
            let (name, lengths, behind) = (quoted(name), listed(&array.shape), data.len());
            entries.push(format!(
                "{name}:{{\"dtype\":\"{dtype:?}\",\"shape\":[{lengths}],\"data_offsets\":[{first},{behind}]}}"
            ));
        }
        let mut header = format!("{{{}}}", entries.join(","));
        // Elements begin at a multiple of eight.
        let padded = header.len().next_multiple_of(LENGTH);
        header.extend(repeat_n(' ', padded.saturating_sub(header.len())));
        let length = (header.len() as u64).to_le_bytes();
        Ok([&length[..], header.as_bytes(), &data].concat())
    }
}

/// The name that the format has for the type.
const fn dtype(values: &Values) -> Dtype {
    match values {
        Values::Bool(_) => Dtype::BOOL,
        Values::U8(_) => Dtype::U8,
        Values::I32(_) => Dtype::I32,
        Values::I64(_) => Dtype::I64,
        Values::F16(_) => Dtype::F16,
        Values::Bf16(_) => Dtype::BF16,
        Values::F32(_) => Dtype::F32,
        Values::F64(_) => Dtype::F64,
    }
}

fn listed(lengths: &[u64]) -> String {
    let lengths: Vec<String> = lengths.iter().map(u64::to_string).collect();
    lengths.join(",")
}

/// A text in JSON.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            // Writing to a string cannot fail.
            '\0'..' ' => drop(write!(quoted, "\\u{:04x}", u32::from(c))),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Bytes of the length of the header.
const LENGTH: usize = 8;
/// The entry of the header that is no array.
const METADATA: &str = "__metadata__";
