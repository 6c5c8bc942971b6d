//! Parameters as an archive of NumPy arrays.

use super::tensors::{Tensor, TensorFile, Writer, read_whole};
use super::weights_file::failed;
use super::{Model, zip};
use crate::error::NnError;
use gradus_linalg::Scalar;
use safetensors::tensor::Dtype;
use std::path::Path;

impl<T: Scalar> Model<T> {
    /// Writes the parameters as an NPZ file, which `numpy.load` reads.
    ///
    /// An array for each parameter and buffer, with the names and shapes of [`save`](Self::save). The file appears whole or
    /// not at all, and the same numbers give the same bytes.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | what was saved comes back to the bit | `arrays_of_numpy_come_back_to_the_bit` |
    ///
    /// # Errors
    ///
    /// [`NnError::Io`] if the file cannot be written, [`NnError::InvalidArchive`] if it would be larger than 4 GiB.
    ///
    /// # References
    ///
    /// NumPy Enhancement Proposal 1, *A simple file format for NumPy arrays*,
    /// <https://numpy.org/neps/nep-0001-npy-format.html>.
    pub fn save_npz(&self, path: impl AsRef<Path>) -> Result<(), NnError> {
        let path = path.as_ref();
        let file = self.writer();
        let arrays = file
            .tensors
            .iter()
            .map(|t| (format!("{}.npy", t.name), array(t)));
        let bytes = zip::write(&arrays.collect::<Vec<_>>());
        let bytes = bytes.ok_or_else(|| NnError::InvalidArchive { path: path.into() })?;
        gradus_files::write(path, bytes).map_err(|error| failed(path, error.kind()))
    }

    /// Reads parameters that [`save_npz`](Self::save_npz), or `numpy.savez`, has written.
    ///
    /// The file must hold exactly the parameters of this network, uncompressed, each with its shape and number type, in either
    /// order of memory.
    ///
    /// # Errors
    ///
    /// [`NnError::InvalidArchive`] for what is no archive of uncompressed arrays of numbers, and as [`load`](Self::load). The
    /// model has not changed then.
    pub fn load_npz(&mut self, path: impl AsRef<Path>) -> Result<(), NnError> {
        let path = path.as_ref();
        let invalid = || NnError::InvalidArchive { path: path.into() };
        let bytes = read_whole(path, self.largest_file())?;
        let mut file = Writer::default();
        for (name, content) in zip::read(&bytes).ok_or_else(invalid)? {
            let tensor = name
                .strip_suffix(".npy")
                .and_then(|name| tensor(name, content));
            file.tensors.push(tensor.ok_or_else(invalid)?);
        }
        // The arrays as the file of tensors that they could have been: then it is read as such.
        let bytes = file.to_bytes(path)?;
        self.load_from(&TensorFile::new(path, &bytes)?)
    }
}

/// An array as NPY writes it, version 1.0.
fn array(tensor: &Tensor) -> Vec<u8> {
    let kind = if tensor.dtype == Dtype::F32 {
        "<f4"
    } else {
        "<f8"
    };
    let dimensions = tensor.dimensions.iter().map(|d| format!("{d}, "));
    let shape: String = dimensions.collect();
    let shape = match tensor.dimensions.len() {
        1 => shape.trim_end(),
        _ => shape.trim_end_matches(", "),
    };
    let mut text = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': ({shape}), }}");
    let length = (MAGIC.len() + 4 + text.len() + 1).next_multiple_of(64);
    let spaces = length - MAGIC.len() - 4 - text.len() - 1;
    text.extend(std::iter::repeat_n(' ', spaces));
    text.push('\n');
    let size = u16::try_from(text.len()).unwrap_or(u16::MAX).to_le_bytes(); // some hundred letters
    [MAGIC, &[1, 0], &size, text.as_bytes(), &tensor.bytes].concat()
}

/// The array of a file; `None` for what is none of numbers.
fn tensor(name: &str, content: &[u8]) -> Option<Tensor> {
    let rest = content.strip_prefix(MAGIC)?;
    let (major, rest) = (*rest.first()?, rest.get(2..)?);
    let (size, rest) = match major {
        1 => (
            u16::from_le_bytes(*rest.first_chunk()?).into(),
            rest.get(2..)?,
        ),
        2 | 3 => (u32::from_le_bytes(*rest.first_chunk()?), rest.get(4..)?),
        _ => return None,
    };
    let size = usize::try_from(size).ok().filter(|&size| size <= LONGEST)?;
    let (text, bytes) = (
        std::str::from_utf8(rest.get(..size)?).ok()?,
        rest.get(size..)?,
    );
    let kind = value(text, "descr")?
        .strip_prefix('\'')?
        .split('\'')
        .next()?;
    let (dtype, width) = match kind {
        "<f2" => (Dtype::F16, 2),
        "<f4" => (Dtype::F32, 4),
        "<f8" => (Dtype::F64, 8),
        _ => return None,
    };
    let shape = value(text, "shape")?.strip_prefix('(')?.split(')').next()?;
    let numbers = shape.split(',').map(str::trim).filter(|n| !n.is_empty());
    let dimensions = numbers
        .map(|n| n.parse().ok())
        .collect::<Option<Vec<usize>>>()?;
    let count = dimensions
        .iter()
        .try_fold(width, |n: usize, &d| n.checked_mul(d))?;
    (count == bytes.len()).then_some(())?;
    let bytes = match value(text, "fortran_order")? {
        order if order.starts_with("False") => bytes.to_vec(),
        order if order.starts_with("True") => last_first(bytes, &dimensions, width),
        _ => return None,
    };
    Some(Tensor {
        name: name.to_owned(),
        dtype,
        dimensions,
        bytes,
    })
}

/// What stands behind a key of the header.
fn value<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("'{key}':"))?;
    Some(rest.trim_start())
}

/// Numbers whose first index runs fastest, as numbers whose last index does.
fn last_first(bytes: &[u8], dimensions: &[usize], width: usize) -> Vec<u8> {
    let mut sorted = Vec::with_capacity(bytes.len());
    for k in 0..bytes.len() / width {
        // The indices of number k, the last one first, and its place in the other order.
        let (mut rest, mut stride, mut at) = (k, bytes.len() / width, 0);
        for &d in dimensions.iter().rev() {
            stride /= d; // of numbers: no dimension is 0
            at += rest % d * stride;
            rest /= d;
        }
        sorted.extend(&bytes[at * width..][..width]); // an index below the count
    }
    sorted
}

/// What every array begins with.
const MAGIC: &[u8] = b"\x93NUMPY";
/// The longest header that is read, as in NumPy.
const LONGEST: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_in_the_other_order_are_turned() {
        let column_by_column: Vec<u8> = [1.0_f64, 4.0, 2.0, 5.0, 3.0, 6.0]
            .iter()
            .flat_map(|x| x.to_le_bytes())
            .collect();
        let text = "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }\n";
        let head = [
            MAGIC,
            &[1, 0],
            &[u8::try_from(text.len()).unwrap_or(0), 0],
            text.as_bytes(),
        ]
        .concat();
        let found = tensor("w", &[head, column_by_column].concat());
        let numbers = found.map(|t| t.bytes).unwrap_or_default();
        let numbers: Vec<u8> = numbers.chunks(8).map(|n| n[7] ^ n[6]).collect();
        let expected = [1.0_f64, 2.0, 3.0, 4.0, 5.0, 6.0].map(f64::to_le_bytes);
        assert_eq!(numbers, expected.map(|n| n[7] ^ n[6]));
    }

    #[test]
    fn what_is_no_array_of_numbers_is_refused() {
        let text = |text: &str| {
            let size = [u8::try_from(text.len()).unwrap_or(0), 0];
            tensor(
                "w",
                &[MAGIC, &[1, 0], &size, text.as_bytes(), &[0; 8]].concat(),
            )
        };
        assert!(text("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }").is_some());
        for wrong in [
            "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
            "{'descr': '>f8', 'fortran_order': False, 'shape': (1,), }",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }",
            "{'descr': '<f8', 'fortran_order': __import__, 'shape': (1,), }",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (18446744073709551615, 9), }",
            "",
        ] {
            assert!(text(wrong).is_none(), "{wrong}");
        }
    }
}
