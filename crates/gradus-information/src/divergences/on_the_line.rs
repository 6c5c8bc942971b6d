//! Distances of two samples of numbers: Wasserstein and energy.

use crate::error::InformationError;
use gradus_numeric::CompensatedSum;
use std::iter::zip;

/// The Wasserstein-1 distance of two samples of numbers: how far mass has to be moved.
///
/// ```math
/// W_1(x, y) = \int_{-\infty}^{\infty} \lvert F(t) - G(t) \rvert \, dt = \inf_{\text{plans}} \operatorname{E} \lvert X - Y \rvert
/// ```
///
/// where F and G are the distribution functions of the samples `x` and `y`: each number weighs the same. Unlike a
/// Kullback–Leibler divergence it knows how far apart outcomes are, and has the unit of the numbers.
///
/// # Shapes
///
/// `x: m`, `y: n`, in any order; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a metric between samples | `wasserstein_and_energy_are_metrics` |
/// | moved by c: distance \|c\| | `wasserstein_of_a_shift_is_its_length` |
/// | of equally many: the mean distance of the ordered numbers | `wasserstein_pairs_ordered_numbers` |
/// | at most the range times the total variation | `wasserstein_is_at_most_the_range_times_total_variation` |
///
/// # Numerics
///
/// A compensated sum over the gaps between neighboring numbers of both samples; $`F - G`$ is a quotient of whole numbers.
///
/// # Errors
///
/// [`InformationError::Empty`] if a sample is, [`InformationError::NonFinite`] for the first number that is NaN or infinite,
/// [`InformationError::Overflow`] if the distance is larger than any number.
///
/// # Examples
///
/// ```
/// use gradus_information::wasserstein;
///
/// assert_eq!(wasserstein(&[0.0, 1.0, 3.0], &[5.0, 6.0, 8.0])?, 5.0);
/// assert_eq!(wasserstein(&[0.0], &[-1.0, 1.0])?, 1.0);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// C. Villani, *Topics in Optimal Transportation* (2003), theorem 2.18.
#[doc(alias = "earth mover distance")]
pub fn wasserstein(x: &[f64], y: &[f64]) -> Result<f64, InformationError> {
    integral(x, y, f64::abs)
}

/// The energy distance of two samples of numbers.
///
/// ```math
/// D(x, y) = \sqrt{2 \operatorname{E} \lvert X - Y \rvert - \operatorname{E} \lvert X - X' \rvert - \operatorname{E} \lvert Y - Y' \rvert}
///   = \sqrt{2 \int_{-\infty}^{\infty} (F(t) - G(t))^2 \, dt}
/// ```
///
/// where X and X' are drawn from `x`, Y and Y' from `y`: how much farther apart strangers are than relatives.
///
/// # Shapes
///
/// `x: m`, `y: n`, in any order; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a metric between samples | `wasserstein_and_energy_are_metrics` |
/// | the mean distances of the definition | `energy_distance_is_one_of_mean_distances` |
/// | $`D^2 \le 2 W_1`$ | `energy_distance_is_bounded_by_wasserstein` |
///
/// # Numerics
///
/// By the integral, whose terms are not negative: the means of the definition cancel.
///
/// # Errors
///
/// As [`wasserstein`].
///
/// # Examples
///
/// ```
/// use gradus_information::energy_distance;
///
/// assert_eq!(energy_distance(&[0.0], &[2.0])?, 2.0); // √(2 · 2)
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// G. J. Székely and M. L. Rizzo, *Energy statistics: a class of statistics based on distances*, J. Statist. Plann. Inference 143
/// (2013), 1249–1272, proposition 1 and eq. 5.
pub fn energy_distance(x: &[f64], y: &[f64]) -> Result<f64, InformationError> {
    Ok((2.0 * integral(x, y, |gap| gap * gap)?).sqrt())
}

/// $`\int h(F(t) - G(t)) \, dt`$ for $`h(0) = 0`$.
fn integral(x: &[f64], y: &[f64], h: impl Fn(f64) -> f64) -> Result<f64, InformationError> {
    let (m, n) = (checked(x)?, checked(y)?);
    // how many numbers of each sample a point brings
    let marked = |sample: &[f64], of: [f64; 2]| sample.iter().map(|t| (*t, of)).collect::<Vec<_>>();
    let mut points = marked(x, [1.0, 0.0]);
    points.extend(marked(y, [0.0, 1.0]));
    points.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut sum) = ([0.0, 0.0], CompensatedSum::default());
    for ((t, counts), (next, _)) in zip(&points, &points[1..]) {
        below = [below[0] + counts[0], below[1] + counts[1]];
        let gap = (below[0] * n - below[1] * m) / (m * n);
        if gap != 0.0 {
            sum.add(h(gap) * (0.5 * next - 0.5 * t)); // halves do not overflow
        }
    }
    let value = 2.0 * sum.value();
    if value.is_finite() {
        Ok(value)
    } else {
        Err(InformationError::Overflow)
    }
}

/// How many numbers there are, if there are any and all are finite.
fn checked(sample: &[f64]) -> Result<f64, InformationError> {
    if sample.is_empty() {
        return Err(InformationError::Empty);
    }
    match sample.iter().position(|t| !t.is_finite()) {
        Some(index) => Err(InformationError::NonFinite {
            index,
            value: sample[index],
        }),
        None => Ok(sample.len() as f64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_samples() {
        assert_eq!(wasserstein(&[], &[1.0]), Err(InformationError::Empty));
        let error = InformationError::NonFinite {
            index: 1,
            value: f64::INFINITY,
        };
        assert_eq!(energy_distance(&[0.0, f64::INFINITY], &[1.0]), Err(error));
        assert!(wasserstein(&[f64::NAN], &[1.0]).is_err());
        let far = wasserstein(&[f64::MAX], &[-f64::MAX]);
        assert_eq!(far, Err(InformationError::Overflow));
        assert_eq!(
            wasserstein(&[f64::MAX, -f64::MAX], &[-f64::MAX, f64::MAX]),
            Ok(0.0)
        );
        assert_eq!(wasserstein(&[1e308, -1e308], &[-1e308]), Ok(1e308));
    }
}
