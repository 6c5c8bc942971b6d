//! Softplus, the smooth rectifier.

use super::sigmoid::sigmoid;
use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// Softplus, the smooth rectifier.
///
/// ```math
/// \zeta(x) = \ln(1 + e^x), \qquad \zeta'(x) = \sigma(x)
/// ```
///
/// The integral of the sigmoid, and $`-\ln(1 - \sigma(x))`$: the surprise, in nats, that an event of
/// log-odds `x` does not happen.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\zeta(x) - \zeta(-x) = x`$ | `softplus_minus_its_mirror_is_the_identity` |
/// | $`\zeta(x) \ge \max(x, 0)`$ | `softplus_lies_above_relu` |
/// | $`\zeta' = \sigma`$ | `slope_of_softplus_is_sigmoid` |
/// | $`\lvert \zeta(x) - \zeta(y) \rvert \le \lvert x - y \rvert`$ | `softplus_is_lipschitz` |
///
/// # Numerics
///
/// $`\ln(1 + e^x) = \max(x, 0) + \ln(1 + e^{-\lvert x \rvert})`$, with `ln_1p`: both summands are non-negative, so
/// nothing cancels; below 2 ULP ([measured](crate#accuracy)) on the whole line. There is no threshold after which
/// the function is called linear (PyTorch's default of 20 is wrong by $`5.8 \cdot 10^5`$ ULP just after it).
/// Limits: 0 at $`-\infty`$, $`+\infty`$ at $`+\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::softplus;
///
/// assert_eq!(softplus(0.0), std::f64::consts::LN_2);
/// assert_eq!(softplus(1000.0), 1000.0);
/// assert_eq!(softplus(-700.0), (-700.0_f64).exp());
/// ```
///
/// # References
///
/// M. Mächler, *Accurately computing log(1 − exp(−|a|))*, R package Rmpfr (2012), §3 (`log1pexp`),
/// <https://cran.r-project.org/package=Rmpfr/vignettes/log1mexp-note.pdf>; Goodfellow, Bengio and
/// Courville, *Deep Learning* (2016), §3.10, eq. 3.31.
#[doc(alias = "log1pexp")]
#[inline(always)]
pub fn softplus<R: Real>(x: R) -> R {
    x.apply(Softplus)
}

/// The row of [`softplus`](crate::softplus).
#[derive(Clone, Copy, Debug)]
pub struct Softplus;
impl Unary for Softplus {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.max(0.0) + (-x.abs()).exp().ln_1p()
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        sigmoid(x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges() {
        let limits = [f64::NEG_INFINITY, -800.0, 800.0, f64::MAX, f64::INFINITY];
        assert_eq!(
            limits.map(softplus),
            [0.0, 0.0, 800.0, f64::MAX, f64::INFINITY]
        );
        assert!(softplus(f64::NAN).is_nan());
        assert_eq!(softplus(-745.0), (-745.0_f64).exp()); // subnormal
    }

    #[test]
    fn no_threshold_after_twenty() {
        assert!(softplus(20.0_f64.next_up()) > 20.0_f64.next_up()); // by e⁻²⁰, 5.8e5 ULP
    }

    #[test]
    fn slope_is_the_sigmoid() {
        assert_eq!(Softplus.slope(0.0, softplus(0.0)), 0.5);
        assert_eq!(Softplus.slope(1000.0, 1000.0), 1.0);
        assert_eq!(Softplus.slope(-1000.0, 0.0), 0.0);
    }
}
