//! The elastic net: L1 and L2 together.

use crate::error::LossError;
use crate::kernel::check;
use crate::regularizers::regularizer::{L1, L2, Regularizer};
use gradus_numeric::Float;

/// L1 and L2 together: selects like the lasso, and keeps what belongs together.
///
/// ```math
/// R(w) = \lambda_1 \lVert w \rVert_1 + \frac{\lambda_2}{2} \lVert w \rVert_2^2, \qquad
/// \operatorname{prox}_{t R}(w)_i = \frac{\operatorname{sign}(w_i) \max(\lvert w_i \rvert - t \lambda_1, 0)}{1 + t \lambda_2}
/// ```
///
/// where $`\lambda_1`$ is `l1` and $`\lambda_2`$ is `l2`. Of features that nearly say the same the lasso takes one, which one is
/// chance; the square makes the sum strictly convex, and their weights come out nearly equal. scikit-learn's `alpha` and
/// `l1_ratio` $`= \rho`$ are $`\lambda_1 = \alpha\rho`$ and $`\lambda_2 = \alpha(1 - \rho)`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is the sum of [`L1`] and [`L2`] | `the_elastic_net_is_the_sum_of_both` |
/// | the proximal map obeys its inequality | `proximal_maps_of_regularizers_obey_their_inequality` |
///
/// # Errors
///
/// [`LossError::InvalidStrength`] for either strength.
///
/// # Examples
///
/// ```
/// use gradus_losses::{ElasticNet, Regularizer};
///
/// let net = ElasticNet { l1: 1.0, l2: 0.5 };
/// assert_eq!(net.value(&[3.0, -4.0])?, 7.0 + 6.25);
/// let mut theta = [4.0, -0.5];
/// net.shrink(&mut theta, 2.0)?;
/// assert_eq!(theta, [1.0, 0.0]); // (4 − 2) / 2
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// H. Zou and T. Hastie, *Regularization and variable selection via the elastic net* (2005), §2 (the naive one).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ElasticNet {
    /// The strength of the sum of magnitudes, $`\lambda_1 \ge 0`$.
    pub l1: f64,
    /// The strength of half the sum of squares, $`\lambda_2 \ge 0`$.
    pub l2: f64,
}

impl ElasticNet {
    fn parts(&self) -> (L1, L2) {
        (L1 { lambda: self.l1 }, L2 { lambda: self.l2 })
    }
}

impl<T: Float> Regularizer<T> for ElasticNet {
    fn value(&self, theta: &[T]) -> Result<f64, LossError> {
        let (l1, l2) = self.parts();
        Ok(l1.value(theta)? + l2.value(theta)?)
    }

    fn add_gradient(&self, theta: &[T], gradient: &mut [T]) -> Result<(), LossError> {
        let (l1, l2) = self.parts();
        check::strength(self.l2)?; // before anything is written
        l1.add_gradient(theta, gradient)?;
        l2.add_gradient(theta, gradient)
    }

    fn shrink(&self, theta: &mut [T], step: f64) -> Result<(), LossError> {
        let (l1, l2) = self.parts();
        check::strength(self.l2)?;
        check::not_negative("step", step)?;
        l1.shrink(theta, step)?;
        l2.shrink(theta, step)
    }
}
