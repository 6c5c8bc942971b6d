//! Parameters as an archive of NumPy arrays.

use super::Model;
use super::tensors::{TensorFile, invalid, limits, read_whole};
use super::weights_file::failed;
use crate::error::NnError;
use gradus_data::{Limits, npz};
use gradus_linalg::Scalar;
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
    /// [`NnError::Io`] if the file cannot be written, [`NnError::InvalidFile`] if it would be larger than 4 GiB.
    ///
    /// # References
    ///
    /// NumPy Enhancement Proposal 1, *A simple file format for NumPy arrays*,
    /// <https://numpy.org/neps/nep-0001-npy-format.html>.
    pub fn save_npz(&self, path: impl AsRef<Path>) -> Result<(), NnError> {
        let path = path.as_ref();
        let bytes = npz::to_bytes(&self.writer().tensors);
        let bytes = bytes.map_err(|reason| invalid(path, reason))?;
        gradus_files::write(path, bytes).map_err(|error| failed(path, error.kind()))
    }

    /// Reads parameters that [`save_npz`](Self::save_npz), or `numpy.savez`, has written.
    ///
    /// The file must hold exactly the parameters of this network, stored or deflated, each with its shape and number type, in
    /// either order of memory.
    ///
    /// # Errors
    ///
    /// As [`load`](Self::load). The model has not changed then.
    pub fn load_npz(&mut self, path: impl AsRef<Path>) -> Result<(), NnError> {
        let path = path.as_ref();
        let bytes = read_whole(path, self.largest_file())?;
        let limits = Limits {
            unpacked_bytes: self.largest_file(),
            elements: self.largest_file(),
            ..limits(&bytes)
        };
        let arrays = npz::read(&bytes[..], &limits).map_err(|reason| invalid(path, reason))?;
        self.load_from(&TensorFile::of_arrays(path, arrays))
    }
}
