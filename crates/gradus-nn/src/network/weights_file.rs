//! Parameters on disk, in the safetensors format.

use super::Model;
use crate::error::NnError;
use gradus_linalg::Scalar;
use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

impl<T: Scalar> Model<T> {
    /// Writes the parameters as a safetensors file.
    ///
    /// Names and shapes are those of `torch.nn.Sequential`: `0.weight` (units × inputs, rows contiguous),
    /// `0.bias` (one dimension), … The file is written whole or not at all, as [`gradus_files::write()`] tells.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | saved and loaded parameters have the same bits | `saved_parameters_come_back_to_the_bit` |
    ///
    /// # Errors
    ///
    /// [`NnError::Io`] if the file cannot be written.
    ///
    /// # References
    ///
    /// The safetensors format, <https://huggingface.co/docs/safetensors>.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), NnError> {
        let path = path.as_ref();
        let (theta, buffers) = (little_endian(self.theta()), little_endian(self.buffers()));
        let width = size_of::<T>();
        let views = self
            .network()
            .tensors()
            .map(|(entry, dimensions, trained)| {
                let bytes = if trained { &theta } else { &buffers };
                let window = entry.window();
                let bytes = bytes
                    .get(window.start * width..window.end * width)
                    .unwrap_or(&[]);
                TensorView::new(dtype::<T>(), dimensions, bytes).map(|view| (&*entry.name, view))
            });
        let invalid = || NnError::InvalidFile { path: path.into() };
        let views: Vec<_> = views.collect::<Result<_, _>>().map_err(|_| invalid())?;
        let file = serialize(views, None).map_err(|_| invalid())?;
        gradus_files::write(path, file).map_err(|error| failed(path, error.kind()))
    }

    /// Reads parameters that [`save`](Self::save), or PyTorch, has written.
    ///
    /// The file must hold exactly the parameters of this network, each with its shape and number type.
    ///
    /// # Errors
    ///
    /// [`NnError::Io`], [`NnError::FileTooLarge`], [`NnError::InvalidFile`], or what differs:
    /// [`NnError::MissingTensor`], [`NnError::UnknownTensor`], [`NnError::TensorShape`],
    /// [`NnError::TensorType`], [`NnError::NonFiniteTensor`]. The model has not changed then.
    pub fn load(&mut self, path: impl AsRef<Path>) -> Result<(), NnError> {
        let path = path.as_ref();
        let bytes = read_whole(path, self.largest_file())?;
        let file = parse(path, &bytes)?;
        let network = self.network();
        let known = |name: &str| {
            let counts_batches = name.ends_with("num_batches_tracked"); // PyTorch keeps it and needs it for nothing
            counts_batches || network.tensors().any(|(entry, ..)| entry.name == name)
        };
        if let Some(name) = file.names().into_iter().find(|name| !known(name)) {
            return Err(NnError::UnknownTensor {
                path: path.into(),
                name: name.into(),
            });
        }
        self.take(&file, path, |name| Some(name.to_owned()))?;
        Ok(())
    }

    /// Reads some of the parameters from a file of any model, and returns the names of those that stayed.
    ///
    /// `which` maps a name of this network to the name of a tensor in the file, or to `None` for what stays
    /// as it is. The file may be larger than this network, and hold tensors that nobody asks for.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | what is mapped has the bits of the file, what is not keeps its own | `loading_in_part_leaves_the_rest` |
    ///
    /// # Errors
    ///
    /// As [`load`](Self::load), but for [`NnError::UnknownTensor`] and [`NnError::FileTooLarge`]. The model has
    /// not changed then.
    ///
    /// # Examples
    ///
    /// The first layer of another network, for a new last one:
    ///
    /// ```
    /// use gradus_nn::{Key, Network, Output, layers::{dense, tanh}};
    ///
    /// let network = |classes| Network::<f32>::new(4, vec![dense(8), tanh(), dense(classes)], Output::Softmax);
    /// let (old, mut new) = (network(3)?.initialize(Key::new(1))?, network(5)?.initialize(Key::new(2))?);
    /// let path = std::env::temp_dir().join(format!("gradus-nn-part-{}.safetensors", std::process::id()));
    /// old.save(&path)?;
    /// let stayed = new.load_matching(&path, |name| name.starts_with("0.").then(|| name.to_owned()))?;
    /// assert_eq!(stayed, ["2.weight", "2.bias"]);
    /// assert_eq!(new.theta()[..40], old.theta()[..40]);
    /// # std::fs::remove_file(&path)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias = "transfer learning")]
    pub fn load_matching(
        &mut self,
        path: impl AsRef<Path>,
        which: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<String>, NnError> {
        let path = path.as_ref();
        let bytes = read_whole(path, u64::MAX)?;
        self.take(&parse(path, &bytes)?, path, which)
    }

    /// Takes the mapped tensors of a file, all or none; the names of the others.
    fn take(
        &mut self,
        file: &SafeTensors<'_>,
        path: &Path,
        which: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<String>, NnError> {
        let (mut theta, mut buffers) = (self.theta().to_vec(), self.buffers().to_vec());
        let mut stayed = Vec::new();
        for (entry, dimensions, trained) in self.network().tensors() {
            let Some(name) = which(&entry.name) else {
                stayed.push(entry.name.clone());
                continue;
            };
            let numbers = tensor::<T>(file, name, dimensions, path)?;
            let home = if trained { &mut theta } else { &mut buffers };
            home[entry.window()].copy_from_slice(&numbers); // as many as the dimensions say
        }
        self.set_buffers(buffers)?;
        self.set_theta(theta)?;
        Ok(stayed)
    }

    /// How large a file of this network's weights can be: the numbers and a generous header.
    fn largest_file(&self) -> u64 {
        const HEADER: u64 = 1 << 20;
        let numbers = (self.theta().len() + self.buffers().len()) as u64;
        // In the widest number type: then a file of another type is refused by its type, not by its size.
        numbers * size_of::<f64>() as u64 + HEADER
    }
}

/// The numbers of one parameter.
fn tensor<T: Scalar>(
    file: &SafeTensors<'_>,
    name: String,
    expected: Vec<usize>,
    path: &Path,
) -> Result<Vec<T>, NnError> {
    let path = PathBuf::from(path);
    let Ok(tensor) = file.tensor(&name) else {
        return Err(NnError::MissingTensor { path, name });
    };
    if tensor.dtype() != dtype::<T>() {
        return Err(NnError::TensorType {
            path,
            name,
            expected: dtype_name(dtype::<T>()).unwrap_or_default(),
            found: dtype_name(tensor.dtype())
                .map_or_else(|| format!("{:?}", tensor.dtype()), str::to_owned),
        });
    }
    let found = tensor.shape().to_vec();
    if found != expected {
        return Err(NnError::TensorShape {
            path,
            name,
            expected,
            found,
        });
    }
    let numbers: Vec<T> = numbers(tensor.data());
    match numbers.iter().position(|x| !x.is_finite()) {
        Some(index) => {
            let value = numbers[index].to_f64();
            Err(NnError::NonFiniteTensor {
                path,
                name,
                index,
                value,
            })
        }
        None => Ok(numbers),
    }
}

fn parse<'b>(path: &Path, bytes: &'b [u8]) -> Result<SafeTensors<'b>, NnError> {
    SafeTensors::deserialize(bytes).map_err(|_| NnError::InvalidFile { path: path.into() })
}

/// The name in Rust of the types of networks.
fn dtype_name(dtype: Dtype) -> Option<&'static str> {
    match dtype {
        Dtype::F32 => Some("f32"),
        Dtype::F64 => Some("f64"),
        _ => None,
    }
}

fn dtype<T>() -> Dtype {
    if size_of::<T>() == 4 {
        Dtype::F32
    } else {
        Dtype::F64
    }
}

/// The bytes of the numbers, least significant first.
fn little_endian<T: Scalar>(numbers: &[T]) -> Vec<u8> {
    let width = size_of::<T>();
    numbers
        .iter()
        .flat_map(|x| x.bits().to_le_bytes().into_iter().take(width))
        .collect()
}

/// The numbers of little-endian bytes.
fn numbers<T: Scalar>(bytes: &[u8]) -> Vec<T> {
    let width = size_of::<T>();
    let number = |chunk: &[u8]| {
        let mut word = [0; 8];
        word.iter_mut().zip(chunk).for_each(|(w, &b)| *w = b);
        T::from_bits(u64::from_le_bytes(word))
    };
    bytes.chunks_exact(width).map(number).collect()
}

fn read_whole(path: &Path, limit: u64) -> Result<Vec<u8>, NnError> {
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

fn failed(path: &Path, kind: io::ErrorKind) -> NnError {
    NnError::Io {
        path: path.into(),
        kind,
    }
}
