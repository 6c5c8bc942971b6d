//! The angle between two vectors.

use crate::error::LinalgError;
use crate::norms::normalize::direction;
use crate::scalar::Scalar;
use gradus_numeric::{Shape, compensated_dot};
use nalgebra::DVector;

/// The cosine of the angle between two vectors.
///
/// ```math
/// \cos(x, y) = \frac{x \cdot y}{\lVert x \rVert \, \lVert y \rVert}
/// ```
///
/// 1 for the same direction, 0 for a right angle, −1 for opposite directions, whatever the lengths: how alike
/// two embeddings are.
///
/// # Shapes
///
/// `x: n`, `y: n`; the result is a scalar in [−1, 1].
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`-1 \le \cos(x, y) \le 1`$, symmetric, $`\cos(x, x) = 1`$ | `a_cosine_is_symmetric_and_at_most_one` |
/// | $`\cos(2^k x, y) = \cos(x, y)`$ to the bit, $`\cos(-x, y) = -\cos(x, y)`$ | `a_cosine_does_not_depend_on_lengths` |
/// | $`\lVert x - y \rVert^2 = \lVert x \rVert^2 + \lVert y \rVert^2 - 2 \lVert x \rVert \lVert y \rVert \cos(x, y)`$ | `the_law_of_cosines_holds` |
///
/// # Numerics
///
/// The compensated product of the two directions, in `f64`, rounded once: the error is a few u, also where
/// the angle is nearly right or the entries are huge or tiny. Near ±1 a cosine says little about a small
/// angle.
///
/// # Errors
///
/// [`LinalgError::ShapeMismatch`]; [`LinalgError::NonFinite`] for a NaN or infinite entry;
/// [`LinalgError::Domain`] if a vector is zero (or has no entries): it has no direction.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{cosine, nalgebra::DVector};
///
/// let x = DVector::from_row_slice(&[3.0, 4.0]);
/// let axis = DVector::from_row_slice(&[1e200, 0.0]);
/// assert_eq!(cosine(&x, &axis)?, 0.6);
/// assert!(cosine(&x, &DVector::zeros(2)).is_err());
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// M. P. Deisenroth, A. A. Faisal and C. S. Ong, *Mathematics for Machine Learning* (2020), eq. (3.26).
#[doc(alias = "cosine similarity")]
#[doc(alias = "angle")]
pub fn cosine<T: Scalar>(x: &DVector<T>, y: &DVector<T>) -> Result<T, LinalgError> {
    if x.len() != y.len() {
        return Err(LinalgError::ShapeMismatch {
            operation: "cosine",
            left: Shape::new(x.len(), 1),
            right: Shape::new(y.len(), 1),
        });
    }
    let (x, y) = (
        direction("x", "length of x", x)?,
        direction("y", "length of y", y)?,
    );
    let cosine = compensated_dot(&x, &y)?;
    Ok(T::from_f64(cosine.clamp(-1.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::cosine;
    use crate::error::LinalgError;
    use nalgebra::DVector;

    fn of(x: &[f64], y: &[f64]) -> Result<f64, LinalgError> {
        cosine(&DVector::from_row_slice(x), &DVector::from_row_slice(y))
    }

    #[test]
    fn zero_has_no_direction() {
        for (x, y, expected) in [
            (&[0.0, 0.0], &[1.0, 2.0], "length of x"),
            (&[1.0, 2.0], &[0.0, -0.0], "length of y"),
        ] {
            let answer = of(x, y);
            assert!(
                matches!(answer, Err(LinalgError::Domain { name, value: 0.0, .. }) if name == expected)
            );
        }
        assert!(matches!(of(&[], &[]), Err(LinalgError::Domain { .. })));
    }

    #[test]
    fn extreme_vectors_have_angles() {
        assert_eq!(of(&[5e-324, 0.0], &[f64::MAX, 0.0]), Ok(1.0));
        assert_eq!(of(&[1e200, 1e200], &[1e-200, -1e-200]), Ok(0.0));
        assert_eq!(of(&[-f64::MAX], &[5e-324]), Ok(-1.0));
    }

    #[test]
    fn what_does_not_fit_or_is_not_finite_is_refused() {
        assert!(matches!(
            of(&[1.0], &[1.0, 2.0]),
            Err(LinalgError::ShapeMismatch { .. })
        ));
        assert!(matches!(
            of(&[1.0, 2.0], &[1.0, f64::NAN]),
            Err(LinalgError::NonFinite { row: 1, .. })
        ));
    }
}
