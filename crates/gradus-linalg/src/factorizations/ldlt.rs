//! The factorization of any symmetric matrix.

use crate::checked::check::{
    at_most, frobenius, largest_entry, ratio, rounding, seen_at_most, times,
};
use crate::checked::probe::{difference, frobenius_of_map, image, symmetric_image};
use crate::checked::scaled::{Scaled, rounded, unscaled};
use crate::error::LinalgError;
use crate::factorizations::cholesky::check_symmetric;
use crate::factorizations::diagonal_pivoting::DiagonalPivoting;
use crate::factorizations::inertia::{Inertia, Pivot, pivots};
use crate::kernels::as_faer::{faer, faer_mut};
use crate::kernels::permutation::{is_permutation, permuted, permuted_back};
use crate::kernels::view::{shape, view};
use crate::scalar::Scalar;
use faer::Par;
use faer::linalg::triangular_solve::{
    solve_unit_lower_triangular_in_place, solve_unit_upper_triangular_in_place,
};
use gradus_numeric::Shape;
use nalgebra::{DMatrix, DVector};

/// $`P A P^\top = L D L^\top`$; made by [`ldlt`].
#[derive(Clone, Debug, PartialEq)]
pub struct Ldlt<T: Scalar> {
    /// $`P`$: row and column `i` of $`P A P^\top`$ are row and column `permutation[i]` of $`A`$.
    pub permutation: Vec<usize>,
    /// $`L`$: ones on the diagonal, zeros above it, no entry larger than 2.79.
    pub l: DMatrix<T>,
    /// $`D`$: symmetric, with blocks of order 1 and 2 on the diagonal and zeros elsewhere.
    pub d: DMatrix<T>,
}

/// Decomposes a symmetric matrix, definite or not, singular or not, into triangles and small blocks.
///
/// ```math
/// P A P^\top = L D L^\top, \qquad l_{ii} = 1, \qquad
/// D = \operatorname{diag}(D_1, D_2, \dots), \quad D_i \text{ of order 1 or 2}
/// ```
///
/// Completing squares: with $`y = L^\top P x`$ the quadratic form $`x^\top A x`$ becomes $`y^\top D y`$. A block of
/// order 2 stands where no single entry of the diagonal is large enough to be divided by, as for
/// $`x_1 x_2`$ with the matrix of two zeros on the diagonal; such a block has one positive and one negative eigenvalue.
/// The factorization costs half of elimination, needs no square root, and its blocks tell the signs of the
/// eigenvalues: [`Ldlt::inertia`]. For a Hessian they tell a minimum from a saddle.
///
/// # Shapes
///
/// `a: n × n`; `permutation: n`, `l: n × n`, `d: n × n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`L D L^\top = P A P^\top`$ | `l_d_lt_is_the_matrix_permuted_on_both_sides` |
/// | exact ones and zeros, $`\lvert l_{ij} \rvert \le 2.79`$ | `l_is_unit_lower_triangular_and_bounded` |
/// | $`D`$ has symmetric blocks of order 1 and 2, the latter of negative determinant | `d_has_blocks_of_order_one_and_two` |
/// | $`-A`$ has the same $`P`$, $`L`$ and $`-D`$ | `a_matrix_and_its_negative_share_their_triangle` |
/// | $`X^\top X`$ of rank $`r`$ has $`d_{11} \ge \dots \ge d_{rr} > 0`$ of order 1 first | `gram_matrices_have_falling_pivots` |
///
/// # Numerics
///
/// Diagonal pivoting in `f64` on $`2^{-e} A`$, from the lower triangle. The largest entry on the diagonal of what is left
/// is the pivot if it is at least 0.64 of the largest beside it in its column. Otherwise a block of order 2 is, about an
/// entry that is the largest of both its columns, found by going from a column to that of its largest entry as long as
/// those grow. That bounds $`L`$. In a positive semidefinite matrix no entry is larger than the largest of the
/// diagonal: its blocks are of order 1 and fall, as far as they are above rounding errors. What is left is brought up to
/// date by products of matrices. $`L D L^\top = P A P^\top`$ is [checked](crate#how-an-answer-is-checked) within
/// $`10\,n^2 u`$. An entry that is $`10^{308}`$ times smaller than the largest counts as zero.
///
/// # Errors
///
/// [`LinalgError::NotSquare`]; [`LinalgError::NonFinite`]; [`LinalgError::NotSymmetric`] if
/// $`|a_{ij} - a_{ji}| > n\,\varepsilon\,\lVert A \rVert_{\max}`$ (with the $`\varepsilon`$ of `T`);
/// [`LinalgError::Overflow`] if an entry of $`D`$ is too large for `T`; [`LinalgError::Inaccurate`] if the check
/// fails.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{ldlt, nalgebra::DMatrix};
///
/// // 4 x² + 4 x y − 2 y² = 4 (x + y/2)² − 3 y²
/// let saddle = ldlt(&DMatrix::from_row_slice(2, 2, &[4.0, 2.0, 2.0, -2.0]))?;
/// assert_eq!(saddle.l, DMatrix::from_row_slice(2, 2, &[1.0, 0.0, 0.5, 1.0]));
/// assert_eq!(saddle.d, DMatrix::from_row_slice(2, 2, &[4.0, 0.0, 0.0, -3.0]));
/// let inertia = saddle.inertia();
/// assert_eq!((inertia.positive, inertia.negative, inertia.zero), (1, 1, 0));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// J. R. Bunch and B. N. Parlett, *Direct methods for solving symmetric indefinite systems of linear equations*,
/// SIAM J. Numer. Anal. 8 (1971), 639–655, who search all of what is left; C. Ashcraft, R. G. Grimes and J. G. Lewis,
/// *Accurate symmetric indefinite linear equation solvers*, SIAM J. Matrix Anal. Appl. 20 (1998), 513–561, figure 2.5,
/// for the search from column to column; N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed.
/// (2002), §11.1.
#[doc(alias = "Bunch-Parlett")]
#[doc(alias = "Bunch-Kaufman")]
#[doc(alias = "symmetric indefinite")]
pub fn ldlt<T: Scalar>(a: &DMatrix<T>) -> Result<Ldlt<T>, LinalgError> {
    if !a.is_square() {
        let (operation, shape) = ("ldlt", shape(a));
        return Err(LinalgError::NotSquare { operation, shape });
    }
    let a = Scaled::new(a)?;
    check_symmetric(&a, T::EPSILON.to_f64())?;
    let factors = DiagonalPivoting::new(&a.matrix);
    check_product(&a.matrix, &factors)?;
    let DiagonalPivoting {
        l, d, permutation, ..
    } = factors;
    Ok(Ldlt {
        permutation,
        l: rounded(l, 0),
        d: d.unscaled(a.exponent, "ldlt")?,
    })
}

impl<T: Scalar> Ldlt<T> {
    /// How many eigenvalues of the matrix are positive, negative and zero, by the law of Sylvester.
    ///
    /// ```math
    /// \operatorname{inertia} A = \operatorname{inertia} D
    /// ```
    ///
    /// $`A`$ and $`D`$ are congruent: a change of coordinates changes the numbers of a quadratic form but not how many
    /// directions rise and how many fall. Positive definite is $`(n, 0, 0)`$.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | $`\operatorname{inertia} X^\top A X = \operatorname{inertia} A`$ for invertible $`X`$ (Sylvester) | `congruent_matrices_have_the_same_inertia` |
    /// | the signs of the eigenvalues | `inertia_counts_the_signs_of_the_eigenvalues` |
    /// | $`X^\top X`$ of rank $`r`$ has $`(r, 0, n - r)`$ | `gram_matrices_have_no_negative_direction` |
    ///
    /// # Numerics
    ///
    /// A pivot counts as zero if rounding errors can have made it: if it is no more than
    /// $`5\,n\,\varepsilon\,(W \lvert D \rvert W^\top)_{kk}`$ with $`W = \lvert L^{-1} \rvert \lvert L \rvert`$
    /// and the $`\varepsilon`$ of `T`. That is what the backward error of the factorization comes to, so diagonal
    /// matrices of any range of sizes are told right. A block of order 2 counts as two zeros if its entry off the
    /// diagonal is no more than the geometric mean of two such figures.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{ldlt, nalgebra::DMatrix};
    ///
    /// let rank_one = ldlt(&DMatrix::from_element(3, 3, 0.1))?.inertia();
    /// assert_eq!((rank_one.positive, rank_one.negative, rank_one.zero), (1, 0, 2));
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    ///
    /// # References
    ///
    /// R. A. Horn and C. R. Johnson, *Matrix Analysis*, 2nd ed. (2013), theorem 4.5.8; Higham (2002), theorem 11.3,
    /// for the rounding errors.
    #[must_use]
    pub fn inertia(&self) -> Inertia {
        Inertia::of(&self.l, &self.d)
    }

    /// $`x`$ with $`A x = b`$, by $`L z = P b`$, $`D y = z`$ and $`L^\top P x = y`$.
    ///
    /// # Shapes
    ///
    /// `b: n`; the solution has n entries.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | the backward error is of the order of rounding | `solutions_by_ldlt_have_a_small_backward_error` |
    ///
    /// # Numerics
    ///
    /// In `f64` with the factors as they are in `T`, scaled by powers of two. The residual is checked to be within
    /// $`10\,n^2 u\,(\lVert \lvert L \rvert \lvert D \rvert \lvert L \rvert^\top \rVert_\infty \lVert x \rVert_\infty + \lVert b \rVert_\infty)`$.
    /// For one system, [`solve`](crate::solve) says more: its answer carries condition and errors.
    ///
    /// # Errors
    ///
    /// [`LinalgError::ShapeMismatch`]; [`LinalgError::NonFinite`] for an entry of `b`; [`LinalgError::Singular`]
    /// if [`Self::inertia`] counts a zero; [`LinalgError::Overflow`] if an unknown is too large for the number type;
    /// [`LinalgError::Inaccurate`] if the check fails.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{ldlt, nalgebra::{DMatrix, DVector}};
    ///
    /// let swap = ldlt(&DMatrix::from_row_slice(2, 2, &[0.0, 2.0, 2.0, 0.0]))?;
    /// let x = swap.solve(&DVector::from_row_slice(&[6.0, 8.0]))?;
    /// assert_eq!(x, DVector::from_row_slice(&[4.0, 3.0]));
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    ///
    /// # References
    ///
    /// Higham (2002), theorem 11.3.
    pub fn solve(&self, b: &DVector<T>) -> Result<DVector<T>, LinalgError> {
        let operation = "ldlt, solve";
        self.check_shapes(operation, b)?;
        let n = b.len();
        let b = Scaled::named("b", &DMatrix::from_column_slice(n, 1, b.as_slice()))?;
        let d = Scaled::named("d", &self.d)?;
        if self.inertia().zero > 0 {
            return Err(LinalgError::Singular { rcond: 0.0 });
        }
        let l = DMatrix::from_fn(n, n, |i, j| self.l[(i, j)].to_f64());
        let permuted = permuted(&self.permutation, b.matrix.as_slice());
        let permuted = DMatrix::from_vec(n, 1, permuted);
        let y = substituted(&l, &d.matrix, &permuted);
        if !largest_entry(&y).is_finite() {
            return Err(LinalgError::Overflow { operation });
        }
        check_backward_error(&l, &d.matrix, &y, &permuted)?;
        let x = permuted_back(&self.permutation, y.as_slice());
        let x = unscaled(
            DMatrix::from_vec(n, 1, x),
            b.exponent - d.exponent,
            operation,
        )?;
        Ok(x.column(0).into_owned())
    }

    /// Whether the factors fit together, and the right-hand side fits them.
    fn check_shapes(&self, operation: &'static str, b: &DVector<T>) -> Result<(), LinalgError> {
        let n = self.permutation.len();
        let (left, right) = (shape(&self.l), Shape::new(b.len(), 1));
        let square = Shape::new(n, n);
        let fits = left == square && shape(&self.d) == square && b.len() == n;
        if fits && is_permutation(&self.permutation) {
            return Ok(());
        }
        Err(LinalgError::ShapeMismatch {
            operation,
            left,
            right,
        })
    }
}

/// $`\lVert P A P^\top - L D L^\top \rVert_F \le t \lVert A \rVert_F`$, as far as images tell; reads the lower triangle of
/// `a`.
fn check_product(a: &DMatrix<f64>, factors: &DiagonalPivoting) -> Result<(), LinalgError> {
    let DiagonalPivoting {
        l, d, permutation, ..
    } = factors;
    let n = a.nrows();
    let residual = frobenius_of_map(n, |v| {
        let image_of_a = symmetric_image(a, &permuted_back(permutation, v));
        let along = d.image(&image(view(l).transposed(), v));
        difference(permuted(permutation, &image_of_a), &image(view(l), &along))
    });
    let found = ratio(residual, frobenius(a));
    seen_at_most("ldlt, residual", found, rounding(n, n))
}

/// $`y`$ with $`L D L^\top y = b`$.
fn substituted(l: &DMatrix<f64>, d: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    let mut y = b.clone();
    solve_unit_lower_triangular_in_place(faer(l), faer_mut(&mut y), Par::Seq);
    for pivot in pivots(d) {
        match pivot {
            Pivot::One(k) => y[(k, 0)] /= d[(k, k)],
            Pivot::Two(k) => {
                // Divided by the entry off the diagonal, the largest: p x + y = s, x + q y = t.
                let beside = d[(k + 1, k)];
                let (p, q) = (d[(k, k)] / beside, d[(k + 1, k + 1)] / beside);
                let (s, t) = (y[(k, 0)] / beside, y[(k + 1, 0)] / beside);
                let determinant = p * q - 1.0;
                y[(k, 0)] = (q * s - t) / determinant;
                y[(k + 1, 0)] = (p * t - s) / determinant;
            }
        }
    }
    solve_unit_upper_triangular_in_place(faer(l).transpose(), faer_mut(&mut y), Par::Seq);
    y
}

/// $`\lVert b - L D L^\top y \rVert \le t\,(\lVert \lvert L \rvert \lvert D \rvert \lvert L \rvert^\top \rVert \lVert y \rVert + \lVert b \rVert)`$
/// in the norm of the largest entry.
fn check_backward_error(
    l: &DMatrix<f64>,
    d: &DMatrix<f64>,
    y: &DMatrix<f64>,
    b: &DMatrix<f64>,
) -> Result<(), LinalgError> {
    let (n, largest) = (b.nrows(), |x: &DMatrix<f64>| largest_entry(x));
    let product = |l: &DMatrix<f64>, d: &DMatrix<f64>, y: &DMatrix<f64>| {
        let z = times(view(l).transposed(), view(y));
        times(view(l), view(&times(view(d), view(&z))))
    };
    let moduli = |a: &DMatrix<f64>| DMatrix::from_fn(n, n, |i, j| a[(i, j)].abs());
    let norm = largest(&product(
        &moduli(l),
        &moduli(d),
        &DMatrix::from_fn(n, 1, |_, _| 1.0),
    ));
    let found = match largest(&(b - product(l, d, y))) {
        0.0 => 0.0,
        residual => residual / (norm * largest(y) + largest(b)),
    };
    at_most("ldlt, backward error", found, rounding(n, n))
}

#[cfg(test)]
mod tests {
    use super::{Ldlt, check_product, ldlt};
    use crate::error::LinalgError;
    use crate::factorizations::diagonal_pivoting::DiagonalPivoting;
    use crate::factorizations::inertia::Inertia;
    use nalgebra::{DMatrix, DVector};

    fn inertia(n: usize, entries: &[f64]) -> Result<(usize, usize, usize), LinalgError> {
        let Inertia {
            positive,
            negative,
            zero,
        } = ldlt(&DMatrix::from_row_slice(n, n, entries))?.inertia();
        Ok((positive, negative, zero))
    }

    #[test]
    fn the_factors_of_nothing_are_nothing() -> Result<(), LinalgError> {
        let nothing = ldlt(&DMatrix::<f64>::zeros(0, 0))?;
        assert_eq!((nothing.l.shape(), nothing.d.shape()), ((0, 0), (0, 0)));
        assert_eq!(nothing.inertia(), Inertia::default());
        assert_eq!(nothing.solve(&DVector::zeros(0))?, DVector::zeros(0));
        let number = ldlt(&DMatrix::from_element(1, 1, -4.0_f32))?;
        assert_eq!((number.l[(0, 0)], number.d[(0, 0)]), (1.0, -4.0));
        assert_eq!(number.solve(&DVector::from_element(1, 2.0))?[0], -0.5);
        Ok(())
    }

    #[test]
    fn wrong_factors_are_found() {
        let a = DMatrix::from_row_slice(3, 3, &[0.0, 3.0, 6.0, 3.0, 0.0, 5.0, 6.0, 5.0, 1.0]);
        let is_right = |spoil: fn(&mut DiagonalPivoting)| {
            let mut factors = DiagonalPivoting::new(&a);
            spoil(&mut factors);
            check_product(&a, &factors).is_ok()
        };
        assert!(is_right(|_| {}));
        assert!(!is_right(|f| f.permutation.swap(0, 1)));
        assert!(!is_right(|f| f.l[(2, 0)] += 1e-13));
        assert!(!is_right(|f| f.d.diagonal[2] += 1e-12));
        assert!(!is_right(|f| f.d.beside[0] += 1e-12));
        assert!(!is_right(|f| f.d.beside[0] = f64::NAN));
    }

    /// No entry of the diagonal can be a pivot.
    #[test]
    fn a_zero_diagonal_needs_a_block_of_order_two() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(3, 3, &[0.0, 3.0, 6.0, 3.0, 0.0, 6.0, 6.0, 6.0, 0.0]);
        let ldlt = ldlt(&a)?;
        let Ldlt { permutation, l, d } = &ldlt;
        assert_eq!((d[(0, 0)], d[(1, 0)], d[(1, 1)]), (0.0, 6.0, 0.0));
        let product = l * d * l.transpose();
        for (i, j) in [(0, 0), (1, 0), (1, 1), (2, 0), (2, 1), (2, 2)] {
            assert_eq!(product[(i, j)], a[(permutation[i], permutation[j])]);
        }
        // Two directions fall: the eigenvalues are 10.1…, −3, −7.1….
        assert_eq!((ldlt.inertia().positive, ldlt.inertia().negative), (1, 2));
        let x = ldlt.solve(&DVector::from_row_slice(&[24.0, 21.0, 18.0]))?;
        assert!((x - DVector::from_row_slice(&[1.0, 2.0, 3.0])).amax() < 1e-14_f64);
        Ok(())
    }

    #[test]
    fn semidefinite_matrices_have_factors_but_no_solution() -> Result<(), LinalgError> {
        assert_eq!(inertia(2, &[1.0, 2.0, 2.0, 4.0])?, (1, 0, 1));
        assert_eq!(inertia(2, &[-1.0, 2.0, 2.0, -4.0])?, (0, 1, 1));
        assert_eq!(inertia(3, &[0.0; 9])?, (0, 0, 3));
        assert_eq!(
            inertia(3, &[1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0])?,
            (1, 0, 2)
        );
        let row = [0.1, 0.2, 0.3];
        let noisy = ldlt(&DMatrix::from_fn(3, 3, |i, j| {
            row[i] * row[j] + row[2 - i] * row[2 - j]
        }))?;
        let two = Inertia {
            positive: 2,
            negative: 0,
            zero: 1,
        };
        assert_eq!(noisy.inertia(), two);
        assert!(matches!(
            noisy.solve(&DVector::zeros(3)),
            Err(LinalgError::Singular { .. })
        ));
        Ok(())
    }

    #[test]
    fn what_does_not_fit_is_refused() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[8.0, 1.0, 2.0, 8.0]);
        let (row, column, asymmetry) = (1, 0, 1.0);
        let expected = LinalgError::NotSymmetric {
            row,
            column,
            asymmetry,
        };
        assert_eq!(ldlt(&a), Err(expected));
        assert!(matches!(
            ldlt(&DMatrix::<f64>::zeros(1, 2)),
            Err(LinalgError::NotSquare { .. })
        ));
        let mut a = DMatrix::<f64>::identity(3, 3);
        a[(2, 1)] = f64::NAN;
        assert!(matches!(
            ldlt(&a),
            Err(LinalgError::NonFinite {
                row: 2,
                column: 1,
                ..
            })
        ));
        let mut factors = ldlt(&DMatrix::<f64>::identity(3, 3))?;
        let b = DVector::from_row_slice(&[1.0, f64::INFINITY, 0.0]);
        assert!(matches!(
            factors.solve(&b),
            Err(LinalgError::NonFinite { row: 1, .. })
        ));
        assert!(matches!(
            factors.solve(&DVector::zeros(2)),
            Err(LinalgError::ShapeMismatch { .. })
        ));
        for no_row in [3, 1] {
            factors.permutation[0] = no_row;
            assert!(factors.solve(&DVector::zeros(3)).is_err());
        }
        Ok(())
    }

    #[test]
    fn extreme_sizes_keep_their_digits() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(3, 3, &[1.0, 4.0, 2.0, 4.0, -1.0, 3.0, 2.0, 3.0, 0.5]);
        let b = DVector::from_row_slice(&[1.0, 2.0, 3.0]);
        let plain = ldlt(&a)?;
        for size in [2.0_f64.powi(-1000), 2.0_f64.powi(1000)] {
            let scaled = ldlt(&(&a * size))?;
            assert_eq!((&scaled.l, &scaled.d), (&plain.l, &(&plain.d * size)));
            assert_eq!(scaled.inertia(), plain.inertia());
            assert_eq!(scaled.solve(&(&b * size))?, plain.solve(&b)?);
        }
        let tiny = ldlt(&(&a * 2.0_f64.powi(-1000)))?;
        assert!(matches!(
            tiny.solve(&(b * 2.0_f64.powi(1000))),
            Err(LinalgError::Overflow { .. })
        ));
        Ok(())
    }

    /// Blocks of very different sizes are told apart, down to where numbers end.
    #[test]
    fn graded_matrices_keep_their_signs() -> Result<(), LinalgError> {
        assert_eq!(
            inertia(3, &[1e150, 0.0, 0.0, 0.0, -1e-150, 0.0, 0.0, 0.0, 1.0])?,
            (2, 1, 0)
        );
        for small in [1e-20, 1e-200, 1e-300] {
            let a = [1.0, 0.0, 0.0, 0.0, 0.0, small, 0.0, small, 0.0];
            assert_eq!(inertia(3, &a)?, (2, 1, 0));
        }
        assert_eq!(
            inertia(3, &[1.0, 0.0, 0.0, 0.0, 0.0, 1e-310, 0.0, 1e-310, 0.0])?,
            (2, 1, 0)
        );
        Ok(())
    }

    /// The square of 10⁻¹⁷⁵, the largest entry beside the diagonal of the last block, is no number.
    #[test]
    fn a_block_needs_no_determinant_of_its_own_size() -> Result<(), LinalgError> {
        let mut a = DMatrix::zeros(8, 8);
        let entries = [
            (7, 0, -4.06e187),
            (3, 1, 3.54e249),
            (5, 2, 79.7),
            (5, 4, -5.84e74),
            (6, 4, -79.25),
        ];
        for (i, j, entry) in entries {
            (a[(i, j)], a[(j, i)]) = (entry, entry);
        }
        let inertia = ldlt(&a)?.inertia();
        assert_eq!(inertia.positive, inertia.negative);
        assert!(inertia.positive >= 3);
        Ok(())
    }

    #[test]
    fn a_matrix_full_of_ties_has_factors() -> Result<(), LinalgError> {
        let n = 150;
        let a = DMatrix::from_fn(n, n, |i, j| if i == j { 0.0 } else { 0.1 });
        let ldlt = ldlt(&a)?; // eigenvalues 0.1 (n − 1) and −0.1
        assert_eq!(
            (ldlt.inertia().positive, ldlt.inertia().negative),
            (1, n - 1)
        );
        let x = ldlt.solve(&DVector::from_element(n, 14.9))?;
        assert!(x.iter().all(|x: &f64| (x - 1.0).abs() < 1e-11));
        Ok(())
    }
}
