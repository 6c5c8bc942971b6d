//! How far one distribution is from another, measured in information.

use crate::error::InformationError;
use crate::total::total;
use gradus_numeric::{Simplex, xlogy};
use std::f64::consts::LN_2;
use std::iter::{Zip, zip};
use std::slice::Iter;

/// The cross-entropy of q relative to p, in nats: the surprise of draws from p to somebody who expects q.
///
/// ```math
/// H(p, q) = -\sum_{i=1}^{n} p_i \ln q_i = H(p) + D(p \parallel q)
/// ```
///
/// The loss of a classifier: `p` the labels, `q` what the network says. Its minimum over `q` is not 0
/// but the entropy of `p`, reached at $`q = p`$. Infinite as soon as some $`p_i > 0`$ meets $`q_i = 0`$.
///
/// # Shapes
///
/// `p: n`, `q: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`H(p, q) = H(p) + D(p \parallel q)`$ | `cross_entropy_is_entropy_plus_divergence` |
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] if `p` and `q` differ in length.
///
/// # Examples
///
/// ```
/// use gradus_information::cross_entropy;
/// use gradus_numeric::Simplex;
///
/// let label = Simplex::new(vec![0.0, 1.0, 0.0])?;
/// let network = Simplex::new(vec![0.25, 0.5, 0.25])?;
/// assert_eq!(cross_entropy(&label, &network)?, 2.0_f64.ln()); // −ln ½
/// assert_eq!(cross_entropy(&network, &label)?, f64::INFINITY);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning* (2016), §3.13, eq. 3.51.
pub fn cross_entropy(p: &Simplex, q: &Simplex) -> Result<f64, InformationError> {
    let terms = pairs(p, q)?.map(|(&p, &q)| -xlogy(p, q));
    Ok(total(terms))
}

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
/// use gradus_information::kl_divergence;
/// use gradus_numeric::Simplex;
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

/// Jensen–Shannon divergence of two distributions, in nats.
///
/// ```math
/// \operatorname{JS}(p, q) = \tfrac12 D(p \parallel m) + \tfrac12 D(q \parallel m), \qquad m = \tfrac12 (p + q)
/// ```
///
/// Symmetric and never infinite: what one draw from `p` or `q`, chosen by a fair coin, tells about the
/// coin. Its square root is a metric.
///
/// # Shapes
///
/// `p: n`, `q: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`0 \le \operatorname{JS} \le \ln 2`$; symmetric to the bit | `jensen_shannon_is_symmetric_and_bounded` |
/// | $`\sqrt{\operatorname{JS}}`$ is a metric | `root_of_jensen_shannon_is_a_metric` |
/// | $`\operatorname{JS} = H(m) - \tfrac12 (H(p) + H(q))`$ | `jensen_shannon_is_what_mixing_adds` |
///
/// # Numerics
///
/// As [`kl_divergence`]; clamped to $`\ln 2`$ against the last rounding.
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] if `p` and `q` differ in length.
///
/// # Examples
///
/// ```
/// use gradus_information::{bits, jensen_shannon};
/// use gradus_numeric::Simplex;
///
/// let (heads, tails) = (Simplex::new(vec![1.0, 0.0])?, Simplex::new(vec![0.0, 1.0])?);
/// assert_eq!(bits(jensen_shannon(&heads, &tails)?), 1.0); // one draw settles it
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// J. Lin, *Divergence measures based on the Shannon entropy*, IEEE Trans. Inform. Theory 37 (1991),
/// eq. 3.1, <https://doi.org/10.1109/18.61115>; D. M. Endres and J. E. Schindelin, *A new metric for
/// probability distributions*, IEEE Trans. Inform. Theory 49 (2003).
pub fn jensen_shannon(p: &Simplex, q: &Simplex) -> Result<f64, InformationError> {
    let terms = pairs(p, q)?.map(|(&p, &q)| {
        let m = 0.5 * (p + q);
        let ln_m = (p + q).ln() - LN_2; // m may underflow
        0.5 * (kl_term(p, m, ln_m) + kl_term(q, m, ln_m))
    });
    Ok(total(terms).min(LN_2))
}

/// Total variation distance: the greatest difference in probability of any event.
///
/// ```math
/// \operatorname{TV}(p, q) = \max_A \lvert p(A) - q(A) \rvert = \tfrac12 \sum_{i=1}^{n} \lvert p_i - q_i \rvert
/// ```
///
/// # Shapes
///
/// `p: n`, `q: n`; the result is a scalar in $`[0, 1]`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a metric | `total_variation_and_hellinger_are_metrics` |
/// | the maximum over all events | `total_variation_is_the_greatest_difference_of_an_event` |
/// | $`\operatorname{Hell}^2 \le \operatorname{TV} \le \sqrt2 \operatorname{Hell}`$ | `hellinger_brackets_total_variation` |
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] if `p` and `q` differ in length.
///
/// # Examples
///
/// ```
/// use gradus_information::total_variation;
/// use gradus_numeric::Simplex;
///
/// let fair = Simplex::new(vec![0.5, 0.5])?;
/// let bent = Simplex::new(vec![0.75, 0.25])?;
/// assert_eq!(total_variation(&fair, &bent)?, 0.25);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// A. B. Tsybakov, *Introduction to Nonparametric Estimation* (2009), §2.4, lemma 2.1.
pub fn total_variation(p: &Simplex, q: &Simplex) -> Result<f64, InformationError> {
    let gaps = pairs(p, q)?.map(|(p, q)| (p - q).abs());
    Ok((0.5 * total(gaps)).min(1.0))
}

/// Hellinger distance: the Euclidean distance of the roots of the probabilities, scaled to at most 1.
///
/// ```math
/// \operatorname{Hell}(p, q) = \sqrt{\tfrac12 \sum_{i=1}^{n} \bigl( \sqrt{p_i} - \sqrt{q_i} \bigr)^2}
/// ```
///
/// # Shapes
///
/// `p: n`, `q: n`; the result is a scalar in $`[0, 1]`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a metric | `total_variation_and_hellinger_are_metrics` |
/// | $`\operatorname{Hell}^2 \le \operatorname{TV} \le \sqrt2 \operatorname{Hell}`$ | `hellinger_brackets_total_variation` |
///
/// # Numerics
///
/// The difference of roots is $`(p_i - q_i) / (\sqrt{p_i} + \sqrt{q_i})`$, which does not cancel.
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] if `p` and `q` differ in length.
///
/// # Examples
///
/// ```
/// use gradus_information::hellinger;
/// use gradus_numeric::Simplex;
///
/// let (heads, tails) = (Simplex::new(vec![1.0, 0.0])?, Simplex::new(vec![0.0, 1.0])?);
/// assert_eq!(hellinger(&heads, &tails)?, 1.0);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// Tsybakov (2009), §2.4, definition 2.3 (there without the ½) and lemma 2.3.
pub fn hellinger(p: &Simplex, q: &Simplex) -> Result<f64, InformationError> {
    let squares = pairs(p, q)?.map(|(p, q)| {
        let roots = p.sqrt() + q.sqrt();
        if roots == 0.0 {
            0.0
        } else {
            ((p - q) / roots).powi(2)
        }
    });
    Ok((0.5 * total(squares)).sqrt().min(1.0))
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

type Pairs<'a> = Zip<Iter<'a, f64>, Iter<'a, f64>>;

fn pairs<'a>(p: &'a Simplex, q: &'a Simplex) -> Result<Pairs<'a>, InformationError> {
    if p.len() != q.len() {
        return Err(InformationError::LengthMismatch {
            left: p.len(),
            right: q.len(),
        });
    }
    Ok(zip(p.as_slice(), q.as_slice()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simplex(p: &[f64]) -> Simplex {
        Simplex::new(p.to_vec()).unwrap()
    }

    #[test]
    fn distributions_must_have_the_same_length() {
        let (p, q) = (simplex(&[1.0]), simplex(&[0.5, 0.5]));
        let mismatch = Err(InformationError::LengthMismatch { left: 1, right: 2 });
        for f in [
            cross_entropy,
            kl_divergence,
            jensen_shannon,
            total_variation,
            hellinger,
        ] {
            assert_eq!(f(&p, &q), mismatch);
        }
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
    fn the_mixture_of_subnormal_probabilities() {
        let (p, q) = (simplex(&[1.0, 5e-324]), simplex(&[1.0, 0.0]));
        let js = jensen_shannon(&p, &q).unwrap();
        assert!((0.0..1e-300).contains(&js), "{js}");
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
