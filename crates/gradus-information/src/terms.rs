//! The terms of a divergence, and the one sum of this crate.

use gradus_numeric::{CompensatedSum, xlog1py, xlogy};
use std::iter::zip;

/// The sum of terms that are not negative but for rounding: never negative, never −0.
///
/// A distribution may sum to a little more than 1 (see [`Simplex`](gradus_numeric::Simplex)); its sure outcome
/// then has a surprise below 0, which is taken for 0.
pub(crate) fn total(terms: impl Iterator<Item = f64>) -> f64 {
    terms.collect::<CompensatedSum>().value().max(0.0) + 0.0
}

/// $`-\sum_i p_i \ln q_i`$ for two distributions on one set.
///
/// A $`q_k`$ of more than one half is taken from its complement, the sum of the others: beside 1 they may not be seen.
pub(crate) fn surprise(p: &[f64], q: &[f64]) -> f64 {
    let likely = q.iter().position(|&q| q > 0.5);
    let others = q.iter().enumerate().filter(|&(i, _)| Some(i) != likely);
    let unlikely = total(others.map(|(_, &q)| q));
    let terms = zip(p, q).enumerate().map(|(i, (&p, &q))| {
        if Some(i) == likely {
            -xlog1py(p, -unlikely)
        } else {
            -xlogy(p, q)
        }
    });
    total(terms)
}

/// $`p \ln (p / q) - p + q \ge 0`$, given $`\ln q`$, which stays finite where a product `q` underflows.
pub(crate) fn kl_term(p: f64, q: f64, ln_q: f64) -> f64 {
    if p == 0.0 {
        return q;
    }
    let y = (q - p) / p;
    if y.abs() <= 0.5 {
        p * y_minus_ln_1p(y)
    } else {
        p * (p.ln() - ln_q) + (q - p)
    }
}

/// $`y - \ln(1 + y) \ge 0`$ for $`|y| \le \tfrac12`$, without cancellation.
///
/// With $`s = y / (2 + y)`$, $`|s| \le \tfrac13`$, it is $`\ln(1 + y) = 2 \operatorname{artanh} s`$ and $`y - 2s = y s`$:
///
/// ```math
/// y - \ln(1 + y) = y s - 2 \left( \frac{s^3}{3} + \frac{s^5}{5} + \dots \right)
/// ```
///
/// Sixteen terms reach the last digit: $`3^{-34} < 2^{-53}`$.
pub(crate) fn y_minus_ln_1p(y: f64) -> f64 {
    let s = y / (2.0 + y);
    let series = (1..=16)
        .rev()
        .fold(0.0, |sum, k| s * s * (sum + 1.0 / f64::from(2 * k + 1)));
    s * (y - 2.0 * series)
}
