//! The group lasso: whole groups of parameters become zero.

use crate::error::LossError;
use crate::kernel::check;
use crate::regularizers::regularizer::Regularizer;
use gradus_numeric::{Float, norm2};

/// The sum of the lengths of groups of parameters: a group counts or it does not.
///
/// ```math
/// R(w) = \lambda \sqrt{n} \sum_g \lVert w_g \rVert_2, \qquad
/// \operatorname{prox}_{t R}(w)_g = w_g \max\Bigl(0,\; 1 - \frac{t \lambda \sqrt n}{\lVert w_g \rVert_2}\Bigr)
/// ```
///
/// where the groups $`w_g`$ are $`n`$ = `size` parameters that follow each other (the last one may be shorter and then has its own
/// $`\sqrt n`$): the weights of one unit, or of one feature in all units. With `size` 1 it is [`L1`](crate::L1). A group at 0
/// has the subgradient 0.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | groups of one are the lasso | `groups_of_one_are_the_lasso` |
/// | gradient = differences | `regularizer_gradients_are_derivatives` |
/// | the proximal map obeys its inequality | `proximal_maps_of_regularizers_obey_their_inequality` |
/// | $`\operatorname{prox}_{c t R}(c w) = c \operatorname{prox}_{t R}(w)`$ | `shrinkage_of_groups_does_not_see_scale` |
///
/// # Numerics
///
/// Lengths are computed without overflow, and the map is right even where a length itself is beyond the largest number. A step of 0 changes no bit.
///
/// # Errors
///
/// [`LossError::InvalidStrength`]; [`LossError::OutsideInterval`] for a size of 0.
///
/// # Examples
///
/// ```
/// use gradus_losses::{GroupLasso, Regularizer};
///
/// let pairs = GroupLasso { lambda: 1.0, size: 4 };
/// assert_eq!(pairs.value(&[3.0, 4.0, 0.0, 0.0])?, 10.0); // √4 · 5
/// let mut theta = [3.0, 4.0, 0.0, 0.0];
/// pairs.shrink(&mut theta, 1.25)?;
/// assert_eq!(theta, [1.5, 2.0, 0.0, 0.0]); // 5 − 1.25 · 2, half of the length
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// M. Yuan and Y. Lin, *Model selection and estimation in regression with grouped variables* (2006), equation 2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupLasso {
    /// The strength $`\lambda \ge 0`$.
    pub lambda: f64,
    /// How many parameters follow each other in a group, at least 1.
    pub size: usize,
}

impl GroupLasso {
    fn check(&self) -> Result<(), LossError> {
        check::strength(self.lambda)?;
        check::inside("size", self.size as f64, self.size > 0, "[1, ∞)")
    }

    /// $`t \lambda \sqrt n`$ of a group; nothing for $`t = 0`$, however large the rest is.
    fn price<T>(&self, t: f64, group: &[T]) -> f64 {
        t * self.lambda * (group.len() as f64).sqrt()
    }

    /// Which part of a group its proximal map keeps.
    fn kept<T: Float>(&self, step: f64, group: &[T]) -> f64 {
        let (mut unit, mut size) = (1.0, length(1.0, group));
        if size.is_infinite() {
            // A length beyond the largest number is measured in a unit of its own.
            (unit, size) = (UNIT, length(UNIT, group));
        }
        let by = self.price(step * unit, group);
        if size > by { (size - by) / size } else { 0.0 }
    }
}

impl<T: Float> Regularizer<T> for GroupLasso {
    fn value(&self, theta: &[T]) -> Result<f64, LossError> {
        self.check()?;
        let groups = theta.chunks(self.size);
        Ok(groups.map(|g| self.price(1.0, g) * length(1.0, g)).sum())
    }

    fn add_gradient(&self, theta: &[T], gradient: &mut [T]) -> Result<(), LossError> {
        self.check()?;
        check::gradient_length(theta.len(), gradient.len())?;
        for (group, gradient) in theta.chunks(self.size).zip(gradient.chunks_mut(self.size)) {
            let (price, length) = (self.price(1.0, group), length(1.0, group));
            for (w, g) in group.iter().zip(gradient) {
                let slope = if length > 0.0 {
                    w.to_f64() / length
                } else {
                    0.0
                };
                *g += T::from_f64(price * slope);
            }
        }
        Ok(())
    }

    fn shrink(&self, theta: &mut [T], step: f64) -> Result<(), LossError> {
        self.check()?;
        check::not_negative("step", step)?;
        for group in theta.chunks_mut(self.size) {
            let kept = self.kept(step, group);
            for w in group {
                *w = T::from_f64(w.to_f64() * kept);
            }
        }
        Ok(())
    }
}

/// The length of `unit` times a group.
fn length<T: Float>(unit: f64, group: &[T]) -> f64 {
    let group: Vec<f64> = group.iter().map(|w| unit * w.to_f64()).collect();
    norm2(&group)
}

/// Lengths of up to 2⁶⁴ numbers do not overflow in it.
const UNIT: f64 = 1.0 / 4_294_967_296.0;
