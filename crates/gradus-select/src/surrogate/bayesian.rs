//! Search that learns from every trial where to try next.

use crate::error::SelectError;
use crate::space::{Axis, random};
use crate::surrogate::gaussian_process::{Covariance, GaussianProcess};
use crate::surrogate::improvement::expected_improvement;
use crate::trials::{Found, Trial, tried};
use gradus_random::{Key, uniform};
use std::num::NonZeroUsize;

/// How long a Bayesian search goes on, and how hard it thinks.
///
/// # Examples
///
/// ```
/// use gradus_select::Bayesian;
///
/// let default = Bayesian::default();
/// assert_eq!((default.initial, default.trials, default.batch), (8, 32, 1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bayesian {
    /// How many random points begin.
    pub initial: u32,
    /// How many points are tried in all.
    pub trials: u32,
    /// How many points are chosen at a time: those that several workers try together.
    pub batch: u32,
    /// How many random places are compared for each point.
    pub candidates: u32,
}

impl Default for Bayesian {
    /// Thirty-two trials, the first eight of them random, one at a time, each the best of 512 places.
    fn default() -> Self {
        Self {
            initial: 8,
            trials: 32,
            batch: 1,
            candidates: 512,
        }
    }
}

/// Searches by a Gaussian process: each trial goes where the loss should undercut the best the most.
///
/// After some random points a [`GaussianProcess`] on the unit cube of the axes models the loss; of many random places the one with the largest
/// [`expected_improvement`] is tried next. Length and noise of the process are those of largest evidence on a small grid. In a batch, a point that
/// is not yet tried counts as if its predicted mean had come, so that the next one goes elsewhere.
///
/// Trial `i` uses `key.index(i)`; the choice of batches does not depend on workers, and neither do the trials. What failed counts as the
/// largest loss seen, so that the search avoids it.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | any number of workers gives the same trials | `workers_change_no_bayesian_search` |
/// | it undercuts as many random points on a smooth loss | `a_bayesian_search_beats_a_random_one` |
/// | failures do not end it | `failures_do_not_end_a_bayesian_search` |
///
/// # Numerics
///
/// The work for trial `i` grows as $`i^3`$ for the factor and $`i^2`$ for a candidate: it is meant for tens or hundreds of trials that take
/// longer than that.
///
/// # Errors
///
/// [`SelectError::Empty`] without axes, or if a number of `how` is 0; [`SelectError::Linalg`] if no process fits.
///
/// # Examples
///
/// ```
/// use gradus_select::{Axis, Bayesian, Key, bayesian};
/// use std::num::NonZeroUsize;
///
/// let axes = [Axis::linear(-2.0, 2.0)?, Axis::linear(-2.0, 2.0)?];
/// let loss = |_: u32, x: &[f64]| Ok::<_, String>((x[0] - 0.5).powi(2) + (x[1] + 1.0).powi(2));
/// let found = bayesian(&axes, Bayesian::default(), Key::new(1), NonZeroUsize::MIN, loss)?;
/// assert!(found.best().and_then(|trial| trial.loss()).is_some_and(|loss| loss < 0.05));
/// # Ok::<(), gradus_select::SelectError>(())
/// ```
///
/// # References
///
/// D. R. Jones, M. Schonlau and W. J. Welch, *Efficient global optimization of expensive black-box functions*, J. Global Optim. 13 (1998),
/// 455–492; D. Ginsbourger, R. Le Riche and L. Carraro, *Kriging is well-suited to parallelize optimization*, 2010, on batches.
#[doc(alias = "Bayesian optimization")]
pub fn bayesian<E: Send>(
    axes: &[Axis],
    how: Bayesian,
    key: Key,
    workers: NonZeroUsize,
    loss: impl Fn(u32, &[f64]) -> Result<f64, E> + Sync,
) -> Result<Found<E>, SelectError> {
    if how.initial == 0 || how.batch == 0 || how.candidates == 0 {
        return Err(SelectError::Empty);
    }
    let first = random(axes, how.initial.min(how.trials), key)?;
    let numbered = (0..).zip(first).collect();
    let mut trials = tried(numbered, workers, &loss);
    loop {
        let done = u32::try_from(trials.len()).unwrap_or(u32::MAX);
        let batch = how.batch.min(how.trials.saturating_sub(done));
        if batch == 0 {
            return Ok(Found::new(trials));
        }
        let mut known = Known::new(axes, &trials);
        let mut chosen = Vec::new();
        for index in done..done + batch {
            let unit = known.next(how.candidates, key.index(index.into()))?;
            let point = zip_at(axes, &unit);
            chosen.push((index, point));
        }
        trials.extend(tried(chosen, workers, &loss));
    }
}

fn zip_at(axes: &[Axis], unit: &[f64]) -> Vec<f64> {
    axes.iter().zip(unit).map(|(axis, &u)| axis.at(u)).collect()
}

/// What is known of the loss: places in the unit cube, and values with mean 0 and variance 1.
struct Known {
    places: Vec<Vec<f64>>,
    values: Vec<f64>,
}

impl Known {
    fn new<E>(axes: &[Axis], trials: &[Trial<E>]) -> Self {
        let unit = |point: &[f64]| {
            axes.iter()
                .zip(point)
                .map(|(axis, &x)| axis.unit(x))
                .collect()
        };
        let worst = trials
            .iter()
            .filter_map(Trial::loss)
            .fold(f64::NEG_INFINITY, f64::max);
        // Without any loss all are the same, and the search goes where it has not been.
        let worst = if worst.is_finite() { worst } else { 0.0 };
        let values: Vec<f64> = trials.iter().map(|t| t.loss().unwrap_or(worst)).collect();
        Self {
            places: trials.iter().map(|trial| unit(&trial.point)).collect(),
            values: standardized(&values),
        }
    }

    /// The place of largest expected improvement among random ones; from then on it counts as known.
    fn next(&mut self, candidates: u32, key: Key) -> Result<Vec<f64>, SelectError> {
        let process = self.process()?;
        let best = self.values.iter().copied().fold(f64::INFINITY, f64::min);
        let dimensions = self.places.first().map_or(0, Vec::len);
        let rng = &mut key.round(1).rng();
        let mut found = (f64::NEG_INFINITY, Vec::new(), 0.0);
        for _ in 0..candidates {
            let place: Vec<f64> = (0..dimensions).map(|_| uniform(rng)).collect();
            let (mean, deviation) = process.predict(&place)?;
            let gain = expected_improvement(mean, deviation, best);
            if gain > found.0 {
                found = (gain, place, mean);
            }
        }
        let (_, place, mean) = found;
        self.places.push(place.clone());
        self.values.push(mean);
        Ok(place)
    }

    /// The process of largest evidence.
    fn process(&self) -> Result<GaussianProcess, SelectError> {
        let fit = |length: f64, noise: f64| {
            let variance = 1.0;
            let covariance = Covariance {
                variance,
                length,
                noise,
            };
            GaussianProcess::new(&self.places, &self.values, covariance)
        };
        let settings = LENGTHS
            .iter()
            .flat_map(|&l| NOISES.iter().map(move |&n| (l, n)));
        let mut best: Option<GaussianProcess> = None;
        let mut failure = SelectError::Empty;
        for (length, noise) in settings {
            match fit(length, noise) {
                Ok(it)
                    if best
                        .as_ref()
                        .is_none_or(|b| it.ln_evidence() > b.ln_evidence()) =>
                {
                    best = Some(it);
                }
                Ok(_) => {}
                Err(error) => failure = error,
            }
        }
        best.ok_or(failure)
    }
}

/// Shifted and stretched to mean 0 and variance 1, or all 0.
fn standardized(values: &[f64]) -> Vec<f64> {
    // By the largest first, so that no square overflows.
    let largest = values.iter().fold(0.0, |most: f64, v| most.max(v.abs()));
    let scale = if largest > 0.0 { largest } else { 1.0 };
    let small: Vec<f64> = values.iter().map(|v| v / scale).collect();
    let n = small.len() as f64;
    let mean = small.iter().sum::<f64>() / n;
    let deviation = (small.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
    let unit = if deviation > 0.0 { deviation } else { 1.0 };
    small.iter().map(|v| (v - mean) / unit).collect()
}

/// From a tenth of the cube's side, where only near points tell, to three sides, where the loss is nearly a parabola.
const LENGTHS: [f64; 6] = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2];
/// Of the variance: rounding only, little, and much.
const NOISES: [f64; 3] = [1e-8, 1e-4, 1e-2];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_get_one_unit() {
        assert_eq!(standardized(&[4.0, 2.0]), [1.0, -1.0]);
        assert_eq!(standardized(&[1e300, 1e300]), [0.0, 0.0]);
        assert_eq!(standardized(&[0.0]), [0.0]);
    }

    #[test]
    fn a_search_of_nothing_is_refused() {
        let zero = |_: u32, _: &[f64]| Ok::<f64, ()>(0.0);
        let how = Bayesian::default();
        let axes = [Axis::linear(0.0, 1.0).unwrap()];
        let search = |axes: &[Axis], how| bayesian(axes, how, Key::new(1), NonZeroUsize::MIN, zero);
        assert_eq!(search(&[], how), Err(SelectError::Empty));
        assert_eq!(
            search(&axes, Bayesian { batch: 0, ..how }),
            Err(SelectError::Empty)
        );
        assert_eq!(
            search(&axes, Bayesian { trials: 0, ..how }),
            Err(SelectError::Empty)
        );
    }
}
