//! The rectifier that lets a part of the negative numbers through.

use crate::scalars::function::{Unary, pull};
use crate::scalars::kink::least_norm;
use crate::scalars::real::Real;

/// The leaky rectified linear unit, with a slope for negative numbers.
///
/// ```math
/// f(x) = \begin{cases} x & x \ge 0 \\ s x & x < 0 \end{cases}, \qquad
/// f'(x) = \begin{cases} 1 & x > 0 \\ s & x < 0 \end{cases}
/// ```
///
/// where $`s`$ is `slope`. A unit whose input is negative for every sample still learns; a usual slope is
/// 0.01.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | slope 0 is the rectifier, slope 1 the identity, slope −1 the absolute value | `leaky_relu_goes_from_relu_to_the_identity` |
/// | $`f(c x) = c f(x)`$ for $`c = 2^k`$ | `leaky_relu_is_positively_homogeneous` |
/// | $`f(y) \ge f(x) + f'(x) (y - x)`$ for $`s \le 1`$, at the kink too | `slopes_at_kinks_are_subgradients` |
///
/// # Numerics
///
/// One rounding for negative numbers, exact otherwise; −0 stays −0. The slope at 0 is the number of smallest
/// magnitude between `slope` and 1 (PyTorch takes `slope`, which is the same for $`0 \le s \le 1`$). With
/// slope 0 the value at $`-\infty`$ is 0.
///
/// # Examples
///
/// ```
/// use gradus_numeric::leaky_relu;
///
/// assert_eq!(leaky_relu(3.0, 0.25), 3.0);
/// assert_eq!(leaky_relu(-3.0, 0.25), -0.75);
/// ```
///
/// # References
///
/// A. L. Maas, A. Y. Hannun and A. Y. Ng, *Rectifier nonlinearities improve neural network acoustic
/// models*, ICML Workshop on Deep Learning for Audio, Speech and Language Processing (2013), §2, eq. 2.
#[inline(always)]
pub fn leaky_relu<R: Real>(x: R, slope: f64) -> R {
    x.apply(LeakyRelu { slope })
}

/// The row of [`leaky_relu`](crate::leaky_relu).
#[derive(Clone, Copy, Debug)]
pub struct LeakyRelu {
    /// The slope for negative numbers.
    pub slope: f64,
}
impl Unary for LeakyRelu {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        if x < 0.0 { pull(x, self.slope) } else { x }
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        let x = x.to_f64();
        R::from_f64(if x > 0.0 {
            1.0
        } else if x < 0.0 {
            self.slope
        } else {
            least_norm(self.slope, 1.0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges() {
        let x = [f64::NEG_INFINITY, -2.0, -0.0, 0.0, 2.0, f64::INFINITY];
        let y = [f64::NEG_INFINITY, -0.5, -0.0, 0.0, 2.0, f64::INFINITY];
        assert_eq!(
            x.map(|x| leaky_relu(x, 0.25).to_bits()),
            y.map(f64::to_bits)
        );
        assert_eq!(leaky_relu(f64::NEG_INFINITY, 0.0), 0.0);
        assert!(leaky_relu(f64::NAN, 0.25).is_nan());
    }

    #[test]
    fn slope_at_the_kink_has_least_norm() {
        let at_zero = |slope| LeakyRelu { slope }.slope(0.0, 0.0);
        assert_eq!([0.01, 0.0, -1.0, 3.0].map(at_zero), [0.01, 0.0, 0.0, 1.0]);
        let quarter = LeakyRelu { slope: 0.25 };
        assert_eq!([-1.0, 1.0].map(|x| quarter.slope(x, f64::NAN)), [0.25, 1.0]);
    }
}
