//! A residual connection.

use super::Sequential;
use crate::error::{Misfit, NnError};
use crate::recording::{Batch, Export, Layer, Pass, Value};
use gradus_linalg::Scalar;

/// Layers and a way around them, $`y = x + f(x)`$.
///
/// The names are those of `class Residual(nn.Sequential)` in PyTorch: `2.0.weight` is the weight of the first
/// inner layer of layer 2.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | layers that make zeros leave everything as it is | `a_residual_of_nothing_is_the_identity` |
///
/// # References
///
/// K. He et al., *Deep residual learning for image recognition*, CVPR 2016, (1).
#[derive(Debug)]
pub struct Residual<T: Scalar> {
    /// $`f`$.
    pub body: Sequential<T>,
}

impl<T: Scalar> Layer<T> for Residual<T> {
    fn kind(&self) -> &'static str {
        "residual"
    }
    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let y = self.body.forward(x, pass)?;
        if y.sample != x.sample {
            return Err(pass.misfit(x, Misfit::Residual { output: y.sample }));
        }
        Ok(y.map(|y| x.matrix + y))
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let y = self.body.export(x.clone(), graph)?;
        let name = graph.node("Add", &[&x.name, &y.name], &[]);
        Ok(Value { name, ..x })
    }
}
