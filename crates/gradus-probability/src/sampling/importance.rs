//! Importance sampling: draws from one distribution, weighted for another.

use crate::error::ProbabilityError;
use crate::finite::moments::expectation;
use gradus_numeric::{NumericError, Simplex, softmax};

/// A mean under one distribution from weighted draws of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighted {
    /// The weighted mean.
    pub mean: f64,
    /// As many draws from the right distribution would know as much: $`1 / \sum_i w_i^2`$.
    pub effective: f64,
}

/// The mean of a function under p from draws of q: self-normalized importance sampling.
///
/// ```math
/// \operatorname{E}_p f \approx \sum_i w_i f(x_i), \qquad w_i = \frac{p(x_i) / q(x_i)}{\sum_j p(x_j) / q(x_j)}
/// ```
///
/// where `values` are $`f(x_i)`$ at draws of q, and `ln_weights` $`\ln p(x_i) - \ln q(x_i)`$ up to a constant. If few draws carry all of the
/// weight, the mean is that of few: their *effective* number is $`1 / \sum w_i^2`$.
///
/// # Shapes
///
/// `ln_weights: n`, `values: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | equal weights: the mean, and n draws; between 1 and n always | `importance_weights_count_draws` |
/// | a constant in all logarithms changes nothing | `importance_weights_count_draws` |
/// | means of a normal distribution from another one (fixed seed) | `importance_sampling_finds_the_mean` |
///
/// # Errors
///
/// [`ProbabilityError::LengthMismatch`] if the lengths differ, [`ProbabilityError::InvalidLogLikelihood`] for a logarithm that is NaN or
/// +∞, [`ProbabilityError::ZeroEvidence`] if all are −∞, [`ProbabilityError::Numeric`] for a value that is NaN or infinite.
///
/// # Examples
///
/// ```
/// use gradus_probability::importance_mean;
///
/// let found = importance_mean(&[0.0, 3.0_f64.ln()], &[1.0, 5.0])?;
/// assert_eq!((found.mean, found.effective), (4.0, 1.6)); // ¼ + ¾ · 5, 1 / (1/16 + 9/16)
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// A. B. Owen, *Monte Carlo Theory, Methods and Examples* (2013), §9.2 and §9.3; A. Kong, *A note on importance sampling using
/// standardized weights* (1992).
#[doc(alias = "effective sample size")]
pub fn importance_mean(ln_weights: &[f64], values: &[f64]) -> Result<Weighted, ProbabilityError> {
    if let Some(index) = ln_weights
        .iter()
        .position(|w| w.is_nan() || *w == f64::INFINITY)
    {
        let value = ln_weights[index];
        return Err(ProbabilityError::InvalidLogLikelihood { index, value });
    }
    let weights = match softmax(ln_weights) {
        Ok(weights) => Simplex::from_weights(&weights)?,
        Err(NumericError::EmptySupport) => return Err(ProbabilityError::ZeroEvidence),
        Err(error) => return Err(error.into()),
    };
    let squares: f64 = weights.as_slice().iter().map(|w| w * w).sum();
    let n = weights.len() as f64;
    Ok(Weighted {
        mean: expectation(&weights, values)?,
        effective: (1.0 / squares).clamp(1.0, n),
    })
}
