//! Distributions on a finite set.

use crate::error::NumericError;
use crate::sums::sum::CompensatedSum;

/// A distribution on a finite set: a point of the probability simplex.
///
/// ```math
/// \Delta^{n-1} = \bigl\{ p \in \mathbb{R}^n : p_i \ge 0,\ \textstyle\sum_i p_i = 1 \bigr\}, \qquad n \ge 1
/// ```
///
/// A function that takes one needs no further checks. Zeros are allowed, hidden repairs are not: [`new`](Self::new)
/// takes the numbers as they are or not at all, [`from_weights`](Self::from_weights) normalizes.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | normalized weights are a distribution | `weights_normalize_to_a_distribution` |
/// | a softmax in single precision is one, by its own constructor | `a_softmax_in_single_precision_is_a_distribution` |
/// | a common factor of the weights does not matter | `weights_are_known_up_to_a_factor` |
///
/// # Numerics
///
/// The sum, compensated, may miss 1 by $`4 n \varepsilon`$ ($`\varepsilon = 2^{-52}`$): room for $`n`$
/// roundings, and not for an error.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{NumericError, Simplex};
///
/// let coin = Simplex::new(vec![0.75, 0.25])?;
/// assert_eq!(coin, Simplex::from_weights(&[3.0, 1.0])?);
/// let sum = Simplex::new(vec![0.75, 0.5]);
/// assert_eq!(sum, Err(NumericError::NotNormalized { sum: 1.25 }));
/// # Ok::<(), NumericError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Simplex {
    probabilities: Vec<f64>,
}

impl Simplex {
    /// Takes probabilities as they are.
    ///
    /// # Errors
    ///
    /// [`NumericError::Empty`] of nothing, [`NumericError::NonFinite`] or [`NumericError::Negative`] for the
    /// first such number, [`NumericError::NotNormalized`] if they do not sum to 1 within $`4 n \varepsilon`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::{NumericError, Simplex};
    ///
    /// assert_eq!(Simplex::new(vec![0.25, 0.75])?.as_slice(), [0.25, 0.75]);
    /// let below_zero = Simplex::new(vec![1.25, -0.25]);
    /// assert_eq!(below_zero, Err(NumericError::Negative { index: 1, value: -0.25 }));
    /// # Ok::<(), NumericError>(())
    /// ```
    pub fn new(probabilities: Vec<f64>) -> Result<Self, NumericError> {
        let sum = total(&probabilities)?;
        if misses_one(sum, probabilities.len(), f64::EPSILON) {
            return Err(NumericError::NotNormalized { sum });
        }
        Ok(Self { probabilities })
    }

    /// Takes probabilities that were computed in single precision, and divides them by their sum.
    ///
    /// A softmax in single precision sums to 1 within roundings of single precision, which [`new`](Self::new)
    /// refuses: the tolerance follows the type that the probabilities come from.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), with $`4 n \varepsilon`$ of single precision.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::{Simplex, softmax};
    ///
    /// let p = softmax(&[0.1_f32, 0.7, -0.3])?;
    /// let sum: f64 = Simplex::from_f32(&p)?.as_slice().iter().sum();
    /// assert!((sum - 1.0).abs() <= f64::EPSILON);
    /// assert!(Simplex::from_f32(&[0.5, 0.25]).is_err()); // that is no rounding
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    pub fn from_f32(probabilities: &[f32]) -> Result<Self, NumericError> {
        let wide: Vec<f64> = probabilities.iter().map(|&p| p.into()).collect();
        let sum = total(&wide)?;
        if misses_one(sum, wide.len(), f32::EPSILON.into()) {
            return Err(NumericError::NotNormalized { sum });
        }
        Self::from_weights(&wide)
    }

    /// Divides weights by their sum.
    ///
    /// ```math
    /// p_i = \frac{w_i}{\sum_j w_j}
    /// ```
    ///
    /// # Numerics
    ///
    /// Weights of every magnitude: where their sum overflows they are scaled by a power of two first.
    ///
    /// # Errors
    ///
    /// [`NumericError::Empty`] of nothing, [`NumericError::NonFinite`] or [`NumericError::Negative`] for the
    /// first such weight, [`NumericError::EmptySupport`] if all weights are zero.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::Simplex;
    ///
    /// assert_eq!(Simplex::from_weights(&[1e308, 1.5e308])?.as_slice(), [0.4, 0.6]);
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    pub fn from_weights(weights: &[f64]) -> Result<Self, NumericError> {
        let sum = total(weights)?;
        if sum == 0.0 {
            return Err(NumericError::EmptySupport);
        }
        if sum == f64::INFINITY {
            let smaller: Vec<_> = weights.iter().map(|w| w * 0.5_f64.powi(64)).collect();
            return Self::from_weights(&smaller);
        }
        let probabilities = weights.iter().map(|w| w / sum).collect();
        Ok(Self { probabilities })
    }

    /// The same probability for each of `n` outcomes.
    ///
    /// # Errors
    ///
    /// [`NumericError::Empty`] if `n` is 0, [`NumericError::Domain`] if memory cannot hold so many numbers.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::Simplex;
    ///
    /// assert_eq!(Simplex::uniform(4)?.as_slice(), [0.25; 4]);
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    pub fn uniform(n: usize) -> Result<Self, NumericError> {
        if n == 0 {
            return Err(NumericError::Empty);
        }
        let mut probabilities = Vec::new();
        if probabilities.try_reserve_exact(n).is_err() {
            let (name, value) = ("n", n as f64);
            return Err(NumericError::Domain { name, value });
        }
        probabilities.resize(n, 1.0 / n as f64);
        Ok(Self { probabilities })
    }

    /// The probabilities.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::Simplex;
    ///
    /// assert_eq!(Simplex::from_weights(&[1.0, 3.0])?.as_slice(), [0.25, 0.75]);
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    #[must_use]
    pub fn as_slice(&self) -> &[f64] {
        &self.probabilities
    }

    /// The probabilities, without a copy.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::Simplex;
    ///
    /// assert_eq!(Simplex::uniform(2)?.into_vec(), vec![0.5, 0.5]);
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    #[must_use]
    pub fn into_vec(self) -> Vec<f64> {
        self.probabilities
    }

    /// How many outcomes there are, those of probability 0 included; at least 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::Simplex;
    ///
    /// assert_eq!(Simplex::new(vec![1.0, 0.0])?.len(), 2);
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "a distribution is never empty")]
    pub fn len(&self) -> usize {
        self.probabilities.len()
    }
}

/// The sum of non-negative finite numbers.
/// Whether `n` rounded probabilities sum to something other than 1.
fn misses_one(sum: f64, n: usize, epsilon: f64) -> bool {
    (sum - 1.0).abs() > 4.0 * n as f64 * epsilon
}

fn total(weights: &[f64]) -> Result<f64, NumericError> {
    if weights.is_empty() {
        return Err(NumericError::Empty);
    }
    for (index, &value) in weights.iter().enumerate() {
        if !value.is_finite() {
            return Err(NumericError::NonFinite { index, value });
        }
        if value < 0.0 {
            return Err(NumericError::Negative { index, value });
        }
    }
    let sum: CompensatedSum = weights.iter().copied().collect();
    Ok(sum.value())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_distribution_is_refused() {
        let refused = |p: &[f64]| Simplex::new(p.to_vec()).unwrap_err();
        assert_eq!(refused(&[]), NumericError::Empty);
        assert_eq!(
            refused(&[0.5, 0.25]),
            NumericError::NotNormalized { sum: 0.75 }
        );
        let negative = NumericError::Negative {
            index: 1,
            value: -0.5,
        };
        assert_eq!(refused(&[1.5, -0.5]), negative);
        let infinite = NumericError::NonFinite {
            index: 0,
            value: f64::INFINITY,
        };
        assert_eq!(refused(&[f64::INFINITY]), infinite);
        assert!(matches!(
            refused(&[f64::NAN]),
            NumericError::NonFinite { index: 0, .. }
        ));
    }

    #[test]
    fn the_sum_may_miss_one_by_roundings_only() {
        let off = |k: f64| Simplex::new(vec![0.5, 0.5 + k * f64::EPSILON]);
        assert!(off(8.0).is_ok() && off(-8.0).is_ok());
        assert!(off(9.0).is_err() && off(-9.0).is_err());
        assert!(Simplex::new(vec![0.1; 10]).is_ok());
    }

    #[test]
    fn single_precision_has_its_own_tolerance() {
        let p = [0.1_f32, 0.2, 0.3, 0.4]; // 1 + 2.2e-8 in double precision
        assert!(matches!(
            Simplex::new(p.map(f64::from).to_vec()),
            Err(NumericError::NotNormalized { .. })
        ));
        let q = Simplex::from_f32(&p).unwrap();
        assert!(Simplex::new(q.into_vec()).is_ok());
        let off = |k: f32| Simplex::from_f32(&[0.5, 0.5 + k * f32::EPSILON]);
        assert!(off(8.0).is_ok() && off(9.0).is_err() && off(-9.0).is_err());
        assert_eq!(Simplex::from_f32(&[]), Err(NumericError::Empty));
        assert!(Simplex::from_f32(&[f32::NAN]).is_err());
    }

    #[test]
    fn weights_of_every_magnitude_are_normalized() {
        let half = Simplex::uniform(2).unwrap();
        for weight in [5e-324, 1e-310, 1.0, 1e308, f64::MAX] {
            assert_eq!(Simplex::from_weights(&[weight; 2]), Ok(half.clone()));
        }
        assert_eq!(
            Simplex::from_weights(&[f64::MAX, 1.0]).unwrap().into_vec(),
            [1.0, 1.0 / f64::MAX]
        );
    }

    #[test]
    fn weights_of_nothing_are_refused() {
        assert_eq!(Simplex::from_weights(&[]), Err(NumericError::Empty));
        assert_eq!(
            Simplex::from_weights(&[0.0, -0.0]),
            Err(NumericError::EmptySupport)
        );
        assert!(Simplex::from_weights(&[f64::NAN]).is_err());
        assert!(Simplex::from_weights(&[-1.0, 2.0]).is_err());
        assert_eq!(Simplex::uniform(0), Err(NumericError::Empty));
        for n in [usize::MAX, 1 << 55] {
            assert!(matches!(
                Simplex::uniform(n),
                Err(NumericError::Domain { name: "n", .. })
            ));
        }
    }

    #[test]
    fn a_certain_outcome_is_a_distribution() {
        let certain = Simplex::new(vec![0.0, 1.0]).unwrap();
        assert_eq!((certain.len(), certain.as_slice()), (2, &[0.0, 1.0][..]));
    }
}
