//! The most likely beta–binomial distribution.

use super::beta_binomial::BetaBinomial;
use crate::contract::discrete::Discrete;
use crate::error::ProbabilityError;
use crate::statistics::fit::{Concave, Fit, center_and_spread, maximum, numbers, observed};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::CompensatedSum;
use std::iter::zip;

impl BetaBinomial {
    /// The most likely beta–binomial distribution, given how many of `trials` succeeded each time: both parameters at once.
    ///
    /// With the mean $`\pi = a / (a + b)`$ and $`\tau = 1 / (a + b)`$, the scatter, the log-likelihood is, but for a constant,
    ///
    /// ```math
    /// \overline{\sum_{j < k} \ln(\pi + j \tau)} + \overline{\sum_{j < n - k} \ln(1 - \pi + j \tau)} - \sum_{j < n} \ln(1 + j \tau)
    /// ```
    ///
    /// and regular at $`\tau = 0`$, the binomial law. Newton's steps lead to its top. If the counts scatter no more than binomial ones, $`\tau = 0`$ is the top, and
    /// the likelihood rises as a and b grow; if all of them are 0 or n, it rises as a and b go to 0. Standard errors come from the observed information.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for more successes than trials; [`ProbabilityError::NoMaximum`] in these two cases, if so few counts are not
    /// at an end that rounding hides what they tell, or if there are no observations; [`ProbabilityError::Domain`] for more than $`10^6`$ trials.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::BetaBinomial;
    ///
    /// let fit = BetaBinomial::fit(2, &[0, 0, 1, 1, 2, 2])?; // each count as often: a = b = 1
    /// let shapes = fit.distribution.probability();
    /// assert!((shapes.a() - 1.0).abs() < 1e-12 && (shapes.b() - 1.0).abs() < 1e-12);
    /// assert!(BetaBinomial::fit(2, &[0, 1, 1, 2]).is_err()); // two fair coins
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// D. M. Smith, *Maximum likelihood estimation of the parameters of the beta binomial distribution*, Appl. Statist. 32 (1983), 196–204; B. Levin and J. Reeds,
    /// *Compound multinomial likelihood functions are unimodal*, Ann. Statist. 5 (1977), 79–87, for the single top along each mean.
    pub fn fit(trials: u64, successes: &[u64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(trials, successes, &vec![1.0; successes.len()])
    }

    /// The same where number i was seen `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(
        trials: u64,
        successes: &[u64],
        weights: &[f64],
    ) -> Result<Fit<Self>, ProbabilityError> {
        Self::new(trials, 1.0, 1.0)?;
        let (k, all) = (numbers(successes), trials as f64);
        let (n, about) = weighted_mean(&k, weights, |k| k <= all)?;
        let none = |reason| Err(ProbabilityError::NoMaximum { reason });
        if !observed(&k, weights).any(|k| 0.0 < k && k < all) {
            return none("all counts are at an end, and the likelihood rises as a and b go to 0");
        }
        let (mean, deviation) = center_and_spread(&k, weights, n, about);
        let share = mean / all;
        let excess = deviation * deviation / (all * share * (1.0 - share));
        if excess <= 1.0 + ROUNDING {
            return none("the counts scatter no more than binomial ones");
        }
        // the variance is 1 + (n − 1) ρ times the binomial one, and τ = ρ / (1 − ρ)
        let start = ((excess - 1.0) / (all - excess)).clamp(f64::EPSILON, MOST_SCATTER);
        let shares = Shares::of(trials, successes, weights, n);
        let at = maximum([share, start.ln()], |at| shares.mean_ln_likelihood(at));
        let (mean, scatter) = (at[0], at[1].exp());
        let law = Self::new(trials, mean / scatter, (1.0 - mean) / scatter)?;
        let errors = standard_errors([mean, scatter], shares.mean_ln_likelihood(at).bend, n);
        if !errors.iter().all(|e| *e > 0.0 && e.is_finite()) {
            return none("the likelihood is too flat for its top to be found");
        }
        Ok(Fit::of(law, errors, successes, weights, |law, k| {
            law.ln_pmf(k)
        }))
    }
}

/// Those of $`a = \pi / \tau`$ and $`b = (1 - \pi) / \tau`$.
fn standard_errors([mean, scatter]: [f64; 2], [p, pt, t]: [f64; 3], n: f64) -> Vec<f64> {
    // quotients by p, since products overflow where the mean is tiny
    let (along, rest) = (pt / p, n * (t - pt * (pt / p)));
    let of = |mean: f64, sign: f64| {
        // along (1, −π) of π and ln τ, with the covariances (t, −pt; −pt, p), for a; along (−1, π − 1) for b
        let slope = -sign * mean;
        ((t / p - 2.0 * slope * along + slope * slope) / rest).sqrt() / scatter
    };
    vec![of(mean, 1.0), of(1.0 - mean, -1.0)]
}

/// What share of the observations has more than j successes, and more than j failures, for each j below n.
struct Shares {
    successes: Vec<f64>,
    failures: Vec<f64>,
}

impl Shares {
    fn of(trials: u64, successes: &[u64], weights: &[f64], n: f64) -> Self {
        let above = |count: &dyn Fn(u64) -> u64| {
            #[allow(clippy::cast_possible_truncation, reason = "a million trials at most")]
            let mut exactly = vec![0.0; trials as usize + 1];
            for (&k, w) in zip(successes, weights).filter(|(_, w)| **w > 0.0) {
                if let Some(share) = usize::try_from(count(k))
                    .ok()
                    .and_then(|k| exactly.get_mut(k))
                {
                    *share += w / n;
                }
            }
            // sums from the end, without the count itself
            let mut sum = CompensatedSum::default();
            let mut above: Vec<_> = (exactly.iter().skip(1).rev())
                .map(|share| {
                    sum.add(*share);
                    sum.value()
                })
                .collect();
            above.reverse();
            above
        };
        Self {
            successes: above(&|k| k),
            failures: above(&|k| trials.saturating_sub(k)),
        }
    }

    /// The mean log-likelihood, but for a constant, as a function of the mean and the logarithm of the scatter.
    fn mean_ln_likelihood(&self, [mean, ln_scatter]: [f64; 2]) -> Concave {
        let scatter = ln_scatter.exp();
        let inside = mean > 0.0 && mean < 1.0 && scatter > 0.0;
        if !inside {
            let value = f64::NEG_INFINITY;
            let (slopes, bend) = ([0.0; 2], [0.0; 3]);
            return Concave {
                value,
                slopes,
                bend,
            };
        }
        let mut value = CompensatedSum::default();
        let mut slopes = [CompensatedSum::default(); 2];
        let mut bend = [CompensatedSum::default(); 3];
        let shares = zip(&self.successes, &self.failures);
        for (j, (more, fewer)) in (0_u32..).map(f64::from).zip(shares) {
            let [success, failure, all] = [
                mean + j * scatter,
                1.0 - mean + j * scatter,
                1.0 + j * scatter,
            ];
            let rest = more + fewer - 1.0;
            value.add(more * (success / all).ln() + fewer * (failure / all).ln() + rest * all.ln());
            let [by_success, by_failure] = [more / success, fewer / failure];
            slopes[0].add(by_success - by_failure);
            slopes[1].add(j * (by_success + by_failure - 1.0 / all));
            let [again, against] = [by_success / success, by_failure / failure];
            bend[0].add(again + against);
            bend[1].add(j * (again - against));
            bend[2].add(j * j * (again + against - 1.0 / (all * all)));
        }
        let [by_mean, by_scatter] = [slopes[0].value(), scatter * slopes[1].value()];
        let [of_mean, of_both, of_scatter] = bend.map(CompensatedSum::value);
        Concave {
            value: value.value(),
            slopes: [by_mean, by_scatter],
            bend: [
                of_mean,
                scatter * of_both,
                scatter * scatter * of_scatter - by_scatter,
            ],
        }
    }
}

/// Of a variance.
const ROUNDING: f64 = 8.0 * f64::EPSILON;

/// Where the search begins at most; counts at the ends alone have more.
const MOST_SCATTER: f64 = 100.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_without_a_fit() {
        for (trials, counts) in [
            (5, &[][..]),
            (0, &[0, 0]),
            (1, &[0, 1, 1]),
            (5, &[0, 5, 5]),
            (5, &[0, 0]),
            (5, &[2, 2, 3]),
            (5, &[4]),
        ] {
            let fit = BetaBinomial::fit(trials, counts);
            assert!(
                matches!(fit, Err(ProbabilityError::NoMaximum { .. })),
                "{trials} {counts:?}"
            );
        }
        assert!(matches!(
            BetaBinomial::fit(3, &[1, 4]),
            Err(ProbabilityError::InvalidObservation { index: 1, .. })
        ));
        assert!(BetaBinomial::fit(2_000_000, &[1, 4]).is_err());
    }

    #[test]
    fn nearly_all_at_the_ends() {
        let fit = BetaBinomial::fit_weighted(9, &[0, 4, 9], &[1.0, 1e-6, 1.0]).unwrap();
        // the mass between the ends is ½ a Σ 9 / k (9 − k) for tiny a = b, that is a Σ 1 / k, k < 9
        let between: f64 = (1..9).map(|k| 1.0 / f64::from(k)).sum();
        let a = fit.distribution.probability().a();
        assert!((a * between / 0.5e-6 - 1.0).abs() < 1e-4, "{a:e}");
        assert!(
            fit.standard_errors
                .iter()
                .all(|e| e.is_finite() && *e > 0.0)
        );
        let flat = BetaBinomial::fit_weighted(12, &[0, 5], &[1e200, 1.0]);
        assert!(matches!(flat, Err(ProbabilityError::NoMaximum { .. })));
    }
}
