//! The QR factorization with column pivoting.

use crate::checked::check::{
    check_orthonormal, frobenius, largest_entry, ratio, rounding, seen_at_most, times,
};
use crate::checked::probe::{difference, frobenius_of_map, image};
use crate::checked::scaled::{Scaled, rounded, unscaled};
use crate::checked::size::check_size;
use crate::checked::tolerance::{check_tolerance, count_above};
use crate::error::LinalgError;
use crate::kernels::as_faer::faer_mut;
use crate::kernels::permutation::permuted_back;
use crate::kernels::view::{columns_of, view};
use crate::orthogonal::qr::unpacked;
use crate::scalar::Scalar;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::qr::col_pivoting::factor::{
    qr_in_place, qr_in_place_scratch, recommended_block_size,
};
use faer::{Par, Spec};
use gradus_numeric::Shape;
use nalgebra::DMatrix;

/// $`A P = Q R`$, thin; made by [`qr_pivoted`].
#[derive(Clone, Debug, PartialEq)]
pub struct PivotedQr<T: Scalar> {
    /// $`Q`$: orthonormal columns.
    pub q: DMatrix<T>,
    /// $`R`$: zero below the diagonal, not negative on it, and falling along it.
    pub r: DMatrix<T>,
    /// $`P`$: column `j` of $`A P`$ is column `permutation[j]` of $`A`$.
    pub permutation: Vec<usize>,
    /// The diagonal of $`R`$ on a scale near one: what is subnormal in `r` has lost digits.
    pivots: Vec<f64>,
}

/// Decomposes a matrix into orthonormal columns and a triangle, the longest column first.
///
/// ```math
/// A P = Q R, \qquad Q^\top Q = I, \qquad
/// r_{kk}^2 \ge \sum_{i=k}^{j} r_{ij}^2 \text{ for all } j > k
/// ```
///
/// At every step the column goes first of which most is left when the directions already found are taken
/// away: the sum on the right is what is left of column $`j`$. So
/// $`r_{11} \ge r_{22} \ge \dots \ge 0`$ falls to about zero where the remaining columns depend on
/// those before, and the first columns of $`A P`$ are a well-chosen basis made of columns of $`A`$ itself:
/// features that tell something new.
///
/// # Shapes
///
/// `a: m × n`; with $`k = \min(m, n)`$: `q: m × k`, `r: k × n`, `permutation: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`Q^\top Q = I`$, however ill-conditioned $`A`$ is | `q_of_pivoted_qr_is_orthonormal` |
/// | $`Q R = A P`$, with $`P`$ a permutation | `pivoted_q_times_r_is_the_matrix_with_its_columns_permuted` |
/// | $`r_{kk}^2 \ge \sum_{i=k}^{j} r_{ij}^2`$ | `no_column_that_comes_later_has_more_left` |
/// | $`\sigma_k \le \sqrt{n - k + 1}\, r_{kk}`$ | `a_pivot_bounds_the_singular_values_from_its_place_on` |
///
/// # Numerics
///
/// Householder reflections in `f64` on $`2^{-e} A`$. The lengths of what is left are updated rather than
/// computed again at every step, which cancellation can spoil; where a later column turns out to have more left
/// than the one that was chosen (by more than $`10\,m\,n\,u`$), the choice is made again from there. Residual and
/// loss of orthogonality are [checked](crate#how-an-answer-is-checked) to be within $`10\,m\,n\,u`$.
///
/// What is left of columns counts as zero where it is $`2^{1022}`$ times smaller than the largest entry. The diagonal is
/// no proof of the rank: for Kahan's matrices $`r_{nn}`$ is about $`2^{n-1}`$ times
/// $`\sigma_n`$. [`svd`](crate::svd) is.
///
/// # Errors
///
/// [`LinalgError::NonFinite`] for a NaN or infinite entry; [`LinalgError::Overflow`] if an entry of $`R`$ is
/// too large for `T`; [`LinalgError::Inaccurate`] if a check fails.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, qr_pivoted};
///
/// // The second column is twice the first: only its length 10 counts.
/// let a = DMatrix::from_row_slice(2, 2, &[3.0, 6.0, 4.0, 8.0]);
/// let qr = qr_pivoted(&a)?;
/// assert_eq!(qr.permutation, [1, 0]);
/// assert!((qr.r[(0, 0)] - 10.0_f64).abs() < 1e-14 && (qr.r[(0, 1)] - 5.0).abs() < 1e-14);
/// assert_eq!(qr.rank(1e-12)?, 1);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// P. Businger and G. H. Golub, *Linear least squares solutions by Householder transformations*, Numer.
/// Math. 7 (1965), 269–276, <https://doi.org/10.1007/BF01436084>; G. H. Golub and C. F. Van Loan, *Matrix
/// Computations*, 4th ed. (2013), §5.4.2. Z. Drmač and Z. Bujanović, *On the failure of rank-revealing QR
/// factorization software*, ACM Trans. Math. Softw. 35 (2008), 12, on lengths that are updated.
#[doc(alias = "rank-revealing QR")]
pub fn qr_pivoted<T: Scalar>(a: &DMatrix<T>) -> Result<PivotedQr<T>, LinalgError> {
    check_size::<usize>("qr_pivoted", Shape::new(a.ncols(), 1))?;
    let a = Scaled::new(a)?;
    let factors = Factors::new(&a.matrix)?;
    let Factors { q, r, permutation } = factors;
    check_orthonormal("qr_pivoted, columns of q", view(&q))?;
    check_permuted_product(&a.matrix, &permutation, &q, &r)?;
    Ok(PivotedQr {
        pivots: (0..r.nrows().min(r.ncols())).map(|k| r[(k, k)]).collect(),
        q: rounded(q, 0),
        r: unscaled(r, a.exponent, "qr_pivoted")?,
        permutation,
    })
}

/// $`\lVert A P - Q R \rVert_F \le t \lVert A \rVert_F`$, as far as images tell.
fn check_permuted_product(
    a: &DMatrix<f64>,
    permutation: &[usize],
    q: &DMatrix<f64>,
    r: &DMatrix<f64>,
) -> Result<(), LinalgError> {
    if a.is_empty() {
        return Ok(());
    }
    let (m, n) = a.shape();
    let residual = frobenius_of_map(n, |v| {
        let image_of_a = image(view(a), &permuted_back(permutation, v));
        difference(image_of_a, &image(view(q), &image(view(r), v)))
    });
    let found = ratio(residual, frobenius(a));
    seen_at_most("qr_pivoted, residual", found, rounding(m, n))
}

impl<T: Scalar> PivotedQr<T> {
    /// How many columns are independent of those before, up to a tolerance: $`r_{kk} > t\,r_{11}`$.
    ///
    /// Never less than [`rank`](crate::rank()) with the tolerance $`\sqrt{n}\,t`$, and much cheaper;
    /// [`rank_tolerance`](crate::rank_tolerance) is right for entries that are rounded and otherwise exact.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | the rank of integer matrices | `the_diagonal_of_a_pivoted_triangle_tells_the_rank` |
    ///
    /// # Errors
    ///
    /// [`LinalgError::Domain`] unless the tolerance is 0 or larger.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{nalgebra::DMatrix, qr_pivoted};
    ///
    /// let qr = qr_pivoted(&DMatrix::from_row_slice(2, 2, &[1e-6, 0.0, 0.0, 1.0]))?;
    /// assert_eq!((qr.rank(1e-12)?, qr.rank(1e-3)?), (2, 1));
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    pub fn rank(&self, tolerance: f64) -> Result<usize, LinalgError> {
        check_tolerance(tolerance)?;
        Ok(count_above(&self.pivots, tolerance))
    }
}

/// $`A P = Q R`$ of a scaled matrix.
#[derive(Debug)]
struct Factors {
    q: DMatrix<f64>,
    r: DMatrix<f64>,
    permutation: Vec<usize>,
}

impl Factors {
    /// With every pivot at least as large as what is left of any later column, up to rounding.
    fn new(a: &DMatrix<f64>) -> Result<Self, LinalgError> {
        let mut factors = Self::by_updated_lengths(a);
        let mut right = 0;
        while let Some((k, excess)) = factors.wrong_pivot() {
            if k < right {
                let bound = rounding(a.nrows(), a.ncols());
                return Err(LinalgError::Inaccurate {
                    operation: "qr_pivoted, order of the pivots",
                    found: excess,
                    bound,
                });
            }
            factors.choose_again_from(k);
            right = k + 1; // the first choice is made among computed lengths
        }
        Ok(factors)
    }

    /// With the pivots chosen by lengths that are mostly updated from step to step.
    fn by_updated_lengths(a: &DMatrix<f64>) -> Self {
        let (m, n) = a.shape();
        let k = m.min(n);
        let mut permutation: Vec<usize> = (0..n).collect();
        // A column whose size has no reciprocal is too small to have a direction.
        if largest_entry(a) < f64::MIN_POSITIVE {
            let (q, r) = (DMatrix::identity(m, k), DMatrix::zeros(k, n));
            return Self { q, r, permutation };
        }
        let block = recommended_block_size::<f64>(m, n);
        let (mut factors, mut coefficients) = (a.clone(), DMatrix::zeros(block, k));
        let spec = Spec::default();
        let scratch = qr_in_place_scratch::<usize, f64>(m, n, block, Par::Seq, spec);
        qr_in_place(
            faer_mut(&mut factors),
            faer_mut(&mut coefficients),
            &mut permutation,
            &mut vec![0; n],
            Par::Seq,
            MemStack::new(&mut MemBuffer::new(scratch)),
            Spec::default(),
        );
        let (q, r) = unpacked(factors, &coefficients);
        Self { q, r, permutation }
    }

    /// The first pivot that is less than what is left of some later column, and by how much, relatively.
    fn wrong_pivot(&self) -> Option<(usize, f64)> {
        let (k, n) = self.r.shape();
        let bound = rounding(self.q.nrows(), n);
        let mut first = None;
        for j in 1..n {
            let mut left = 0.0_f64;
            for i in (0..k.min(j + 1)).rev() {
                left = hypotenuse(left, self.r[(i, j)]);
                let excess = left - self.r[(i, i)];
                if excess > bound * left && first.is_none_or(|(at, _)| i < at) {
                    first = Some((i, excess / left));
                }
            }
        }
        first
    }

    /// Decomposes what is left from row and column k on once more.
    fn choose_again_from(&mut self, k: usize) {
        let (rows, n) = self.r.shape();
        let left = DMatrix::from_fn(rows - k, n - k, |i, j| self.r[(k + i, k + j)]);
        let again = Self::by_updated_lengths(&left);
        let order: Vec<usize> = (0..k)
            .chain(again.permutation.iter().map(|j| k + j))
            .collect();
        let q = times(columns_of(&self.q, k..rows), view(&again.q));
        let r = columns(&self.r, &order);
        self.q = DMatrix::from_fn(self.q.nrows(), rows, |i, j| {
            if j < k { self.q[(i, j)] } else { q[(i, j - k)] }
        });
        self.r = DMatrix::from_fn(rows, n, |i, j| {
            if i < k {
                r[(i, j)]
            } else if j < k {
                0.0
            } else {
                again.r[(i - k, j - k)]
            }
        });
        self.permutation = order.iter().map(|&j| self.permutation[j]).collect();
    }
}

/// $`\sqrt{x^2 + y^2}`$ of numbers near one or below.
fn hypotenuse(x: f64, y: f64) -> f64 {
    /// Squares below may have lost digits.
    const SAFE: f64 = 1e-280;
    let square = x * x + y * y;
    if square > SAFE {
        square.sqrt()
    } else {
        x.hypot(y)
    }
}

/// $`A P`$: the columns in the given order.
fn columns(a: &DMatrix<f64>, permutation: &[usize]) -> DMatrix<f64> {
    DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| a[(i, permutation[j])])
}

#[cfg(test)]
mod tests {
    use super::{Factors, hypotenuse, qr_pivoted};
    use crate::error::LinalgError;
    use crate::rank_tolerance;
    use nalgebra::DMatrix;

    /// 10⁻³²¹ has no reciprocal.
    #[test]
    fn what_is_left_without_a_reciprocal_is_zero() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 3, &[1.0, 0.0, 0.0, 0.0, 0.0, -3e-321]);
        let qr = qr_pivoted(&a)?;
        assert_eq!((qr.permutation[0], qr.rank(0.0)?), (0, 1));
        Ok(())
    }

    #[test]
    fn lengths_do_not_vanish_where_their_squares_do() {
        assert_eq!(hypotenuse(3e-200, 4e-200), 5e-200);
        assert_eq!(hypotenuse(3.0, 4.0), 5.0);
        assert_eq!(hypotenuse(0.0, 0.0), 0.0);
    }

    #[test]
    fn empty_matrices_have_empty_factors() -> Result<(), LinalgError> {
        for (m, n) in [(0, 0), (0, 3), (3, 0)] {
            let qr = qr_pivoted(&DMatrix::<f64>::zeros(m, n))?;
            assert_eq!((qr.q.shape(), qr.r.shape()), ((m, 0), (0, n)));
            assert_eq!(qr.permutation, (0..n).collect::<Vec<_>>());
            assert_eq!(qr.rank(0.0)?, 0);
        }
        Ok(())
    }

    #[test]
    fn the_longest_column_goes_first() -> Result<(), LinalgError> {
        let a = DMatrix::<f64>::from_row_slice(2, 3, &[1.0, 0.0, 3.0, 1.0, 2.0, 4.0]);
        let qr = qr_pivoted(&a)?; // lengths √2, 2, 5; across (3, 4) / 5: 0.2, 1.2
        assert_eq!(qr.permutation, [2, 1, 0]);
        let expected = DMatrix::from_row_slice(2, 3, &[5.0, 1.6, 1.4, 0.0, 1.2, 0.2]);
        for (r, expected) in qr.r.iter().zip(&expected) {
            assert!((r.abs() - expected).abs() < 1e-14, "{}", qr.r);
        }
        Ok(())
    }

    #[test]
    fn a_row_and_a_column_have_one_pivot() -> Result<(), LinalgError> {
        let row = qr_pivoted(&DMatrix::from_row_slice(1, 3, &[1.0, -4.0, 2.0]))?;
        assert_eq!(row.permutation, [1, 0, 2]);
        assert_eq!(row.q, DMatrix::from_element(1, 1, -1.0));
        assert_eq!(row.r, DMatrix::from_row_slice(1, 3, &[4.0, -1.0, -2.0]));
        let column = qr_pivoted(&DMatrix::from_column_slice(2, 1, &[3e-200_f64, 4e-200]))?;
        assert!((column.r[(0, 0)] / 5e-200 - 1.0).abs() <= 2.0 * f64::EPSILON);
        assert_eq!(column.rank(0.5)?, 1);
        Ok(())
    }

    #[test]
    fn zero_has_orthonormal_columns_and_a_zero_triangle() -> Result<(), LinalgError> {
        for (m, n) in [(3, 2), (2, 3)] {
            let qr = qr_pivoted(&DMatrix::<f32>::zeros(m, n))?;
            assert_eq!(qr.q.transpose() * &qr.q, DMatrix::identity(2, 2));
            assert_eq!((qr.r.amax(), qr.rank(0.0)?), (0.0, 0));
        }
        Ok(())
    }

    #[test]
    fn not_a_number_and_a_negative_tolerance_are_refused() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, f64::NAN, f64::INFINITY]);
        assert!(matches!(
            qr_pivoted(&a),
            Err(LinalgError::NonFinite { row: 1, column: 0, value, .. }) if value.is_nan()
        ));
        let qr = qr_pivoted(&DMatrix::<f64>::identity(2, 2))?;
        for tolerance in [-1.0, f64::NAN] {
            assert!(matches!(
                qr.rank(tolerance),
                Err(LinalgError::Domain { .. })
            ));
        }
        Ok(())
    }

    /// In units of 2⁻¹⁰⁷⁴, (2, 1) and (1, 1): what is left of the second column is 1/√5, which rounds to 0 in `r`.
    #[test]
    fn a_subnormal_matrix_has_its_rank() -> Result<(), LinalgError> {
        let tiny = f64::from_bits(1);
        let a = DMatrix::from_row_slice(2, 2, &[2.0 * tiny, tiny, tiny, tiny]);
        for size in [1.0, 2.0_f64.powi(1000)] {
            assert_eq!(qr_pivoted(&(&a * size))?.rank(1e-12)?, 2);
        }
        let same = DMatrix::from_element(2, 2, tiny);
        assert_eq!(qr_pivoted(&same)?.rank(1e-12)?, 1);
        Ok(())
    }

    #[test]
    fn extreme_sizes_keep_their_digits() -> Result<(), LinalgError> {
        let a = DMatrix::from_fn(4, 3, |i, j| (i * i + 2 * j) as f64 - 3.0);
        let qr = qr_pivoted(&a)?;
        for size in [2.0_f64.powi(-1000), 2.0_f64.powi(1000)] {
            let scaled = qr_pivoted(&(&a * size))?;
            assert_eq!((&scaled.q, &scaled.r), (&qr.q, &(&qr.r * size)));
            assert_eq!(scaled.permutation, qr.permutation);
        }
        assert!(matches!(
            qr_pivoted(&DMatrix::from_element(9, 1, f64::MAX)),
            Err(LinalgError::Overflow { .. })
        ));
        Ok(())
    }

    /// Kahan (1966): the diagonal falls slowly, the smallest singular value fast.
    #[test]
    fn the_diagonal_is_no_proof_of_the_rank() -> Result<(), LinalgError> {
        let (n, c) = (60_usize, 0.6_f64);
        let s = (1.0 - c * c).sqrt();
        let a = DMatrix::from_fn(n, n, |i, j| {
            let size = s.powi(i32::try_from(i).unwrap_or(0));
            let nudge = 1.0 + 1e-6 * (n - j) as f64; // so that no pivot is a tie
            match i.cmp(&j) {
                std::cmp::Ordering::Less => -c * size * nudge,
                std::cmp::Ordering::Equal => size * nudge,
                std::cmp::Ordering::Greater => 0.0,
            }
        });
        let qr = qr_pivoted(&a)?;
        assert_eq!(qr.rank(rank_tolerance(&a))?, n);
        assert!(crate::rank(&a, rank_tolerance(&a))? < n);
        Ok(())
    }

    /// What is left of the last columns is √ε of what there was: updated lengths have no digit there.
    #[test]
    fn a_pivot_that_cancellation_hid_is_found() -> Result<(), LinalgError> {
        let n = 40;
        let mut mended = 0;
        for seed in 1..40 {
            let noise =
                |i: usize, j: usize| ((i * 31 + j * 17 + i * j * seed) % 101) as f64 / 50.0 - 1.0;
            let a = DMatrix::from_fn(n, n, |i, j| {
                let size = 0.3_f64.powi(i32::try_from(i).unwrap_or(0));
                size * noise(i, j)
            });
            mended += usize::from(Factors::by_updated_lengths(&a).wrong_pivot().is_some());
            assert!(Factors::new(&a)?.wrong_pivot().is_none());
        }
        assert!(mended > 0);
        Ok(())
    }
}
