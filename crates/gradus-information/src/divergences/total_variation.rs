//! Total variation distance.

use super::pairs::pairs;
use crate::error::InformationError;
use crate::terms::total;
use gradus_numeric::Simplex;

/// Total variation distance: the largest difference in probability of any event.
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
/// | the maximum over all events | `total_variation_is_the_largest_difference_of_an_event` |
/// | $`\operatorname{Hell}^2 \le \operatorname{TV} \le \sqrt2 \operatorname{Hell}`$ | `hellinger_brackets_total_variation` |
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] if `p` and `q` differ in length.
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, total_variation};
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
