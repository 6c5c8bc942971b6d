//! A model as an ONNX file.

use super::{Model, Output};
use crate::error::NnError;
use crate::onnx::Attribute;
use crate::recording::{Export, Value};
use crate::sample_shape::SampleShape;
use gradus_linalg::Scalar;
use std::path::Path;

impl<T: Scalar> Model<T> {
    /// Writes the model as an ONNX file, which other programs predict with.
    ///
    /// The graph takes a matrix `x`, samples × features, for any number of samples, and makes `y`, samples × outputs: what
    /// [`predict`](Self::predict) gives, with the output activation. Layers are in evaluation. Operations are those of
    /// version 17, and tensors have the names of the parameters. The file appears whole or not at all.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | the file holds every parameter and every layer | `an_onnx_file_holds_every_parameter` |
    ///
    /// That `onnxruntime` predicts the same, within 10⁻⁶, is checked by `tools/check-onnx`.
    ///
    /// # Errors
    ///
    /// [`NnError::NotExportable`] for a layer without a counterpart, such as a closure; [`NnError::Io`].
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::{Key, Network, Output, layers::{dense, relu}};
    ///
    /// let network = Network::<f32>::new(2, vec![dense(3), relu(), dense(1)], Output::Sigmoid)?;
    /// let path = std::env::temp_dir().join(format!("gradus-nn-{}.onnx", std::process::id()));
    /// network.initialize(Key::new(0))?.save_onnx(&path)?;
    /// assert!(std::fs::read(&path)?.windows(4).any(|bytes| bytes == b"Gemm"));
    /// # std::fs::remove_file(&path)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # References
    ///
    /// Open Neural Network Exchange, *Intermediate representation specification*, <https://onnx.ai/onnx/repo-docs/IR.html>.
    pub fn save_onnx(&self, path: impl AsRef<Path>) -> Result<(), NnError> {
        let path = path.as_ref();
        let bytes = self.to_onnx()?;
        gradus_files::write(path, bytes)
            .map_err(|error| super::weights_file::failed(path, error.kind()))
    }

    /// The bytes of the file.
    fn to_onnx(&self) -> Result<Vec<u8>, NnError> {
        let network = self.network();
        let tensors = network.tensors().map(|(entry, dimensions, trained)| {
            let home = if trained {
                self.theta()
            } else {
                self.buffers()
            };
            let numbers = home.get(entry.window()).unwrap_or(&[]);
            (entry.name.as_str(), (dimensions, numbers))
        });
        let mut export = Export::new(tensors.collect());
        let mut value = input(network.input_shape(), &mut export);
        for (i, layer) in network.layers().iter().enumerate() {
            value = export.layer(i, &**layer, value)?;
        }
        let result = output(network.output(), &value, &mut export);
        let sizes = [network.inputs(), network.outputs()];
        Ok(export.into_nodes().into_model::<T>(sizes, &result))
    }
}

/// The rows of `x` as samples of that shape.
fn input<T: Scalar>(shape: SampleShape, export: &mut Export<'_, T>) -> Value {
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let dimensions: Vec<i64> = match shape {
        SampleShape::Vector(_) => vec![],
        SampleShape::Sequence { features, steps } => vec![whole(features), whole(steps)],
        SampleShape::Image {
            channels,
            height,
            width,
        } => [channels, height, width].map(whole).to_vec(),
    };
    let places = dimensions.len().saturating_sub(1);
    let mut name = "x".to_owned();
    if places > 0 {
        let shape = export.integers(&[&[-1], &*dimensions].concat());
        name = export.node("Reshape", &["x", &shape], &[]);
    }
    Value { name, places }
}

/// The prediction, one sample a row.
fn output<T: Scalar>(output: Output, value: &Value, export: &mut Export<'_, T>) -> String {
    let flat = match value.places {
        0 => value.name.clone(),
        _ => export.node("Flatten", &[&value.name], &[("axis", Attribute::Int(1))]),
    };
    match output {
        Output::Identity => flat,
        Output::Sigmoid => export.node("Sigmoid", &[&flat], &[]),
        Output::Softmax => export.node("Softmax", &[&flat], &[("axis", Attribute::Int(1))]),
    }
}
