//! A number times its own logarithm, and the term of an entropy.

use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// A number times its own logarithm, continued by 0.
///
/// ```math
/// \operatorname{xlogx}(x) = x \ln x, \quad 0 \ln 0 = 0, \qquad \operatorname{xlogx}'(x) = 1 + \ln x
/// ```
///
/// The convex function whose sums are negative entropies.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{xlogx}(x) = \operatorname{xlogy}(x, x)`$, to the bit | `xlogx_is_xlogy_of_equals` |
/// | $`\operatorname{xlogx}(x) \ge x - 1`$ | `xlogx_lies_above_its_tangent_at_one` |
///
/// # Numerics
///
/// Two roundings, at most 2 ULP ([measured](crate#accuracy)). At 0 the value is 0 and the slope $`-\infty`$;
/// $`+\infty`$ at $`+\infty`$; NaN for $`x < 0`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::xlogx;
///
/// assert_eq!([0.0, 1.0].map(xlogx), [0.0, 0.0]);
/// assert_eq!(xlogx(2.0), 2.0 * std::f64::consts::LN_2);
/// ```
///
/// # References
///
/// T. M. Cover and J. A. Thomas, *Elements of Information Theory*, 2nd ed. (2006), §2.1 ($`0 \ln 0 = 0`$ by continuity).
#[inline(always)]
pub fn xlogx<R: Real>(x: R) -> R {
    x.apply(XLogX)
}

/// The term of an entropy: minus a number times its own logarithm.
///
/// ```math
/// \operatorname{entr}(x) = \begin{cases} -x \ln x & x > 0 \\ 0 & x = 0 \\ -\infty & x < 0 \end{cases},
/// \qquad \operatorname{entr}'(x) = -1 - \ln x
/// ```
///
/// What an outcome of probability `x` adds to the entropy, in nats. Concave on the whole line, which is why
/// it is $`-\infty`$ where there is no probability (as in SciPy and in convex programming).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{entr}(x) = -\operatorname{xlogx}(x)`$ for $`x \ge 0`$ | `entr_is_minus_xlogx` |
/// | $`\operatorname{entr}(x) \le 1 / e`$, attained at $`1 / e`$ | `entr_is_at_most_one_over_e` |
/// | concave | `entr_is_concave` |
///
/// # Numerics
///
/// As [`xlogx`]. A certain outcome and an impossible one give +0, not −0. The slope at 0 is $`+\infty`$,
/// NaN for $`x < 0`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::entr;
///
/// assert_eq!([0.0, 1.0].map(entr), [0.0, 0.0]);
/// assert_eq!(entr(0.5), 0.5 * std::f64::consts::LN_2);
/// assert_eq!(entr(-1.0), f64::NEG_INFINITY);
/// ```
///
/// # References
///
/// S. Boyd and L. Vandenberghe, *Convex Optimization* (2004), §3.1.5.
#[inline(always)]
pub fn entr<R: Real>(x: R) -> R {
    x.apply(Entr)
}

/// The row of [`xlogx`](crate::xlogx).
#[derive(Clone, Copy, Debug)]
pub struct XLogX;
impl Unary for XLogX {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        if x == 0.0 { 0.0 } else { x * x.ln() }
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        x.ln() + R::from_f64(1.0)
    }
}

/// The row of [`entr`](crate::entr).
#[derive(Clone, Copy, Debug)]
pub struct Entr;
impl Unary for Entr {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        if x < 0.0 {
            f64::NEG_INFINITY
        } else {
            0.0 - XLogX.value(x) // +0 where −(x ln x) is −0
        }
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        R::from_f64(-1.0) - x.ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn edges() {
        for zero in [0.0_f64, -0.0, 1.0] {
            assert_eq!((xlogx(zero).to_bits(), entr(zero).to_bits()), (0, 0));
        }
        assert_eq!((xlogx(INFINITY), entr(INFINITY)), (INFINITY, -INFINITY));
        assert_eq!([-5e-324, -INFINITY].map(entr), [-INFINITY; 2]);
        assert!(xlogx(-1.0_f64).is_nan() && xlogx(f64::NAN).is_nan() && entr(f64::NAN).is_nan());
    }

    #[test]
    fn slopes_by_hand() {
        let x = [0.0, 1.0, INFINITY];
        assert_eq!(
            x.map(|x| XLogX.slope(x, f64::NAN)),
            [-INFINITY, 1.0, INFINITY]
        );
        assert_eq!(
            x.map(|x| Entr.slope(x, f64::NAN)),
            [INFINITY, -1.0, -INFINITY]
        );
    }
}
