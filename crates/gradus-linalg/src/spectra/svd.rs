//! The singular value decomposition.

use crate::checked::check::{check_orthonormal, rounding, seen_at_most, seen_residual};
use crate::checked::scaled::{Scaled, unscaled};
use crate::checked::size::check_size;
use crate::checked::tolerance::{count_above, noise};
use crate::error::LinalgError;
use crate::kernels::as_faer::{faer, faer_mut};
use crate::kernels::sign::turn_around;
use crate::kernels::view::{column_mut, columns_of, view};
use crate::scalar::Scalar;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::svd::{ComputeSvdVectors, svd as faer_svd, svd_scratch};
use faer::{Par, Spec, diag::Diag};
use gradus_numeric::{Float, Shape};
use nalgebra::{DMatrix, DVector};

/// $`A = U \Sigma V^\top`$, thin if made by [`svd`], full if made by [`svd_full`].
#[derive(Clone, Debug, PartialEq)]
pub struct Svd<T: Scalar> {
    /// $`U`$: left singular vectors, one a column.
    pub u: DMatrix<T>,
    /// $`\sigma_1 \ge \sigma_2 \ge \dots \ge 0`$.
    pub singular_values: DVector<T>,
    /// $`V`$ (not its transpose): right singular vectors, one a column.
    pub v: DMatrix<T>,
}

/// Decomposes a matrix into a rotation, a stretching and a rotation.
///
/// ```math
/// A = U \Sigma V^\top, \qquad U^\top U = V^\top V = I, \qquad
/// \Sigma = \operatorname{diag}(\sigma_1 \ge \dots \ge \sigma_k \ge 0)
/// ```
///
/// The unit ball goes to an ellipsoid with half axes $`\sigma_i u_i`$, the images of $`v_i`$.
///
/// # Shapes
///
/// `a: m × n`; with $`k = \min(m, n)`$: `u: m × k`, `singular_values: k`, `v: n × k`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`U \Sigma V^\top = A`$ | `singular_triples_recompose_the_matrix` |
/// | $`U^\top U = V^\top V = I`$ | `singular_vectors_are_orthonormal` |
/// | $`\sigma_1 \ge \sigma_2 \ge \dots \ge 0`$ | `singular_values_are_sorted_and_not_negative` |
/// | $`\sum \sigma_i^2 = \lVert A \rVert_F^2`$ | `squared_singular_values_sum_to_the_squared_frobenius_norm` |
/// | $`\sigma(A) = \sigma(A^\top) = \sigma(Q A)`$ | `singular_values_do_not_change_under_transposition_and_rotation` |
/// | $`\lvert \sigma_i(A + E) - \sigma_i(A) \rvert \le \lVert E \rVert_2`$ (Weyl) | `singular_values_move_no_further_than_the_matrix` |
///
/// # Numerics
///
/// Runs in `f64` on $`2^{-e} A`$ and is [checked](crate#how-an-answer-is-checked) before it is returned:
/// residual and loss of orthogonality within $`10\,m\,n\,u`$ (the residual of small matrices within $`360\,u`$). Singular values below $`\varepsilon \sigma_1`$ are noise. Vectors are unique up to
/// sign, and up to rotation where singular values coincide.
///
/// # Errors
///
/// [`LinalgError::NonFinite`] for a NaN or infinite entry, [`LinalgError::Overflow`] if a singular value is
/// too large for `T`, [`LinalgError::NoDecomposition`] and [`LinalgError::Inaccurate`] if the iteration or
/// the check of the answer fails.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, svd};
///
/// let ones = DMatrix::from_element(2, 8, 1.0);
/// let sigma = svd(&ones)?.singular_values;
/// assert!((sigma[0] - 4.0_f64).abs() < 1e-14 && sigma[1] < 1e-14);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), §2.4 and §8.6.
#[doc(alias = "singular value decomposition")]
pub fn svd<T: Scalar>(a: &DMatrix<T>) -> Result<Svd<T>, LinalgError> {
    decomposed(a, ComputeSvdVectors::Thin)
}

/// The singular value decomposition with square $`U`$ and $`V`$.
///
/// ```math
/// A = U \Sigma V^\top, \qquad U U^\top = U^\top U = I_m, \qquad V V^\top = V^\top V = I_n, \qquad
/// \Sigma = \operatorname{diag}(\sigma_1 \ge \dots \ge \sigma_k \ge 0) \in \mathbb{R}^{m \times n}
/// ```
///
/// The vectors of [`svd`], completed to bases of both spaces. With $`r`$ singular values above zero,
/// $`u_1, \dots, u_r`$ span the range of $`A`$ and the other $`u_i`$ what is perpendicular to it;
/// $`v_1, \dots, v_r`$ span the range of $`A^\top`$ and the other $`v_i`$ the null space of $`A`$: the four
/// fundamental subspaces.
///
/// # Shapes
///
/// `a: m × n`; with $`k = \min(m, n)`$: `u: m × m`, `singular_values: k`, `v: n × n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`U \Sigma V^\top = A`$ | `full_singular_triples_recompose_the_matrix` |
/// | $`U^\top U = I`$, $`V^\top V = I`$, both square | `full_singular_vectors_are_bases` |
/// | $`A v_j = 0`$ and $`A^\top u_i = 0`$ beyond the singular values | `completed_vectors_are_annihilated` |
/// | the singular values of [`svd`] | `full_singular_values_are_those_of_the_thin_decomposition` |
///
/// # Numerics
///
/// As [`svd`]. The vectors beyond the singular values are unique up to rotation only.
///
/// # Errors
///
/// As [`svd`]; [`LinalgError::TooLarge`] if $`U`$ or $`V`$ is too large for memory.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, svd_full};
///
/// let column = DMatrix::from_column_slice(3, 1, &[0.0, -2.0, 0.0]);
/// let svd = svd_full(&column)?;
/// assert_eq!((svd.u.shape(), svd.v.shape()), ((3, 3), (1, 1)));
/// assert!((svd.singular_values[0] - 2.0_f64).abs() < 1e-15);
/// // The other two columns of U have no second entry: they span what is perpendicular to the column.
/// assert!(svd.u[(1, 1)].abs() < 1e-15 && svd.u[(1, 2)].abs() < 1e-15);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// Golub and Van Loan (2013), theorem 2.4.1; G. Strang, *The fundamental theorem of linear algebra*, Amer.
/// Math. Monthly 100 (1993), 848–855.
#[doc(alias = "four fundamental subspaces")]
pub fn svd_full<T: Scalar>(a: &DMatrix<T>) -> Result<Svd<T>, LinalgError> {
    for n in [a.nrows(), a.ncols()] {
        check_size::<f64>("svd_full", Shape::new(n, n))?;
    }
    decomposed(a, ComputeSvdVectors::Full)
}

fn decomposed<T: Scalar>(
    a: &DMatrix<T>,
    vectors: ComputeSvdVectors,
) -> Result<Svd<T>, LinalgError> {
    let a = Scaled::new(a)?;
    let triples = Triples::with_vectors(&a.matrix, vectors)?;
    let sigma = unscaled(triples.column_of_values(), a.exponent, "svd")?;
    Ok(Svd {
        u: unscaled(triples.u, 0, "svd")?,
        singular_values: sigma.column(0).into_owned(),
        v: unscaled(triples.v, 0, "svd")?,
    })
}

/// The singular values of a matrix, largest first.
///
/// The very numbers that [`svd`] gives: vectors are computed too, for without them the values could not be
/// checked.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\pm \sigma`$ are the eigenvalues of $`\begin{pmatrix} 0 & A \\ A^\top & 0 \end{pmatrix}`$, all others zero | `singular_values_do_not_depend_on_the_question` |
///
/// # Errors
///
/// As [`svd`].
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, singular_values};
///
/// let a = DMatrix::from_row_slice(2, 2, &[0.0, 2.0, 3.0, 0.0]);
/// let sigma = singular_values(&a)?;
/// assert!((sigma[0] - 3.0_f64).abs() < 1e-15 && (sigma[1] - 2.0).abs() < 1e-15);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// Golub and Van Loan (2013), §2.4.
pub fn singular_values<T: Scalar>(a: &DMatrix<T>) -> Result<DVector<T>, LinalgError> {
    svd(a).map(|svd| svd.singular_values)
}

impl<T: Scalar> Svd<T> {
    /// How many singular values are more than rounding: $`\sigma_i > \max(m, n)\,\varepsilon\,\sigma_1`$.
    ///
    /// [`rank`](crate::rank()) takes another tolerance.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{nalgebra::DMatrix, svd};
    ///
    /// assert_eq!(svd(&DMatrix::from_element(3, 4, 0.1))?.rank(), 1);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    #[must_use]
    pub fn rank(&self) -> usize {
        let sigma: Vec<f64> = self.singular_values.iter().map(|s| s.to_f64()).collect();
        rank::<T>(&sigma, self.u.nrows(), self.v.nrows())
    }
}

/// How many of the sorted singular values of an m × n matrix exceed $`\max(m, n)\,\varepsilon\,\sigma_1`$.
pub(crate) fn rank<T: Float>(sigma: &[f64], m: usize, n: usize) -> usize {
    count_above(sigma, noise::<T>(m, n))
}

/// The checked singular triples of a scaled matrix.
#[derive(Debug)]
pub(crate) struct Triples {
    pub(crate) u: DMatrix<f64>,
    pub(crate) sigma: Vec<f64>,
    pub(crate) v: DMatrix<f64>,
}

impl Triples {
    /// Thin.
    pub(crate) fn new(a: &DMatrix<f64>) -> Result<Self, LinalgError> {
        Self::with_vectors(a, ComputeSvdVectors::Thin)
    }

    fn with_vectors(a: &DMatrix<f64>, vectors: ComputeSvdVectors) -> Result<Self, LinalgError> {
        let triples = Self::unchecked(a, vectors)?;
        if triples.sigma.is_empty() {
            // There is nothing to check, and a matrix without entries may have a side too long to walk along.
            return Ok(triples);
        }
        check_orthonormal("svd, left vectors", view(&triples.u))?;
        check_orthonormal("svd, right vectors", view(&triples.v))?;
        triples.check_residual(a)?;
        Ok(triples)
    }

    fn unchecked(a: &DMatrix<f64>, vectors: ComputeSvdVectors) -> Result<Self, LinalgError> {
        let (m, n) = a.shape();
        let k = m.min(n);
        let (left, right) = match vectors {
            ComputeSvdVectors::Full => (m, n),
            _ => (k, k),
        };
        let (mut u, mut v) = (DMatrix::identity(m, left), DMatrix::identity(n, right));
        let mut sigma = Diag::zeros(k);
        if k > 0 {
            let scratch = svd_scratch::<f64>(m, n, vectors, vectors, Par::Seq, Spec::default());
            faer_svd(
                faer(a),
                sigma.as_mut(),
                Some(faer_mut(&mut u)),
                Some(faer_mut(&mut v)),
                Par::Seq,
                MemStack::new(&mut MemBuffer::new(scratch)),
                Spec::default(),
            )
            .map_err(|_| LinalgError::NoDecomposition { operation: "svd" })?;
        }
        let sigma = sigma.column_vector().iter().copied().collect();
        Ok(Self { u, sigma, v }.sorted())
    }

    /// Largest value first, none negative; vectors without a value keep their place.
    fn sorted(mut self) -> Self {
        let k = self.sigma.len();
        for j in 0..k {
            if self.sigma[j] < 0.0 {
                turn_around(column_mut(&mut self.v, j));
            }
            self.sigma[j] = self.sigma[j].abs();
        }
        if self.sigma.is_sorted_by(|a, b| a >= b) {
            return self;
        }
        let mut order: Vec<usize> = (0..k).collect();
        order.sort_by(|&i, &j| self.sigma[j].total_cmp(&self.sigma[i]));
        let from = |j: usize| order.get(j).copied().unwrap_or(j);
        let permuted =
            |a: &DMatrix<f64>| DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| a[(i, from(j))]);
        Self {
            u: permuted(&self.u),
            sigma: order.iter().map(|&j| self.sigma[j]).collect(),
            v: permuted(&self.v),
        }
    }

    /// $`\lVert A - U \Sigma V^\top \rVert_F \le t \lVert A \rVert_F`$.
    fn check_residual(&self, a: &DMatrix<f64>) -> Result<(), LinalgError> {
        /// Below this order it is the rotations that err: some fifty for a nearly singular matrix of order 2.
        const SMALL: usize = 6;
        let k = self.sigma.len();
        let stretched = DMatrix::from_fn(a.nrows(), k, |i, j| self.u[(i, j)] * self.sigma[j]);
        let v = columns_of(&self.v, 0..k);
        let residual = seen_residual(a, &[view(&stretched), v.transposed()]);
        let bound = rounding(a.nrows().max(SMALL), a.ncols().max(SMALL));
        seen_at_most("svd, residual", residual, bound)
    }

    fn column_of_values(&self) -> DMatrix<f64> {
        DMatrix::from_fn(self.sigma.len(), 1, |i, _| self.sigma[i])
    }
}

#[cfg(test)]
mod tests {
    use super::{Triples, singular_values, svd, svd_full};
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn empty_matrices_have_no_singular_values() -> Result<(), LinalgError> {
        for (m, n) in [(0, 0), (0, 4), (4, 0)] {
            let svd = svd(&DMatrix::<f64>::zeros(m, n))?;
            assert_eq!((svd.u.shape(), svd.v.shape()), ((m, 0), (n, 0)));
            assert_eq!((svd.singular_values.len(), svd.rank()), (0, 0));
        }
        Ok(())
    }

    #[test]
    fn the_largest_value_comes_first_and_none_is_negative() {
        let (u, v) = (DMatrix::identity(3, 2), DMatrix::identity(2, 2));
        let sigma = vec![1.0, -3.0];
        let a = DMatrix::from_row_slice(3, 2, &[1.0, 0.0, 0.0, -3.0, 0.0, 0.0]);
        let sorted = Triples { u, sigma, v }.sorted();
        assert_eq!(sorted.sigma, [3.0, 1.0]);
        assert!(sorted.check_residual(&a).is_ok());
    }

    /// Sizes 10¹⁷ apart, on which fifty rotations err by 80 roundings.
    #[test]
    fn nearly_singular_small_matrices_have_answers() -> Result<(), LinalgError> {
        let (large, small) = (8591698268695795.0, 55.170476741671415);
        let entries = [
            20.93477551174527 * large,
            93.96148032295845 * large,
            0.0,
            91.32118684343257 * small,
        ];
        let mut a = DMatrix::<f64>::zeros(2, 4);
        a.view_mut((0, 1), (2, 2)).copy_from_slice(&entries);
        let sigma = svd(&a)?.singular_values;
        let length = 20.93477551174527_f64.hypot(93.96148032295845) * large;
        assert!((sigma[0] / length - 1.0).abs() < 1e-14);
        Ok(())
    }

    #[test]
    fn wrong_triples_are_found() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 3, &[1.0, 2.0, 0.0, 0.0, 1.0, 3.0]);
        let mut triples = Triples::new(&a)?;
        assert!(triples.check_residual(&a).is_ok());
        triples.sigma[1] += 1e-12;
        assert!(triples.check_residual(&a).is_err());
        Ok(())
    }

    #[test]
    fn a_row_and_a_column_are_stretched_by_their_length() -> Result<(), LinalgError> {
        let row = DMatrix::from_row_slice(1, 3, &[3.0, 0.0, 4.0]);
        for a in [row.clone(), row.transpose()] {
            let svd = svd(&a)?;
            assert!((svd.singular_values[0] - 5.0_f64).abs() < 1e-14);
            assert_eq!(svd.rank(), 1);
        }
        Ok(())
    }

    #[test]
    fn full_vectors_are_square_for_every_shape() -> Result<(), LinalgError> {
        for (m, n) in [(0, 0), (0, 4), (4, 0), (1, 3), (3, 1), (2, 3), (5, 2)] {
            let zero = svd_full(&DMatrix::<f64>::zeros(m, n))?;
            assert_eq!((zero.u.shape(), zero.v.shape()), ((m, m), (n, n)));
            assert_eq!((zero.singular_values.len(), zero.rank()), (m.min(n), 0));
            for basis in [zero.u, zero.v] {
                let n = basis.ncols();
                assert!((basis.transpose() * basis - DMatrix::identity(n, n)).amax() < 1e-15);
            }
        }
        Ok(())
    }

    /// The null space of (1, 1) is spanned by (1, −1).
    #[test]
    fn the_last_right_vector_of_a_row_is_perpendicular_to_it() -> Result<(), LinalgError> {
        let svd = svd_full(&DMatrix::from_element(1, 2, 2.0_f64.powi(1000)))?;
        assert_eq!(svd.u[(0, 0)].abs(), 1.0);
        assert!((svd.v[(0, 1)] + svd.v[(1, 1)]).abs() < 1e-15);
        assert!((svd.v[(0, 1)].abs() - 0.5_f64.sqrt()).abs() < 1e-15);
        let a = DMatrix::from_row_slice(1, 2, &[f64::NAN, 0.0]);
        assert!(matches!(
            svd_full(&a),
            Err(LinalgError::NonFinite {
                row: 0,
                column: 0,
                ..
            })
        ));
        assert!(matches!(
            svd_full(&DMatrix::<f64>::zeros(usize::MAX, 0)),
            Err(LinalgError::TooLarge { .. })
        ));
        Ok(())
    }

    #[test]
    fn zero_and_identity_decompose() -> Result<(), LinalgError> {
        assert_eq!(
            singular_values(&DMatrix::<f64>::zeros(3, 2))?.as_slice(),
            [0.0, 0.0]
        );
        assert_eq!(svd(&DMatrix::<f64>::zeros(3, 2))?.rank(), 0);
        for sigma in singular_values(&DMatrix::<f32>::identity(4, 4))?.iter() {
            assert_eq!(*sigma, 1.0);
        }
        Ok(())
    }

    /// nalgebra#1172: wrong singular values for 231 of these 841 matrices.
    #[test]
    fn matrices_of_ones_have_one_singular_value() -> Result<(), LinalgError> {
        for (m, n) in (1..30).flat_map(|m| (1..30).map(move |n| (m, n))) {
            let svd = svd(&DMatrix::<f64>::from_element(m, n, 1.0))?;
            let largest = ((m * n) as f64).sqrt();
            assert!((svd.singular_values[0] / largest - 1.0).abs() < 1e-14);
            assert!(
                svd.singular_values
                    .iter()
                    .skip(1)
                    .all(|s| *s < 1e-14 * largest)
            );
            assert_eq!(svd.rank(), 1);
        }
        Ok(())
    }

    #[test]
    fn not_a_number_and_infinity_are_refused_at_once() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for (row, column) in [(0, 0), (2, 1), (2, 2)] {
                let mut a = DMatrix::from_element(3, 3, 1.0);
                a[(row, column)] = value;
                assert!(
                    matches!(svd(&a), Err(LinalgError::NonFinite { row: r, column: c, .. }) if (r, c) == (row, column))
                );
            }
        }
    }

    #[test]
    fn extreme_sizes_keep_their_digits() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
        let sigma = singular_values(&a)?;
        for size in [2.0_f64.powi(-1000), 2.0_f64.powi(1000)] {
            assert_eq!(singular_values(&(&a * size))?, &sigma * size);
        }
        assert!(matches!(
            singular_values(&DMatrix::from_element(9, 9, f64::MAX)),
            Err(LinalgError::Overflow { .. })
        ));
        Ok(())
    }
}
