//! The Cholesky factorization.

use crate::checked::check::{ratio, rounding, seen_at_most};
use crate::checked::probe::{cholesky_residual_image, frobenius_of_map};
use crate::checked::scaled::{Scaled, rounded};
use crate::error::LinalgError;
use crate::kernels::as_faer::{faer, faer_mut};
use crate::kernels::view::{column_mut, shape};
use crate::scalar::Scalar;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::cholesky::llt::factor::{
    LltError, LltRegularization, cholesky_in_place, cholesky_in_place_scratch,
};
use faer::linalg::triangular_solve::solve_lower_triangular_in_place;
use faer::{Par, Spec};
use nalgebra::DMatrix;

/// The triangular square root of a symmetric positive definite matrix.
///
/// ```math
/// A = L L^\top, \qquad l_{ij} = 0 \text{ for } i < j, \qquad l_{ii} > 0
/// ```
///
/// It exists exactly if $`x^\top A x > 0`$ for every $`x \ne 0`$, so it is also the test of that. If $`z`$ is
/// standard normal, $`L z`$ has covariance $`A`$.
///
/// # Shapes
///
/// `a: n × n`; the result $`L`$ too, with zeros above the diagonal.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`L L^\top = A`$, $`l_{ii} > 0`$ | `a_positive_definite_matrix_is_a_triangle_times_its_transpose` |
/// | a negative eigenvalue is found | `an_indefinite_matrix_has_no_cholesky_factor` |
/// | it exists exactly if all eigenvalues are positive | `a_cholesky_factor_exists_exactly_if_all_eigenvalues_are_positive` |
///
/// # Numerics
///
/// Runs in `f64` on $`4^{-e} A`$, reads the lower triangle and [checks](crate#how-an-answer-is-checked)
/// $`L L^\top = A`$ within $`10\,n^2 u`$ of the largest entry. A pivot that is no more than the rounding errors of its
/// own computation, $`10\,(j + 1)\,u\,a_{jj}`$, counts as zero: a semidefinite matrix is refused. So does one that is
/// $`10^{308}`$ times smaller than the largest entry: [`solve_positive_definite`](crate::solve_positive_definite)
/// answers in any units.
///
/// # Errors
///
/// [`LinalgError::NotSquare`]; [`LinalgError::NonFinite`]; [`LinalgError::NotSymmetric`] if
/// $`|a_{ij} - a_{ji}| > n\,\varepsilon\,\lVert A \rVert_{\max}`$ (with the $`\varepsilon`$ of `T`);
/// [`LinalgError::NotPositiveDefinite`] with the pivot; [`LinalgError::Inaccurate`] if the check fails.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{cholesky, nalgebra::DMatrix};
///
/// let a = DMatrix::from_row_slice(2, 2, &[4.0, 2.0, 2.0, 10.0]);
/// assert_eq!(cholesky(&a)?, DMatrix::from_row_slice(2, 2, &[2.0, 0.0, 1.0, 3.0]));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), §10.1.
#[doc(alias = "square root of a matrix")]
pub fn cholesky<T: Scalar>(a: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
    if !a.is_square() {
        let operation = "cholesky";
        return Err(LinalgError::NotSquare {
            operation,
            shape: shape(a),
        });
    }
    let a = Scaled::even(a)?;
    check_symmetric(&a, T::EPSILON.to_f64())?;
    let l = factor(&a)?;
    check_product(&a.matrix, a.largest, &l)?;
    // No entry is larger than the root of the diagonal's.
    Ok(rounded(l, a.exponent / 2))
}

/// The pair of entries that differs most must not differ by more than $`n\,\varepsilon\,\lVert A \rVert_{\max}`$.
pub(crate) fn check_symmetric(a: &Scaled, epsilon: f64) -> Result<(), LinalgError> {
    let m = &a.matrix;
    let tolerance = m.nrows() as f64 * epsilon * a.largest;
    if largest_asymmetry(m) <= tolerance {
        return Ok(());
    }
    let difference = |(i, j): (usize, usize)| (m[(i, j)] - m[(j, i)]).abs();
    let pairs = (0..m.nrows()).flat_map(|j| (j + 1..m.nrows()).map(move |i| (i, j)));
    let worst = pairs.max_by(|&p, &q| difference(p).total_cmp(&difference(q)));
    let (row, column) = worst.unwrap_or_default();
    Err(LinalgError::NotSymmetric {
        row,
        column,
        asymmetry: a.restored(difference((row, column))),
    })
}

/// $`\max |a_{ij} - a_{ji}|`$, two columns at a time: their entries of a row have their mirror images side by side.
fn largest_asymmetry(a: &DMatrix<f64>) -> f64 {
    let (n, entries) = (a.nrows(), a.as_slice());
    let mut largest = [0.0; 2];
    let mut compare = |lane: usize, entry: f64, mirrored: f64| {
        let difference = (entry - mirrored).abs();
        largest[lane] = if difference > largest[lane] {
            difference
        } else {
            largest[lane]
        };
    };
    for j in (0..n / 2).map(|pair| 2 * pair) {
        let (first, second) = entries[j * n..(j + 2) * n].split_at(n);
        compare(0, first[j + 1], second[j]);
        for i in j + 2..n {
            let mirrored = &entries[i * n + j..i * n + j + 2];
            compare(0, first[i], mirrored[0]);
            compare(1, second[i], mirrored[1]);
        }
    }
    largest[0].max(largest[1])
}

/// $`\lVert A - L L^\top \rVert_F \le t \lVert A \rVert_{\max}`$, as far as images tell; reads the lower triangle of `a`.
///
/// `size` is $`\lVert A \rVert_{\max}`$: no row of $`L`$ is longer than its root, which bounds the rounding errors.
fn check_product(a: &DMatrix<f64>, size: f64, l: &DMatrix<f64>) -> Result<(), LinalgError> {
    let n = a.nrows();
    let residual = frobenius_of_map(n, |v| cholesky_residual_image(a, l, v));
    seen_at_most("cholesky, residual", ratio(residual, size), rounding(n, n))
}

/// $`L`$ of the scaled matrix, every pivot well above its rounding errors.
fn factor(a: &Scaled) -> Result<DMatrix<f64>, LinalgError> {
    let refused = |index, pivot| {
        let pivot = a.restored(pivot);
        Err(LinalgError::NotPositiveDefinite { index, pivot })
    };
    match lower_factor(&a.matrix) {
        Err(index) => refused(index, pivot(&a.matrix, index)),
        Ok(l) => {
            let is_noise = |j: usize| {
                let noise = rounding(j + 1, 1) * a.matrix[(j, j)];
                l[(j, j)] * l[(j, j)] <= noise
            };
            match (0..l.nrows()).find(|&j| is_noise(j)) {
                Some(index) => refused(index, l[(index, index)] * l[(index, index)]),
                None => Ok(l),
            }
        }
    }
}

/// $`L`$, or the index of the first pivot that is not positive; reads the lower triangle.
fn lower_factor(a: &DMatrix<f64>) -> Result<DMatrix<f64>, usize> {
    /// Up to this order the textbook's way is the faster one; at 8 blocks take twice as long
    /// (`examples/time.rs`: `time -- cholesky n`, with this at 0 and at 1000).
    const SMALL: usize = 12;
    if a.nrows() <= SMALL {
        factor_by_columns(a.clone())
    } else {
        factor_by_blocks(a.clone())
    }
}

fn factor_by_blocks(mut l: DMatrix<f64>) -> Result<DMatrix<f64>, usize> {
    let scratch = cholesky_in_place_scratch::<f64>(l.nrows(), Par::Seq, Spec::default());
    cholesky_in_place(
        faer_mut(&mut l),
        LltRegularization::default(),
        Par::Seq,
        MemStack::new(&mut MemBuffer::new(scratch)),
        Spec::default(),
    )
    .map_err(|LltError::NonPositivePivot { index }| index)?;
    // What lies above the diagonal was used as scratch.
    for j in 1..l.ncols() {
        column_mut(&mut l, j)[..j].fill(0.0);
    }
    Ok(l)
}

/// Column by column: $`l_{jj} = \sqrt{a_{jj} - \sum_{k < j} l_{jk}^2}`$ and
/// $`l_{ij} = (a_{ij} - \sum_{k < j} l_{ik} l_{jk}) / l_{jj}`$.
fn factor_by_columns(mut l: DMatrix<f64>) -> Result<DMatrix<f64>, usize> {
    let n = l.nrows();
    let entries = l.as_mut_slice();
    for j in 0..n {
        for i in j..n {
            let products = (0..j).map(|k| entries[i + k * n] * entries[j + k * n]);
            let left = products.fold(entries[i + j * n], |left, product| left - product);
            entries[i + j * n] = left;
        }
        let (above, column) = entries[j * n..(j + 1) * n].split_at_mut(j);
        above.fill(0.0);
        let root = column[0].sqrt();
        // The root of a negative number is NaN.
        if root.is_nan() || root == 0.0 {
            return Err(j);
        }
        for l in column {
            *l /= root;
        }
    }
    Ok(l)
}

/// The pivot where elimination stopped: $`a_{kk} - \lVert L^{-1} a_k \rVert^2`$ with the factor of the
/// leading block.
fn pivot(a: &DMatrix<f64>, k: usize) -> f64 {
    let leading = DMatrix::from_fn(k, k, |i, j| a[(i, j)]);
    let mut w = DMatrix::from_fn(k, 1, |i, _| a[(k, i)]);
    if let Ok(l) = lower_factor(&leading) {
        solve_lower_triangular_in_place(faer(&l), faer_mut(&mut w), Par::Seq);
    }
    a[(k, k)] - w.iter().map(|w| w * w).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::{check_product, cholesky};
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn the_factor_of_nothing_is_nothing() -> Result<(), LinalgError> {
        assert_eq!(cholesky(&DMatrix::<f64>::zeros(0, 0))?.shape(), (0, 0));
        assert_eq!(
            cholesky(&DMatrix::from_element(1, 1, 9.0_f32))?[(0, 0)],
            3.0
        );
        Ok(())
    }

    #[test]
    fn what_is_not_positive_definite_is_refused_with_its_pivot() {
        let refused = |n: usize, entries: &[f64], index: usize, pivot: f64| {
            let expected = LinalgError::NotPositiveDefinite { index, pivot };
            assert_eq!(
                cholesky(&DMatrix::from_row_slice(n, n, entries)),
                Err(expected)
            );
        };
        refused(1, &[0.0], 0, 0.0);
        refused(1, &[-2.0], 0, -2.0);
        refused(2, &[1.0, 2.0, 2.0, 1.0], 1, -3.0);
        refused(2, &[1.0, 1.0, 1.0, 1.0], 1, 0.0);
        refused(3, &[4.0, 2.0, 2.0, 2.0, 2.0, 1.0, 2.0, 1.0, 1.0], 2, 0.0);
    }

    #[test]
    fn a_pivot_of_rounding_errors_is_not_positive() {
        let row = [0.1, 0.2, 0.3];
        let a = DMatrix::from_fn(3, 3, |i, j| row[i] * row[j] + row[2 - i] * row[2 - j]);
        assert!(
            matches!(cholesky(&a), Err(LinalgError::NotPositiveDefinite { index: 2, pivot }) if pivot.abs() < 1e-16)
        );
    }

    #[test]
    fn a_wrong_factor_is_found() {
        let a = DMatrix::from_row_slice(2, 2, &[4.0, f64::NAN, 2.0, 10.0]);
        let l = DMatrix::from_row_slice(2, 2, &[2.0, 0.0, 1.0, 3.0]);
        assert!(check_product(&a.lower_triangle(), 10.0, &l).is_ok());
        let wrong = DMatrix::from_row_slice(2, 2, &[2.0, 0.0, 1.0, 3.0 + 1e-13]);
        assert!(check_product(&a.lower_triangle(), 10.0, &wrong).is_err());
    }

    #[test]
    fn what_is_not_symmetric_is_refused() {
        let a = DMatrix::from_row_slice(2, 2, &[8.0, 1.0, 2.0, 8.0]);
        let (row, column, asymmetry) = (1, 0, 1.0);
        assert_eq!(
            cholesky(&a),
            Err(LinalgError::NotSymmetric {
                row,
                column,
                asymmetry
            })
        );
        let rounded = DMatrix::from_row_slice(2, 2, &[8.0, 1.0, 1.0 + f64::EPSILON, 8.0]);
        assert_eq!(cholesky(&rounded).err(), None);
        let bent = DMatrix::from_row_slice(2, 2, &[8.0, 1.0, 1.0 + 1e-14, 8.0]);
        assert!(matches!(
            cholesky(&bent),
            Err(LinalgError::NotSymmetric { .. })
        ));
        assert!(matches!(
            cholesky(&DMatrix::<f64>::zeros(2, 1)),
            Err(LinalgError::NotSquare { .. })
        ));
        assert!(matches!(
            cholesky(&DMatrix::from_element(2, 2, f64::NAN)),
            Err(LinalgError::NonFinite { .. })
        ));
    }

    #[test]
    fn asymmetry_is_found_wherever_it_is() {
        for (row, column) in [(1, 0), (39, 38), (39, 3), (20, 15), (16, 0)] {
            let mut a = DMatrix::<f64>::identity(40, 40);
            a[(row, column)] = 0.25;
            let asymmetry = 0.25;
            let expected = LinalgError::NotSymmetric {
                row,
                column,
                asymmetry,
            };
            assert_eq!(cholesky(&a), Err(expected));
        }
    }

    #[test]
    fn tiny_and_huge_matrices_have_factors() -> Result<(), LinalgError> {
        for size in [2.0_f64.powi(-1000), 2.0_f64.powi(-501), 2.0_f64.powi(1019)] {
            let a = DMatrix::from_row_slice(2, 2, &[4.0 * size, 0.0, 0.0, 9.0 * size]);
            let l = cholesky(&a)?;
            assert!((l[(0, 0)] / size.sqrt() - 2.0).abs() <= 2.0 * f64::EPSILON);
            assert!((l[(1, 1)] / size.sqrt() - 3.0).abs() <= 4.0 * f64::EPSILON);
        }
        Ok(())
    }
}
