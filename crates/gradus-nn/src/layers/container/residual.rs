//! A residual connection.

use super::Sequential;
use crate::error::{Misfit, NnError};
use crate::recording::{Batch, Layer, Pass};
use gradus_linalg::Scalar;

/// Layers and a way around them, $`y = x + f(x)`$.
///
/// The names are those of `class Residual(nn.Sequential)` in PyTorch: `2.0.weight` is the weight of the first
/// inner layer of layer 2.
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

    fn is_samplewise(&self) -> bool {
        self.body.is_samplewise()
    }
}
