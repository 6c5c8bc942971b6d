//! Sharpness-aware minimization: the gradient from the worst place nearby.

use crate::core::global_norm::global_norm;
use crate::core::gradient::Gradient;
use gradus_numeric::Float;

/// The gradient at the sharpest place within `rho` of θ, for SAM; answers the loss at θ.
///
/// ```math
/// g = \nabla f\Bigl(\theta + \rho \frac{\nabla f(\theta)}{\lVert \nabla f(\theta) \rVert}\Bigr)
/// ```
///
/// It changes the question, not the answer: any optimizer then makes its step from $`g`$. `ask` computes
/// value and gradient at any parameters; `nearby` is memory as long as θ.
///
/// # Errors
///
/// What `ask` says.
///
/// # References
///
/// P. Foret et al., *Sharpness-aware minimization for efficiently improving generalization* (2021),
/// algorithm 1.
pub fn sharpest<T: Float, E>(
    rho: f64,
    theta: &[T],
    nearby: &mut [T],
    gradient: &mut [T],
    mut ask: impl FnMut(&[T], &mut [T]) -> Result<f64, E>,
) -> Result<f64, E> {
    let loss = ask(theta, gradient)?;
    let norm = global_norm(Gradient::sum_of(&[gradient]));
    let scale = T::from_f64(if norm > 0.0 { rho / norm } else { 0.0 });
    for ((near, &x), &g) in nearby.iter_mut().zip(theta).zip(&*gradient) {
        *near = x + scale * g;
    }
    ask(nearby, gradient)?;
    Ok(loss)
}
