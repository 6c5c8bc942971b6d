//! Layers one after the other.

use crate::error::NnError;
use crate::recording::{Batch, Export, Layer, Pass, Value};
use gradus_linalg::Scalar;

/// Layers one after the other, $`f_L \circ \dots \circ f_1`$; their names are their indices.
#[derive(Debug)]
pub struct Sequential<T: Scalar> {
    /// The layers, first to last.
    pub layers: Vec<Box<dyn Layer<T>>>,
}

impl<T: Scalar> Layer<T> for Sequential<T> {
    fn kind(&self) -> &'static str {
        "sequential"
    }
    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let mut layers = self.layers.iter().enumerate();
        layers.try_fold(x, |x, (i, layer)| pass.layer(i, &**layer, x))
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let mut layers = self.layers.iter().enumerate();
        layers.try_fold(x, |x, (i, layer)| graph.layer(i, &**layer, x))
    }
}
