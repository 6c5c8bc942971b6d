//! Hellinger distance.

use super::pairs::pairs;
use crate::error::InformationError;
use crate::terms::total;
use gradus_numeric::Simplex;

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
/// use gradus_information::{Simplex, hellinger};
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
