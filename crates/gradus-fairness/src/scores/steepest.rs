//! Individual fairness: like individuals are treated alike.

use crate::error::FairnessError;
use crate::scores::mean_scores::check_finite;

/// The pair of individuals whose treatment differs most for how alike they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steepest {
    /// Difference of their scores over their distance; infinite for two scores at distance 0.
    pub lipschitz: f64,
    /// The one.
    pub first: usize,
    /// The other.
    pub second: usize,
}

/// The pair that is treated most unlike for how alike it is, and the Lipschitz constant that it forces.
///
/// ```math
/// L = \max_{i < j} \frac{\lvert s_i - s_j \rvert}{d(i, j)}
/// ```
///
/// where $`s`$ are the `scores` and $`d`$ is the `distance` of two individuals, given by their numbers. A treatment is
/// *individually fair* with the constant $`L`$ if $`\lvert s_i - s_j \rvert \le L\, d(i, j)`$ for every pair. What it says depends on the
/// distance, which must not count what the decision may not depend on: with a distance that ignores sex and race, two that
/// differ in nothing else are at distance 0, and any difference in their scores makes $`L`$ infinite.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lvert w \cdot x - w \cdot x' \rvert \le \lVert w \rVert\, \lVert x - x' \rVert`$: of a line at most the length of its slope | `a_line_is_no_steeper_than_its_slope` |
/// | of a network with 1-Lipschitz activations at most the product of the norms of its layers | `a_network_is_no_steeper_than_the_product_of_its_norms` |
///
/// # Numerics
///
/// Of equal quotients the first pair counts; two equal scores at distance 0 have quotient 0.
///
/// # Errors
///
/// [`FairnessError::NoPairs`], [`FairnessError::ScoreNotFinite`], [`FairnessError::InvalidDistance`] if a distance is NaN
/// or negative.
///
/// # Examples
///
/// ```
/// use gradus_fairness::steepest_pair;
///
/// let (place, scores) = ([0.0_f64, 1.0, 3.0], [0.0, 0.5, 0.75]);
/// let pair = steepest_pair(&scores, |i, j| (place[i] - place[j]).abs())?;
/// assert_eq!((pair.lipschitz, pair.first, pair.second), (0.5, 0, 1));
/// # Ok::<(), gradus_fairness::FairnessError>(())
/// ```
///
/// # References
///
/// C. Dwork, M. Hardt, T. Pitassi, O. Reingold and R. Zemel, *Fairness through awareness*, ITCS 2012, definition 2.1.
#[doc(alias = "individual fairness")]
pub fn steepest_pair(
    scores: &[f64],
    distance: impl Fn(usize, usize) -> f64,
) -> Result<Steepest, FairnessError> {
    let samples = scores.len();
    if samples < 2 {
        return Err(FairnessError::NoPairs { samples });
    }
    check_finite(scores)?;
    let mut steepest = Steepest {
        lipschitz: -1.0,
        first: 0,
        second: 1,
    };
    for (first, &s) in scores.iter().enumerate() {
        for (second, &t) in scores.iter().enumerate().skip(first + 1) {
            let distance = distance(first, second);
            if distance.is_nan() || distance < 0.0 {
                return Err(FairnessError::InvalidDistance {
                    first,
                    second,
                    distance,
                });
            }
            let lipschitz = quotient(s, t, distance);
            if lipschitz > steepest.lipschitz {
                steepest = Steepest {
                    lipschitz,
                    first,
                    second,
                };
            }
        }
    }
    Ok(steepest)
}

/// $`\lvert s - t \rvert / d`$, and 0 for equal scores.
fn quotient(s: f64, t: f64, distance: f64) -> f64 {
    // At an infinite distance also if the difference overflows.
    if s == t || distance == f64::INFINITY {
        0.0
    } else {
        (s - t).abs() / distance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_with_two_scores_are_infinitely_steep() {
        let steepest = steepest_pair(&[0.5, 0.5, 0.75], |_, _| 0.0).unwrap();
        assert_eq!((steepest.lipschitz, steepest.second), (f64::INFINITY, 2));
        let level = steepest_pair(&[0.5, 0.5], |_, _| 0.0).unwrap();
        assert_eq!((level.lipschitz, level.first, level.second), (0.0, 0, 1));
        let far = steepest_pair(&[-f64::MAX, f64::MAX], |_, _| f64::INFINITY);
        assert_eq!(far.unwrap().lipschitz, 0.0);
    }

    #[test]
    fn what_is_no_distance_is_refused() {
        assert!(steepest_pair(&[1.0], |_, _| 1.0).is_err());
        assert!(steepest_pair(&[1.0, 2.0], |_, _| f64::NAN).is_err());
        let (first, second, distance) = (0, 1, -1.0);
        let refused = FairnessError::InvalidDistance {
            first,
            second,
            distance,
        };
        assert_eq!(steepest_pair(&[1.0, 2.0], |_, _| -1.0), Err(refused));
    }
}
