//! The rotation of Givens.

use crate::error::LinalgError;
use crate::scalar::Scalar;
use gradus_numeric::{binary_exponent, ldexp, norm2};
use nalgebra::DMatrix;

/// A rotation of the plane that sends a given pair of numbers to the first axis.
///
/// ```math
/// \begin{pmatrix} c & s \\ -s & c \end{pmatrix} \begin{pmatrix} a \\ b \end{pmatrix} = \begin{pmatrix} r \\ 0 \end{pmatrix},
/// \qquad c^2 + s^2 = 1, \qquad r = \sqrt{a^2 + b^2}
/// ```
///
/// Where a reflection makes a whole column zero, a rotation makes one entry zero and touches two rows only.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`c^2 + s^2 = 1`$ | `a_rotation_is_orthogonal` |
/// | $`(a, b)`$ goes to $`(r, 0)`$, $`r \ge 0`$ | `a_rotation_sends_its_pair_to_the_first_axis` |
/// | lengths of columns stay | `reflections_and_rotations_keep_lengths` |
///
/// # Numerics
///
/// $`c = a / r`$ and $`s = b / r`$ of the pair multiplied by a power of two: no square overflows or
/// underflows. In `f64` for every `T`. The pair (0, 0) is not turned: c = 1, s = 0.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{Givens, nalgebra::DMatrix};
///
/// let g = Givens::new(3.0, 4.0)?;
/// assert_eq!((g.cosine(), g.sine(), g.length()), (0.6, 0.8, 5.0));
/// let mut a = DMatrix::from_row_slice(2, 2, &[3.0, 5.0, 4.0, 0.0]);
/// g.rotate_rows(&mut a, 0, 1)?;
/// let expected = DMatrix::from_row_slice(2, 2, &[5.0, 3.0, 0.0, -4.0]);
/// assert!(a.iter().zip(&expected).all(|(a, e): (&f64, &f64)| (a - e).abs() < 1e-14));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), §5.1.8.
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "plane rotation")]
pub struct Givens {
    cosine: f64,
    sine: f64,
    length: f64,
}

impl Givens {
    /// The rotation that sends (a, b) to (r, 0).
    ///
    /// # Errors
    ///
    /// [`LinalgError::Domain`] for NaN or an infinity.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::Givens;
    ///
    /// assert_eq!(Givens::new(3.0, 4.0)?.length(), 5.0);
    /// assert_eq!(Givens::new(0.0, 0.0)?.cosine(), 1.0); // nothing to turn
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    pub fn new<T: Scalar>(a: T, b: T) -> Result<Self, LinalgError> {
        for (name, x) in [("a", a), ("b", b)] {
            if !x.is_finite() {
                let value = x.to_f64();
                let domain = "finite";
                return Err(LinalgError::Domain {
                    name,
                    value,
                    domain,
                });
            }
        }
        let (a, b) = (a.to_f64(), b.to_f64());
        let e = binary_exponent(a.abs().max(b.abs()));
        let (a, b) = (ldexp(a, -e), ldexp(b, -e));
        let r = norm2(&[a, b]);
        let (cosine, sine) = if r == 0.0 { (1.0, 0.0) } else { (a / r, b / r) };
        Ok(Self {
            cosine,
            sine,
            length: ldexp(r, e),
        })
    }

    /// The number c.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::Givens;
    ///
    /// assert_eq!(Givens::new(5.0, 12.0)?.cosine(), 5.0 / 13.0);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    #[must_use]
    pub fn cosine(&self) -> f64 {
        self.cosine
    }

    /// The number s.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::Givens;
    ///
    /// assert_eq!(Givens::new(5.0, 12.0)?.sine(), 12.0 / 13.0);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    #[must_use]
    pub fn sine(&self) -> f64 {
        self.sine
    }

    /// The number r; infinite if too large for `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::Givens;
    ///
    /// assert_eq!(Givens::new(5.0, 12.0)?.length(), 13.0);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    #[must_use]
    pub fn length(&self) -> f64 {
        self.length
    }

    /// The 2 × 2 matrix of the rotation.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Givens, nalgebra::DMatrix};
    ///
    /// let quarter = Givens::new(0.0, 2.0)?.matrix(); // (0, 2) goes to (2, 0)
    /// assert_eq!(quarter, DMatrix::from_row_slice(2, 2, &[0.0, 1.0, -1.0, 0.0]));
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    #[must_use]
    pub fn matrix(&self) -> DMatrix<f64> {
        let (c, s) = (self.cosine, self.sine);
        DMatrix::from_row_slice(2, 2, &[c, s, -s, c])
    }

    /// Rotates row `i` and row `k` of a matrix into each other, in place.
    ///
    /// # Errors
    ///
    /// Then the matrix is as it was: [`LinalgError::Domain`] unless `i` and `k` are two of its rows;
    /// [`LinalgError::NonFinite`] for a NaN or infinite entry in them; [`LinalgError::Overflow`] if a new entry
    /// is too large for `T`.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Givens, nalgebra::DMatrix};
    ///
    /// let mut a = DMatrix::from_row_slice(3, 1, &[0.0, 7.0, 2.0]);
    /// Givens::new(0.0, 2.0)?.rotate_rows(&mut a, 0, 2)?; // the row between is not touched
    /// assert_eq!(a.as_slice(), [2.0, 7.0, 0.0]);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    pub fn rotate_rows<T: Scalar>(
        &self,
        a: &mut DMatrix<T>,
        i: usize,
        k: usize,
    ) -> Result<(), LinalgError> {
        check_rows(a, i, k)?;
        let (c, s) = (self.cosine, self.sine);
        let rotated = (0..a.ncols()).map(|j| {
            let (x, y) = (a[(i, j)].to_f64(), a[(k, j)].to_f64());
            (T::from_f64(c * x + s * y), T::from_f64(c * y - s * x))
        });
        let rotated: Vec<(T, T)> = rotated.collect();
        if !rotated.iter().all(|(x, y)| x.is_finite() && y.is_finite()) {
            let operation = "Givens::rotate_rows";
            return Err(LinalgError::Overflow { operation });
        }
        for (j, (x, y)) in rotated.into_iter().enumerate() {
            (a[(i, j)], a[(k, j)]) = (x, y);
        }
        Ok(())
    }
}

/// Two different rows of finite numbers.
fn check_rows<T: Scalar>(a: &DMatrix<T>, i: usize, k: usize) -> Result<(), LinalgError> {
    for (name, row, valid, domain) in [
        ("row i", i, i < a.nrows(), "a row of the matrix"),
        (
            "row k",
            k,
            k < a.nrows() && k != i,
            "another row of the matrix than i",
        ),
    ] {
        if !valid {
            let value = row as f64;
            return Err(LinalgError::Domain {
                name,
                value,
                domain,
            });
        }
    }
    for (row, column) in (0..a.ncols()).flat_map(|j| [(i, j), (k, j)]) {
        let value = a[(row, column)].to_f64();
        if !value.is_finite() {
            let argument = "a";
            return Err(LinalgError::NonFinite {
                argument,
                row,
                column,
                value,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Givens;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn axes_are_turned_by_right_angles() -> Result<(), LinalgError> {
        for ((a, b), (c, s)) in [
            ((0.0, 0.0), (1.0, 0.0)),
            ((2.0, 0.0), (1.0, 0.0)),
            ((-2.0, 0.0), (-1.0, 0.0)),
            ((0.0, 5e-324), (0.0, 1.0)),
            ((0.0, -f64::MAX), (0.0, -1.0)),
        ] {
            let g = Givens::new(a, b)?;
            assert_eq!((g.cosine(), g.sine()), (c, s));
            assert_eq!(g.length(), f64::abs(a + b));
        }
        Ok(())
    }

    #[test]
    fn extreme_pairs_neither_overflow_nor_underflow() -> Result<(), LinalgError> {
        let g = Givens::new(f64::MAX, f64::MAX)?;
        assert!((g.cosine() - 0.5_f64.sqrt()).abs() < 2.0 * f64::EPSILON);
        assert_eq!(g.length(), f64::INFINITY);
        let g = Givens::new(3e-320_f64, 4e-320)?;
        assert!((g.sine() - 0.8).abs() < 1e-3); // three digits of these are left
        let g = Givens::new(3e38_f32, 3e38)?;
        assert!((g.length() / 4.242_640_7e38 - 1.0).abs() < 1e-7);
        Ok(())
    }

    #[test]
    fn what_cannot_be_rotated_is_left_alone() -> Result<(), LinalgError> {
        assert!(Givens::new(f64::NAN, 1.0).is_err());
        assert!(Givens::new(1.0, f64::INFINITY).is_err());
        let g = Givens::new(1.0, 1.0)?;
        let a = DMatrix::from_row_slice(2, 2, &[1.0, f64::MAX, 1.0, f64::MAX]);
        for (i, k, overflow) in [(0, 0, false), (0, 2, false), (2, 0, false), (0, 1, true)] {
            let mut same = a.clone();
            let error = g.rotate_rows(&mut same, i, k).unwrap_err();
            assert_eq!(matches!(error, LinalgError::Overflow { .. }), overflow);
            assert_eq!(same, a);
        }
        let mut unknown = DMatrix::from_row_slice(2, 1, &[1.0, f64::NAN]);
        assert!(matches!(
            g.rotate_rows(&mut unknown, 0, 1),
            Err(LinalgError::NonFinite {
                row: 1,
                column: 0,
                ..
            })
        ));
        let mut none = DMatrix::<f64>::zeros(2, 0);
        g.rotate_rows(&mut none, 0, 1)
    }
}
