//! The direction of a vector.

use crate::checked::scaled::Scaled;
use crate::error::LinalgError;
use crate::scalar::Scalar;
use gradus_numeric::norm2;
use nalgebra::{DMatrix, DVector};

/// The vector of length one in the direction of a vector.
///
/// ```math
/// \hat x = \frac{x}{\lVert x \rVert_2}
/// ```
///
/// # Shapes
///
/// `x: n`; so is the result.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lVert \hat x \rVert = 1`$ within 3 ε | `a_direction_has_length_one` |
/// | $`\lVert x \rVert \hat x = x`$ | `a_direction_times_the_length_is_the_vector` |
/// | $`2^k x`$ has the same direction, to the bit | `a_direction_does_not_depend_on_the_length` |
///
/// # Numerics
///
/// In `f64` on $`2^{-e} x`$, rounded once: $`(10^{200}, 10^{200})`$ and $`(10^{-200}, 10^{-200})`$ have a direction.
///
/// # Errors
///
/// [`LinalgError::NonFinite`] for a NaN or infinite entry; [`LinalgError::Domain`] if `x` is zero (or has no
/// entries): it has no direction.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DVector, normalize};
///
/// assert_eq!(normalize(&DVector::from_row_slice(&[3.0, 4.0]))?.as_slice(), [0.6, 0.8]);
/// assert!(normalize(&DVector::<f64>::zeros(2)).is_err());
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// M. P. Deisenroth, A. A. Faisal and C. S. Ong, *Mathematics for Machine Learning* (2020), §3.1.
#[doc(alias = "unit vector")]
pub fn normalize<T: Scalar>(x: &DVector<T>) -> Result<DVector<T>, LinalgError> {
    let direction = direction("x", "length of x", x)?;
    Ok(DVector::from_iterator(
        x.len(),
        direction.into_iter().map(T::from_f64),
    ))
}

/// The same in `f64`; `name` is what is 0 if there is no direction.
pub(crate) fn direction<T: Scalar>(
    argument: &'static str,
    name: &'static str,
    x: &DVector<T>,
) -> Result<Vec<f64>, LinalgError> {
    let x = Scaled::named(
        argument,
        &DMatrix::from_column_slice(x.len(), 1, x.as_slice()),
    )?;
    let x = x.matrix.as_slice();
    let length = norm2(x);
    if length == 0.0 {
        return Err(LinalgError::Domain {
            name,
            value: 0.0,
            domain: "above 0",
        });
    }
    Ok(x.iter().map(|x| x / length).collect())
}

#[cfg(test)]
mod tests {
    use super::normalize;
    use crate::error::LinalgError;
    use nalgebra::DVector;

    #[test]
    fn zero_and_nothing_have_no_direction() {
        for n in [0, 1, 3] {
            let answer = normalize(&DVector::<f32>::zeros(n));
            assert!(matches!(
                answer,
                Err(LinalgError::Domain { value: 0.0, .. })
            ));
        }
    }

    #[test]
    fn one_number_has_a_sign() -> Result<(), LinalgError> {
        for x in [5e-324, 1.0, f64::MAX] {
            assert_eq!(normalize(&DVector::from_element(1, -x))?[0], -1.0);
        }
        Ok(())
    }

    #[test]
    fn infinity_has_no_direction() {
        let x = DVector::from_row_slice(&[1.0, f64::INFINITY]);
        assert!(matches!(
            normalize(&x),
            Err(LinalgError::NonFinite { row: 1, .. })
        ));
    }
}
