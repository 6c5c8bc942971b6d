//! What families with tails in closed form share.

use gradus_numeric::Real;
use std::hint::select_unpredictable;

/// $`(\ln p, \ln q)`$ of two complements: that of the larger one from the smaller one, which has all its digits.
pub(crate) fn ln_both((p, q): (f64, f64)) -> (f64, f64) {
    if p <= q {
        (p.ln(), (-p).ln_1p())
    } else {
        ((-q).ln_1p(), q.ln())
    }
}

/// $`-\ln q`$ of two complements, of which the smaller one is exact.
///
/// With what rounding $`q = 1 - p`$ left over, $`\ln(1 - p) = \ln(q - l) = \ln q + \ln(1 - l / q)`$, where $`1/q`$ is nearly $`1 + p`$: no branch that depends on a
/// draw, and two thirds of the time of `ln_1p`.
#[inline]
pub(super) fn minus_ln_upper(p: f64, q: f64) -> f64 {
    let l = (q - 1.0) + p;
    select_unpredictable(p <= q, l + l * p, 0.0) - q.ln()
}

/// $`-\ln p`$ of two complements: from p where it is exact, be it the smaller one or 1 − q without rounding, as in a quantile.
#[inline]
pub(super) fn minus_ln_lower(p: f64, q: f64) -> f64 {
    if 1.0 - p == q || p <= q {
        -p.ln()
    } else {
        -(-q).ln_1p()
    }
}

/// $`\ln(x / m)`$ of positive numbers, from the difference where the two are near each other: there it is $`\ln(1 + d)`$ with $`d = (x - m) / m`$, and the logarithm of the
/// rounded sum with what rounding it left over.
#[inline]
pub(super) fn ln_ratio(x: f64, m: f64) -> f64 {
    let near = (x - m).abs() <= 0.5 * m;
    let one = select_unpredictable(near, 1.0, 0.0);
    let d = (x - one * m) / m;
    let ratio = d + one;
    if ratio.is_normal() {
        ratio.ln() + (d - (ratio - one)) / ratio
    } else {
        x.ln() - m.ln()
    }
}

/// $`s e^t`$, by its logarithm where the power alone underflows or overflows.
#[inline]
pub(super) fn scaled_exp(scale: f64, t: f64) -> f64 {
    let power = t.exp();
    if power.is_normal() {
        scale * power
    } else {
        (scale.ln() + t).exp()
    }
}

/// $`\ln(x / m)`$, from the difference where the two are near each other.
pub(super) fn ln_quotient<R: Real>(x: R, m: R) -> R {
    let (near, far) = ((x - m) / m, x / m);
    if near.to_f64().abs() <= 0.5 {
        near.ln_1p()
    } else if far.to_f64().is_normal() {
        far.ln()
    } else {
        x.ln() - m.ln()
    }
}

/// $`\ln(1 + r^2)`$ without overflow.
pub(super) fn ln_1p_square<R: Real>(r: R) -> R {
    if r.to_f64().abs() > 1e8 {
        let size = r.abs().ln(); // 1 is not seen beside the square
        size + size
    } else {
        (r * r).ln_1p()
    }
}
