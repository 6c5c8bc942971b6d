//! Files of named tensors, in the safetensors format.

use super::half;
use super::weights_file::failed;
use crate::error::NnError;
use gradus_linalg::Scalar;
use safetensors::SafeTensorError;
use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};
use std::collections::HashMap;
use std::fmt::{Display, Write};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// A file of tensors on its way to the disk, with notes beside them.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    pub(super) tensors: Vec<Tensor>,
    /// A line `name=value` each.
    notes: String,
}

/// A tensor as it stands in a file.
#[derive(Debug)]
pub(super) struct Tensor {
    pub(super) name: String,
    pub(super) dtype: Dtype,
    pub(super) dimensions: Vec<usize>,
    pub(super) bytes: Vec<u8>,
}

impl Tensor {
    fn view(&self) -> Result<(&str, TensorView<'_>), SafeTensorError> {
        let view = TensorView::new(self.dtype, self.dimensions.clone(), &self.bytes);
        Ok((&self.name, view?))
    }
}

impl Writer {
    /// Adds a tensor; `numbers` are as many as the dimensions say.
    pub(crate) fn tensor<N: Scalar>(
        &mut self,
        name: impl Into<String>,
        dimensions: Vec<usize>,
        numbers: &[N],
    ) {
        self.tensors.push(Tensor {
            name: name.into(),
            dtype: dtype::<N>(),
            dimensions,
            bytes: little_endian(numbers),
        });
    }

    /// Adds a tensor of one dimension.
    pub(crate) fn vector<N: Scalar>(&mut self, name: impl Into<String>, numbers: &[N]) {
        self.tensor(name, vec![numbers.len()], numbers);
    }

    /// Adds a line to the notes.
    pub(crate) fn note(&mut self, name: &str, value: impl Display) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.notes, "{name}={value}");
    }

    /// Writes the file, whole or not at all.
    pub(crate) fn write(&self, path: &Path) -> Result<(), NnError> {
        let bytes = self.to_bytes(path)?;
        gradus_files::write(path, bytes).map_err(|error| failed(path, error.kind()))
    }

    /// The bytes of the file.
    pub(super) fn to_bytes(&self, path: &Path) -> Result<Vec<u8>, NnError> {
        let invalid = |_| NnError::InvalidFile { path: path.into() };
        let view = |tensor| Tensor::view(tensor).map_err(invalid);
        let views: Vec<_> = self.tensors.iter().map(view).collect::<Result<_, _>>()?;
        // One entry for all notes: entries have no order, and files shall not differ by it.
        let notes =
            (!self.notes.is_empty()).then(|| HashMap::from([(NOTES.into(), self.notes.clone())]));
        serialize(views, notes).map_err(invalid)
    }
}

/// A file of tensors that was read.
#[derive(Debug)]
pub(crate) struct TensorFile<'b> {
    path: &'b Path,
    tensors: SafeTensors<'b>,
    notes: String,
}

impl<'b> TensorFile<'b> {
    /// Reads the header of a file.
    pub(crate) fn new(path: &'b Path, bytes: &'b [u8]) -> Result<Self, NnError> {
        let invalid = |_| NnError::InvalidFile { path: path.into() };
        let tensors = SafeTensors::deserialize(bytes).map_err(invalid)?;
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(invalid)?;
        let notes = header
            .metadata()
            .as_ref()
            .and_then(|notes| notes.get(NOTES));
        Ok(Self {
            path,
            tensors,
            notes: notes.cloned().unwrap_or_default(),
        })
    }

    /// Where it was.
    pub(super) const fn path(&self) -> &Path {
        self.path
    }

    /// Names of the tensors.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.names().into_iter()
    }

    /// The numbers of a tensor, which are finite.
    pub(crate) fn tensor<N: Scalar>(
        &self,
        name: &str,
        expected: Vec<usize>,
    ) -> Result<Vec<N>, NnError> {
        let numbers = self.numbers::<N>(name, Some(expected))?;
        match numbers.iter().position(|x| !x.is_finite()) {
            None => Ok(numbers),
            Some(index) => Err(NnError::NonFiniteTensor {
                path: self.path.into(),
                name: name.into(),
                index,
                value: numbers.get(index).map_or(f64::NAN, |x| x.to_f64()),
            }),
        }
    }

    /// The numbers of a vector in double precision, finite or not.
    pub(crate) fn doubles(&self, name: &str, length: Option<usize>) -> Result<Vec<f64>, NnError> {
        self.numbers(name, length.map(|length| vec![length]))
    }

    fn numbers<N: Scalar>(
        &self,
        name: &str,
        expected: Option<Vec<usize>>,
    ) -> Result<Vec<N>, NnError> {
        let (path, name) = (self.path.to_owned(), name.to_owned());
        let Ok(tensor) = self.tensors.tensor(&name) else {
            return Err(NnError::MissingTensor { path, name });
        };
        let half = matches!(tensor.dtype(), Dtype::F16 | Dtype::BF16);
        if tensor.dtype() != dtype::<N>() && !half {
            return Err(NnError::TensorType {
                path,
                name,
                expected: dtype_name(dtype::<N>()).unwrap_or_default(),
                found: dtype_name(tensor.dtype())
                    .map_or_else(|| format!("{:?}", tensor.dtype()), str::to_owned),
            });
        }
        let found = tensor.shape().to_vec();
        match expected {
            Some(expected) if expected != found => Err(NnError::TensorShape {
                path,
                name,
                expected,
                found,
            }),
            _ => Ok(match tensor.dtype() {
                Dtype::F16 => of_halves(tensor.data(), half::of_f16),
                Dtype::BF16 => of_halves(tensor.data(), half::of_bf16),
                _ => of_little_endian(tensor.data()),
            }),
        }
    }

    /// What a line of the notes says.
    pub(crate) fn note(&self, name: &str) -> Option<&str> {
        let lines = self.notes.lines();
        let mut values = lines.filter_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        values.next()
    }

    /// The number in a line of the notes.
    pub(crate) fn number(&self, name: &str) -> Result<u64, NnError> {
        let found = self.note(name).unwrap_or("not told");
        found.parse().map_err(|_| NnError::Checkpoint {
            path: self.path.into(),
            what: name.into(),
            expected: "a number".into(),
            found: found.into(),
        })
    }

    /// The count in a line of the notes.
    pub(crate) fn count(&self, name: &str) -> Result<usize, NnError> {
        Ok(usize::try_from(self.number(name)?).unwrap_or(usize::MAX))
    }
}

/// A file of at most `limit` bytes.
pub(crate) fn read_whole(path: &Path, limit: u64) -> Result<Vec<u8>, NnError> {
    let read = || -> io::Result<(u64, Vec<u8>)> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut bytes = Vec::new();
        if size <= limit {
            file.take(limit).read_to_end(&mut bytes)?;
        }
        Ok((size, bytes))
    };
    let (bytes, content) = read().map_err(|error| failed(path, error.kind()))?;
    if bytes > limit {
        return Err(NnError::FileTooLarge {
            path: path.into(),
            bytes,
            limit,
        });
    }
    Ok(content)
}

/// The name in Rust of the types of networks.
const fn dtype_name(dtype: Dtype) -> Option<&'static str> {
    match dtype {
        Dtype::F32 => Some("f32"),
        Dtype::F64 => Some("f64"),
        _ => None,
    }
}

const fn dtype<N>() -> Dtype {
    if size_of::<N>() == 4 {
        Dtype::F32
    } else {
        Dtype::F64
    }
}

/// The bytes of the numbers, least significant first.
fn little_endian<N: Scalar>(numbers: &[N]) -> Vec<u8> {
    let width = size_of::<N>();
    let bytes = |x: &N| x.bits().to_le_bytes().into_iter().take(width);
    numbers.iter().flat_map(bytes).collect()
}

/// The numbers of bytes, least significant first.
fn of_little_endian<N: Scalar>(bytes: &[u8]) -> Vec<N> {
    let number = |chunk: &[u8]| {
        let mut word = [0; 8];
        word.iter_mut().zip(chunk).for_each(|(w, &b)| *w = b);
        N::from_bits(u64::from_le_bytes(word))
    };
    bytes.chunks_exact(size_of::<N>()).map(number).collect()
}

/// The numbers of half precision, least significant byte first.
fn of_halves<N: Scalar>(bytes: &[u8], of: impl Fn(u16) -> f32) -> Vec<N> {
    let words = bytes.chunks_exact(2).map(|pair| match *pair {
        [low, high] => u16::from_le_bytes([low, high]),
        _ => 0, // of exactly two
    });
    words.map(|word| N::from_f64(of(word).into())).collect()
}

/// The entry of the header that holds the notes.
const NOTES: &str = "notes";
