//! QR by Householder's reflections, to be watched.

use crate::checked::scaled::Scaled;
use crate::error::LinalgError;
use crate::kernels::view::upper_triangle;
use crate::orthogonal::householder::Householder;
use crate::orthogonal::qr::{Qr, checked, with_positive_diagonal};
use crate::scalar::Scalar;
use gradus_numeric::ldexp;
use nalgebra::DMatrix;

/// What an observer of [`householder_qr`] is told after each reflection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HouseholderStep<'a> {
    /// Which column has become zero below the diagonal, counted from 0.
    pub column: usize,
    /// The reflection of the rows from `column` on.
    pub reflection: &'a Householder,
    /// The matrix so far: triangular in the columns up to `column`.
    pub matrix: &'a DMatrix<f64>,
}

/// Decomposes a matrix into orthonormal columns and a triangle, a reflection at a time.
///
/// ```math
/// H_k \cdots H_2 H_1 A = \begin{pmatrix} R \\ 0 \end{pmatrix}, \qquad Q = H_1 H_2 \cdots H_k
/// ```
///
/// Gram–Schmidt makes $`Q`$ by triangular steps; this makes $`R`$ by orthogonal ones, and those lose nothing.
/// `observe` is told every reflection, and `|_| {}` does not listen. The answer is that of [`qr`](crate::qr()),
/// which is faster.
///
/// # Shapes
///
/// `a: m × n`; with $`k = \min(m, n)`$: `q: m × k`, `r: k × n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`Q^\top Q = I`$, $`Q R = A`$, $`r_{ii} \ge 0`$ | `reflections_make_an_orthonormal_basis_and_a_triangle` |
/// | the same as [`qr`](crate::qr()) for independent columns | `watched_and_fast_factors_agree` |
/// | every step makes one more column triangular | `the_observer_of_reflections_sees_a_triangle_grow` |
///
/// # Numerics
///
/// As [`qr`](crate::qr()), one column at a time. The observer sees diagonal entries as the reflections leave
/// them; at the end the signs are changed so that none is negative. What it sees is in `f64`, infinite
/// where an entry on the way is too large.
///
/// # Errors
///
/// As [`qr`](crate::qr()).
///
/// # Examples
///
/// ```
/// use gradus_linalg::{householder_qr, nalgebra::DMatrix};
///
/// let a = DMatrix::from_row_slice(2, 2, &[3.0, 1.0, 4.0, 2.0]);
/// let mut diagonal = Vec::new();
/// let r = householder_qr(&a, |step| diagonal.push(step.reflection.image()))?.r;
/// assert!((diagonal[0] + 5.0).abs() < 1e-14); // the first column becomes (−5, 0)
/// assert!((r[(0, 0)] - 5.0_f64).abs() < 1e-14 && (r[(0, 1)] - 2.2).abs() < 1e-14);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// L. N. Trefethen and D. Bau, *Numerical Linear Algebra* (1997), algorithm 10.1; N. J. Higham, *Accuracy
/// and Stability of Numerical Algorithms*, 2nd ed. (2002), theorem 19.4.
pub fn householder_qr<T: Scalar>(
    a: &DMatrix<T>,
    mut observe: impl FnMut(HouseholderStep<'_>),
) -> Result<Qr<T>, LinalgError> {
    let a = Scaled::new(a)?;
    let mut r = a.matrix.clone();
    let k = r.nrows().min(r.ncols());
    let mut reflections = Vec::with_capacity(k);
    for j in 0..k {
        let h = eliminate(&mut r, j);
        let h = h.clone().with_image(ldexp(h.image(), a.exponent));
        let matrix = DMatrix::from_fn(r.nrows(), r.ncols(), |i, j| ldexp(r[(i, j)], a.exponent));
        observe(HouseholderStep {
            column: j,
            reflection: &h,
            matrix: &matrix,
        });
        reflections.push(h);
    }
    let q = product(&reflections, r.nrows());
    let (q, r) = with_positive_diagonal(q, upper_triangle(r));
    checked(&a, q, r)
}

/// Makes column j zero below the diagonal.
fn eliminate(r: &mut DMatrix<f64>, j: usize) -> Householder {
    let (m, n) = r.shape();
    let h = Householder::near_one((j..m).map(|i| r[(i, j)]).collect());
    h.reflect_in_place(r.view_mut((j, j + 1), (m - j, n - j - 1)));
    r[(j, j)] = h.image();
    for i in j + 1..m {
        r[(i, j)] = 0.0;
    }
    h
}

/// The first columns of $`H_1 H_2 \cdots H_k`$, from the right.
fn product(reflections: &[Householder], m: usize) -> DMatrix<f64> {
    let k = reflections.len();
    let mut q = DMatrix::identity(m, k);
    for (j, h) in reflections.iter().enumerate().rev() {
        h.reflect_in_place(q.view_mut((j, j), (m - j, k - j)));
    }
    q
}

#[cfg(test)]
mod tests {
    use super::householder_qr;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn empty_matrices_need_no_reflection() -> Result<(), LinalgError> {
        for (m, n) in [(0, 0), (0, 3), (3, 0)] {
            let mut steps = 0;
            let qr = householder_qr(&DMatrix::<f64>::zeros(m, n), |_| steps += 1)?;
            assert_eq!((qr.q.shape(), qr.r.shape()), ((m, 0), (0, n)));
            assert_eq!(steps, 0);
        }
        Ok(())
    }

    #[test]
    fn rows_and_columns_and_zeros_are_factored() -> Result<(), LinalgError> {
        let row = householder_qr(
            &DMatrix::from_row_slice(1, 3, &[-2.0_f32, 1.0, 4.0]),
            |_| {},
        )?;
        assert_eq!(row.q[(0, 0)], -1.0);
        assert_eq!(row.r, DMatrix::from_row_slice(1, 3, &[2.0, -1.0, -4.0]));
        let column = householder_qr(&DMatrix::from_column_slice(2, 1, &[0.0, -7.0]), |_| {})?;
        assert!((column.r[(0, 0)] - 7.0_f64).abs() < 1e-14);
        let zero = householder_qr(&DMatrix::<f64>::zeros(3, 2), |_| {})?;
        assert_eq!(zero.r, DMatrix::zeros(2, 2));
        Ok(())
    }

    #[test]
    fn the_observer_sees_numbers_of_the_size_of_the_matrix() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[3e200, 1e200, 4e200, 2e200]);
        let mut seen = Vec::new();
        householder_qr(&a, |step| {
            seen.push((step.reflection.image(), step.matrix.clone()));
        })?;
        assert!((seen[0].0 / 5e200 + 1.0).abs() < 1e-14);
        assert_eq!(seen[0].0, seen[0].1[(0, 0)]);
        assert_eq!(seen[0].1[(1, 0)], 0.0);
        Ok(())
    }
}
