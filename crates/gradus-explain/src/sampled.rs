//! Means of draws, with what they may be off by.

use crate::error::ExplainError;
use gradus_numeric::Moments;

/// A mean of random draws for each feature, and its standard error.
///
/// # Examples
///
/// ```
/// use gradus_explain::{Key, smooth_gradient};
///
/// // The gradient of a linear function is the same everywhere: no draw is off.
/// let slope = |_: &[f64]| vec![2.0, -3.0];
/// let found = smooth_gradient(slope, &[1.0, 1.0], 0.5, 10, &mut Key::new(1).rng())?;
/// assert_eq!((found.values, found.standard_errors), (vec![2.0, -3.0], vec![0.0, 0.0]));
/// # Ok::<(), gradus_explain::ExplainError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Sampled {
    /// The means.
    pub values: Vec<f64>,
    /// How far a mean may be from its expectation: one standard deviation of the mean.
    pub standard_errors: Vec<f64>,
}

impl Sampled {
    /// The mean of as many independent draws, each a number for every feature.
    pub(crate) fn of(
        features: usize,
        draws: u64,
        mut draw: impl FnMut() -> Result<Vec<f64>, ExplainError>,
    ) -> Result<Self, ExplainError> {
        let needed = 2;
        if draws < needed {
            return Err(ExplainError::TooFewDraws { draws, needed });
        }
        let mut moments = vec![Moments::default(); features];
        for _ in 0..draws {
            for (moments, x) in moments.iter_mut().zip(draw()?) {
                moments.push(x);
            }
        }
        let error = |m: &Moments| m.variance(1).map_or(0.0, |v| (v / draws as f64).sqrt());
        Ok(Self {
            values: moments.iter().map(|m| m.mean().unwrap_or(0.0)).collect(), // two draws at least
            standard_errors: moments.iter().map(error).collect(),
        })
    }
}
