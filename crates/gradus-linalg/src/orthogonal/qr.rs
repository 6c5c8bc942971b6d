//! The QR factorization.

use crate::checked::check::{check_orthonormal, check_product};
use crate::checked::scaled::{Scaled, rounded, unscaled};
use crate::error::LinalgError;
use crate::kernels::as_faer::{faer, faer_mut};
use crate::kernels::sign::turn_around;
use crate::kernels::view::{column_mut, upper_triangle, view};
use crate::scalar::Scalar;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::householder::{
    apply_block_householder_on_the_left_in_place_scratch as apply_scratch,
    apply_block_householder_on_the_left_in_place_with_conj as apply,
};
use faer::linalg::qr::no_pivoting::factor::{
    qr_in_place, qr_in_place_scratch, recommended_block_size,
};
use faer::{Conj, Par, Spec};
use nalgebra::DMatrix;

/// $`A = Q R`$, thin; made by [`qr`].
#[derive(Clone, Debug, PartialEq)]
pub struct Qr<T: Scalar> {
    /// $`Q`$: orthonormal columns.
    pub q: DMatrix<T>,
    /// $`R`$: zero below the diagonal, not negative on it.
    pub r: DMatrix<T>,
}

/// Decomposes a matrix into orthonormal columns and a triangle.
///
/// ```math
/// A = Q R, \qquad Q^\top Q = I, \qquad r_{ij} = 0 \text{ for } i > j, \qquad r_{ii} \ge 0
/// ```
///
/// The columns of $`Q`$ are those of $`A`$ made orthonormal one after the other, as by Gram and Schmidt; with
/// full column rank and $`r_{ii} > 0`$ there is only one such pair.
///
/// # Shapes
///
/// `a: m × n`; with $`k = \min(m, n)`$: `q: m × k`, `r: k × n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`Q^\top Q = I`$, however ill-conditioned $`A`$ is | `q_is_orthonormal` |
/// | $`Q R = A`$ | `q_times_r_is_the_matrix` |
/// | $`R`$ is upper triangular, $`r_{ii} \ge 0`$ | `r_is_upper_triangular` |
///
/// # Numerics
///
/// Householder reflections in `f64` on $`2^{-e} A`$; residual and loss of orthogonality are [checked](crate#how-an-answer-is-checked)
/// to be within $`10\,m\,n\,u`$. Gram–Schmidt itself would lose orthogonality with the square of the condition.
///
/// # Errors
///
/// [`LinalgError::NonFinite`] for a NaN or infinite entry; [`LinalgError::Overflow`] if an entry of $`R`$ is
/// too large for `T`; [`LinalgError::Inaccurate`] if the check fails.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, qr};
///
/// let a = DMatrix::from_row_slice(2, 2, &[3.0, 1.0, 4.0, 2.0]);
/// let r = qr(&a)?.r; // column lengths: 5, then 2/5 of (1, 2) across (3, 4)
/// let expected = DMatrix::from_row_slice(2, 2, &[5.0, 2.2, 0.0, 0.4]);
/// assert!(r.iter().zip(&expected).all(|(a, b): (&f64, &f64)| (a - b).abs() < 1e-14));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), theorem 19.4.
#[doc(alias = "Gram-Schmidt")]
pub fn qr<T: Scalar>(a: &DMatrix<T>) -> Result<Qr<T>, LinalgError> {
    let a = Scaled::new(a)?;
    let (q, r) = householder(&a.matrix);
    checked(&a, q, r)
}

/// The factors of $`2^e \hat A`$ from those of $`\hat A`$, if they are orthonormal and recompose it.
pub(crate) fn checked<T: Scalar>(
    a: &Scaled,
    q: DMatrix<f64>,
    r: DMatrix<f64>,
) -> Result<Qr<T>, LinalgError> {
    check_orthonormal("qr, columns of q", view(&q))?;
    check_product("qr, residual", &a.matrix, &[view(&q), view(&r)])?;
    Ok(Qr {
        q: rounded(q, 0),
        r: unscaled(r, a.exponent, "qr")?,
    })
}

/// Thin $`Q`$ and $`R`$ with $`r_{ii} \ge 0`$.
pub(crate) fn householder(a: &DMatrix<f64>) -> (DMatrix<f64>, DMatrix<f64>) {
    let (m, n) = a.shape();
    if a.is_empty() {
        return (DMatrix::zeros(m, 0), DMatrix::zeros(0, n));
    }
    let block = recommended_block_size::<f64>(m, n);
    let (mut factors, mut coefficients) = (a.clone(), DMatrix::zeros(block, m.min(n)));
    let scratch = qr_in_place_scratch::<f64>(m, n, block, Par::Seq, Spec::default());
    qr_in_place(
        faer_mut(&mut factors),
        faer_mut(&mut coefficients),
        Par::Seq,
        MemStack::new(&mut MemBuffer::new(scratch)),
        Spec::default(),
    );
    unpacked(factors, &coefficients)
}

/// Thin $`Q`$ and $`R`$ with $`r_{ii} \ge 0`$, from the triangle with the reflections below it and their
/// coefficients in blocks.
pub(crate) fn unpacked(
    factors: DMatrix<f64>,
    coefficients: &DMatrix<f64>,
) -> (DMatrix<f64>, DMatrix<f64>) {
    let q = first_columns(&factors, coefficients);
    with_positive_diagonal(q, upper_triangle(factors))
}

/// The first columns of $`H_1 H_2 \cdots H_k`$, from the right. A block of reflections leaves the columns before
/// its own alone.
fn first_columns(reflections: &DMatrix<f64>, coefficients: &DMatrix<f64>) -> DMatrix<f64> {
    let (m, (block, k)) = (reflections.nrows(), coefficients.shape());
    let mut q = DMatrix::identity(m, k);
    let memory = &mut MemBuffer::new(apply_scratch::<f64>(m, block, k));
    for start in (0..k).step_by(block.max(1)).rev() {
        let end = k.min(start + block);
        apply(
            faer(reflections).get(start.., start..end),
            faer(coefficients).get(..end - start, start..end),
            Conj::No,
            faer_mut(&mut q).get_mut(start.., start..),
            Par::Seq,
            MemStack::new(memory),
        );
    }
    q
}

/// Turns around the columns of $`Q`$ and rows of $`R`$ with $`r_{ii} < 0`$.
pub(crate) fn with_positive_diagonal(
    mut q: DMatrix<f64>,
    mut r: DMatrix<f64>,
) -> (DMatrix<f64>, DMatrix<f64>) {
    for i in 0..r.nrows() {
        if r[(i, i)] < 0.0 {
            turn_around(column_mut(&mut q, i));
            (i..r.ncols()).for_each(|j| r[(i, j)] = -r[(i, j)]);
        }
    }
    (q, r)
}

#[cfg(test)]
mod tests {
    use super::qr;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn empty_matrices_have_empty_factors() -> Result<(), LinalgError> {
        for (m, n) in [(0, 0), (0, 3), (3, 0)] {
            let qr = qr(&DMatrix::<f64>::zeros(m, n))?;
            assert_eq!((qr.q.shape(), qr.r.shape()), ((m, 0), (0, n)));
        }
        Ok(())
    }

    #[test]
    fn a_column_is_a_direction_and_a_length() -> Result<(), LinalgError> {
        let qr = qr(&DMatrix::from_column_slice(3, 1, &[0.0, -3e200, 4e200]))?;
        assert!((qr.r[(0, 0)] / 5e200 - 1.0_f64).abs() <= 2.0 * f64::EPSILON);
        assert!((qr.q[(1, 0)] + 0.6).abs() <= f64::EPSILON);
        Ok(())
    }

    #[test]
    fn zero_has_orthonormal_columns_and_a_zero_triangle() -> Result<(), LinalgError> {
        let qr = qr(&DMatrix::<f32>::zeros(3, 2))?;
        assert_eq!(qr.q.transpose() * &qr.q, DMatrix::identity(2, 2));
        assert_eq!(qr.r, DMatrix::zeros(2, 2));
        Ok(())
    }

    #[test]
    fn not_a_number_is_refused() {
        let a = DMatrix::from_row_slice(1, 2, &[1.0, f64::NAN]);
        assert!(matches!(
            qr(&a),
            Err(LinalgError::NonFinite {
                row: 0,
                column: 1,
                ..
            })
        ));
    }
}
