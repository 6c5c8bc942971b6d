//! What large parameters cost.

use crate::error::LossError;
use crate::kernel::check;
use gradus_numeric::Float;
use std::fmt::Debug;
use std::iter::zip;

/// A price on the size of the parameters, added to a loss: value and gradient.
///
/// Which parameters pay is the caller's choice: give the slice of the weights and leave the biases out.
///
/// # Examples
///
/// ```
/// use gradus_losses::{L1, L2, LossError, Regularizer};
///
/// fn total(terms: &[&dyn Regularizer<f64>], theta: &[f64]) -> Result<f64, LossError> {
///     terms.iter().map(|term| term.value(theta)).sum()
/// }
/// let theta = [3.0, -4.0];
/// assert_eq!(total(&[&L1 { lambda: 1.0 }, &L2 { lambda: 1.0 }], &theta)?, 7.0 + 12.5);
/// # Ok::<(), LossError>(())
/// ```
pub trait Regularizer<T: Float>: Debug + Send + Sync {
    /// The value, in `f64`, summed in the order of the parameters.
    ///
    /// # Errors
    ///
    /// [`LossError::InvalidStrength`] if the strength is negative, infinite or NaN.
    fn value(&self, theta: &[T]) -> Result<f64, LossError>;

    /// Adds the gradient at `theta` to `gradient`.
    ///
    /// # Errors
    ///
    /// [`LossError::InvalidStrength`] if the strength is negative, infinite or NaN,
    /// [`LossError::GradientLength`] if the slices differ in length; nothing has been written then.
    fn add_gradient(&self, theta: &[T], gradient: &mut [T]) -> Result<(), LossError>;

    /// Replaces `theta` by its proximal map for a step of length `step`.
    ///
    /// ```math
    /// \operatorname{prox}_{t R}(w) = \arg\min_z R(z) + \frac{1}{2t} \lVert z - w \rVert^2
    /// ```
    ///
    /// A step down the gradient of the loss alone, followed by this map, is a step of the proximal gradient method: where
    /// the penalty has a kink, parameters land on it exactly. Its law is the variational inequality
    /// `proximal_maps_of_regularizers_obey_their_inequality`.
    ///
    /// # Errors
    ///
    /// [`LossError::InvalidStrength`] if the strength, or [`LossError::OutsideInterval`] if the step, is negative,
    /// infinite or NaN; nothing has been written then.
    fn shrink(&self, theta: &mut [T], step: f64) -> Result<(), LossError>;
}

/// The sum of the magnitudes times λ: drives parameters to exactly zero.
///
/// ```math
/// R(w) = \lambda \lVert w \rVert_1 = \lambda \sum_i |w_i|, \qquad
/// \frac{\partial R}{\partial w_i} = \lambda \operatorname{sgn}(w_i), \quad \operatorname{sgn}(0) = 0
/// ```
///
/// where $`w`$ are the parameters and $`\lambda \ge 0`$ the strength. At $`w_i = 0`$ every number in
/// $`[-\lambda, \lambda]`$ is a subgradient; 0 is the one of smallest magnitude.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | gradient = differences, off the kink | `regularizer_gradients_are_derivatives` |
/// | $`R(c w) = \lvert c \rvert R(w)`$ | `l1_is_homogeneous` |
///
/// # Examples
///
/// ```
/// use gradus_losses::{L1, Regularizer};
///
/// let l1 = L1 { lambda: 0.5 };
/// let mut gradient = [10.0, 10.0, 10.0];
/// l1.add_gradient(&[2.0, 0.0, -4.0], &mut gradient)?;
/// assert_eq!(l1.value(&[2.0, 0.0, -4.0])?, 3.0);
/// assert_eq!(gradient, [10.5, 10.0, 9.5]);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// R. Tibshirani, *Regression shrinkage and selection via the lasso*, J. R. Statist. Soc. B 58 (1996),
/// 267–288.
#[doc(alias = "lasso")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct L1 {
    /// The strength $`\lambda \ge 0`$.
    pub lambda: f64,
}

/// Half the sum of the squares times λ: shrinks every parameter by the same factor.
///
/// ```math
/// R(w) = \frac{\lambda}{2} \lVert w \rVert_2^2 = \frac{\lambda}{2} \sum_i w_i^2, \qquad
/// \frac{\partial R}{\partial w_i} = \lambda w_i
/// ```
///
/// where $`w`$ are the parameters and $`\lambda \ge 0`$ the strength. *With* the factor ½, as in
/// optimizers' weight decay: the convention $`\lambda \lVert w \rVert^2`$ (Keras) with the same λ is twice as
/// strong, so its λ is half of this one.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | gradient = differences | `regularizer_gradients_are_derivatives` |
/// | $`R(c w) = c^2 R(w)`$ | `l2_is_homogeneous_of_degree_two` |
///
/// # Examples
///
/// ```
/// use gradus_losses::{L2, Regularizer};
///
/// let l2 = L2 { lambda: 0.5 };
/// let mut gradient = [0.0, 0.0];
/// l2.add_gradient(&[3.0, -4.0], &mut gradient)?;
/// assert_eq!(l2.value(&[3.0, -4.0])?, 6.25); // ½ · ½ · 25
/// assert_eq!(gradient, [1.5, -2.0]);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// A. E. Hoerl and R. W. Kennard, *Ridge regression*, Technometrics 12 (1970), 55–67; the factor ½ as in
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, 2016, equation (7.2).
#[doc(alias = "ridge")]
#[doc(alias = "Tikhonov")]
#[doc(alias = "weight decay")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct L2 {
    /// The strength $`\lambda \ge 0`$.
    pub lambda: f64,
}

impl<T: Float> Regularizer<T> for L1 {
    fn value(&self, theta: &[T]) -> Result<f64, LossError> {
        check::strength(self.lambda)?;
        Ok(self.lambda * theta.iter().map(|w| w.to_f64().abs()).sum::<f64>())
    }

    fn add_gradient(&self, theta: &[T], gradient: &mut [T]) -> Result<(), LossError> {
        let sign = |w: f64| if w == 0.0 { 0.0 } else { w.signum() };
        add(self.lambda, theta, gradient, sign)
    }

    /// Soft thresholding.
    fn shrink(&self, theta: &mut [T], step: f64) -> Result<(), LossError> {
        check::strength(self.lambda)?;
        check::not_negative("step", step)?;
        map(theta, |w| soft(w, step * self.lambda));
        Ok(())
    }
}

impl<T: Float> Regularizer<T> for L2 {
    fn value(&self, theta: &[T]) -> Result<f64, LossError> {
        check::strength(self.lambda)?;
        let square = |w: &T| w.to_f64() * w.to_f64();
        Ok(0.5 * self.lambda * theta.iter().map(square).sum::<f64>())
    }

    fn add_gradient(&self, theta: &[T], gradient: &mut [T]) -> Result<(), LossError> {
        add(self.lambda, theta, gradient, |w| w)
    }

    /// $`w / (1 + t \lambda)`$.
    fn shrink(&self, theta: &mut [T], step: f64) -> Result<(), LossError> {
        check::strength(self.lambda)?;
        check::not_negative("step", step)?;
        map(theta, |w| w / (1.0 + step * self.lambda));
        Ok(())
    }
}

/// Replaces every number.
pub(crate) fn map<T: Float>(theta: &mut [T], f: impl Fn(f64) -> f64) {
    for w in theta {
        *w = T::from_f64(f(w.to_f64()));
    }
}

/// Towards zero by `by`, and not across.
pub(crate) fn soft(w: f64, by: f64) -> f64 {
    let size = w.abs() - by;
    // NaN stays NaN.
    if size <= 0.0 { 0.0 } else { size.copysign(w) }
}

/// `gradient[i] += lambda * slope(theta[i])`.
pub(crate) fn add<T: Float>(
    lambda: f64,
    theta: &[T],
    gradient: &mut [T],
    slope: impl Fn(f64) -> f64,
) -> Result<(), LossError> {
    check::strength(lambda)?;
    check::gradient_length(theta.len(), gradient.len())?;
    for (g, w) in zip(gradient, theta) {
        *g += T::from_f64(lambda * slope(w.to_f64()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{L1, L2, Regularizer};
    use crate::LossError;

    /// Articles 000 §3.2 (λΣw²) and 004 §4 (½Σθ²): the same λ means two strengths.
    #[test]
    fn erratum_the_half_of_l2_is_stated() {
        let (theta, lambda) = ([3.0, -4.0], 0.1);
        let mut gradient = [0.0; 2];
        L2 { lambda }.add_gradient(&theta, &mut gradient).unwrap();
        assert_eq!(gradient, theta.map(|w| lambda * w));
        assert_ne!(gradient, theta.map(|w| 2.0 * lambda * w)); // the gradient of λΣw²
        let without_half = |w: [f64; 2]| lambda * w.iter().map(|w| w * w).sum::<f64>();
        let doubled = L2 {
            lambda: 2.0 * lambda,
        };
        assert_eq!(doubled.value(&theta), Ok(without_half(theta)));
    }

    /// Article 004 §4 adds the *value* ½θ² of the penalty to the gradient: it pushes −1 away from 0.
    #[test]
    fn erratum_the_gradient_of_a_penalty_points_away_from_zero() {
        let (theta, l2) = ([-1.0], L2 { lambda: 1.0 });
        let mut gradient = [0.0];
        l2.add_gradient(&theta, &mut gradient).unwrap();
        let step = |g: f64| theta[0] - 0.1 * g;
        assert!(step(gradient[0]).abs() < 1.0);
        assert!(step(l2.value(&theta).unwrap()).abs() > 1.0);
    }

    #[test]
    fn l1_is_flat_at_zero() {
        let mut gradient = [0.0; 4];
        let l1 = L1 { lambda: 2.0 };
        l1.add_gradient(&[0.0, -0.0, 1e-300, -1e-300], &mut gradient)
            .unwrap();
        assert_eq!(gradient, [0.0, 0.0, 2.0, -2.0]);
    }

    #[test]
    fn what_is_no_strength_is_refused() {
        for lambda in [-1.0, f64::INFINITY, f64::NAN] {
            let mut gradient = [7.0];
            let refused = L2 { lambda }.add_gradient(&[1.0], &mut gradient);
            assert!(matches!(refused, Err(LossError::InvalidStrength { .. })));
            assert_eq!(gradient, [7.0]);
            assert!(L1 { lambda }.value(&[1.0]).is_err());
        }
        let lengths = L1 { lambda: 0.0 }.add_gradient(&[1.0], &mut [0.0; 2]);
        let (parameters, gradient) = (1, 2);
        assert_eq!(
            lengths,
            Err(LossError::GradientLength {
                parameters,
                gradient
            })
        );
    }
}
