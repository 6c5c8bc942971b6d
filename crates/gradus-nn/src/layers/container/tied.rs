//! Layers that share their parameters.

use crate::error::NnError;
use crate::recording::{Batch, Export, Layer, Pass, Value};
use gradus_linalg::Scalar;

/// A layer with the parameters of a path: all layers with one path share them.
///
/// ```math
/// \frac{\partial L}{\partial \theta_{\text{path}}} = \sum_{\text{uses}} \frac{\partial L}{\partial \theta_{\text{use}}}
/// ```
///
/// The first one declares them, under that path and not under its place in the network; the others use them
/// again. `tied("0", …)` shares those of layer 0.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a tied layer used twice is the layer applied twice | `tied_layers_are_one_layer` |
#[derive(Debug)]
#[doc(alias = "weight sharing")]
pub struct Tied<T: Scalar> {
    /// Where the names of the parameters begin.
    pub path: String,
    /// What is computed with them.
    pub layer: Box<dyn Layer<T>>,
}

impl<T: Scalar> Layer<T> for Tied<T> {
    fn kind(&self) -> &'static str {
        "tied"
    }

    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        pass.tied(&self.path, &*self.layer, x)
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        graph.tied(&self.path, &*self.layer, x)
    }
}
