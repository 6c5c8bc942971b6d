//! The logit: log-odds of a probability.

use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// The log-odds of a probability, the inverse of the sigmoid.
///
/// ```math
/// \operatorname{logit}(p) = \ln \frac{p}{1 - p}, \qquad
/// \operatorname{logit}'(p) = \frac{1}{p\,(1 - p)}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\sigma(\operatorname{logit}(p)) = p`$ | `sigmoid_inverts_logit` |
/// | $`\operatorname{logit}(1 - p) = -\operatorname{logit}(p)`$ | `logit_is_odd_around_one_half` |
/// | $`\sigma'(x) \operatorname{logit}'(\sigma(x)) = 1`$ | `slopes_of_sigmoid_and_logit_are_inverse` |
///
/// # Numerics
///
/// Around $`p = \frac12`$ the quotient is near 1, and its logarithm keeps nothing but the rounding error of
/// the quotient. There, for $`\frac14 \le p \le \frac34`$,
///
/// ```math
/// \operatorname{logit}(p) = \pm \ln \Bigl( 1 + \frac{\lvert 2p - 1 \rvert}{\min(p, 1 - p)} \Bigr)
/// ```
///
/// by `ln_1p`: numerator and denominator are exact by Sterbenz's lemma, and the logarithm of a number above 1 does
/// not enlarge the error of the quotient ($`2 \operatorname{artanh}(2p - 1)`$ does, and reaches 3 ULP). Outside,
/// $`\ln(p / (1 - p))`$. Below 2 ULP ([measured](crate#accuracy)). The values at 0 and 1 are $`\mp\infty`$, with
/// slopes $`+\infty`$; outside of $`[0, 1]`$ the value is NaN.
///
/// # Examples
///
/// ```
/// use gradus_numeric::logit;
///
/// assert_eq!(logit(0.5), 0.0);
/// assert_eq!(logit(0.9375), 15.0_f64.ln()); // odds 15 : 1
/// assert_eq!(logit(1.0), f64::INFINITY);
/// ```
///
/// # References
///
/// P. H. Sterbenz, *Floating-Point Computation*, Prentice-Hall (1974), theorem 4.3.1 (exact difference);
/// J. Berkson, *Application of the logistic function to bio-assay*, J. Amer. Statist. Assoc. 39 (1944),
/// 357–365, <https://doi.org/10.1080/01621459.1944.10500699> (the name).
#[doc(alias = "log odds")]
#[inline(always)]
pub fn logit<R: Real>(p: R) -> R {
    p.apply(Logit)
}

/// The row of [`logit`](crate::logit).
#[derive(Clone, Copy, Debug)]
pub struct Logit;
impl Unary for Logit {
    #[inline(always)]
    fn value(self, p: f64) -> f64 {
        if (0.25..=0.75).contains(&p) {
            let z = (2.0 * p - 1.0) / p.min(1.0 - p);
            z.abs().ln_1p().copysign(z)
        } else {
            (p / (1.0 - p)).ln()
        }
    }
    #[inline(always)]
    fn slope<R: Real>(self, p: R, _y: R) -> R {
        let one = R::from_f64(1.0);
        one / (p * (one - p))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges() {
        assert_eq!(
            [0.0, -0.0, 1.0].map(logit),
            [f64::NEG_INFINITY, f64::NEG_INFINITY, f64::INFINITY]
        );
        assert_eq!(logit(5e-324), 5e-324_f64.ln());
        for outside in [
            -1.0,
            -5e-324,
            1.0_f64.next_up(),
            2.0,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
        ] {
            assert!(logit(outside).is_nan(), "logit({outside})");
        }
    }

    #[test]
    fn nothing_is_lost_around_one_half() {
        assert_eq!(logit(0.5 + 1e-10), 4.0 * ((0.5 + 1e-10) - 0.5));
    }

    #[test]
    fn slope_at_the_center_and_the_ends() {
        assert_eq!(Logit.slope(0.5, 0.0), 4.0);
        assert_eq!(Logit.slope(0.0, f64::NEG_INFINITY), f64::INFINITY);
        assert_eq!(Logit.slope(1.0, f64::INFINITY), f64::INFINITY);
    }
}
