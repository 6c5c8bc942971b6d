//! Gradients of a function that is blurred a little.

use crate::error::ExplainError;
use crate::inputs::{check_gradient, check_point};
use crate::sampled::Sampled;
use gradus_random::normal;
use gradus_random::rand::Rng;

/// The mean gradient near a point: that of the function blurred by a normal law.
///
/// ```math
/// \operatorname{E} \nabla f(x + \sigma z) = \nabla \bigl( f * \mathcal N(0, \sigma^2 I) \bigr)(x), \qquad z \sim \mathcal N(0, I)
/// ```
///
/// The gradient of a network changes from one point to the next faster than its answer does; blurring keeps what the points
/// near `x` have in common.
///
/// # Shapes
///
/// `x: n`; the result has $`n`$ values.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a linear model has the same gradient everywhere | `smoothing_keeps_the_gradient_of_a_linear_model` |
/// | it is the gradient of the blurred function: $`2 \Phi(x / \sigma) - 1`$ for $`\lvert x \rvert`$ | `a_smooth_gradient_is_that_of_the_blurred_function` |
/// | with $`\sigma = 0`$ it is the gradient | `smoothing_by_nothing_is_the_gradient` |
///
/// # Errors
///
/// [`ExplainError::Setting`] unless the deviation is finite and not negative, [`ExplainError::TooFewDraws`] for fewer than two draws,
/// [`ExplainError::Empty`], [`ExplainError::InputNotFinite`], [`ExplainError::LengthMismatch`], [`ExplainError::SlopeNotFinite`].
///
/// # Examples
///
/// ```
/// use gradus_explain::{Key, smooth_gradient};
///
/// let kink = |x: &[f64]| vec![x[0].signum()]; // the slope of |x|
/// let found = smooth_gradient(kink, &[0.0], 1.0, 1000, &mut Key::new(1).rng())?;
/// assert!(found.values[0].abs() < 4.0 * found.standard_errors[0]); // 0 by symmetry
/// # Ok::<(), gradus_explain::ExplainError>(())
/// ```
///
/// # References
///
/// D. Smilkov, N. Thorat, B. Kim, F. Viégas and M. Wattenberg, *SmoothGrad: removing noise by adding noise*, 2017.
#[doc(alias = "SmoothGrad")]
pub fn smooth_gradient(
    slope: impl Fn(&[f64]) -> Vec<f64>,
    x: &[f64],
    deviation: f64,
    draws: u32,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Sampled, ExplainError> {
    check_point(x)?;
    if !(deviation >= 0.0 && deviation.is_finite()) {
        let (name, value, domain) = ("deviation", deviation, "finite and not negative");
        return Err(ExplainError::Setting {
            name,
            value,
            domain,
        });
    }
    Sampled::of(x.len(), draws.into(), || {
        let near: Vec<f64> = x.iter().map(|x| x + deviation * normal(rng)).collect();
        check_gradient(slope(&near), x.len())
    })
}
