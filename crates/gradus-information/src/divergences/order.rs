//! Divergences with an order: Rényi's, and the chi-squared divergence.

use super::kl::kl_divergence;
use super::pairs::pairs;
use crate::error::InformationError;
use crate::measures::order::check_order;
use crate::terms::total;
use gradus_numeric::{Simplex, log_sum_exp};
use std::iter::zip;

/// Rényi's divergence of q from p of an order, in nats.
///
/// ```math
/// D_\alpha(p \parallel q) = \frac{1}{\alpha - 1} \ln \sum_{i=1}^{n} p_i^\alpha q_i^{1 - \alpha}
/// ```
///
/// where $`\alpha \ge 0`$ is the `order`: 0 gives minus the logarithm of the probability under q of what is possible under p, ½
/// twice the [`bhattacharyya_distance`](crate::bhattacharyya_distance), 1 the
/// [`kl_divergence`], 2 the logarithm of 1 + [`chi_squared_divergence`], ∞ the largest log-ratio
/// (differential privacy bounds that).
///
/// # Shapes
///
/// `p: n`, `q: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`D_\alpha \ge 0`$, grows with the order, from $`-\ln q(p > 0)`$ to $`\ln \max p / q`$ | `renyi_divergence_grows_with_the_order` |
/// | continuous at order 1, where it is Kullback–Leibler's | `renyi_divergence_goes_to_kl` |
/// | $`(1 - \alpha) D_\alpha(p \parallel q) = \alpha D_{1 - \alpha}(q \parallel p)`$ (skew symmetry) | `renyi_divergence_is_skew_symmetric` |
///
/// # Numerics
///
/// As $`\sum q_i (t_i - 1) = 0`$ for $`t = p / q`$, the sum is $`1 + \sum q_i (t_i^\alpha - 1 - \alpha (t_i - 1))`$, whose terms
/// all have one sign: nothing cancels between almost equal distributions, or near order 1. Where powers are far from 1, in logarithms.
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] if `p` and `q` differ in length, [`InformationError::InvalidOrder`] unless the order is at
/// least 0.
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, renyi_divergence};
///
/// let fair = Simplex::new(vec![0.5, 0.5])?;
/// let bent = Simplex::new(vec![0.75, 0.25])?;
/// assert!((renyi_divergence(&bent, &fair, 2.0)? - 1.25_f64.ln()).abs() < 1e-15); // (9 + 1) / 8
/// assert_eq!(renyi_divergence(&bent, &fair, f64::INFINITY)?, 1.5_f64.ln());
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// T. van Erven and P. Harremoës, *Rényi divergence and Kullback–Leibler divergence*, IEEE Trans. Inform. Theory 60 (2014),
/// 3797–3820, <https://doi.org/10.1109/TIT.2014.2320500>.
pub fn renyi_divergence(p: &Simplex, q: &Simplex, order: f64) -> Result<f64, InformationError> {
    check_order(order)?;
    let beyond = pairs(p, q)?.any(|(p, q)| *p > 0.0 && *q == 0.0);
    if order == 1.0 {
        return kl_divergence(p, q);
    }
    if beyond && order > 1.0 {
        return Ok(f64::INFINITY);
    }
    let ln_ratio = |(p, q): (&f64, &f64)| p.ln() - q.ln();
    let possible = || zip(p.as_slice(), q.as_slice()).filter(|(p, q)| **p > 0.0 && **q > 0.0);
    if order == f64::INFINITY {
        return Ok(possible().map(ln_ratio).fold(0.0, f64::max));
    }
    let far = possible().any(|pair| ((order - 1.0) * ln_ratio(pair)).abs() > 1.0);
    let excess = if beyond || far {
        -1.0
    } else {
        sum_of_excesses(p, q, order)
    };
    let value = if excess > -0.5 {
        excess.ln_1p() / (order - 1.0)
    } else {
        let power = |(p, q): (&f64, &f64)| order * p.ln() + (1.0 - order) * q.ln();
        log_sum_exp(&possible().map(power).collect::<Vec<_>>()) / (order - 1.0)
    };
    Ok(value.max(0.0))
}

/// $`\sum_i p_i^\alpha q_i^{1 - \alpha} - 1`$, in terms of one sign.
fn sum_of_excesses(p: &Simplex, q: &Simplex, order: f64) -> f64 {
    let sign = (order - 1.0).signum();
    let possible = zip(p.as_slice(), q.as_slice()).filter(|(_, q)| **q > 0.0);
    sign * total(possible.map(|(p, q)| sign * q * power_excess(order, (p - q) / q)))
}

/// The chi-squared divergence of q from p.
///
/// ```math
/// \chi^2(p \parallel q) = \sum_{i=1}^{n} \frac{(p_i - q_i)^2}{q_i}
/// ```
///
/// The variance of the ratio $`p / q`$ under q, which is how much worse importance sampling from q is than sampling from p.
/// Infinite as soon as some $`p_i > 0`$ meets $`q_i = 0`$. Of counts, n times this is Pearson's statistic.
///
/// # Shapes
///
/// `p: n`, `q: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`D \le \ln(1 + \chi^2) \le \chi^2`$ | `chi_squared_bounds_kl` |
/// | the variance of $`p / q`$ under q | `chi_squared_is_the_variance_of_the_ratio` |
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] if `p` and `q` differ in length.
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, chi_squared_divergence};
///
/// let fair = Simplex::new(vec![0.5, 0.5])?;
/// let bent = Simplex::new(vec![0.75, 0.25])?;
/// assert_eq!(chi_squared_divergence(&bent, &fair)?, 0.25); // 2 · (1/16) / ½
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// A. B. Tsybakov, *Introduction to Nonparametric Estimation* (2009), §2.4, eq. 2.24.
pub fn chi_squared_divergence(p: &Simplex, q: &Simplex) -> Result<f64, InformationError> {
    let terms = pairs(p, q)?.map(|(&p, &q)| {
        if p == q {
            0.0 // also 0 / 0
        } else {
            (p - q) * ((p - q) / q)
        }
    });
    Ok(total(terms))
}

/// $`(1 + y)^\alpha - 1 - \alpha y`$, for $`y \ge -1`$, without cancellation near $`y = 0`$ or $`\alpha = 1`$.
fn power_excess(order: f64, y: f64) -> f64 {
    let beyond_one = order - 1.0;
    if y == -1.0 {
        return beyond_one;
    }
    if y.abs() * order.max(1.0) > 0.25 {
        return (1.0 + y) * (beyond_one * y.ln_1p()).exp_m1() - beyond_one * y;
    }
    // the binomial series from its second term on
    let mut term = 0.5 * order * beyond_one * y * y;
    let mut sum = term;
    let mut k = 2.0;
    while term.abs() > f64::EPSILON * 0.25 * sum.abs() {
        term *= (order - k) / (k + 1.0) * y;
        k += 1.0;
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simplex(p: &[f64]) -> Simplex {
        Simplex::new(p.to_vec()).unwrap()
    }

    #[test]
    fn almost_equal_distributions() {
        // D_α = ½ α χ² + …, χ² = 4 δ²
        let delta = 2.0_f64.powi(-40);
        let (p, q) = (simplex(&[0.5 + delta, 0.5 - delta]), simplex(&[0.5, 0.5]));
        for order in [0.25, 0.5, 1.0 + 1e-9, 2.0, 5.0] {
            let d = renyi_divergence(&p, &q, order).unwrap();
            assert!(
                (d / (2.0 * order * delta * delta) - 1.0).abs() < 1e-11,
                "{order} {d:e}"
            );
        }
    }

    #[test]
    fn supports_that_differ() {
        let (p, q) = (simplex(&[0.5, 0.5, 0.0]), simplex(&[0.0, 0.5, 0.5]));
        assert_eq!(renyi_divergence(&p, &q, 2.0), Ok(f64::INFINITY));
        assert_eq!(chi_squared_divergence(&p, &q), Ok(f64::INFINITY));
        assert_eq!(renyi_divergence(&p, &q, 0.0), Ok(2.0_f64.ln()));
        assert!((renyi_divergence(&p, &q, 0.5).unwrap() - 4.0_f64.ln()).abs() < 1e-15);
        let (heads, tails) = (simplex(&[1.0, 0.0]), simplex(&[0.0, 1.0]));
        assert_eq!(renyi_divergence(&heads, &tails, 0.5), Ok(f64::INFINITY));
        assert!(renyi_divergence(&heads, &tails, -1.0).is_err());
    }
}
