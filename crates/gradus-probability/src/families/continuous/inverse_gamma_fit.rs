//! The most likely inverse gamma law.

use super::gamma::Gamma;
use super::inverse_gamma::InverseGamma;
use crate::contract::continuous::Continuous;
use crate::error::ProbabilityError;
use crate::statistics::fit::Fit;
use crate::statistics::sample::weighted_mean;

impl InverseGamma {
    /// The most likely inverse gamma law: its reciprocals have the most likely [`Gamma`] law, with the same standard errors.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not positive and finite, or so small that its reciprocal is
    /// infinite; [`ProbabilityError::NoMaximum`] if all are equal or there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::InverseGamma;
    ///
    /// let fit = InverseGamma::fit(&[2.0, 1.0, 0.5, 0.25])?; // reciprocals 0.5, 1, 2, 4
    /// assert!((fit.distribution.shape() / fit.distribution.scale() - 1.875).abs() < 1e-14); // their mean
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
        weighted_mean(x, weights, |x| x > 0.0 && x.recip().is_finite())?;
        let reciprocals: Vec<f64> = x.iter().map(|x| x.recip()).collect();
        let fit = Gamma::fit_weighted(&reciprocals, weights)?;
        let law = Self::new(fit.distribution.shape(), fit.distribution.rate())?;
        Ok(Fit::of(law, fit.standard_errors, x, weights, Self::ln_pdf))
    }
}
