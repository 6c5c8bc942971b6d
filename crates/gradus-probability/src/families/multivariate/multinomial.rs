//! How often each outcome comes up.

use crate::contract::discrete::Discrete;
use crate::error::ProbabilityError;
use crate::families::discrete::binomial::Binomial;
use gradus_numeric::{CompensatedSum, Real, Simplex, ln_factorial, stirling_error, xlogy};
use gradus_random::rand::Rng;
use std::f64::consts::PI;
use std::iter::zip;

/// The multinomial distribution: how often each of several outcomes comes up in some trials.
///
/// ```math
/// \operatorname{P}(k_1, \dots, k_m) = \frac{n!}{k_1! \cdots k_m!} \prod_{i=1}^{m} p_i^{k_i}, \qquad \sum_i k_i = n
/// ```
///
/// where $`n`$ is `trials` and $`p_i`$ the `probabilities`. For two outcomes it is [`Binomial`]; each count alone is binomial, too.
/// Means $`n p_i`$, covariances $`n p_i (\delta_{ij} - p_j)`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | two outcomes: [`Binomial`] | `multinomial_of_two_outcomes_is_binomial` |
/// | the probabilities of all counts sum to 1, and have these means and covariances | `multinomial_masses_have_its_moments` |
/// | draws have binomial entries | `draws_of_multinomial_have_binomial_entries` |
///
/// # Examples
///
/// ```
/// use gradus_probability::{Multinomial, Simplex};
///
/// let throws = Multinomial::new(3, Simplex::new(vec![0.5, 0.25, 0.25])?);
/// assert!((throws.pmf(&[1, 1, 1])? - 0.1875).abs() < 1e-15); // 3! / 32
/// assert_eq!(throws.pmf(&[3, 1, 0])?, 0.0); // four throws
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), definition 4.6.2.
#[derive(Clone, Debug, PartialEq)]
pub struct Multinomial {
    trials: u64,
    probabilities: Simplex,
}

impl Multinomial {
    /// How often each outcome comes up in so many `trials`.
    #[must_use]
    pub fn new(trials: u64, probabilities: Simplex) -> Self {
        Self {
            trials,
            probabilities,
        }
    }

    /// $`n`$.
    #[must_use]
    pub fn trials(&self) -> u64 {
        self.trials
    }

    /// $`p_i`$.
    #[must_use]
    pub fn probabilities(&self) -> &Simplex {
        &self.probabilities
    }

    /// $`\ln \operatorname{P}(k_1, \dots, k_m)`$; $`-\infty`$ for what cannot happen.
    ///
    /// # Numerics
    ///
    /// A product of binomial probabilities, one outcome after the other, each in Loader's form: logarithms of factorials would
    /// cancel.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] unless there is one count for each outcome.
    pub fn ln_pmf(&self, counts: &[u64]) -> Result<f64, ProbabilityError> {
        let (left, right) = (self.probabilities.len(), counts.len());
        if left != right {
            return Err(ProbabilityError::LengthMismatch { left, right });
        }
        let sum: u128 = counts.iter().map(|k| u128::from(*k)).sum();
        if sum != u128::from(self.trials) {
            return Ok(f64::NEG_INFINITY);
        }
        if self.trials <= FEW {
            return Ok(self.ln_pmf_of_few(counts));
        }
        let mut total = CompensatedSum::default();
        self.in_turn(|i, binomial| {
            total.add(binomial.ln_pmf(counts[i]));
            counts[i]
        })?;
        Ok(total.value().min(0.0))
    }

    /// $`\operatorname{P}(k_1, \dots, k_m)`$.
    ///
    /// # Errors
    ///
    /// As [`Multinomial::ln_pmf`].
    pub fn pmf(&self, counts: &[u64]) -> Result<f64, ProbabilityError> {
        Ok(self.ln_pmf(counts)?.exp())
    }

    /// $`\operatorname{E} k_i = n p_i`$.
    #[must_use]
    pub fn mean(&self) -> Vec<f64> {
        self.probabilities
            .as_slice()
            .iter()
            .map(|p| self.trials as f64 * p)
            .collect()
    }

    /// $`\operatorname{Cov}(k_i, k_j)`$; `None` outside.
    #[must_use]
    pub fn covariance(&self, i: usize, j: usize) -> Option<f64> {
        let (p, q) = (
            self.probabilities.as_slice().get(i)?,
            self.probabilities.as_slice().get(j)?,
        );
        let rest = if i == j { 1.0 - p } else { -q };
        Some(self.trials as f64 * p * rest)
    }

    /// The distribution of one count: [`Binomial`] of n and $`p_i`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::OutcomeOutOfRange`] if there is no such outcome.
    pub fn marginal(&self, outcome: usize) -> Result<Binomial, ProbabilityError> {
        let outcomes = self.probabilities.len();
        match self.probabilities.as_slice().get(outcome) {
            Some(p) => Binomial::new(self.trials, p.min(1.0)),
            None => Err(ProbabilityError::OutcomeOutOfRange { outcome, outcomes }),
        }
    }

    /// Draws a count for each outcome.
    ///
    /// # Errors
    ///
    /// None in practice: the probabilities were checked.
    pub fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> Result<Vec<u64>, ProbabilityError> {
        let mut counts = Vec::with_capacity(self.probabilities.len());
        self.in_turn(|_, binomial| {
            let count = binomial.sample(rng);
            counts.push(count);
            count
        })?;
        Ok(counts)
    }

    /// Goes through the outcomes: the count of each, among the trials and the probability that those before it have left, is binomial.
    fn in_turn(
        &self,
        mut count: impl FnMut(usize, &Binomial) -> u64,
    ) -> Result<(), ProbabilityError> {
        let p = self.probabilities.as_slice();
        // what this outcome and those after it have together; not by differences
        let mut left = vec![0.0; p.len() + 1];
        for i in (0..p.len()).rev() {
            left[i] = left[i + 1] + p[i];
        }
        let mut trials = self.trials;
        for i in 0..p.len() {
            let share = if left[i] > 0.0 {
                (p[i] / left[i]).min(1.0)
            } else {
                0.0
            };
            let binomial = Binomial::new(trials, share)?;
            trials = trials.saturating_sub(count(i, &binomial));
        }
        Ok(())
    }

    /// By factorials, which are exact for few trials.
    fn ln_pmf_of_few(&self, counts: &[u64]) -> f64 {
        let powers = zip(counts, self.probabilities.as_slice())
            .map(|(k, p)| xlogy(*k as f64, *p) - ln_factorial(*k));
        let powers: CompensatedSum = powers.collect();
        (ln_factorial(self.trials) + powers.value()).min(0.0)
    }
}

/// The log-probability of counts, as a function of the probabilities of the outcomes.
///
/// ```math
/// \ln \operatorname{P}(k_1, \dots, k_m) = \ln n! - \sum_i \ln k_i! + \sum_i k_i \ln p_i, \qquad n = \sum_i k_i
/// ```
///
/// For every [`Real`], so it can be differentiated by all probabilities, as if they were free; minus this is the loss of a regression of shares.
///
/// # Shapes
///
/// `counts: m`, `probabilities: m`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_{p_i} = k_i / p_i`$ | `scores_of_several_outcomes` |
/// | that of [`Multinomial`] | `log_densities_are_those_of_their_laws` |
///
/// # Numerics
///
/// In Loader's form, with $`k \ln(n p / k)`$ for $`k \ln p`$: an error of $`n \varepsilon`$, as large as that of probabilities that do not sum to 1 exactly. $`-\infty`$ for a
/// count of what has probability 0.
///
/// # Errors
///
/// [`ProbabilityError::LengthMismatch`] unless there is one count for each outcome.
///
/// # Examples
///
/// ```
/// use gradus_probability::multinomial_ln_pmf;
///
/// let ln_p = multinomial_ln_pmf(&[1, 1, 1], &[0.5, 0.25, 0.25_f64])?;
/// assert!((ln_p - 0.1875_f64.ln()).abs() < 1e-15); // 3! / 32
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// As [`Multinomial`].
pub fn multinomial_ln_pmf<R: Real>(
    counts: &[u64],
    probabilities: &[R],
) -> Result<R, ProbabilityError> {
    let (left, right) = (probabilities.len(), counts.len());
    if left != right {
        return Err(ProbabilityError::LengthMismatch { left, right });
    }
    let n = counts.iter().map(|k| u128::from(*k)).sum::<u128>() as f64;
    let mut ln_p = R::from_f64(ln_ways_of_one(n));
    for (k, p) in zip(counts, probabilities).filter(|(k, _)| **k > 0) {
        let k = *k as f64;
        let share = *p * R::from_f64(n / k);
        ln_p += xlogy(R::from_f64(k), share) - R::from_f64(ln_ways_of_one(k));
    }
    Ok(ln_p)
}

/// $`\ln(k! \, e^k / k^k) = \tfrac12 \ln(2 \pi k) + \delta(k)`$, 0 for none.
fn ln_ways_of_one(k: f64) -> f64 {
    if k > 0.0 {
        0.5 * (2.0 * PI * k).ln() + stirling_error(k)
    } else {
        0.0
    }
}

/// Up to here factorials are whole numbers without rounding.
const FEW: u64 = 18;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_that_do_not_fit() {
        let law = Multinomial::new(2, Simplex::new(vec![0.5, 0.5, 0.0]).unwrap());
        assert_eq!(
            law.ln_pmf(&[1, 1]),
            Err(ProbabilityError::LengthMismatch { left: 3, right: 2 })
        );
        assert_eq!(law.pmf(&[1, 0, 1]), Ok(0.0));
        assert_eq!(law.pmf(&[u64::MAX, u64::MAX, 4]), Ok(0.0));
        assert!((law.pmf(&[1, 1, 0]).unwrap() - 0.5).abs() < 1e-15);
        let none = Multinomial::new(0, Simplex::uniform(2).unwrap());
        assert_eq!(none.pmf(&[0, 0]), Ok(1.0));
        assert!(law.marginal(3).is_err());
        let many = Multinomial::new(1000, Simplex::new(vec![0.5, 0.5, 0.0]).unwrap());
        assert_eq!(many.pmf(&[500, 499, 1]), Ok(0.0));
    }
}
