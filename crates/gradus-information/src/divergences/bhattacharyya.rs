//! How much two distributions overlap.

use super::hellinger::hellinger;
use super::pairs::pairs;
use crate::error::InformationError;
use crate::terms::total;
use gradus_numeric::Simplex;

/// The Bhattacharyya distance of two distributions, in nats.
///
/// ```math
/// D_B(p, q) = -\ln \sum_{i=1}^{n} \sqrt{p_i q_i} = -\ln \bigl( 1 - \operatorname{Hell}^2(p, q) \bigr)
/// ```
///
/// The sum is the cosine of the angle between the vectors $`\sqrt p`$ and $`\sqrt q`$, their overlap. It bounds how well the best
/// test tells p from q: with equal priors it errs with a probability of at most $`\tfrac12 e^{-D_B}`$. Half of Rényi's divergence of order
/// ½. No metric: the triangle inequality does not hold.
///
/// # Shapes
///
/// `p: n`, `q: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | symmetric to the bit, 0 exactly if $`p = q`$, ∞ exactly without an overlap | `bhattacharyya_distance_measures_the_overlap` |
/// | half of Rényi's divergence of order ½ | `bhattacharyya_distance_is_half_of_renyis` |
/// | the best test errs with a probability of at most $`\tfrac12 e^{-D_B}`$ | `the_best_test_errs_within_the_overlap` |
///
/// # Numerics
///
/// By the second form where the two overlap well, which keeps the digits of a distance near 0; by the first elsewhere.
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] if `p` and `q` differ in length.
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, bhattacharyya_distance};
///
/// let (p, q) = (Simplex::new(vec![0.5, 0.5, 0.0])?, Simplex::new(vec![0.0, 0.5, 0.5])?);
/// assert!((bhattacharyya_distance(&p, &q)? - 2.0_f64.ln()).abs() < 1e-15); // they overlap in one half
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// A. Bhattacharyya, *On a measure of divergence between two multinomial populations*, Sankhyā 7 (1946), 401–406; T. Kailath,
/// *The divergence and Bhattacharyya distance measures in signal selection*, IEEE Trans. Commun. 15 (1967), 52–60.
pub fn bhattacharyya_distance(p: &Simplex, q: &Simplex) -> Result<f64, InformationError> {
    let apart = hellinger(p, q)?;
    if apart < 0.5 {
        return Ok(-(-apart * apart).ln_1p() + 0.0);
    }
    let overlap = total(pairs(p, q)?.map(|(p, q)| p.sqrt() * q.sqrt()));
    Ok(-overlap.min(1.0).ln() + 0.0)
}
