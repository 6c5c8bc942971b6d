//! The likeliest value.

use crate::error::ProbabilityError;

/// A law whose likeliest value is known.
///
/// ```math
/// \operatorname{mode}(X) = \min \bigl\{ x : p(x) \ge p(y) \text{ for all } y \bigr\}
/// ```
///
/// where $`p`$ is the density, or the probability of a count. Of several likeliest values it is the smallest: the lower end of
/// a uniform law, $`\lambda - 1`$ and not $`\lambda`$ for Poisson counts with a whole mean. A pole of the density counts as likeliest,
/// so that the mode of a gamma law with a shape below 1 is 0.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | no density is larger than that of the mode | `no_density_exceeds_that_of_the_mode` |
/// | no count is more probable, and no smaller one as probable | `no_count_is_likelier_than_the_mode` |
///
/// A [`Mixture`](crate::Mixture) has up to as many tops as components, and no formula for the highest: it has no mode here.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Gamma, Mode, Poisson};
///
/// assert_eq!(Gamma::new(3.0, 4.0)?.mode()?, 0.5); // (a − 1) / b
/// assert_eq!(Poisson::new(2.0)?.mode()?, 1); // as probable as 2
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), exercise 2.27.
pub trait Mode {
    /// `f64` for a law with a density, `u64` for one of counts.
    type Outcome;

    /// The smallest of the likeliest values.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Overflow`] for a count that does not fit into 64 bits.
    fn mode(&self) -> Result<Self::Outcome, ProbabilityError>;
}

/// A law of any family.
impl<D: Mode + ?Sized> Mode for Box<D> {
    type Outcome = D::Outcome;

    fn mode(&self) -> Result<Self::Outcome, ProbabilityError> {
        (**self).mode()
    }
}
