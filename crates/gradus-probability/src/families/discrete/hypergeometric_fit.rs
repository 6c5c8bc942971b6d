//! The most likely number of marked ones.

use super::hypergeometric::Hypergeometric;
use crate::contract::discrete::Discrete;
use crate::error::ProbabilityError;
use crate::statistics::fit::{Fit, mean_of, numbers};
use crate::statistics::sample::weighted_mean;
use std::iter::zip;

impl Hypergeometric {
    /// The most likely number of marked ones in a `population`, of which so many `draws` were taken, once or several times, with `x` marked ones
    /// among them.
    ///
    /// ```math
    /// \hat K = \max\left\{ K : \sum_i w_i \ln \frac{K \, (N - K + 1 - n + x_i)}{(K - x_i)(N - K + 1)} > 0 \right\}
    /// ```
    ///
    /// for a population of $`N`$ and $`n`$ draws: as long as the next one makes the data more likely. The likelihood is log-concave, so there is one
    /// top. A whole number has no standard error. Of a single x it is $`\lfloor (N + 1)\, x / n \rfloor`$, or one less if that is no rounding.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] if there are more draws than the population has, [`ProbabilityError::InvalidObservation`] for more marked ones than
    /// draws, [`ProbabilityError::NoMaximum`] if no number of marked ones can give all of the data, or there are none.
    ///
    /// # Examples
    ///
    /// How many marked fish are in a pond of 99, if 3 of 7 were marked?
    ///
    /// ```
    /// use gradus_probability::Hypergeometric;
    ///
    /// assert_eq!(Hypergeometric::fit(99, 7, &[3])?.distribution.marked(), 42); // ⌊100 · 3 / 7⌋
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// N. L. Johnson, A. W. Kemp and S. Kotz, *Univariate Discrete Distributions*, 3rd ed. (2005), §6.7.
    pub fn fit(population: u64, draws: u64, x: &[u64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(population, draws, x, &vec![1.0; x.len()])
    }

    /// The same where x i was seen `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(
        population: u64,
        draws: u64,
        x: &[u64],
        weights: &[f64],
    ) -> Result<Fit<Self>, ProbabilityError> {
        Self::new(population, 0, draws)?;
        let counts = numbers(x);
        let (n, _) = weighted_mean(&counts, weights, |k| k <= draws as f64)?;
        let seen = || zip(x, weights).filter(|(_, w)| **w > 0.0).map(|(x, _)| *x);
        let (most, fewest) = (seen().max().unwrap_or(0), seen().min().unwrap_or(0));
        // there must be as many marked ones, and as many others
        let (mut low, last) = (most, population - (draws - fewest));
        if low > last {
            let reason = "no number of marked ones can give all of the data";
            return Err(ProbabilityError::NoMaximum { reason });
        }
        let gains = |marked: u64| {
            let (k, rest) = (marked as f64, (population - marked + 1) as f64);
            let others = |x: f64| draws as f64 - x;
            let gain = |x: f64| (-others(x) / rest).ln_1p() - (-x / k).ln_1p();
            mean_of(&counts, weights, n, gain) > 0.0
        };
        let mut beyond = last + 1; // no u64 is that large
        while beyond - low > 1 {
            let middle = low + (beyond - low) / 2;
            if gains(middle) {
                low = middle;
            } else {
                beyond = middle;
            }
        }
        let law = Self::new(population, low, draws)?;
        Ok(Fit::of(law, Vec::new(), x, weights, Self::ln_pmf))
    }
}
