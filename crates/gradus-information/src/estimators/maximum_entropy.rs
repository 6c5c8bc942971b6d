//! The distribution that assumes nothing beyond its moments.

use crate::convergence::{STEPS, check_tolerance};
use crate::error::InformationError;
use gradus_numeric::{CompensatedSum, Simplex, softmax};
use std::iter::zip;

/// The distribution of largest entropy with given moments.
#[derive(Clone, Debug, PartialEq)]
pub struct MaximumEntropy {
    /// The distribution.
    pub distribution: Simplex,
    /// The Lagrange multiplier $`\lambda_j`$ of each moment.
    pub multipliers: Vec<f64>,
}

/// Of all distributions with given moments the one with the largest entropy.
///
/// ```math
/// \max_p H(p) \quad \text{with} \quad \sum_i p_i f_j(i) = m_j, \qquad p_i = \frac{e^{\sum_j \lambda_j f_j(i)}}{\sum_k e^{\sum_j \lambda_j f_j(k)}}
/// ```
///
/// where row j of `features` holds $`f_j(i)`$ for each outcome and `moments` the $`m_j`$. Every other distribution with these moments would claim to know
/// something that the moments do not say. It is a softmax of the features: logistic regression is its conditional form.
///
/// # Shapes
///
/// `features: k × n`, `moments: k`; the distribution has n outcomes.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the moments are met; $`\ln p`$ is affine in the features | `maximum_entropy_is_an_exponential_family` |
/// | no other distribution with these moments has more entropy | `no_other_distribution_has_more_entropy` |
///
/// # Numerics
///
/// One multiplier after the other is moved until its moment is met (iterated I-projections), by bisection between the doubles. Each moment is
/// met within `tolerance` times the range of its feature. Fast for one moment and for features that hardly depend on each other.
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] unless there is one moment for each row, and all rows are equally long and not empty;
/// [`InformationError::NonFinite`] for a feature that is NaN or infinite; [`InformationError::Infeasible`] for a moment that
/// is not strictly between the smallest and the largest value of its feature; [`InformationError::InvalidTolerance`] unless the tolerance is
/// positive; [`InformationError::DidNotConverge`] if the moments contradict each other, or after 100 000 steps.
///
/// # Examples
///
/// Jaynes' die: what is the chance of each face if 4.5 is the mean of many throws?
///
/// ```
/// use gradus_information::maximum_entropy;
///
/// let faces = [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]];
/// let die = maximum_entropy(&faces, &[4.5], 1e-14)?;
/// let p = die.distribution.as_slice();
/// assert!((p[5] - 0.347_494).abs() < 1e-6 && (p[0] - 0.054_353).abs() < 1e-6);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// E. T. Jaynes, *Where do we stand on maximum entropy?*, The Maximum Entropy Formalism (1979), 15–118, §B; I. Csiszár,
/// *I-divergence geometry of probability distributions and minimization problems*, Ann. Probab. 3 (1975), theorem 3.2.
pub fn maximum_entropy(
    features: &[impl AsRef<[f64]>],
    moments: &[f64],
    tolerance: f64,
) -> Result<MaximumEntropy, InformationError> {
    check_tolerance(tolerance)?;
    let ranges = ranges(features, moments)?;
    let n = features[0].as_ref().len();
    let mut multipliers = vec![0.0; moments.len()];
    let mut scores = vec![0.0; n];
    let mut gap = f64::INFINITY;
    for _ in 0..STEPS {
        let p = Simplex::from_weights(&softmax(&scores)?)?;
        let off =
            |j: usize| (mean(p.as_slice(), features[j].as_ref()) - moments[j]).abs() / ranges[j];
        gap = (0..moments.len()).map(off).fold(0.0, f64::max);
        if gap <= tolerance {
            return Ok(MaximumEntropy {
                distribution: p,
                multipliers,
            });
        }
        for j in 0..moments.len() {
            let f = features[j].as_ref();
            let step = step(&scores, f, moments[j], ranges[j])?;
            multipliers[j] += step;
            zip(&mut scores, f).for_each(|(score, f)| *score += step * f);
        }
        if scores.iter().any(|score| score.abs() > FAR) {
            break; // the moments can only be met at infinity, if at all
        }
    }
    Err(InformationError::DidNotConverge {
        iterations: STEPS,
        gap,
    })
}

/// How much of `f` is to be added to the scores so that its mean is `moment`.
fn step(scores: &[f64], f: &[f64], moment: f64, range: f64) -> Result<f64, InformationError> {
    let excess = |step: f64| -> Result<f64, InformationError> {
        let moved: Vec<_> = zip(scores, f)
            .map(|(score, f)| score + step * (f - moment))
            .collect();
        Ok(mean(&softmax(&moved)?, f) - moment)
    };
    // the mean rises with the step: double until it is passed, then halve
    let upwards = excess(0.0)? < 0.0;
    let sign = if upwards { 1.0 } else { -1.0 };
    let mut high = 1.0 / range;
    while (excess(sign * high)? < 0.0) == upwards && high * range < FAR {
        high *= 2.0;
    }
    let mut low = 0.0;
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if (excess(sign * middle)? < 0.0) == upwards {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(sign * 0.5 * (low + high))
}

/// The range of each feature, in which its moment must lie.
fn ranges(features: &[impl AsRef<[f64]>], moments: &[f64]) -> Result<Vec<f64>, InformationError> {
    let n = features.first().map_or(0, |f| f.as_ref().len()).max(1);
    let count = std::iter::once((features.len().max(1), moments.len()));
    for (left, right) in count.chain(features.iter().map(|f| (n, f.as_ref().len()))) {
        if left != right {
            return Err(InformationError::LengthMismatch { left, right });
        }
    }
    let range = |(f, &moment): (&_, &f64)| {
        let f: &[f64] = AsRef::as_ref(f);
        if let Some(index) = f.iter().position(|x| !x.is_finite()) {
            return Err(InformationError::NonFinite {
                index,
                value: f[index],
            });
        }
        let smallest = f.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = f.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if smallest < moment && moment < largest && (largest - smallest).is_finite() {
            Ok(largest - smallest)
        } else {
            Err(InformationError::Infeasible {
                moment,
                smallest,
                largest,
            })
        }
    };
    zip(features, moments).map(range).collect()
}

fn mean(p: &[f64], f: &[f64]) -> f64 {
    zip(p, f)
        .map(|(p, f)| p * f)
        .collect::<CompensatedSum>()
        .value()
}

/// Beyond this score a probability is 0.
const FAR: f64 = 1e3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_that_cannot_be() {
        let error = InformationError::Infeasible {
            moment: 7.0,
            smallest: 1.0,
            largest: 6.0,
        };
        assert_eq!(maximum_entropy(&[[1.0, 6.0]], &[7.0], 1e-9), Err(error));
        assert!(maximum_entropy(&[[1.0, 6.0]], &[f64::NAN], 1e-9).is_err());
        assert!(maximum_entropy(&[[1.0, 1.0]], &[1.0], 1e-9).is_err());
        assert!(maximum_entropy(&[[1.0, f64::INFINITY]], &[1.0], 1e-9).is_err());
        let none: [[f64; 2]; 0] = [];
        assert!(maximum_entropy(&none, &[], 1e-9).is_err());
        let contradiction =
            maximum_entropy(&[[0.0, 1.0, 0.5], [0.0, 1.0, 0.5]], &[0.25, 0.75], 1e-9);
        assert!(matches!(
            contradiction,
            Err(InformationError::DidNotConverge { .. })
        ));
    }
}
