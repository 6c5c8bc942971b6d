//! Priors whose posterior is of the same family.

use crate::error::ProbabilityError;
use gradus_numeric::CompensatedSum;

/// A prior of a parameter whose posterior is of the same family.
///
/// ```math
/// p(\theta \mid x_1, \dots, x_n) \propto p(\theta) \prod_{i=1}^{n} p(x_i \mid \theta)
/// ```
///
/// An observation then changes a few numbers of the prior, and the posterior of one is the prior of the next:
///
/// | prior | observations | posterior | predictive |
/// |---|---|---|---|
/// | [`Beta`](crate::Beta) a, b | yes or no | a + yes, b + no | [`Bernoulli`](crate::Bernoulli), of many [`BetaBinomial`](crate::BetaBinomial) |
/// | [`Gamma`](crate::Gamma) a, b | [`Poisson`](crate::Poisson) counts | a + Σx, b + n | [`NegativeBinomial`](crate::NegativeBinomial) |
/// | [`Dirichlet`](crate::Dirichlet) a | categories | aₖ + nₖ | [`Categorical`](crate::Categorical) |
/// | [`NormalMean`](crate::NormalMean) | normal, known variance | precisions add | [`Normal`](crate::Normal) |
/// | [`NormalInverseGamma`](crate::NormalInverseGamma) | normal | four numbers | [`StudentT`](crate::StudentT) |
///
/// The *evidence* is the probability of all observations before any of them was seen, by the chain rule
/// $`p(x_1, \dots, x_n) = \prod_i p(x_i \mid x_1, \dots, x_{i-1})`$: how well each is predicted by those before it.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | prior × likelihood = posterior × evidence, at every parameter | `conjugate_posteriors_are_prior_times_likelihood` |
/// | one after the other, in any order: the same posterior and evidence | `the_order_of_observations_does_not_matter` |
/// | predictions sum (or integrate) to 1 | `predictions_of_conjugate_priors_are_distributions` |
///
/// # Examples
///
/// ```
/// use gradus_probability::{Beta, ConjugatePrior};
///
/// let coin = Beta::new(1.0, 1.0)?; // nothing is known
/// let after = coin.posterior(&[true, true, false])?;
/// assert_eq!((after.a(), after.b()), (3.0, 2.0));
/// assert!((coin.ln_evidence(&[true, true, false])?.exp() - 1.0 / 12.0).abs() < 1e-15); // ½ · ⅔ · ¼
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// A. Gelman et al., *Bayesian Data Analysis*, 3rd ed. (2013), §2.4–2.6 and §3.3; C. M. Bishop, *Pattern Recognition and Machine
/// Learning* (2006), ch. 2.
pub trait ConjugatePrior: Sized {
    /// What is observed.
    type Observation: Copy;
    /// The distribution of the next observation.
    type Predictive;

    /// The posterior after one observation.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] or [`ProbabilityError::OutcomeOutOfRange`] for what cannot be observed.
    fn updated(&self, x: Self::Observation) -> Result<Self, ProbabilityError>;

    /// The distribution of the next observation, $`\int p(x \mid \theta) \, p(\theta) \, d\theta`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] if a parameter overflows.
    fn predictive(&self) -> Result<Self::Predictive, ProbabilityError>;

    /// The logarithm of the probability, or the density, of the next observation.
    ///
    /// # Errors
    ///
    /// As [`predictive`](Self::predictive).
    fn ln_predictive(&self, x: Self::Observation) -> Result<f64, ProbabilityError>;

    /// The posterior after all observations.
    ///
    /// # Errors
    ///
    /// As [`updated`](Self::updated), for the first that is wrong.
    fn posterior(&self, data: &[Self::Observation]) -> Result<Self, ProbabilityError>
    where
        Self: Clone,
    {
        data.iter()
            .try_fold(self.clone(), |prior, x| prior.updated(*x))
    }

    /// The logarithm of the evidence: how probable all observations were.
    ///
    /// # Errors
    ///
    /// As [`updated`](Self::updated) and [`predictive`](Self::predictive).
    #[doc(alias = "marginal likelihood")]
    fn ln_evidence(&self, data: &[Self::Observation]) -> Result<f64, ProbabilityError>
    where
        Self: Clone,
    {
        let mut prior = self.clone();
        let mut sum = CompensatedSum::default();
        for x in data {
            sum.add(prior.ln_predictive(*x)?);
            prior = prior.updated(*x)?;
        }
        Ok(sum.value())
    }
}
