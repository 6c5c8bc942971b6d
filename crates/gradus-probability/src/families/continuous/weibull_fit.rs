//! The most likely Weibull law, by the logarithms of the data.

use crate::statistics::fit::{center_and_spread, mean_of};
use std::f64::consts::PI;
use std::iter::zip;

/// Shape k and $`\ln \lambda`$ of the most likely Weibull law of data with these logarithms, of which two differ.
///
/// ```math
/// \frac{\sum_i w_i x_i^k \ln x_i}{\sum_i w_i x_i^k} - \frac1k = \overline{\ln x}, \qquad \lambda^k = \overline{x^k}
/// ```
///
/// The left side rises with k. Logarithms are counted from their mean, and powers divided by the largest.
pub(super) fn shape_and_ln_scale(logarithms: &[f64], weights: &[f64], n: f64) -> (f64, f64) {
    let about = mean_of(logarithms, weights, n, |l| l);
    let (mean, spread) = center_and_spread(logarithms, weights, n, about);
    // an observation that does not count is not the highest one
    let seen = zip(logarithms, weights).filter(|(_, w)| **w > 0.0);
    let (l, weights): (Vec<_>, Vec<_>) = seen.map(|(l, w)| (l - mean, *w)).unzip();
    let highest = l.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let power = |k: f64| move |l: f64| (k * (l - highest)).exp();
    let weights = &weights;
    let mut k = PI / 6.0_f64.sqrt() / spread; // that of the law with this spread
    for _ in 0..MOST_STEPS {
        let power = power(k);
        let sum = mean_of(&l, weights, n, power);
        let tilted = mean_of(&l, weights, n, |l| l * power(l)) / sum;
        let variance = mean_of(&l, weights, n, |l| (l - tilted).powi(2) * power(l)) / sum;
        let step = (tilted - 1.0 / k) / (variance + 1.0 / (k * k));
        let moved = k - step;
        if moved.is_nan() {
            return (moved, moved); // the logarithms lie too far apart for their squares
        }
        let next = moved.clamp(k / 3.0, 3.0 * k); // a step from far away may lead below 0
        let settled = (next - k).abs() <= 2.0 * f64::EPSILON * k;
        k = next;
        if settled {
            break;
        }
    }
    let ln_mean = mean_of(&l, weights, n, power(k)).ln() + k * highest;
    (k, mean + ln_mean / k)
}

/// Standard errors of k and of $`\ln \lambda`$ in units of $`k / \sqrt n`$ and $`1 / k \sqrt n`$: roots of the diagonal of the inverse of
///
/// ```math
/// \begin{pmatrix} \tfrac{\pi^2}6 + (1 - \gamma)^2 & -(1 - \gamma) \\ -(1 - \gamma) & 1 \end{pmatrix}
/// ```
pub(super) const UNIT_ERRORS: [f64; 2] = [0.779_696_801_233_676_1, 1.052_931_573_683_459_7];

/// Six are usual.
const MOST_STEPS: usize = 100;
