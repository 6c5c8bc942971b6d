//! How much would a score differ on other samples of the same kind?

use crate::error::EvaluationError;
use crate::validation::interval::Interval;
use crate::validation::jackknife::Jackknife;
use crate::validation::scores::check_scores;
use gradus_numeric::{mean, normal_cdf, normal_quantile, variance};
use gradus_random::{Key, uniform_below};

/// A statistic, and what it is on resamples.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::Bootstrap;
///
/// let bootstrap = Bootstrap::new(2.0, vec![3.0, 1.0, 2.0, 2.5])?;
/// assert_eq!(bootstrap.replicates(), [1.0, 2.0, 2.5, 3.0]);
/// let half = bootstrap.percentile(0.5)?; // the first and the third of four
/// assert_eq!((half.low, half.high), (1.0, 2.5));
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Bootstrap {
    estimate: f64,
    replicates: Vec<f64>,
}

/// Computes a statistic of `n` samples, and of `resamples` times `n` samples drawn from them with replacement.
///
/// ```math
/// \hat\theta = s(0, 1, \dots, n - 1), \qquad \hat\theta^*_b = s(i_{b1}, \dots, i_{bn}), \quad i_{bj} \text{ uniform below } n
/// ```
///
/// The samples stand for the law they come from: what the statistic does on their resamples it would do, nearly, on
/// other samples. For the interval of any metric: accuracy, an area below a curve, a difference of two models. One draws
/// what is independent: patients, not their samples.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | resample `b` depends on the key and on `b` alone | `a_resample_depends_on_its_number_alone` |
/// | the standard error of a mean is $`\sqrt{(n-1)/n}\; s / \sqrt n`$, up to the luck of the resamples | `the_bootstrap_knows_the_error_of_a_mean` |
///
/// # Errors
///
/// The first error of `statistic`; [`EvaluationError::Empty`] without samples, [`EvaluationError::TooFewNumbers`] for fewer
/// than two resamples, [`EvaluationError::ScoreNotFinite`] if the statistic is NaN or infinite (an area on a resample of one
/// class): the caller decides what such a resample means.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{EvaluationError, Key, bootstrap};
///
/// let right = [1, 1, 1, 0, 1, 1, 0, 1, 1, 1]; // eight of ten answers
/// let accuracy = |samples: &[u32]| -> Result<f64, EvaluationError> {
///     Ok(samples.iter().map(|&i| f64::from(right[i as usize])).sum::<f64>() / 10.0)
/// };
/// let bootstrap = bootstrap(10, 1000, Key::new(1), accuracy)?;
/// let interval = bootstrap.percentile(0.95)?;
/// assert_eq!(bootstrap.estimate(), 0.8);
/// assert!(interval.low <= 0.6 && interval.high == 1.0); // ten answers tell little
/// # Ok::<(), EvaluationError>(())
/// ```
///
/// # References
///
/// B. Efron and R. J. Tibshirani, *An Introduction to the Bootstrap*, 1993, chapters 6, 13 and 14.
pub fn bootstrap<E: From<EvaluationError>>(
    n: u32,
    resamples: u32,
    key: Key,
    mut statistic: impl FnMut(&[u32]) -> Result<f64, E>,
) -> Result<Bootstrap, E> {
    let all: Vec<u32> = (0..n).collect();
    if all.is_empty() {
        return Err(EvaluationError::Empty.into());
    }
    let estimate = statistic(&all)?;
    let mut replicates = Vec::new();
    for b in 0..resamples {
        let rng = &mut key.index(b.into()).rng();
        let draw = |_: &u32| uniform_below(n, rng).map_err(|_| EvaluationError::Empty);
        let drawn: Vec<u32> = all.iter().map(draw).collect::<Result<_, _>>()?;
        replicates.push(statistic(&drawn)?);
    }
    Ok(Bootstrap::new(estimate, replicates)?)
}

impl Bootstrap {
    /// Takes a statistic and its values on resamples, computed elsewhere, in any order.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::TooFewNumbers`] for fewer than two replicates, [`EvaluationError::ScoreNotFinite`].
    pub fn new(estimate: f64, mut replicates: Vec<f64>) -> Result<Self, EvaluationError> {
        let (count, needed) = (replicates.len(), 2);
        if count < needed {
            return Err(EvaluationError::TooFewNumbers { count, needed });
        }
        check_scores(&[estimate])?;
        check_scores(&replicates)?;
        replicates.sort_by(f64::total_cmp);
        Ok(Self {
            estimate,
            replicates,
        })
    }

    /// The statistic of the samples themselves.
    #[must_use]
    pub fn estimate(&self) -> f64 {
        self.estimate
    }

    /// The statistic of the resamples, from the smallest to the largest.
    #[must_use]
    pub fn replicates(&self) -> &[f64] {
        &self.replicates
    }

    /// The mean of the resamples less the statistic.
    #[must_use]
    pub fn bias(&self) -> f64 {
        mean(&self.replicates).map_or(0.0, |mean| mean - self.estimate) // there are two at least
    }

    /// The standard error of the statistic: the standard deviation of the resamples.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        variance(&self.replicates, 1).map_or(0.0, f64::sqrt) // there are two at least
    }

    /// The percentile interval: what lies between the resamples of order $`(1 \mp \text{level}) / 2`$.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | a rising function of the statistic has the interval of the function's values | `percentile_intervals_follow_rising_functions` |
    ///
    /// # Numerics
    ///
    /// The resample of order $`\alpha`$ of $`B`$ is the $`\lceil \alpha B \rceil`$-th, and nothing is interpolated: so the
    /// law is exact.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::NotALevel`] unless the level lies strictly between 0 and 1.
    ///
    /// # References
    ///
    /// Efron and Tibshirani, section 13.3.
    pub fn percentile(&self, level: f64) -> Result<Interval, EvaluationError> {
        let tail = tail(level)?;
        Ok(self.between(tail, 1.0 - tail))
    }

    /// The interval that is corrected for bias, and accelerated: BCa.
    ///
    /// ```math
    /// \alpha' = \Phi\Bigl(z_0 + \frac{z_0 + z_\alpha}{1 - a (z_0 + z_\alpha)}\Bigr), \qquad
    /// z_0 = \Phi^{-1}\Bigl(\frac{\#\{\hat\theta^* < \hat\theta\} + \frac12 \#\{\hat\theta^* = \hat\theta\}}{B}\Bigr)
    /// ```
    ///
    /// The percentile interval of other orders: $`z_0`$ corrects that the resamples lie to one side of the statistic, and $`a`$,
    /// which [`Jackknife::acceleration`] tells, that the standard error depends on the parameter. Its ends miss by
    /// $`O(1/n)`$, those of the percentile interval by $`O(1/\sqrt n)`$.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | without bias and acceleration it is the percentile interval | `without_bias_and_acceleration_bca_is_the_percentile_interval` |
    ///
    /// # Errors
    ///
    /// [`EvaluationError::NotALevel`]; [`EvaluationError::OneSided`] if all resamples lie on one side of the statistic.
    ///
    /// # References
    ///
    /// B. Efron, *Better bootstrap confidence intervals*, J. Amer. Statist. Assoc. 82 (1987), 171–185; Efron and Tibshirani,
    /// section 14.3.
    #[doc(alias = "bias-corrected and accelerated")]
    pub fn bca(&self, level: f64, jackknife: &Jackknife) -> Result<Interval, EvaluationError> {
        let (tail, resamples) = (tail(level)?, self.replicates.len());
        let below = self.replicates.partition_point(|&x| x < self.estimate);
        let up_to = self.replicates.partition_point(|&x| x <= self.estimate);
        let share = (below + up_to) as f64 / (2 * resamples) as f64;
        if !(share > 0.0 && share < 1.0) {
            let below = usize::midpoint(below, up_to);
            return Err(EvaluationError::OneSided { below, resamples });
        }
        let (z0, a) = (normal_quantile(share), jackknife.acceleration());
        let corrected = |order: f64| {
            let z = z0 + normal_quantile(order);
            // Beyond the pole at z = 1 / a the order of the last resample is meant, or of the first.
            if a * z < 1.0 {
                normal_cdf(z0 + z / (1.0 - a * z))
            } else {
                f64::from(u8::from(z > 0.0))
            }
        };
        Ok(self.between(corrected(tail), corrected(1.0 - tail)))
    }

    fn between(&self, low: f64, high: f64) -> Interval {
        Interval {
            low: self.of_order(low),
            high: self.of_order(high),
        }
    }

    /// The ⌈αB⌉-th resample, counted from 1.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the number of resamples"
    )]
    fn of_order(&self, order: f64) -> f64 {
        let rank = (order * self.replicates.len() as f64).ceil() as usize;
        self.replicates[rank.clamp(1, self.replicates.len()) - 1] // there are two at least
    }
}

/// What an interval of this level leaves out on each side.
fn tail(level: f64) -> Result<f64, EvaluationError> {
    if level > 0.0 && level < 1.0 {
        Ok((1.0 - level) / 2.0)
    } else {
        Err(EvaluationError::NotALevel { level })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jackknife;

    #[test]
    fn levels_and_replicates_are_checked() {
        let few = Bootstrap::new(0.0, vec![1.0]);
        let (count, needed) = (1, 2);
        assert_eq!(few, Err(EvaluationError::TooFewNumbers { count, needed }));
        let (index, value) = (1, f64::INFINITY);
        assert_eq!(
            Bootstrap::new(0.0, vec![0.0, value]),
            Err(EvaluationError::ScoreNotFinite { index, value })
        );
        let fine = Bootstrap::new(0.0, vec![1.0, -1.0]).unwrap();
        for level in [0.0, 1.0, -0.5, f64::INFINITY] {
            assert_eq!(
                fine.percentile(level),
                Err(EvaluationError::NotALevel { level })
            );
        }
        assert!(fine.percentile(f64::NAN).is_err());
    }

    #[test]
    fn resamples_on_one_side_are_not_corrected() {
        let first = |part: &[u32]| -> Result<f64, EvaluationError> { Ok(part[0].into()) };
        let jackknife = jackknife(3, first).unwrap();
        let aside = Bootstrap::new(5.0, vec![1.0, 2.0, 3.0]).unwrap();
        let (below, resamples) = (3, 3);
        assert_eq!(
            aside.bca(0.9, &jackknife),
            Err(EvaluationError::OneSided { below, resamples })
        );
    }

    #[test]
    fn a_constant_has_no_spread() {
        let constant = |_: &[u32]| Ok::<f64, EvaluationError>(2.0);
        let same = bootstrap(3, 10, Key::new(1), constant).unwrap();
        assert_eq!((same.bias(), same.standard_error()), (0.0, 0.0));
        let interval = same.percentile(0.9).unwrap();
        assert_eq!((interval.low, interval.high), (2.0, 2.0));
        assert!(bootstrap(0, 10, Key::new(1), constant).is_err());
    }
}
