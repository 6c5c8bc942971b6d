//! Linear to the right, exponential to the left: ELU, SELU and CELU.

use crate::scalars::function::Unary;
use crate::scalars::kink::least_norm;
use crate::scalars::real::Real;

/// The exponential linear unit.
///
/// ```math
/// \operatorname{elu}(x) = \begin{cases} x & x \ge 0 \\ \alpha\,(e^x - 1) & x < 0 \end{cases}
/// ```
///
/// It saturates at $`-\alpha`$, so that units can have mean 0. Only with $`\alpha = 1`$ is there no kink;
/// [`celu`] has none for any $`\alpha`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | continuous and increasing for $`\alpha > 0`$ | `exponential_linear_units_never_fall` |
/// | $`\operatorname{elu}(\ln(1 + y)) = y`$ for $`y < 0`$, $`\alpha = 1`$ | `elu_is_undone_by_ln_1p` |
///
/// # Numerics
///
/// `exp_m1` keeps the digits of small numbers; at most 2 ULP ([measured](crate#accuracy)). Limits: $`-\alpha`$ at
/// $`-\infty`$, $`+\infty`$ at $`+\infty`$. The slope at 0 is the number of smallest magnitude between 1 and
/// $`\alpha`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::elu;
///
/// assert_eq!(elu(2.0, 1.5), 2.0);
/// assert_eq!(elu(-1000.0, 1.5), -1.5);
/// assert_eq!(elu(-1e-20, 1.0), -1e-20); // e^x - 1 would be 0
/// ```
///
/// # References
///
/// D.-A. Clevert, T. Unterthiner and S. Hochreiter, *Fast and accurate deep network learning by exponential
/// linear units (ELUs)*, ICLR (2016), eq. 15, <https://arxiv.org/abs/1511.07289>.
#[inline(always)]
pub fn elu<R: Real>(x: R, alpha: f64) -> R {
    x.apply(Elu {
        right: 1.0,
        left: alpha,
        width: 1.0,
    })
}

/// The scaled exponential linear unit, which keeps mean 0 and variance 1.
///
/// ```math
/// \operatorname{selu}(x) = \begin{cases} \lambda x & x \ge 0 \\ \lambda \alpha\,(e^x - 1) & x < 0 \end{cases},
/// \qquad \lambda = 1.0507\ldots, \quad \alpha = 1.6733\ldots
/// ```
///
/// The two constants are the ones for which a standard normal `x` gives a value of mean 0 and variance 1
/// again.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | mean 0 and variance 1 of a standard normal `x` are kept | `selu_keeps_mean_zero_and_variance_one` |
/// | increasing | `exponential_linear_units_never_fall` |
///
/// # Numerics
///
/// At most 2 ULP ([measured](crate#accuracy)). Limits: $`-\lambda\alpha = -1.7580\ldots`$ at
/// $`-\infty`$, $`+\infty`$ at $`+\infty`$. The slope at 0 is $`\lambda`$, the smaller one of the two sides.
///
/// # Examples
///
/// ```
/// use gradus_numeric::selu;
///
/// assert_eq!(selu(1.0), 1.050_700_987_355_480_5);
/// assert_eq!(selu(-1000.0), -1.758_099_340_847_376_8);
/// ```
///
/// # References
///
/// G. Klambauer, T. Unterthiner, A. Mayr and S. Hochreiter, *Self-normalizing neural networks*, NIPS
/// (2017), eq. 2 and 14, <https://arxiv.org/abs/1706.02515>.
#[inline(always)]
pub fn selu<R: Real>(x: R) -> R {
    x.apply(Elu::SELU)
}

/// The continuously differentiable exponential linear unit.
///
/// ```math
/// \operatorname{celu}(x) = \begin{cases} x & x \ge 0 \\ \alpha\,(e^{x / \alpha} - 1) & x < 0 \end{cases},
/// \qquad \alpha > 0
/// ```
///
/// As [`elu`], it saturates at $`-\alpha`$; its slope at 0 is 1 from both sides. $`\alpha \to 0`$ gives the
/// rectifier, $`\alpha \to \infty`$ the identity.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{celu}_1 = \operatorname{elu}_1`$, to the bit | `celu_and_elu_agree_at_one` |
/// | $`\operatorname{celu}_\alpha(\alpha x) = \alpha \operatorname{celu}_1(x)`$ | `celu_is_a_stretched_elu` |
/// | increasing | `exponential_linear_units_never_fall` |
///
/// # Numerics
///
/// At most 3 ULP ([measured](crate#accuracy)). Limits: $`-\alpha`$ at $`-\infty`$, $`+\infty`$ at $`+\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::celu;
///
/// assert_eq!(celu(2.0, 0.5), 2.0);
/// assert_eq!(celu(-1000.0, 0.5), -0.5);
/// ```
///
/// # References
///
/// J. T. Barron, *Continuously differentiable exponential linear units* (2017), eq. 2,
/// <https://arxiv.org/abs/1704.07483>.
#[inline(always)]
pub fn celu<R: Real>(x: R, alpha: f64) -> R {
    x.apply(Elu {
        right: 1.0,
        left: 1.0,
        width: alpha,
    })
}

/// The row of [`elu`](crate::elu), [`selu`](crate::selu) and [`celu`](crate::celu).
///
/// ```math
/// f(x) = \begin{cases} r x & x \ge 0 \\ l w\,(e^{x / w} - 1) & x < 0 \end{cases}, \qquad
/// f'(x) = \begin{cases} r & x > 0 \\ l e^{x / w} & x < 0 \end{cases}
/// ```
///
/// where $`r`$ is `right`, $`l`$ is `left` and $`w > 0`$ is `width`.
#[derive(Clone, Copy, Debug)]
pub struct Elu {
    /// The slope on the right.
    pub right: f64,
    /// The slope just left of 0.
    pub left: f64,
    /// The way to the left on which the slope falls by the factor e.
    pub width: f64,
}

impl Elu {
    /// The self-normalizing unit; mpmath at 50 digits: λ and λα of Klambauer et al., eq. 14, where
    /// `a = -sqrt(2/pi) / (erfc(1/sqrt(2)) * exp(1/2) - 1)` and λ makes the second moment 1.
    pub const SELU: Self = Self {
        right: 1.050_700_987_355_480_5,
        left: 1.758_099_340_847_376_8,
        width: 1.0,
    };
}

impl Unary for Elu {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        if x >= 0.0 {
            self.right * x
        } else {
            self.left * self.width * (x / self.width).exp_m1()
        }
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        let zero = R::from_f64(0.0);
        if x > zero {
            R::from_f64(self.right)
        } else if x == zero {
            R::from_f64(least_norm(self.left, self.right))
        } else {
            R::from_f64(self.left) * (x / R::from_f64(self.width)).exp()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn edges() {
        assert_eq!(
            [-INFINITY, f64::MIN, -0.0, 0.0, INFINITY].map(|x| elu(x, 2.0)),
            [-2.0, -2.0, 0.0, 0.0, INFINITY]
        );
        assert_eq!([-INFINITY, INFINITY].map(selu), [-Elu::SELU.left, INFINITY]);
        assert_eq!(
            [-INFINITY, INFINITY].map(|x| celu(x, 0.25)),
            [-0.25, INFINITY]
        );
        assert!(elu(-0.0_f64, 1.0).is_sign_negative() && celu(-0.0_f64, 3.0).is_sign_negative());
        assert!(elu(f64::NAN, 1.0).is_nan() && selu(f64::NAN).is_nan());
        assert!(celu(f64::NAN, 1.0).is_nan());
    }

    #[test]
    fn a_width_of_zero_is_the_rectifier() {
        assert_eq!([-3.0, 0.0, 3.0].map(|x| celu(x, 0.0)), [0.0, 0.0, 3.0]);
    }

    #[test]
    fn values_by_hand() {
        assert_eq!(elu(-2.0_f64.ln(), 3.0), -1.5);
        assert_eq!(celu(-2.0 * 2.0_f64.ln(), 2.0), -1.0);
    }

    #[test]
    fn slope_at_zero_has_least_norm() {
        let slope = |left| {
            Elu {
                left,
                right: 1.0,
                width: 1.0,
            }
            .slope(0.0, 0.0)
        };
        assert_eq!([0.5, 1.0, 2.0, -1.0].map(slope), [0.5, 1.0, 1.0, 0.0]);
        assert_eq!(Elu::SELU.slope(0.0, 0.0), Elu::SELU.right);
        assert_eq!(Elu::SELU.slope(-INFINITY, 0.0), 0.0);
    }
}
