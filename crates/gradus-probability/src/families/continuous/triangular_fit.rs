//! The most likely triangle.

use super::triangular::Triangular;
use crate::contract::continuous::Continuous;
use crate::error::ProbabilityError;
use crate::statistics::fit::Fit;
use crate::statistics::sample::weighted_mean;
use std::iter::zip;

impl Triangular {
    /// The most likely triangular law between ends that are known: its mode is one of the observations.
    ///
    /// ```math
    /// \hat c = \arg\max_{c \in \{x_1, \dots, x_n\}} \prod_{x_i \le c} \frac{x_i - a}{c - a} \prod_{x_i > c} \frac{b - x_i}{b - c}
    /// ```
    ///
    /// Between two neighbors the likelihood has no top inside, since its logarithm is convex there. It has a kink at the observations, so there is no
    /// information, and no standard error. Of modes that are equally likely the smallest is taken.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless the ends are finite and in order, [`ProbabilityError::InvalidObservation`] for an observation that does not
    /// lie between them, [`ProbabilityError::NoMaximum`] if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::{Mode, Triangular};
    ///
    /// // at ¼ the product is 1 · ⅔ · ⅓, at ½ it is ½ · 1 · ½, at ¾ ⅓ · ⅔ · 1
    /// let fit = Triangular::fit(0.0, 1.0, &[0.25, 0.5, 0.75])?;
    /// assert_eq!(fit.distribution.mode()?, 0.5);
    /// assert!((fit.ln_likelihood - 2.0_f64.ln()).abs() < 1e-15); // 2³ / 4
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// E. H. Oliver, *A maximum likelihood oddity*, Amer. Statist. 26 (1972), 43–44.
    pub fn fit(low: f64, high: f64, x: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(low, high, x, &vec![1.0; x.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(
        low: f64,
        high: f64,
        x: &[f64],
        weights: &[f64],
    ) -> Result<Fit<Self>, ProbabilityError> {
        Self::new(low, low, high)?;
        weighted_mean(x, weights, |x| x > low && x < high)?;
        let mut sorted: Vec<(f64, f64)> = zip(x.iter().copied(), weights.iter().copied())
            .filter(|(_, w)| *w > 0.0)
            .collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        // lengths in units of the whole
        let whole = high - low;
        let (from_low, to_high) = (
            |x: f64| ((x - low) / whole).ln(),
            |x: f64| ((high - x) / whole).ln(),
        );
        let mut right: f64 = sorted.iter().map(|(x, w)| w * to_high(*x)).sum();
        let mut above: f64 = sorted.iter().map(|(_, w)| w).sum();
        let (mut left, mut below) = (0.0, 0.0);
        let mut best = (f64::NEG_INFINITY, low);
        for (c, w) in sorted {
            (left, below) = (left + w * from_low(c), below + w);
            (right, above) = (right - w * to_high(c), above - w);
            let value = left - below * from_low(c) + (right - above * to_high(c));
            if value > best.0 {
                best = (value, c);
            }
        }
        let law = Self::new(low, best.1, high)?;
        Ok(Fit::of(law, Vec::new(), x, weights, Self::ln_pdf))
    }
}
