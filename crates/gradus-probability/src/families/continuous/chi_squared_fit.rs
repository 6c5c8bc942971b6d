//! The most likely χ² law.

use super::chi_squared::ChiSquared;
use crate::contract::continuous::Continuous;
use crate::error::ProbabilityError;
use crate::families::digamma_inverse::digamma_inverse;
use crate::statistics::fit::{Fit, mean_of};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::trigamma;
use std::f64::consts::LN_2;

impl ChiSquared {
    /// The most likely χ² law: $`\psi(\hat k / 2) = \overline{\ln(x / 2)}`$, with the standard error $`2 / \sqrt{n \, \psi'(\hat k / 2)}`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not positive and finite, [`ProbabilityError::NoMaximum`] if
    /// there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::ChiSquared;
    ///
    /// let euler = 0.577_215_664_901_532_9_f64; // ψ(1) = −γ
    /// let fit = ChiSquared::fit(&[2.0 * (-euler).exp()])?;
    /// assert!((fit.distribution.freedom() - 2.0).abs() < 1e-14);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn fit(x: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(x, &vec![1.0; x.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(x: &[f64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        let (n, _) = weighted_mean(x, weights, |x| x > 0.0)?;
        let half = digamma_inverse(mean_of(x, weights, n, |x| x.ln() - LN_2));
        let errors = vec![2.0 / (n * trigamma(half)).sqrt()];
        let law = Self::new(2.0 * half)?;
        Ok(Fit::of(law, errors, x, weights, Self::ln_pdf))
    }
}
