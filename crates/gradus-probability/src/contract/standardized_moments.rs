//! The shape of a law: how lopsided it is, and how heavy its tails are.

use crate::error::ProbabilityError;

/// A law whose third and fourth moments are known.
///
/// ```math
/// \gamma_1 = \operatorname{E}\left[ \left( \tfrac{X - \mu}{\sigma} \right)^3 \right], \qquad
/// \gamma_2 = \operatorname{E}\left[ \left( \tfrac{X - \mu}{\sigma} \right)^4 \right] - 3
/// ```
///
/// where $`\mu`$ is the mean and $`\sigma`$ the standard deviation. The skewness $`\gamma_1`$ is positive where the upper tail is
/// the longer one. The excess kurtosis $`\gamma_2`$ is what the fourth moment has above that of a normal law: positive for heavy
/// tails, negative for an interval. Neither has a unit, and neither sees where a law lies and how wide it is.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | both are integrals, or sums | `standardized_moments_are_integrals`, `standardized_moments_of_counts_are_sums` |
/// | $`\gamma_2 \ge \gamma_1^2 - 2`$ (Pearson) | `kurtosis_is_at_least_the_square_of_the_skewness` |
/// | moved and stretched laws have the same | `standardized_moments_see_neither_place_nor_width` |
/// | of $`-X`$ the skewness is $`-\gamma_1`$ | `a_reflection_changes_the_sign_of_the_skewness` |
/// | a point mass has neither | `a_point_mass_has_no_skewness` |
///
/// # Errors
///
/// One rule for all families. [`ProbabilityError::NoMoment`] where there is no standard deviation to divide by, because the
/// variance is missing, 0 (a point mass) or infinite, and where both tails diverge. $`\pm\infty`$ where one tail alone does.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Exponential, Pareto, Poisson, StandardizedMoments};
///
/// let waiting = Exponential::new(7.0)?;
/// assert_eq!((waiting.skewness()?, waiting.excess_kurtosis()?), (2.0, 6.0)); // whatever the rate
/// assert_eq!(Pareto::new(1.0, 2.5)?.skewness()?, f64::INFINITY);
/// assert!(Pareto::new(1.0, 1.5)?.skewness().is_err()); // the variance is infinite
/// assert!(Poisson::new(0.0)?.skewness().is_err()); // always 0
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), exercise 2.28; K. Pearson, *Mathematical contributions
/// to the theory of evolution, XIX*, Phil. Trans. R. Soc. A 216 (1916), 429–457.
pub trait StandardizedMoments {
    /// $`\gamma_1`$, the third moment of the standardized law.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMoment`] where it does not exist.
    fn skewness(&self) -> Result<f64, ProbabilityError>;

    /// $`\gamma_2`$, the fourth moment of the standardized law, less 3.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMoment`] where it does not exist.
    #[doc(alias = "kurtosis")]
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError>;
}

/// A law of any family.
impl<D: StandardizedMoments + ?Sized> StandardizedMoments for Box<D> {
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        (**self).skewness()
    }
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        (**self).excess_kurtosis()
    }
}

/// The name of the third one, in errors.
pub(crate) const SKEWNESS: &str = "skewness";
/// The name of the fourth one, in errors.
pub(crate) const EXCESS_KURTOSIS: &str = "excess kurtosis";

/// A moment of a law with this variance, unless that is 0.
pub(crate) fn of_spread(
    moment: &'static str,
    variance: f64,
    value: impl FnOnce() -> f64,
) -> Result<f64, ProbabilityError> {
    if variance > 0.0 {
        Ok(value())
    } else {
        let needs = "more than one possible value";
        Err(ProbabilityError::NoMoment { moment, needs })
    }
}

/// A moment of a law on one side whose tail is a power: finite for exponents above `finite`, infinite above `exists`.
pub(crate) fn of_power_tail(
    moment: &'static str,
    needs: &'static str,
    exponent: f64,
    [exists, finite]: [f64; 2],
    value: impl FnOnce() -> f64,
) -> Result<f64, ProbabilityError> {
    if exponent > finite {
        Ok(value())
    } else if exponent > exists {
        Ok(f64::INFINITY)
    } else {
        Err(ProbabilityError::NoMoment { moment, needs })
    }
}
