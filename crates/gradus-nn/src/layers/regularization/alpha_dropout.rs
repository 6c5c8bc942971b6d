//! Dropout that keeps mean and variance of self-normalizing networks.

use super::mask::Draws;
use crate::error::NnError;
use crate::recording::{Batch, Export, Layer, Pass, Value};
use gradus_linalg::Scalar;

/// Alpha dropout: in training, each entry becomes the limit $`\alpha'`$ of SELU with probability `rate`, and all are
/// scaled and shifted so that mean 0 and variance 1 stay; in evaluation nothing happens.
///
/// ```math
/// y = a\,(m \circ x + \alpha' (1 - m)) + b, \qquad
/// a = \bigl(q + \alpha'^2 q (1 - q)\bigr)^{-1/2}, \quad b = -a\,(1 - q)\,\alpha', \quad q = 1 - p
/// ```
///
/// where $`\alpha' = -\lambda \alpha = -1.7580993408473766`$ is what SELU tends to on the left: the value of a unit that
/// is off. Zero, which [`Dropout`](super::Dropout) puts there, would shift the mean that SELU keeps.
///
/// # Shapes
///
/// Any sample, and the same comes out.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | mean 0 and variance 1 are kept, within 5σ | `alpha_dropout_keeps_mean_and_variance` |
///
/// # Numerics
///
/// With `rate = 1` nothing is left, and $`q = 0`$ gives $`a = \infty`$: then all entries are 0.
///
/// # Errors
///
/// [`NnError::Domain`] for a rate outside of `[0, 1]`.
///
/// # References
///
/// G. Klambauer et al., *Self-normalizing neural networks*, NIPS 2017, "Alpha dropout",
/// <https://arxiv.org/abs/1706.02515>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlphaDropout {
    /// Probability to be dropped, in `[0, 1]`.
    pub rate: f64,
}

impl<T: Scalar> Layer<T> for AlphaDropout {
    fn kind(&self) -> &'static str {
        "alpha dropout"
    }

    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let Some(draws) = Draws::new(self.rate, pass)? else {
            return Ok(x);
        };
        let q = draws.keep();
        let (a, b) = if q > 0.0 {
            let a = 1.0 / (q + LIMIT * LIMIT * q * (1.0 - q)).sqrt();
            (a, -a * (1.0 - q) * LIMIT)
        } else {
            (0.0, 0.0)
        };
        // Both masks are the same draws: a m, and a α' (1 − m) + b.
        let shape = x.matrix.shape();
        let scale = draws.mask(pass, shape, 1, [a, 0.0]);
        let shift = draws.mask(pass, shape, 1, [b, a * LIMIT + b]);
        Ok(x.map(|x| x.hadamard(scale) + shift))
    }

    fn export(&self, x: Value, _: &mut Export<'_, T>) -> Result<Value, NnError> {
        Ok(x) // in evaluation
    }
}

/// $`-\lambda \alpha`$ with $`\lambda = 1.0507009873554805`$, $`\alpha = 1.6732632423543772`$.
const LIMIT: f64 = -1.7580993408473766;
