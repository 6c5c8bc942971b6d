//! Files of named tensors, in the formats of `gradus-data`.

use super::weights_file::failed;
use crate::error::NnError;
use gradus_data::npy::{Npy, Values};
use gradus_data::safetensors::{self, Safetensors};
use gradus_data::{DataError, Limits};
use gradus_linalg::Scalar;
use gradus_numeric::Real;
use std::collections::BTreeMap;
use std::fmt::{Display, Write};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// A file of tensors on its way to the disk, with notes beside them.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    pub(super) tensors: Vec<(String, Npy)>,
    /// A line `name=value` each.
    notes: String,
}

impl Writer {
    /// Adds a tensor; `numbers` are as many as the dimensions say.
    pub(crate) fn tensor<N: Scalar>(
        &mut self,
        name: impl Into<String>,
        dimensions: &[usize],
        numbers: &[N],
    ) {
        let array = Npy {
            shape: dimensions.iter().map(|&d| d as u64).collect(),
            fortran_order: false,
            values: values(numbers),
        };
        self.tensors.push((name.into(), array));
    }

    /// Adds a tensor of one dimension.
    pub(crate) fn vector<N: Scalar>(&mut self, name: impl Into<String>, numbers: &[N]) {
        self.tensor(name, &[numbers.len()], numbers);
    }

    /// Adds a line to the notes.
    pub(crate) fn note(&mut self, name: &str, value: impl Display) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.notes, "{name}={value}");
    }

    /// Writes the file, whole or not at all.
    pub(crate) fn write(self, path: &Path) -> Result<(), NnError> {
        // One text for all notes, as files of earlier versions have it.
        let notes = (!self.notes.is_empty()).then(|| (NOTES.into(), self.notes));
        let file = Safetensors {
            arrays: self.tensors,
            metadata: notes.into_iter().collect(),
        };
        let bytes = file.to_bytes().map_err(|reason| invalid(path, reason))?;
        gradus_files::write(path, bytes).map_err(|error| failed(path, error.kind()))
    }
}

/// A file of tensors that was read.
#[derive(Debug)]
pub(crate) struct TensorFile<'p> {
    path: &'p Path,
    tensors: BTreeMap<String, Npy>,
    notes: String,
}

impl<'p> TensorFile<'p> {
    /// Reads a file in the safetensors format.
    pub(crate) fn new(path: &'p Path, bytes: &[u8]) -> Result<Self, NnError> {
        let file = safetensors::read(bytes, &limits(bytes));
        let mut file = file.map_err(|reason| invalid(path, reason))?;
        let notes = file.metadata.remove(NOTES).unwrap_or_default();
        Ok(Self {
            notes,
            ..Self::of_arrays(path, file.arrays)
        })
    }

    /// Arrays that were read from another format.
    pub(super) fn of_arrays(path: &'p Path, arrays: Vec<(String, Npy)>) -> Self {
        Self {
            path,
            tensors: arrays.into_iter().collect(),
            notes: String::new(),
        }
    }

    /// Where it was.
    pub(super) const fn path(&self) -> &Path {
        self.path
    }

    /// Names of the tensors, in the order of the alphabet.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.keys().map(String::as_str)
    }

    /// The numbers of a tensor, which are finite.
    pub(crate) fn tensor<N: Scalar>(
        &self,
        name: &str,
        expected: &[usize],
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
        self.numbers(name, length.as_ref().map(std::slice::from_ref))
    }

    fn numbers<N: Scalar>(
        &self,
        name: &str,
        expected: Option<&[usize]>,
    ) -> Result<Vec<N>, NnError> {
        let (path, name) = (self.path.to_owned(), name.to_owned());
        let Some(tensor) = self.tensors.get(&name) else {
            return Err(NnError::MissingTensor { path, name });
        };
        let half = matches!(tensor.values, Values::F16(_) | Values::Bf16(_));
        let (own, other) = (type_name(&values::<N>(&[])), type_name(&tensor.values));
        if own != other && !half {
            return Err(NnError::TensorType {
                path,
                name,
                expected: own,
                found: other.to_owned(),
            });
        }
        let length = |&length| usize::try_from(length).unwrap_or(usize::MAX);
        let found: Vec<usize> = tensor.shape.iter().map(length).collect();
        if let Some(expected) = expected.filter(|expected| *expected != found) {
            let expected = expected.to_vec();
            return Err(NnError::TensorShape {
                path,
                name,
                expected,
                found,
            });
        }
        // Every number of these types is a double.
        let numbers = tensor.in_c_order().values.numbers();
        let numbers = numbers.map_err(|reason| invalid(&path, reason))?;
        Ok(numbers.into_iter().map(N::from_f64).collect())
    }

    /// What a line of the notes says.
    pub(crate) fn note(&self, name: &str) -> Option<&str> {
        let lines = self.notes.lines();
        let mut values = lines.filter_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        values.next()
    }

    /// The number in a line of the notes: a count that can be counted on.
    pub(crate) fn number(&self, name: &str) -> Result<u64, NnError> {
        let found = self.note(name).unwrap_or("not told");
        let number = found.parse().ok().filter(|&n: &u64| n <= MOST);
        number.ok_or_else(|| NnError::Checkpoint {
            path: self.path.into(),
            what: name.into(),
            expected: "a number up to 2^53".into(),
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

/// A file is as large as was allowed when it was read, and not packed.
pub(super) fn limits(bytes: &[u8]) -> Limits {
    let size = bytes.len() as u64;
    Limits {
        file_bytes: size,
        unpacked_bytes: 0,
        elements: size,
        arrays: size,
        ..Limits::default()
    }
}

pub(super) fn invalid(path: &Path, reason: DataError) -> NnError {
    NnError::InvalidFile {
        path: path.into(),
        reason: Box::new(reason),
    }
}

/// The name in Rust of the types of networks, and that of NumPy of the others.
const fn type_name(values: &Values) -> &'static str {
    match values {
        Values::F32(_) => "f32",
        Values::F64(_) => "f64",
        other => other.descr(),
    }
}

/// The numbers with their type.
fn values<N: Scalar>(numbers: &[N]) -> Values {
    let doubles = numbers.iter().map(|x| x.to_f64());
    if size_of::<N>() == size_of::<f32>() {
        Values::F32(doubles.map(f32::from_f64).collect())
    } else {
        Values::F64(doubles.collect())
    }
}

/// No training counts so far: at a microsecond a step it takes 285 years. Beyond it lie counts that one more makes overflow.
const MOST: u64 = 1 << 53;

/// The entry of the header that holds the notes.
const NOTES: &str = "notes";
