//! The Kullback–Leibler divergence: what a wrong code costs.

use super::pairs::pairs;
use crate::error::InformationError;
use crate::terms::{kl_term, total};
use gradus_numeric::Simplex;

/// Kullback–Leibler divergence of q from p, in nats.
///
/// ```math
/// D(p \parallel q) = \sum_{i=1}^{n} p_i \ln \frac{p_i}{q_i},
/// \qquad 0 \ln \tfrac{0}{q_i} = 0
/// ```
///
/// The extra nats paid, on average, for coding draws from `p` with a code made for `q`. Not a
/// distance: not symmetric, and infinite as soon as some $`p_i > 0`$ meets $`q_i = 0`$.
///
/// # Shapes
///
/// `p: n`, `q: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`D(p \parallel q) \ge 0`$ (Gibbs), 0 exactly if $`p = q`$, $`+\infty`$ exactly if $`p`$ has more support, never NaN | `kl_is_non_negative` |
/// | additive for products | `kl_of_products_adds_up` |
/// | $`D(p(x, y) \parallel q(x, y)) = D(p(x) \parallel q(x)) + \sum_x p(x) \, D(p(y \mid x) \parallel q(y \mid x))`$ (chain rule) | `kl_has_the_chain_rule` |
/// | jointly convex | `kl_is_jointly_convex` |
/// | $`D \ge \tfrac12 \lVert p - q \rVert_1^2`$ (Pinsker), $`\operatorname{TV} \le \sqrt{1 - e^{-D}}`$ | `kl_bounds_total_variation` |
///
/// # Numerics
///
/// As both distributions sum to 1, adding $`q_i - p_i`$ to every term changes nothing, and makes each of
/// them the non-negative
///
/// ```math
/// p_i \ln \frac{p_i}{q_i} - p_i + q_i = p_i \bigl( y_i - \ln(1 + y_i) \bigr), \qquad y_i = \frac{q_i - p_i}{p_i}
/// ```
///
/// because $`\ln(1 + y) \le y`$: Gibbs' inequality, term by term. Between almost equal distributions
/// the textbook terms cancel to rounding noise of either sign; these do not cancel, and only a
/// distribution itself is at divergence 0. Terms far from 0 are computed with $`\ln p_i - \ln q_i`$: the
/// quotient $`p_i / q_i`$ would overflow for tiny $`q_i`$.
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] if `p` and `q` differ in length.
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, kl_divergence};
///
/// let fair = Simplex::new(vec![0.5, 0.5])?;
/// let bent = Simplex::new(vec![0.75, 0.25])?;
/// assert_eq!(kl_divergence(&fair, &fair)?, 0.0);
/// // ½ ln(½ / ¾) + ½ ln(½ / ¼) = ½ ln(4/3)
/// assert!((kl_divergence(&fair, &bent)? - 0.143_841_036_225_890_5).abs() < 1e-15);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// S. Kullback and R. A. Leibler, *On information and sufficiency*, Ann. Math. Statist. 22 (1951),
/// 79–86, <https://doi.org/10.1214/aoms/1177729694>; T. M. Cover and J. A. Thomas, *Elements of Information
/// Theory*, 2nd ed. (2006), §2.3. The form of the terms is Csiszár's I-divergence.
#[doc(alias = "relative entropy")]
pub fn kl_divergence(p: &Simplex, q: &Simplex) -> Result<f64, InformationError> {
    let terms = pairs(p, q)?.map(|(&p, &q)| kl_term(p, q, q.ln()));
    Ok(total(terms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergences::cross_entropy::cross_entropy;

    fn simplex(p: &[f64]) -> Simplex {
        Simplex::new(p.to_vec()).unwrap()
    }

    #[test]
    fn infinities_are_exact() {
        let (p, q) = (simplex(&[0.5, 0.5, 0.0]), simplex(&[1.0, 0.0, 0.0]));
        assert_eq!(kl_divergence(&p, &q), Ok(f64::INFINITY));
        assert_eq!(cross_entropy(&p, &q), Ok(f64::INFINITY));
        assert_eq!(kl_divergence(&q, &p), Ok(2.0_f64.ln()));
        assert_eq!(cross_entropy(&q, &q).map(f64::to_bits), Ok(0));
    }

    #[test]
    fn almost_equal_distributions() {
        // D = ½ Σ (q − p)² / p + … = ½ (δ²/½ + δ²/½) = 2 δ²
        let delta = 2.0_f64.powi(-40);
        let (p, q) = (simplex(&[0.5, 0.5]), simplex(&[0.5 + delta, 0.5 - delta]));
        assert_eq!(kl_divergence(&p, &q), Ok(2.0 * delta * delta));
    }

    #[test]
    fn tiny_probabilities_do_not_overflow() {
        let (p, q) = (simplex(&[1.0, 1e-300]), simplex(&[1.0, 5e-324]));
        let d = kl_divergence(&p, &q).unwrap();
        assert!(d > 0.0 && d < 1e-297, "{d}");
        let d = kl_divergence(&q, &p).unwrap();
        assert!((d / 1e-300 - 1.0).abs() < 1e-15, "{d}");
    }
}
