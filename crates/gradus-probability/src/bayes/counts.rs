//! Conjugate priors of what is counted: yes or no, events, categories.

use super::conjugate::ConjugatePrior;
use crate::contract::discrete::Discrete;
use crate::error::ProbabilityError;
use crate::families::continuous::beta::Beta;
use crate::families::continuous::gamma::Gamma;
use crate::families::discrete::bernoulli::Bernoulli;
use crate::families::discrete::beta_binomial::BetaBinomial;
use crate::families::discrete::categorical::Categorical;
use crate::families::discrete::negative_binomial::NegativeBinomial;
use crate::families::multivariate::dirichlet::Dirichlet;

/// Of the probability of a yes: $`a`$ counts them, $`b`$ the no.
impl ConjugatePrior for Beta {
    type Observation = bool;
    type Predictive = Bernoulli;

    fn updated(&self, x: bool) -> Result<Self, ProbabilityError> {
        if x {
            Self::new(self.a() + 1.0, self.b())
        } else {
            Self::new(self.a(), self.b() + 1.0)
        }
    }

    fn predictive(&self) -> Result<Bernoulli, ProbabilityError> {
        // not a / (a + b), which may overflow
        Bernoulli::new(1.0 / (1.0 + self.b() / self.a()))
    }

    fn ln_predictive(&self, x: bool) -> Result<f64, ProbabilityError> {
        let (own, other) = if x {
            (self.a(), self.b())
        } else {
            (self.b(), self.a())
        };
        Ok(-(other / own).ln_1p())
    }
}

impl Beta {
    /// The distribution of how many of the next `trials` succeed, if this is what is known of their common probability.
    ///
    /// ```math
    /// \operatorname{P}(X = k) = \int_0^1 \binom nk t^k (1 - t)^{n - k} \, p(t) \, dt
    /// ```
    ///
    /// As a prior this predicts counts, as a posterior those to come.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | $`\binom nk`$ times the evidence of k successes in any order | `beta_binomial_counts_are_predicted_by_beta` |
    ///
    /// # Errors
    ///
    /// As [`BetaBinomial::new`].
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::{Beta, ConjugatePrior, Discrete};
    ///
    /// // after one success: two more with probability ⅔ · ¾
    /// let after = Beta::new(1.0, 1.0)?.updated(true)?;
    /// assert!((after.predictive_count(2)?.pmf(2) - 0.5).abs() < 1e-15);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// A. Gelman et al., *Bayesian Data Analysis*, 3rd ed. (2013), §2.4.
    pub fn predictive_count(&self, trials: u64) -> Result<BetaBinomial, ProbabilityError> {
        BetaBinomial::new(trials, self.a(), self.b())
    }
}

/// Of the mean of a Poisson distribution: $`a`$ counts events, $`b`$ the times at which they were counted.
impl ConjugatePrior for Gamma {
    type Observation = u64;
    type Predictive = NegativeBinomial;

    fn updated(&self, x: u64) -> Result<Self, ProbabilityError> {
        Self::new(self.shape() + x as f64, self.rate() + 1.0)
    }

    fn predictive(&self) -> Result<NegativeBinomial, ProbabilityError> {
        NegativeBinomial::new(self.shape(), 1.0 / (1.0 + 1.0 / self.rate()))
    }

    fn ln_predictive(&self, x: u64) -> Result<f64, ProbabilityError> {
        Ok(self.predictive()?.ln_pmf(x))
    }
}

/// Of the probabilities of categories: $`a_k`$ counts category k.
impl ConjugatePrior for Dirichlet {
    type Observation = usize;
    type Predictive = Categorical;

    fn updated(&self, x: usize) -> Result<Self, ProbabilityError> {
        let mut counts = self.concentrations().to_vec();
        let outcomes = counts.len();
        match counts.get_mut(x) {
            Some(count) => *count += 1.0,
            None => {
                return Err(ProbabilityError::OutcomeOutOfRange {
                    outcome: x,
                    outcomes,
                });
            }
        }
        Self::new(counts)
    }

    fn predictive(&self) -> Result<Categorical, ProbabilityError> {
        Categorical::from_weights(self.concentrations())
    }

    fn ln_predictive(&self, x: usize) -> Result<f64, ProbabilityError> {
        let outcomes = self.concentrations().len();
        match self.mean()?.as_slice().get(x) {
            Some(p) => Ok(p.ln()),
            None => Err(ProbabilityError::OutcomeOutOfRange {
                outcome: x,
                outcomes,
            }),
        }
    }
}
