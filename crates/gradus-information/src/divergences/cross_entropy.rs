//! Cross-entropy: the cost of a wrong belief.

use super::pairs::slices;
use crate::error::InformationError;
use crate::terms::surprise;
use gradus_numeric::Simplex;

/// The cross-entropy of q relative to p, in nats: the surprise of draws from p to those who expect q.
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
/// use gradus_information::{Simplex, cross_entropy};
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
    let (p, q) = slices(p, q)?;
    Ok(surprise(p, q))
}
