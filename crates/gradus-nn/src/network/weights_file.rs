//! Parameters on disk.

use super::Model;
use super::tensors::{TensorFile, Writer, read_whole};
use crate::error::NnError;
use gradus_linalg::Scalar;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

impl<T: Scalar> Model<T> {
    /// Writes the parameters as a safetensors file.
    ///
    /// Names and shapes are those of `torch.nn.Sequential`: `0.weight` (units × inputs, rows contiguous),
    /// `0.bias` (one dimension), … The file appears whole or not at all: it is written under another name
    /// in the same folder, flushed to the disk and then renamed.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | saved and loaded parameters have the same bits | `saved_parameters_come_back_to_the_bit` |
    /// | weights of PyTorch give its predictions, and go back as they came | `weights_of_pytorch_give_its_predictions` |
    ///
    /// # Errors
    ///
    /// [`NnError::Io`] if the file cannot be written.
    ///
    /// # References
    ///
    /// The safetensors format, <https://huggingface.co/docs/safetensors>.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), NnError> {
        self.writer().write(path.as_ref())
    }

    /// All parameters and buffers.
    pub(super) fn writer(&self) -> Writer {
        let mut file = Writer::default();
        for (entry, dimensions, trained) in self.network().tensors() {
            let home = if trained {
                self.theta()
            } else {
                self.buffers()
            };
            let numbers = home.get(entry.window()).unwrap_or(&[]);
            file.tensor(&*entry.name, &dimensions, numbers);
        }
        file
    }

    /// Reads parameters that [`save`](Self::save), or PyTorch, has written.
    ///
    /// The file must hold exactly the parameters of this network, each with its shape and number type. Half precision, F16
    /// or BF16, is read into either type: every such number is one of both. What PyTorch counts in
    /// `num_batches_tracked` is left aside.
    ///
    /// # Errors
    ///
    /// [`NnError::Io`], [`NnError::FileTooLarge`], [`NnError::InvalidFile`], or what differs:
    /// [`NnError::MissingTensor`], [`NnError::UnknownTensors`], [`NnError::TensorShape`],
    /// [`NnError::TensorType`], [`NnError::NonFiniteTensor`]. The model has not changed then.
    pub fn load(&mut self, path: impl AsRef<Path>) -> Result<(), NnError> {
        let path = path.as_ref();
        let bytes = read_whole(path, self.largest_file())?;
        self.load_from(&TensorFile::new(path, &bytes)?)
    }

    /// Takes all tensors of a file, which are exactly those of this network.
    pub(super) fn load_from(&mut self, file: &TensorFile<'_>) -> Result<(), NnError> {
        let tensors = self.network().tensors();
        let own: BTreeSet<&str> = tensors.map(|(entry, ..)| entry.name.as_str()).collect();
        let known = |name: &str| {
            let counts_batches = name.ends_with("num_batches_tracked"); // PyTorch keeps it and does not use it
            counts_batches || own.contains(name)
        };
        let names = file.names().filter(|name| !known(name));
        let names: Vec<_> = names.map(str::to_owned).collect();
        if !names.is_empty() {
            let path = file.path().into();
            return Err(NnError::UnknownTensors { path, names });
        }
        self.take(file, |name| Some(name.to_owned()))?;
        Ok(())
    }

    /// Reads some of the parameters from a file of any model, and returns the names of those that stayed.
    ///
    /// `which` maps a name of this network to the name of a tensor in the file, or to `None` for what stays
    /// as it is. The file may be larger than this network, and hold tensors that are not asked for.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | what is mapped has the bits of the file, what is not keeps its own | `loading_in_part_leaves_the_rest` |
    ///
    /// # Errors
    ///
    /// As [`load`](Self::load), but for [`NnError::UnknownTensors`] and [`NnError::FileTooLarge`]. The model has
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
        self.take(&TensorFile::new(path, &bytes)?, which)
    }

    /// Takes the mapped tensors of a file, all or none; the names of the others.
    fn take(
        &mut self,
        file: &TensorFile<'_>,
        which: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<String>, NnError> {
        let (mut theta, mut buffers) = (self.theta().to_vec(), self.buffers().to_vec());
        let mut stayed = Vec::new();
        for (entry, dimensions, trained) in self.network().tensors() {
            let Some(name) = which(&entry.name) else {
                stayed.push(entry.name.clone());
                continue;
            };
            let numbers = file.tensor(&name, &dimensions)?;
            let home = if trained { &mut theta } else { &mut buffers };
            home[entry.window()].copy_from_slice(&numbers); // as many as the dimensions say
        }
        self.set_buffers(buffers)?;
        self.set_theta(theta)?;
        Ok(stayed)
    }

    /// How large a file of this network's weights can be: the numbers and a generous header.
    pub(super) fn largest_file(&self) -> u64 {
        const HEADER: u64 = 1 << 20;
        let numbers = (self.theta().len() + self.buffers().len()) as u64;
        // In the widest number type: then a file of another type is refused by its type, not by its size.
        numbers * size_of::<f64>() as u64 + HEADER
    }
}

pub(crate) fn failed(path: &Path, kind: io::ErrorKind) -> NnError {
    NnError::Io {
        path: path.into(),
        kind,
    }
}
