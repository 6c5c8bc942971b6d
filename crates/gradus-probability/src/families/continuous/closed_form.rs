//! What families with tails in closed form share.

use gradus_numeric::Real;
use std::f64::consts::LN_2;

/// $`(\ln p, \ln q)`$ of two complements: that of the larger one from the smaller one, which has all its digits.
pub(crate) fn ln_both((p, q): (f64, f64)) -> (f64, f64) {
    if p <= q {
        (p.ln(), (-p).ln_1p())
    } else {
        ((-q).ln_1p(), q.ln())
    }
}

/// $`-\ln q`$ of two complements.
#[inline]
pub(super) fn minus_ln_upper(p: f64, q: f64) -> f64 {
    if p <= q { -(-p).ln_1p() } else { -q.ln() }
}

/// $`1 - e^{-t}`$ for $`t \ge 0`$; never −0. Where the power is at most ½ the difference is rounded as little as `exp_m1`, which takes twice as long.
#[inline]
pub(super) fn complement_of_exp(t: f64) -> f64 {
    if t > LN_2 {
        1.0 - (-t).exp()
    } else {
        -(-t).exp_m1() + 0.0
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
