//! The distribution of a sample.

use crate::error::{ProbabilityError, all_finite};
use crate::finite::moments::{expectation, variance};
use gradus_numeric::{CompensatedSum, Simplex, compensated_sum};
use gradus_random::rand::Rng;
use gradus_random::uniform;
use std::iter::zip;

/// The distribution of a sample: each of its numbers with the share that it has.
///
/// ```math
/// \hat F(x) = \frac 1n \, \#\{i : x_i \le x\}
/// ```
///
/// What the data say about the distribution they come from, without any assumption. $`\hat F`$ is a staircase with a step at each number;
/// for large n it lies near F everywhere (Glivenko, Cantelli), and how near is known for every n:
/// $`\operatorname{P}(\sup_x |\hat F - F| > \epsilon) \le 2 e^{-2 n \epsilon^2}`$. Drawing from it is the bootstrap.
///
/// Its outcomes are real numbers but it has no density, so it is neither [`Continuous`](crate::Continuous) nor
/// [`Discrete`](crate::Discrete); functions here have the same names and conventions.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\hat F^{-1}(p) \le x`$ if and only if $`p \le \hat F(x)`$, exactly | `quantiles_of_a_sample_invert_its_shares` |
/// | a weight of k counts a number k times; the order does not matter | `weights_of_a_sample_count_repetitions` |
/// | mean and variance are those of the numbers | `an_empirical_distribution_has_the_moments_of_its_sample` |
/// | lies within the band of Dvoretzky, Kiefer, Wolfowitz and Massart (fixed seed) | `a_sample_stays_in_the_band_around_its_law` |
/// | draws come as often as their share (fixed seed) | `draws_from_a_sample_have_its_shares` |
/// | any numbers give an error or an answer within its range | `hostile_samples_give_errors_or_numbers` |
///
/// # Numerics
///
/// Of a sample without weights $`\hat F`$ is $`k / n`$, rounded once, so `quantile(0.3)` of ten numbers is the third. Sums of weights are
/// compensated, from below for F and from above for 1 − F.
///
/// # Examples
///
/// ```
/// use gradus_probability::Empirical;
///
/// let ages = Empirical::new(&[31.0, 18.0, 24.0, 18.0])?;
/// assert_eq!((ages.pmf(18.0), ages.cdf(20.0), ages.sf(24.0)), (0.5, 0.5, 0.25));
/// assert_eq!((ages.quantile(0.5), ages.quantile(0.6)), (18.0, 24.0));
/// assert_eq!(ages.mean()?, 22.75);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// A. W. van der Vaart, *Asymptotic Statistics* (1998), §19.1; P. Massart, *The tight constant in the Dvoretzky–Kiefer–Wolfowitz
/// inequality*, Ann. Probab. 18 (1990), 1269–1283.
#[doc(alias = "ecdf")]
#[derive(Clone, Debug, PartialEq)]
pub struct Empirical {
    points: Vec<f64>, // rise
    probabilities: Simplex,
    reached: Vec<f64>, // P(X ≤ point), rises to 1
    above: Vec<f64>,   // P(X > point), falls to 0
}

impl Empirical {
    /// Every number with the same share; equal ones together.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Numeric`] for no numbers or one that is NaN or infinite.
    pub fn new(sample: &[f64]) -> Result<Self, ProbabilityError> {
        Self::from_weights(sample, &vec![1.0; sample.len()])
    }

    /// Every number with a share in proportion to its weight; one of weight 0 is left out.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] if the lengths differ; [`ProbabilityError::Numeric`] for no numbers, one that is NaN
    /// or infinite, a weight that is negative, NaN or infinite, and if all weights are 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Empirical;
    ///
    /// let marks = Empirical::from_weights(&[1.0, 2.0, 3.0], &[4.0, 3.0, 1.0])?; // four ones, three twos, a three
    /// assert_eq!((marks.cdf(1.0), marks.quantile(0.75)), (0.5, 2.0));
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn from_weights(sample: &[f64], weights: &[f64]) -> Result<Self, ProbabilityError> {
        let (left, right) = (sample.len(), weights.len());
        if left != right {
            return Err(ProbabilityError::LengthMismatch { left, right });
        }
        all_finite(sample)?;
        Simplex::from_weights(weights)?; // finite, none negative, one positive
        // so that the sum of finite weights is finite
        let unit = if compensated_sum(weights).is_finite() {
            1.0
        } else {
            0.5_f64.powi(64)
        };
        let (points, weights) = merged(sample, weights, unit);
        let total = compensated_sum(&weights);
        let mut above = shares(weights.iter().skip(1).rev(), total);
        above.reverse();
        above.push(0.0);
        Ok(Self {
            points,
            reached: shares(weights.iter(), total),
            above,
            probabilities: Simplex::from_weights(&weights)?,
        })
    }

    /// The numbers of the sample, each once, from the smallest to the largest.
    #[must_use]
    pub fn points(&self) -> &[f64] {
        &self.points
    }

    /// Their shares.
    #[must_use]
    pub fn probabilities(&self) -> &Simplex {
        &self.probabilities
    }

    /// $`\operatorname{P}(X = x)`$: the share of x in the sample.
    #[must_use]
    pub fn pmf(&self, x: f64) -> f64 {
        if x.is_nan() {
            return x;
        }
        let place = self.points.partition_point(|point| *point < x);
        match self.points.get(place) {
            Some(point) if *point == x => self.probabilities.as_slice()[place],
            _ => 0.0,
        }
    }

    /// $`\hat F(x) = \operatorname{P}(X \le x)`$.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.at_last(x, 0.0, &self.reached)
    }

    /// $`1 - \hat F(x) = \operatorname{P}(X > x)`$.
    #[must_use]
    pub fn sf(&self, x: f64) -> f64 {
        self.at_last(x, 1.0, &self.above)
    }

    /// The smallest number of the sample with $`\hat F(x) \ge p`$; NaN for p outside of $`[0, 1]`$.
    ///
    /// [`interpolated_quantile`](crate::interpolated_quantile) tells another one, between the numbers.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let place = self.reached.partition_point(|reached| *reached < p);
        self.within(p, place)
    }

    /// The smallest number of the sample that is exceeded with probability at most q; NaN for q outside of $`[0, 1]`$.
    #[must_use]
    pub fn upper_quantile(&self, q: f64) -> f64 {
        let place = self.above.partition_point(|above| *above > q);
        self.within(q, place)
    }

    /// $`\operatorname{E}[X]`$: the (weighted) mean of the sample.
    ///
    /// # Errors
    ///
    /// None but those of [`expectation`](crate::expectation), which a validated sample does not have.
    pub fn mean(&self) -> Result<f64, ProbabilityError> {
        expectation(&self.probabilities, &self.points)
    }

    /// $`\operatorname{E}[(X - \operatorname{E}[X])^2]`$: the mean square of deviations, divided by n, not by n − 1.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Overflow`] if it is too large for a double.
    pub fn variance(&self) -> Result<f64, ProbabilityError> {
        variance(&self.probabilities, &self.points)
    }

    /// Draws one of the numbers.
    pub fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        let u = uniform(rng); // below 1, which the last share is
        self.points[self.reached.partition_point(|reached| *reached <= u)]
    }

    /// What belongs to the last point that is not above x.
    fn at_last(&self, x: f64, before_all: f64, values: &[f64]) -> f64 {
        if x.is_nan() {
            return x;
        }
        let place = self.points.partition_point(|point| *point <= x);
        place.checked_sub(1).map_or(before_all, |last| values[last])
    }

    /// The point at a place, for a probability.
    fn within(&self, p: f64, place: usize) -> f64 {
        if (0.0..=1.0).contains(&p) {
            self.points[place]
        } else {
            f64::NAN
        }
    }
}

/// The numbers in order, each once, with the sum of its weights in this unit; those without weight are left out.
fn merged(sample: &[f64], weights: &[f64], unit: f64) -> (Vec<f64>, Vec<f64>) {
    let weighted = zip(sample, weights).filter(|(_, weight)| **weight > 0.0);
    let mut pairs: Vec<_> = weighted.map(|(x, w)| (x + 0.0, w * unit)).collect(); // one zero, not two
    // by weights, too, so that their sums do not depend on the order of the sample
    pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let same = pairs.chunk_by(|a, b| a.0 == b.0);
    same.map(|pairs| {
        let weight = pairs.iter().map(|pair| pair.1).collect::<CompensatedSum>();
        (pairs[0].0, weight.value())
    })
    .unzip()
}

/// Sums of the first one, two, … weights, divided by that of all; they never fall by a rounding.
fn shares<'a>(weights: impl Iterator<Item = &'a f64>, total: f64) -> Vec<f64> {
    let (mut sum, mut reached) = (CompensatedSum::default(), 0.0);
    let shares = weights.map(|weight| {
        sum.add(*weight);
        reached = f64::max(reached, f64::min(sum.value() / total, 1.0));
        reached
    });
    shares.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::NumericError;

    #[test]
    fn five_numbers_of_a_sample() {
        let x = Empirical::new(&[2.0, -1.0, 2.0, 5.0, 0.0]).unwrap();
        assert_eq!(x.points(), [-1.0, 0.0, 2.0, 5.0]);
        assert_eq!(
            [-2.0, -1.0, 1.9, 2.0, 9.0].map(|at| x.cdf(at)),
            [0.0, 0.2, 0.4, 0.8, 1.0]
        );
        assert_eq!(
            [-2.0, -1.0, 2.0, 5.0].map(|at| x.sf(at)),
            [1.0, 0.8, 0.2, 0.0]
        );
        assert_eq!([2.0, 3.0].map(|at| x.pmf(at)), [0.4, 0.0]);
        assert_eq!(
            [0.0, 0.2, 0.21, 0.8, 1.0].map(|p| x.quantile(p)),
            [-1.0, -1.0, 0.0, 2.0, 5.0]
        );
        assert_eq!(
            [0.0, 0.2, 0.8, 1.0].map(|q| x.upper_quantile(q)),
            [5.0, 2.0, -1.0, -1.0]
        );
    }

    #[test]
    fn one_number() {
        let one = Empirical::new(&[-0.0]).unwrap();
        assert_eq!(one, Empirical::new(&[0.0, -0.0]).unwrap());
        assert_eq!(
            (one.cdf(0.0), one.cdf(-1e-300), one.pmf(-0.0)),
            (1.0, 0.0, 1.0)
        );
        assert_eq!((one.mean(), one.variance()), (Ok(0.0), Ok(0.0)));
    }

    #[test]
    fn what_is_no_number_has_no_probability() {
        let x = Empirical::new(&[1.0, 2.0]).unwrap();
        for nan in [
            x.cdf(f64::NAN),
            x.sf(f64::NAN),
            x.pmf(f64::NAN),
            x.quantile(f64::NAN),
            x.quantile(1.1),
            x.upper_quantile(-0.1),
            x.upper_quantile(f64::NAN),
        ] {
            assert!(nan.is_nan());
        }
        let ends = [f64::NEG_INFINITY, f64::INFINITY].map(|at| (x.cdf(at), x.sf(at), x.pmf(at)));
        assert_eq!(ends, [(0.0, 1.0, 0.0), (1.0, 0.0, 0.0)]);
    }

    #[test]
    fn hostile_samples_are_errors() {
        let empty = Err(NumericError::Empty.into());
        assert_eq!(Empirical::new(&[]), empty);
        let none = Err(NumericError::EmptySupport.into());
        assert_eq!(Empirical::from_weights(&[1.0, 2.0], &[0.0, 0.0]), none);
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(Empirical::new(&[1.0, bad]).is_err());
            assert!(Empirical::from_weights(&[1.0, 2.0], &[1.0, bad]).is_err());
        }
        assert!(Empirical::from_weights(&[1.0], &[-1.0]).is_err());
        let (left, right) = (1, 2);
        assert_eq!(
            Empirical::from_weights(&[1.0], &[1.0, 2.0]),
            Err(ProbabilityError::LengthMismatch { left, right })
        );
    }

    #[test]
    fn weights_of_all_sizes() {
        let third = Empirical::new(&[1.0, 2.0, 3.0]).unwrap();
        for weight in [5e-324, 1e-300, f64::MAX] {
            let same = Empirical::from_weights(&[3.0, 1.0, 2.0], &[weight; 3]).unwrap();
            assert_eq!(same.quantile(0.5), 2.0);
            assert_eq!(same.cdf(3.0), 1.0);
            assert!((same.cdf(1.0) - third.cdf(1.0)).abs() <= 0.25 * f64::EPSILON);
        }
        let rare = Empirical::from_weights(&[1.0, 2.0], &[1.0, 1e-30]).unwrap();
        assert_eq!((rare.sf(1.0), rare.upper_quantile(1e-31)), (1e-30, 2.0));
    }
}
