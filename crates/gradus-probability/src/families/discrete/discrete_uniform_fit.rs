//! The most likely fair die.

use super::discrete_uniform::DiscreteUniform;
use crate::contract::discrete::Discrete;
use crate::error::ProbabilityError;
use crate::statistics::fit::{Fit, numbers};
use crate::statistics::sample::weighted_mean;
use std::iter::zip;

impl DiscreteUniform {
    /// The most likely law of equal chances: from the smallest number that was seen to the largest. The likelihood leaps there, so there is no
    /// standard error.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMaximum`] if there are no numbers.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::DiscreteUniform;
    ///
    /// let fit = DiscreteUniform::fit(&[3, 6, 4, 3])?;
    /// assert_eq!((fit.distribution.low(), fit.distribution.high()), (3, 6));
    /// assert!((fit.ln_likelihood + 4.0 * 4.0_f64.ln()).abs() < 1e-14); // ¼ four times
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn fit(x: &[u64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(x, &vec![1.0; x.len()])
    }

    /// The same where number i was seen `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(x: &[u64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        weighted_mean(&numbers(x), weights, |_| true)?;
        let seen = || zip(x, weights).filter(|(_, w)| **w > 0.0).map(|(x, _)| *x);
        let low = seen().min().unwrap_or(0); // there are some
        let law = Self::new(low, seen().max().unwrap_or(low))?;
        Ok(Fit::of(law, Vec::new(), x, weights, Self::ln_pmf))
    }
}
