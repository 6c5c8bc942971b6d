//! Eigenvalues and eigenvectors of a square matrix.

use crate::checked::scaled::{Scaled, unscaled};
use crate::error::LinalgError;
use crate::kernels::view::shape;
use crate::scalar::Scalar;
use crate::spectra::complex_pair::{ComplexPair, eigenpairs};
use nalgebra::{Complex, DMatrix, DVector};

/// $`A V = V \Lambda`$; made by [`eigen`].
#[derive(Clone, Debug, PartialEq)]
pub struct Eigen<T: Scalar> {
    /// $`\lambda_1, \dots, \lambda_n`$, largest modulus first; conjugates stand together, the one with the
    /// positive imaginary part first.
    pub values: DVector<Complex<T>>,
    /// $`V`$: eigenvectors of length 1, one a column, in the order of the values.
    pub vectors: DMatrix<Complex<T>>,
}

/// Finds the directions that a square matrix only stretches, and turns them at most by a complex factor.
///
/// ```math
/// A v_i = \lambda_i v_i, \qquad \lVert v_i \rVert_2 = 1, \qquad |\lambda_1| \ge \dots \ge |\lambda_n|
/// ```
///
/// The eigenvalues are the roots of $`\det(A - \lambda I)`$. Of a real matrix they are real or come in
/// conjugate pairs $`\alpha \pm \beta i`$: in a plane, a turn and a stretching by $`|\lambda|`$. Powers of
/// $`A`$ grow like $`|\lambda_1|^k`$, which decides whether a recurrent network forgets or explodes.
///
/// # Shapes
///
/// `a: n × n`; `values: n`, `vectors: n × n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`A V = V \Lambda`$, $`\lVert v_i \rVert = 1`$ | `a_matrix_stretches_its_eigenvectors` |
/// | conjugates stand together, real pairs are real | `eigenvalues_of_a_real_matrix_come_in_conjugate_pairs` |
/// | $`\sum \lambda_i = \operatorname{tr} A`$, $`\sum \lambda_i^2 = \operatorname{tr} A^2`$ | `traces_of_powers_are_power_sums_of_the_eigenvalues` |
/// | $`p(A) = 0`$ (Cayley and Hamilton) | `a_matrix_is_a_root_of_its_characteristic_polynomial` |
/// | $`\lambda(S^{-1} A S) = \lambda(A)`$ | `similar_matrices_have_the_same_eigenvalues` |
/// | for units, $`S = \operatorname{diag}(2^{e_i})`$, to all digits | `units_change_no_eigenvalue` |
/// | every $`\lambda`$ lies in a disc about an $`a_{ii}`$ (Gershgorin) | `eigenvalues_lie_in_gershgorins_discs` |
/// | roots of a polynomial | `eigenvalues_of_a_companion_matrix_are_the_roots` |
///
/// # Numerics
///
/// Hessenberg form and shifted QR iteration in `f64` on $`D^{-1} 2^{-e} A D`$, in units (powers of two) in which row i and
/// column i are about equally long; small eigenvalues then keep their digits beside entries that are large only for
/// their units. What is checked, there and on $`A`$, is that every pair is one of a matrix very near:
/// $`\lVert A v_i - \lambda_i v_i \rVert_2 \le 10\,n^2 u \lVert A \rVert_F`$, and that $`\sum \lambda_i`$ and
/// $`\sum \lambda_i^2`$ are the traces of $`A`$ and $`A^2`$. Where a pair in balance is none of $`A`$ by that measure,
/// those of $`A`$ as it is are given. How far $`\lambda_i`$ itself is off depends on its condition: a $`k`$-fold
/// defective eigenvalue moves by $`u^{1/k}`$.
///
/// Vectors have length 1, and the first of the entries of largest modulus (within $`\sqrt\varepsilon`$) is
/// real and positive; those of real eigenvalues are real. **A defective matrix has too few eigenvectors**:
/// then columns of $`V`$ coincide up to rounding, and $`V`$ has no usable inverse. Moduli that agree up to
/// rounding come in either order.
///
/// # Errors
///
/// [`LinalgError::NotSquare`]; [`LinalgError::NonFinite`]; [`LinalgError::Overflow`] if an eigenvalue is too
/// large for `T`; [`LinalgError::NoDecomposition`] and [`LinalgError::Inaccurate`] if the iteration or the
/// check of the answer fails.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{eigen, nalgebra::DMatrix};
///
/// let turn = DMatrix::from_row_slice(2, 2, &[0.0_f64, -2.0, 2.0, 0.0]); // a quarter turn, twice as long
/// let lambda = eigen(&turn)?.values; //                                    2i and -2i
/// assert!(lambda[0].re.abs() < 1e-15 && (lambda[0].im - 2.0).abs() < 1e-15);
/// assert_eq!(lambda[1], lambda[0].conj());
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), §7.1 and §7.5, and §7.5.7 for balancing.
#[doc(alias = "eig")]
#[doc(alias = "characteristic polynomial")]
pub fn eigen<T: Scalar>(a: &DMatrix<T>) -> Result<Eigen<T>, LinalgError> {
    let operation = "eigen";
    if !a.is_square() {
        return Err(LinalgError::NotSquare {
            operation,
            shape: shape(a),
        });
    }
    let a = Scaled::new(a)?;
    let pairs = both_of_each(eigenpairs(&a.matrix)?);
    let n = pairs.len();
    let values: DMatrix<Complex<T>> = complex(n, 1, |i, _| pairs[i].value, a.exponent)?;
    Ok(Eigen {
        values: values.column(0).into_owned(),
        vectors: complex(n, n, |i, j| pairs[j].vector[i], 0)?,
    })
}

/// The eigenvalues of a square matrix, largest modulus first.
///
/// The very numbers that [`eigen`] gives: vectors are computed too, for without them the values could not be
/// checked.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the same with and without vectors | `eigenvalues_do_not_depend_on_the_question` |
///
/// # Errors
///
/// As [`eigen`].
///
/// # Examples
///
/// ```
/// use gradus_linalg::{eigenvalues, nalgebra::DMatrix};
///
/// // The growth of Fibonacci's numbers: the golden ratio.
/// let step = DMatrix::from_row_slice(2, 2, &[1.0, 1.0, 1.0, 0.0]);
/// let lambda = eigenvalues(&step)?;
/// assert!((lambda[0].re - (1.0 + 5.0_f64.sqrt()) / 2.0).abs() < 1e-15 && lambda[0].im == 0.0);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// Golub and Van Loan (2013), §7.1.
#[doc(alias = "eigvals")]
#[doc(alias = "roots of a polynomial")]
pub fn eigenvalues<T: Scalar>(a: &DMatrix<T>) -> Result<DVector<Complex<T>>, LinalgError> {
    eigen(a).map(|eigen| eigen.values)
}

/// Of a pair that is not real its conjugate too, behind it.
fn both_of_each(pairs: Vec<ComplexPair>) -> Vec<ComplexPair> {
    let mut all = Vec::with_capacity(2 * pairs.len());
    for pair in pairs {
        let conjugate = (pair.value.im != 0.0).then(|| pair.conjugate());
        all.push(pair);
        all.extend(conjugate);
    }
    all
}

/// $`2^k Z`$ in `T`, unless an entry is too large for it.
fn complex<T: Scalar>(
    m: usize,
    n: usize,
    z: impl Fn(usize, usize) -> Complex<f64>,
    k: i32,
) -> Result<DMatrix<Complex<T>>, LinalgError> {
    let re: DMatrix<T> = unscaled(DMatrix::from_fn(m, n, |i, j| z(i, j).re), k, "eigen")?;
    let im: DMatrix<T> = unscaled(DMatrix::from_fn(m, n, |i, j| z(i, j).im), k, "eigen")?;
    Ok(re.zip_map(&im, Complex::new))
}

#[cfg(test)]
mod tests {
    use super::{eigen, eigenvalues};
    use crate::error::LinalgError;
    use nalgebra::{Complex, DMatrix, DVector};

    #[test]
    fn nothing_has_no_eigenvalues() -> Result<(), LinalgError> {
        let eigen = eigen(&DMatrix::<f64>::zeros(0, 0))?;
        assert_eq!((eigen.values.len(), eigen.vectors.shape()), (0, (0, 0)));
        Ok(())
    }

    #[test]
    fn a_number_is_its_own_eigenvalue() -> Result<(), LinalgError> {
        for x in [-3.0_f32, 0.0, 1e-30] {
            let eigen = eigen(&DMatrix::from_element(1, 1, x))?;
            assert_eq!(eigen.values[0], Complex::new(x, 0.0));
            assert_eq!(eigen.vectors[(0, 0)], Complex::new(1.0, 0.0));
        }
        Ok(())
    }

    /// nalgebra 0.34: an endless loop in the Schur form of a zero matrix.
    #[test]
    fn zero_and_identity_have_independent_eigenvectors() -> Result<(), LinalgError> {
        for n in [1, 2, 3, 7, 80] {
            for (a, value) in [(DMatrix::zeros(n, n), 0.0), (DMatrix::identity(n, n), 1.0)] {
                let eigen = eigen(&a)?;
                assert!(eigen.values.iter().all(|x| *x == Complex::new(value, 0.0)));
                assert_eq!(eigen.vectors.map(|z| z.re), DMatrix::identity(n, n));
            }
        }
        Ok(())
    }

    #[test]
    fn a_triangle_has_its_eigenvalues_on_the_diagonal() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(3, 3, &[1.0, 5.0, -2.0, 0.0, -4.0, 7.0, 0.0, 0.0, 2.0]);
        let expected = [-4.0, 2.0, 1.0].map(|x| Complex::new(x, 0.0));
        assert_eq!(eigenvalues(&a)?, DVector::from_row_slice(&expected));
        Ok(())
    }

    /// 4, 2 and 1 beside entries of 10¹²: without balancing, the smallest would have four digits.
    #[test]
    fn small_eigenvalues_keep_their_digits_in_any_units() -> Result<(), LinalgError> {
        let t = 2.0_f64.powi(40);
        let entries = [3.0, t, 0.0, 1.0 / t, 3.0, 0.0, t, 0.0, 1.0];
        let lambda = eigenvalues(&DMatrix::from_row_slice(3, 3, &entries))?;
        for (found, expected) in lambda.iter().zip([4.0, 2.0, 1.0]) {
            assert!((found - Complex::from(expected)).norm() < 1e-14, "{found}");
        }
        Ok(())
    }

    #[test]
    fn a_cyclic_shift_has_roots_of_unity() -> Result<(), LinalgError> {
        let shift = DMatrix::from_fn(4, 4, |i, j| f64::from(u8::from((i + 1) % 4 == j)));
        let eigen = eigen(&shift)?;
        for root in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)] {
            let root = Complex::new(root.0, root.1);
            assert!(eigen.values.iter().any(|z| (z - root).norm() < 1e-14));
        }
        // Every entry has modulus one half; the first is real and positive.
        assert!(
            eigen
                .vectors
                .row(0)
                .iter()
                .all(|z| (z.re - 0.5).abs() < 1e-14 && z.im == 0.0)
        );
        Ok(())
    }

    /// A Jordan block has one eigenvector only; substitution for the others overflows unless it is scaled.
    #[test]
    fn a_jordan_block_has_one_eigenvector_many_times() -> Result<(), LinalgError> {
        for n in [2, 5, 30, 100] {
            let jordan = DMatrix::from_fn(n, n, |i, j| match j {
                _ if i == j => 2.0,
                _ if i + 1 == j => 1.0,
                _ => 0.0,
            });
            let eigen = eigen(&jordan)?;
            assert!(eigen.values.iter().all(|z| *z == Complex::new(2.0, 0.0)));
            for v in eigen.vectors.column_iter() {
                assert!((v[0].re - 1.0_f64).abs() < 1e-12);
                assert!(v.iter().all(|z| z.im == 0.0));
            }
        }
        Ok(())
    }

    #[test]
    fn extreme_sizes_keep_their_digits() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, -3.0, 4.0]);
        let lambda = eigenvalues(&a)?;
        for size in [2.0_f64.powi(-1000), 2.0_f64.powi(1000)] {
            assert_eq!(eigenvalues(&(&a * size))?, lambda.map(|z| z * size));
        }
        assert!(matches!(
            eigenvalues(&DMatrix::from_element(9, 9, f64::MAX)),
            Err(LinalgError::Overflow { .. })
        ));
        Ok(())
    }

    /// Of such small entries the squares, by which complex numbers are divided, are 0.
    #[test]
    fn entries_with_squares_below_the_number_range_have_eigenvectors() -> Result<(), LinalgError> {
        let filled = |n, entries: &[(usize, usize, f64)]| {
            let mut a = DMatrix::zeros(n, n);
            for &(i, j, x) in entries {
                a[(i, j)] = x;
            }
            a
        };
        let block = [
            (0, 0, -3.0),
            (4, 0, 1.1262500711720005e-256),
            (2, 1, 2.345411325016048e-221),
            (4, 1, 5.101618236828643e-257),
            (2, 2, -5.093143266514698e-152),
            (1, 4, -1.068248679837828e-256),
            (4, 4, -9.331924214416477e-257),
        ];
        let lambda = eigenvalues(&filled(5, &block))?;
        assert_eq!(lambda[0], Complex::new(-3.0, 0.0));
        assert!((lambda[1] / -5.093143266514698e-152 - 1.0).norm() < 1e-15);
        let huge = [
            (2, 0, 47.17513636068417),
            (5, 0, -46.53110693689536),
            (4, 1, 4817584305709217.0),
            (1, 3, -88.44817629275042),
            (0, 4, -1.0739735082197473e297),
            (2, 4, -2.3720897692763047e216),
            (5, 5, 7.681620741759003e131),
        ];
        let lambda = eigenvalues(&filled(6, &huge))?;
        assert!((lambda[0] / 7.681620741759003e131 - 1.0).norm() < 1e-14);
        Ok(())
    }

    #[test]
    fn what_has_no_eigenvalues_is_refused() {
        assert!(matches!(
            eigen(&DMatrix::<f64>::zeros(2, 3)),
            Err(LinalgError::NotSquare { .. })
        ));
        let mut a = DMatrix::identity(3, 3);
        a[(2, 0)] = f64::INFINITY;
        assert!(matches!(
            eigen(&a),
            Err(LinalgError::NonFinite {
                row: 2,
                column: 0,
                ..
            })
        ));
    }
}
