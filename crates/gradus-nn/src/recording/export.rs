//! What a layer sees of an ONNX graph that it is written to.

use super::layer::Layer;
use super::name::Name;
use crate::error::NnError;
use crate::onnx::{Attribute, Nodes};
use gradus_linalg::Scalar;
use std::collections::BTreeMap;

/// A value of an ONNX graph: a batch, samples × channels × places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its name in the graph.
    pub name: String,
    /// How many dimensions the places have: 0 for vectors, 1 for sequences, 2 for images.
    pub places: usize,
}

/// An ONNX graph that layers are written to, one after the other.
///
/// A layer adds nodes to it, and asks for its parameters and buffers by the names that it gave them in its recording.
#[derive(Debug)]
pub struct Export<'m, T> {
    nodes: Nodes,
    /// Parameters and buffers by name, with their dimensions.
    tensors: BTreeMap<&'m str, (Vec<usize>, &'m [T])>,
    /// The names of the layers around, each with a dot behind it.
    path: String,
    kind: &'static str,
}

impl<'m, T: Scalar> Export<'m, T> {
    pub(crate) fn new(tensors: BTreeMap<&'m str, (Vec<usize>, &'m [T])>) -> Self {
        Self {
            nodes: Nodes::default(),
            tensors,
            path: String::new(),
            kind: "network",
        }
    }

    /// Adds a node with one output, and returns the name of that.
    pub fn node(
        &mut self,
        operation: &str,
        inputs: &[&str],
        attributes: &[(&str, Attribute)],
    ) -> String {
        self.nodes.node(operation, inputs, attributes)
    }

    /// The parameter or buffer `name` of the layer.
    ///
    /// # Errors
    ///
    /// [`NnError::NotExportable`] if the layer has none of that name.
    pub fn tensor(&mut self, name: &str) -> Result<String, NnError> {
        let full = format!("{}{name}", self.path);
        let Some((dimensions, numbers)) = self.tensors.get(&*full) else {
            return Err(self.refuse());
        };
        self.nodes.tensor(&full, dimensions, numbers);
        Ok(full)
    }

    /// Adds a node of weighted sums of `x`, with the biases of the layer if it has some.
    pub(crate) fn weighted_sums(
        &mut self,
        operation: &str,
        x: &str,
        bias: bool,
        attributes: &[(&str, Attribute)],
    ) -> Result<String, NnError> {
        let mut inputs = vec![x.to_owned(), self.tensor("weight")?];
        if bias {
            inputs.push(self.tensor("bias")?);
        }
        let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
        Ok(self.node(operation, &inputs, attributes))
    }

    /// Adds whole numbers.
    pub fn integers(&mut self, numbers: &[i64]) -> String {
        self.nodes.integers(numbers)
    }

    /// Adds the same number, `count` times.
    pub fn repeated(&mut self, number: f64, count: usize) -> String {
        self.nodes.repeated::<T>(number, count)
    }

    /// Numbers of channels, such that they are the same for all places of `x`.
    pub fn along_places(&mut self, channels: &str, x: &Value) -> String {
        let places: Vec<i64> = [1, 2].into_iter().take(x.places).collect();
        if places.is_empty() {
            return channels.to_owned();
        }
        let axes = self.integers(&places);
        self.node("Unsqueeze", &[channels, &axes], &[])
    }

    /// Writes a layer as a part of this one.
    ///
    /// # Errors
    ///
    /// What the layer says.
    pub fn layer<'n>(
        &mut self,
        name: impl Into<Name<'n>>,
        layer: &dyn Layer<T>,
        x: Value,
    ) -> Result<Value, NnError> {
        let path = format!("{}{}.", self.path, name.into());
        self.within(path, layer, x)
    }

    /// Writes a layer with names of its own, wherever it stands.
    ///
    /// # Errors
    ///
    /// What the layer says.
    pub fn tied(&mut self, path: &str, layer: &dyn Layer<T>, x: Value) -> Result<Value, NnError> {
        self.within(format!("{path}."), layer, x)
    }

    fn within(&mut self, path: String, layer: &dyn Layer<T>, x: Value) -> Result<Value, NnError> {
        let outer = (std::mem::replace(&mut self.path, path), self.kind);
        self.kind = layer.kind();
        let y = layer.export(x, self)?;
        (self.path, self.kind) = outer;
        Ok(y)
    }

    /// The error of a layer that has no counterpart in the format.
    #[must_use]
    pub fn refuse(&self) -> NnError {
        NnError::NotExportable {
            layer: self.path.trim_end_matches('.').to_owned(),
            kind: self.kind,
        }
    }

    pub(crate) fn into_nodes(self) -> Nodes {
        self.nodes
    }
}
