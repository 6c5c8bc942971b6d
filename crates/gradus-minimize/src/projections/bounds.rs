//! Boxes: a lower and an upper bound for each coordinate.

use crate::core::counted::of_length;
use crate::error::MinimizeError;
use crate::projections::set::ConvexSet;
use std::iter::zip;

/// A box: $`l_i \le x_i \le u_i`$, where bounds may be infinite.
///
/// ```math
/// P(x)_i = \min(\max(x_i, l_i), u_i)
/// ```
///
/// # Shapes
///
/// `lower: n`, `upper: n`.
///
/// # Laws
///
/// As [`ConvexSet`].
///
/// # Errors
///
/// [`MinimizeError::EmptyBounds`] for a lower bound above its upper one, a NaN, or bounds $`+\infty`$ below and $`-\infty`$ above;
/// [`MinimizeError::LengthMismatch`].
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Bounds, ConvexSet};
///
/// let positive = Bounds::new(vec![0.0; 3], vec![f64::INFINITY; 3])?;
/// assert_eq!(positive.project(&[-1.0, 0.5, 2.0]), [0.0, 0.5, 2.0]);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
#[doc(alias = "box constraints")]
#[derive(Clone, Debug, PartialEq)]
pub struct Bounds {
    pub(crate) lower: Vec<f64>,
    pub(crate) upper: Vec<f64>,
}

impl Bounds {
    /// The box between two corners.
    ///
    /// # Errors
    ///
    /// As [`Bounds`] says.
    pub fn new(lower: Vec<f64>, upper: Vec<f64>) -> Result<Self, MinimizeError> {
        of_length("upper", upper.len(), lower.len())?;
        for (index, (&lower, &upper)) in zip(&lower, &upper).enumerate() {
            if !(lower <= upper && lower < f64::INFINITY && upper > f64::NEG_INFINITY) {
                return Err(MinimizeError::EmptyBounds {
                    index,
                    lower,
                    upper,
                });
            }
        }
        Ok(Self { lower, upper })
    }
}

impl ConvexSet for Bounds {
    fn project(&self, x: &[f64]) -> Vec<f64> {
        zip(x, zip(&self.lower, &self.upper))
            .map(|(x, (l, u))| x.max(*l).min(*u))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Bounds;
    use crate::error::MinimizeError;

    #[test]
    fn bounds_must_leave_a_point() {
        let inf = f64::INFINITY;
        for (l, u) in [(1.0, 0.0), (f64::NAN, 1.0), (inf, inf), (-inf, -inf)] {
            let empty = Bounds::new(vec![0.0, l], vec![1.0, u]);
            assert!(matches!(
                empty,
                Err(MinimizeError::EmptyBounds { index: 1, .. })
            ));
        }
        assert!(Bounds::new(vec![2.0], vec![2.0]).is_ok());
        assert!(Bounds::new(vec![2.0], vec![]).is_err());
    }
}
