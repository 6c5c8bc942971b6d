//! Closed forms of the Kullback–Leibler divergence within a family.

use crate::terms::{kl_term, y_minus_ln_1p};
use gradus_probability::{Bernoulli, Discrete, Normal};

/// Kullback–Leibler divergence of one biased coin from another, in nats.
///
/// ```math
/// D(p \parallel q) = p \ln \frac{p}{q} + (1 - p) \ln \frac{1 - p}{1 - q}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the divergence of the tables $`(1 - p, p)`$ and $`(1 - q, q)`$ | `kl_of_bernoullis_is_that_of_their_tables` |
///
/// # Examples
///
/// ```
/// use gradus_information::{Bernoulli, kl_bernoulli};
///
/// let (fair, never) = (Bernoulli::new(0.5)?, Bernoulli::new(0.0)?);
/// assert_eq!(kl_bernoulli(&never, &fair), 2.0_f64.ln());
/// assert_eq!(kl_bernoulli(&fair, &never), f64::INFINITY);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// T. M. Cover and J. A. Thomas, *Elements of Information Theory*, 2nd ed. (2006), example 2.3.1.
#[must_use]
pub fn kl_bernoulli(p: &Bernoulli, q: &Bernoulli) -> f64 {
    let term = |x| kl_term(p.pmf(x), q.pmf(x), q.ln_pmf(x));
    term(0) + term(1)
}

/// Kullback–Leibler divergence of one normal distribution from another, in nats.
///
/// ```math
/// D\bigl(N(\mu_p, \sigma_p^2) \parallel N(\mu_q, \sigma_q^2)\bigr)
///   = \ln \frac{\sigma_q}{\sigma_p} + \frac{\sigma_p^2 + (\mu_p - \mu_q)^2}{2 \sigma_q^2} - \frac12
///   = \tfrac12 \bigl( d^2 + y - \ln(1 + y) \bigr)
/// ```
///
/// with the distance of the means $`d = (\mu_p - \mu_q) / \sigma_q`$ and the excess of the variance
/// $`y = \sigma_p^2 / \sigma_q^2 - 1`$. The regularizer of a variational autoencoder.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`D = \int p \ln (p / q)`$ | `kl_of_normals_is_its_integral` |
/// | $`D \ge 0`$, 0 exactly for equal parameters; invariant under $`x \mapsto a x + b`$ | `kl_of_normals_is_affine_invariant` |
///
/// # Numerics
///
/// The second form is a sum of two non-negative numbers, computed without cancellation near $`y = 0`$.
/// Overflows to $`+\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_information::{Normal, kl_normal};
///
/// let (p, q) = (Normal::new(3.0, 1.0)?, Normal::new(1.0, 1.0)?);
/// assert_eq!(kl_normal(&p, &q), 2.0); // ½ d², d = 2
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// D. P. Kingma and M. Welling, *Auto-Encoding Variational Bayes* (2014), appendix B,
/// <https://arxiv.org/abs/1312.6114>.
#[must_use]
pub fn kl_normal(p: &Normal, q: &Normal) -> f64 {
    let d = in_units(p.location(), q.location(), q.standard_deviation());
    0.5 * (d * d + variance_term(p.standard_deviation(), q.standard_deviation()))
}

/// `(a - b) / unit`, by halves where the difference overflows.
fn in_units(a: f64, b: f64, unit: f64) -> f64 {
    let difference = a - b;
    if difference.is_finite() {
        difference / unit
    } else {
        (0.5 * a - 0.5 * b) / unit * 2.0
    }
}

/// $`y - \ln(1 + y)`$ with $`1 + y = (\sigma_p / \sigma_q)^2`$.
fn variance_term(sigma_p: f64, sigma_q: f64) -> f64 {
    let ratio = sigma_p / sigma_q;
    let y = (sigma_p - sigma_q) / sigma_q * (ratio + 1.0);
    if y.abs() <= 0.5 {
        y_minus_ln_1p(y)
    } else if ratio.is_normal() {
        y - 2.0 * ratio.ln()
    } else {
        y - 2.0 * (sigma_p.ln() - sigma_q.ln())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_and_extreme_normals() {
        let (narrow, wide) = (
            Normal::new(0.0, 1e-300).unwrap(),
            Normal::new(0.0, 1e300).unwrap(),
        );
        let d = kl_normal(&narrow, &wide); // ½ (−1 + 2 ln 10⁶⁰⁰)
        assert!((d / (600.0 * 10.0_f64.ln() - 0.5) - 1.0).abs() <= 4.0 * f64::EPSILON);
        assert_eq!(kl_normal(&wide, &narrow), f64::INFINITY);
        let (left, right) = (
            Normal::new(-1e308, 1e308).unwrap(),
            Normal::new(1e308, 1e308).unwrap(),
        );
        assert_eq!(kl_normal(&left, &right), 2.0);
        assert_eq!(kl_normal(&left, &left).to_bits(), 0);
    }
}
