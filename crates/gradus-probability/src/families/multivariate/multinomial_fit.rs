//! The most likely shares of outcomes.

use super::multinomial::Multinomial;
use crate::error::ProbabilityError;
use crate::statistics::fit::Fit;
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{CompensatedSum, Simplex};
use std::iter::zip;

impl Multinomial {
    /// The most likely multinomial law of rows of counts, all of as many trials: the shares of the outcomes, with the standard errors
    /// $`\sqrt{p_i (1 - p_i) / m n}`$ for m rows of n trials.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] for rows of other lengths, [`ProbabilityError::InvalidObservation`] for one of another number of trials,
    /// [`ProbabilityError::NoMaximum`] if there are no rows or no trials.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Multinomial;
    ///
    /// let fit = Multinomial::fit(&[[2, 1, 1], [0, 3, 1]])?;
    /// assert_eq!(fit.distribution.probabilities().as_slice(), [0.25, 0.5, 0.25]);
    /// assert!((fit.standard_errors[1] - (0.25_f64 / 8.0).sqrt()).abs() < 1e-15);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §7.2.2.
    pub fn fit(rows: &[impl AsRef<[u64]>]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(rows, &vec![1.0; rows.len()])
    }

    /// The same where row i was seen `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(
        rows: &[impl AsRef<[u64]>],
        weights: &[f64],
    ) -> Result<Fit<Self>, ProbabilityError> {
        let trials_of = |row: &[u64]| row.iter().fold(0_u64, |sum, k| sum.saturating_add(*k));
        let all: Vec<&[u64]> = rows.iter().map(AsRef::as_ref).collect();
        let trials = all.first().map_or(0, |row| trials_of(row));
        let totals: Vec<f64> = all.iter().map(|row| trials_of(row) as f64).collect();
        let (rows, _) = weighted_mean(&totals, weights, |n| n == trials as f64)?;
        if trials == 0 {
            let reason = "there are no trials";
            return Err(ProbabilityError::NoMaximum { reason });
        }
        let left = all.first().map_or(0, |row| row.len());
        if let Some(right) = all
            .iter()
            .map(|row| row.len())
            .find(|length| *length != left)
        {
            return Err(ProbabilityError::LengthMismatch { left, right });
        }
        let count = |outcome: usize| {
            let terms = zip(&all, weights).map(|(row, w)| w * row[outcome] as f64); // rows have one length
            terms.collect::<CompensatedSum>().value()
        };
        let counts: Vec<f64> = (0..left).map(count).collect();
        let law = Self::new(trials, Simplex::from_weights(&counts)?);
        let n = rows * trials as f64;
        let shares = law.probabilities().as_slice().iter();
        let errors = shares.map(|p| (p * (1.0 - p) / n).sqrt()).collect();
        let ln_p = |law: &Self, row: &[u64]| law.ln_pmf(row).unwrap_or(f64::NAN); // of that length
        Ok(Fit::of(law, errors, &all, weights, ln_p))
    }
}
