//! Sharpness-aware minimization: the gradient from the worst place nearby.

use crate::core::global_norm::global_norm;
use crate::core::gradient::Gradient;
use gradus_numeric::Float;
use std::iter::zip;

/// The gradient at the sharpest point nearby, for any chain to follow; the loss at the parameters themselves.
///
/// ```math
/// \tilde\theta = \theta + \rho\, \frac{g(\theta)}{\lVert g(\theta) \rVert_2}, \qquad
/// \text{gradient} \leftarrow g(\tilde\theta)
/// ```
///
/// where $`\rho`$ is `rho` and $`g`$ is what `ask` writes: it is called with parameters and memory for their gradient, and
/// answers with the loss. A minimum that is flat in a neighborhood of radius $`\rho`$ generalizes better than a sharp
/// one; to first order $`\tilde\theta`$ is the worst point of the neighborhood. An optimizer answers gradients, SAM changes
/// the question: it is no transformation, and any chain follows. `nearby` is memory for $`\tilde\theta`$.
///
/// # Shapes
///
/// `theta: n`, `nearby: n`, `gradient: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | on $`\tfrac{1}{2} x^\top A x`$ the gradient is $`A x + \rho A A x / \lVert A x \rVert`$ | `sharpest_of_a_quadratic_is_known` |
///
/// # Numerics
///
/// Where the gradient is zero, the point stays. The direction is computed in double precision, so that tiny gradients do
/// not overflow in $`\rho / \lVert g \rVert`$.
///
/// # Errors
///
/// What `ask` answers; `gradient` and `nearby` then hold what was written so far.
///
/// # Examples
///
/// ```
/// use gradus_optim::sharpest;
///
/// let (mut nearby, mut gradient) = ([0.0; 2], [0.0; 2]);
/// let loss = sharpest(0.5, &[3.0, 4.0], &mut nearby, &mut gradient, |x, g| {
///     g.copy_from_slice(x); // of ½|x|²
///     Ok::<_, std::convert::Infallible>(0.5 * (x[0] * x[0] + x[1] * x[1]))
/// })?;
/// assert_eq!(loss, 12.5);
/// assert_eq!(gradient, [3.3, 4.4]); // a tenth of 5 further out
/// # Ok::<(), std::convert::Infallible>(())
/// ```
///
/// # References
///
/// P. Foret et al., *Sharpness-aware minimization for efficiently improving generalization* (2021), algorithm 1,
/// <https://arxiv.org/abs/2010.01412>.
#[doc(alias = "SAM")]
pub fn sharpest<T: Float, E>(
    rho: f64,
    theta: &[T],
    nearby: &mut [T],
    gradient: &mut [T],
    mut ask: impl FnMut(&[T], &mut [T]) -> Result<f64, E>,
) -> Result<f64, E> {
    let loss = ask(theta, gradient)?;
    let norm = global_norm(Gradient::sum_of(&[gradient]));
    for (near, (&x, &g)) in zip(&mut *nearby, zip(theta, &*gradient)) {
        let direction = if norm > 0.0 { g.to_f64() / norm } else { 0.0 };
        *near = T::from_f64(x.to_f64() + rho * direction);
    }
    ask(nearby, gradient)?;
    Ok(loss)
}
