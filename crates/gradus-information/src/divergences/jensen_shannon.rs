//! The Jensen–Shannon divergence: symmetric, and never infinite.

use super::pairs::pairs;
use crate::error::InformationError;
use crate::terms::{kl_term, total};
use gradus_numeric::Simplex;
use std::f64::consts::LN_2;

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
/// As [`kl_divergence`](crate::kl_divergence); clamped to $`\ln 2`$ against the last rounding.
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] if `p` and `q` differ in length.
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, bits, jensen_shannon};
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

#[cfg(test)]
mod tests {
    use super::*;

    fn simplex(p: &[f64]) -> Simplex {
        Simplex::new(p.to_vec()).unwrap()
    }

    #[test]
    fn the_mixture_of_subnormal_probabilities() {
        let (p, q) = (simplex(&[1.0, 5e-324]), simplex(&[1.0, 0.0]));
        let js = jensen_shannon(&p, &q).unwrap();
        assert!((0.0..1e-300).contains(&js), "{js}");
    }
}
