//! The reflection of Householder.

use crate::checked::scaled::{Scaled, ScaledColumns};
use crate::checked::size::check_size;
use crate::error::LinalgError;
use crate::kernels::view::shape;
use crate::scalar::Scalar;
use gradus_numeric::{Shape, binary_exponent, ldexp, norm_infinity, norm2};
use nalgebra::{DMatrix, DMatrixViewMut, DVector};

/// A reflection that sends a given vector to a multiple of the first axis.
///
/// ```math
/// H = I - 2 \, v v^\top, \qquad \lVert v \rVert = 1, \qquad H x = \alpha e_1, \qquad \alpha = \mp \lVert x \rVert
/// ```
///
/// The mirror stands halfway between $`x`$ and the axis, at right angles to $`v`$. One reflection a column
/// makes a matrix triangular ([`householder_qr`](crate::householder_qr())), and since a product of reflections is
/// orthogonal, nothing is lost on the way.
///
/// # Shapes
///
/// `x: n`, n ≥ 1; it reflects vectors with n entries.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`H^2 = I`$, $`H^\top = H`$ | `a_reflection_undoes_itself` |
/// | $`H x = \alpha e_1`$ | `a_reflection_sends_its_vector_to_the_first_axis` |
/// | $`\lVert H y \rVert = \lVert y \rVert`$ | `reflections_and_rotations_keep_lengths` |
/// | $`\operatorname{tr} H = n - 2`$, $`\det H = -1`$: one direction is turned around, the others stay | `a_reflection_turns_one_direction_around` |
///
/// # Numerics
///
/// $`v`$ is $`x + \operatorname{sign}(x_1) \lVert x \rVert e_1`$ divided by its length: the sign that does not cancel,
/// so $`\alpha`$ has the sign that $`x_1`$ has not, also if that is a zero with a sign. In `f64`, on $`2^{-e} x`$. A vector of zeros is sent
/// to zero by every reflection; the first axis is then turned around.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{Householder, nalgebra::DVector};
///
/// let x = DVector::from_row_slice(&[3.0, 4.0]);
/// let h = Householder::new(&x)?;
/// assert_eq!(h.image(), -5.0);
/// let hx = h.reflect(&x)?;
/// assert!((hx[0] + 5.0_f64).abs() < 1e-14 && hx[1].abs() < 1e-14);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), §5.1.2; A. S. Householder,
/// *Unitary triangularization of a nonsymmetric matrix*, J. ACM 5 (1958), 339–342,
/// <https://doi.org/10.1145/320941.320947>.
#[derive(Clone, Debug, PartialEq)]
#[doc(alias = "reflector")]
pub struct Householder {
    normal: DVector<f64>,
    image: f64,
}

impl Householder {
    /// The reflection that sends `x` to a multiple of the first axis.
    ///
    /// # Errors
    ///
    /// [`LinalgError::NonFinite`] for a NaN or infinite entry; [`LinalgError::Domain`] if `x` has no entries;
    /// [`LinalgError::Overflow`] if its length is too large for `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Householder, nalgebra::DVector};
    ///
    /// let h = Householder::new(&DVector::from_row_slice(&[1.0, 2.0, 2.0]))?;
    /// assert!((h.image() + 3.0).abs() < 1e-15);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    pub fn new<T: Scalar>(x: &DVector<T>) -> Result<Self, LinalgError> {
        let x = Scaled::named("x", &column(x))?;
        if x.matrix.nrows() == 0 {
            let name = "number of entries of x";
            return Err(LinalgError::Domain {
                name,
                value: 0.0,
                domain: "at least 1",
            });
        }
        let h = Self::near_one(x.matrix.as_slice().to_vec());
        let image = x.restored(h.image);
        if image.is_finite() {
            Ok(Self { image, ..h })
        } else {
            let operation = "Householder";
            Err(LinalgError::Overflow { operation })
        }
    }

    /// The same for one entry at least, the largest in $`[1, 2)`$ or well below.
    pub(crate) fn near_one(mut x: Vec<f64>) -> Self {
        // Subnormal numbers, if no others are left of a column, have lengths of few digits.
        let e = binary_exponent(norm_infinity(&x));
        for x in &mut x {
            *x = ldexp(*x, -e);
        }
        let length = norm2(&x);
        // Also of a zero: scaling may have made it of a tiny entry.
        let sign = x[0].signum();
        x[0] = if length == 0.0 {
            1.0
        } else {
            x[0] + sign * length
        };
        let normal = DVector::from_vec(x);
        Self {
            normal: &normal / norm2(normal.as_slice()),
            image: ldexp(0.0 - sign * length, e),
        }
    }

    /// The same reflection of a problem multiplied by a number.
    pub(crate) fn with_image(self, image: f64) -> Self {
        Self { image, ..self }
    }

    /// The unit vector at right angles to the mirror.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Householder, nalgebra::DVector};
    ///
    /// // x + ‖x‖ e₁ = (8, 4), of length √80
    /// let h = Householder::new(&DVector::from_row_slice(&[3.0, 4.0]))?;
    /// assert!((h.normal()[0] - 8.0 / 80.0_f64.sqrt()).abs() < 1e-15);
    /// assert!((h.normal()[1] - 4.0 / 80.0_f64.sqrt()).abs() < 1e-15);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    #[must_use]
    pub fn normal(&self) -> &DVector<f64> {
        &self.normal
    }

    /// The number $`\alpha`$ with $`H x = \alpha e_1`$ for the vector that it was made for.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Householder, nalgebra::DVector};
    ///
    /// assert_eq!(Householder::new(&DVector::from_row_slice(&[3.0, 4.0]))?.image(), -5.0);
    /// assert_eq!(Householder::new(&DVector::from_row_slice(&[-3.0, 4.0]))?.image(), 5.0);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    #[must_use]
    pub fn image(&self) -> f64 {
        self.image
    }

    /// The mirror image of a vector.
    ///
    /// # Errors
    ///
    /// As [`reflect_columns`](Self::reflect_columns).
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Householder, nalgebra::DVector};
    ///
    /// // The mirror is at right angles to (2, 1): what lies in it stays, (2, 1) is turned around.
    /// let h = Householder::new(&DVector::from_row_slice(&[3.0, 4.0]))?;
    /// let (inside, across) = (DVector::from_row_slice(&[1.0, -2.0]), DVector::from_row_slice(&[2.0, 1.0]));
    /// assert!((h.reflect(&inside)? - &inside).amax() < 1e-15_f64);
    /// assert!((h.reflect(&across)? + &across).amax() < 1e-15_f64);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    pub fn reflect<T: Scalar>(&self, x: &DVector<T>) -> Result<DVector<T>, LinalgError> {
        let image = self.reflect_columns(&column(x))?;
        Ok(image.column(0).into_owned())
    }

    /// The mirror image of every column of a matrix, $`H A`$, without ever forming $`H`$.
    ///
    /// # Errors
    ///
    /// [`LinalgError::ShapeMismatch`]; [`LinalgError::NonFinite`] for a NaN or infinite entry;
    /// [`LinalgError::Overflow`] if an entry is too large for `T`.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Householder, nalgebra::{DMatrix, DVector}};
    ///
    /// let h = Householder::new(&DVector::from_row_slice(&[3.0, 4.0]))?;
    /// let a = DMatrix::from_row_slice(2, 2, &[3.0, 1.0, 4.0, -2.0]); // the second column lies in the mirror
    /// let expected = DMatrix::from_row_slice(2, 2, &[-5.0, 1.0, 0.0, -2.0]);
    /// assert!((h.reflect_columns(&a)? - expected).amax() < 1e-14_f64);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    pub fn reflect_columns<T: Scalar>(&self, a: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
        let operation = "Householder::reflect";
        let n = self.normal.len();
        if a.nrows() != n {
            return Err(LinalgError::ShapeMismatch {
                operation,
                left: Shape::new(n, n),
                right: shape(a),
            });
        }
        let mut a = ScaledColumns::new(a)?;
        self.reflect_in_place(a.matrix.as_view_mut());
        a.unscaled(operation)
    }

    /// $`a \leftarrow a - 2 (v \cdot a) v`$ for every column a.
    pub(crate) fn reflect_in_place(&self, mut a: DMatrixViewMut<'_, f64>) {
        let v = &self.normal;
        for j in 0..a.ncols() {
            let along: f64 = (0..v.len()).map(|i| v[i] * a[(i, j)]).sum();
            for i in 0..v.len() {
                a[(i, j)] -= 2.0 * along * v[i];
            }
        }
    }

    /// The matrix $`I - 2 v v^\top`$.
    ///
    /// # Errors
    ///
    /// [`LinalgError::TooLarge`] if it has more entries than memory can hold.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Householder, nalgebra::{DMatrix, DVector}};
    ///
    /// let h = Householder::new(&DVector::from_row_slice(&[3.0, 4.0]))?;
    /// let expected = DMatrix::from_row_slice(2, 2, &[-0.6, -0.8, -0.8, 0.6]);
    /// assert!((h.matrix()? - expected).amax() < 1e-15);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    pub fn matrix(&self) -> Result<DMatrix<f64>, LinalgError> {
        let (v, n) = (&self.normal, self.normal.len());
        check_size::<f64>("Householder::matrix", Shape::new(n, n))?;
        let entry = |i, j| f64::from(u8::from(i == j)) - 2.0 * v[i] * v[j];
        Ok(DMatrix::from_fn(n, n, entry))
    }
}

fn column<T: Scalar>(x: &DVector<T>) -> DMatrix<T> {
    DMatrix::from_column_slice(x.len(), 1, x.as_slice())
}

#[cfg(test)]
mod tests {
    use super::Householder;
    use crate::error::LinalgError;
    use nalgebra::{DMatrix, DVector};

    /// What underflow leaves of a column has a direction too: (3, 4) / 5.
    #[test]
    fn subnormal_vectors_have_unit_normals() {
        let h = Householder::near_one(vec![1.5e-323, 2e-323]);
        assert_eq!(h.image(), -2.5e-323);
        let v = h.normal();
        assert!((v.dot(v) - 1.0).abs() < 4.0 * f64::EPSILON);
        assert!((v[0] / v[1] - 2.0).abs() < 8.0 * f64::EPSILON); // (3 + 5, 4)
    }

    #[test]
    fn one_number_is_turned_around() -> Result<(), LinalgError> {
        for x in [5e-324, -2.0, f64::MAX] {
            let x = DVector::from_element(1, x);
            let h = Householder::new(&x)?;
            assert_eq!(h.image(), -x[0]);
            assert_eq!(h.reflect(&x)?, -x);
            assert_eq!(h.matrix()?, DMatrix::from_element(1, 1, -1.0));
        }
        Ok(())
    }

    #[test]
    fn zero_is_sent_to_zero() -> Result<(), LinalgError> {
        let h = Householder::new(&DVector::<f32>::zeros(3))?;
        assert_eq!(h.image(), 0.0);
        assert_eq!(h.normal().as_slice(), [1.0, 0.0, 0.0]);
        Ok(())
    }

    #[test]
    fn what_cannot_be_reflected_is_refused() {
        let none = DVector::<f64>::zeros(0);
        assert!(matches!(
            Householder::new(&none),
            Err(LinalgError::Domain { .. })
        ));
        let long = DVector::from_element(2, f64::MAX);
        assert!(matches!(
            Householder::new(&long),
            Err(LinalgError::Overflow { .. })
        ));
        let unknown = DVector::from_row_slice(&[0.0, f64::NAN]);
        assert!(matches!(
            Householder::new(&unknown),
            Err(LinalgError::NonFinite { row: 1, .. })
        ));
    }

    #[test]
    fn shapes_must_fit_and_no_columns_stay_none() -> Result<(), LinalgError> {
        let h = Householder::new(&DVector::from_element(2, 1.0))?;
        assert!(matches!(
            h.reflect(&DVector::from_element(3, 1.0)),
            Err(LinalgError::ShapeMismatch { .. })
        ));
        let none = DMatrix::<f64>::zeros(2, 0);
        assert_eq!(h.reflect_columns(&none)?.shape(), (2, 0));
        Ok(())
    }

    #[test]
    fn extreme_vectors_are_reflected_without_overflow() -> Result<(), LinalgError> {
        let h = Householder::new(&DVector::from_row_slice(&[3.0, 4.0]))?;
        for size in [1e-320, 1e-300, 1e307] {
            let image = h.reflect(&DVector::from_row_slice(&[3.0 * size, 4.0 * size]))?;
            assert!((image[0] / size + 5.0_f64).abs() < 1e-2);
            assert!((image[1] / size).abs() < 1e-2);
        }
        Ok(())
    }
}
