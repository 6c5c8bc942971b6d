//! All numbers of a sample as a vector.

use crate::error::NnError;
use crate::recording::{Batch, Export, Layer, Pass, Value};
use crate::sample_shape::SampleShape;
use gradus_linalg::Scalar;

/// All numbers of a sample as a vector, channel after channel: no number moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flatten;

impl<T: Scalar> Layer<T> for Flatten {
    fn kind(&self) -> &'static str {
        "flatten"
    }
    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        _: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        Ok(x.with(SampleShape::Vector(x.sample.len()), |x| x))
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let (name, places) = (graph.node("Flatten", &[&x.name], &[]), 0);
        Ok(Value { name, places })
    }
}
