//! By how much a trial should undercut the best.

use gradus_numeric::normal_cdf;
use std::f64::consts::PI;

/// By how much a normal loss of this mean and deviation undercuts the best so far, on average.
///
/// ```math
/// \mathrm{EI} = \operatorname{E} \max(b - X, 0) = (b - \mu)\, \Phi(z) + \sigma\, \varphi(z), \qquad z = \frac{b - \mu}{\sigma}
/// ```
///
/// where $`b`$ is the best so far. It is large where the mean is low, and where little is known: one number weighs both.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is positive, and grows with the deviation | `improvement_grows_with_the_deviation` |
/// | it is at least $`\max(b - \mu, 0)`$, and that if $`\sigma = 0`$ | `improvement_is_at_least_that_of_the_mean` |
/// | $`\mathrm{EI}(\mu) - \mathrm{EI}(2b - \mu) = b - \mu`$ | `improvement_and_its_mirror` |
///
/// # Numerics
///
/// Far above the best both terms are tiny and cancel: for $`t = -z > 1`$ the continued fraction $`\sigma \Phi(-t) / (t + 2 / (t + 3 / (t +
/// \dots)))`$ is taken, whose terms are all positive. NaN arguments give NaN.
///
/// # Examples
///
/// ```
/// use gradus_select::expected_improvement;
///
/// // A half of the normal law: 1 / √(2π)
/// assert!((expected_improvement(0.0, 1.0, 0.0) - 0.398_942_280_401_432_7).abs() < 1e-16);
/// assert_eq!(expected_improvement(1.0, 0.0, 3.0), 2.0);
/// ```
///
/// # References
///
/// D. R. Jones, M. Schonlau and W. J. Welch, *Efficient global optimization of expensive black-box functions*, J. Global Optim. 13 (1998),
/// 455–492, equation 15.
#[must_use]
pub fn expected_improvement(mean: f64, deviation: f64, best: f64) -> f64 {
    let gain = best - mean;
    if deviation == 0.0 {
        return gain.max(0.0);
    }
    let z = gain / deviation;
    if z < -1.0 {
        deviation * lower_tail(-z)
    } else {
        gain * normal_cdf(z) + deviation * density(z)
    }
}

/// φ(t) − t Φ(−t) for t > 1, which is Φ(−t) / (t + 2 / (t + 3 / (t + …))).
fn lower_tail(t: f64) -> f64 {
    let fraction = (2..TERMS)
        .rev()
        .fold(t, |below, n| t + f64::from(n) / below);
    normal_cdf(-t) / fraction
}

/// The density of the standard normal law.
fn density(z: f64) -> f64 {
    (-z * z / 2.0).exp() / (2.0 * PI).sqrt()
}

/// The fraction errs by about exp(−2 t √n), below 10⁻¹⁹ for t > 1.
const TERMS: u32 = 512;
