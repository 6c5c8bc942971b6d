//! Least squares.

use crate::approximation::dependent::shortest;
use crate::approximation::independent::Factors;
use crate::checked::check::{at_most, frobenius, ratio, rounding, times};
use crate::checked::scaled::{Scaled, ScaledColumns, finite};
use crate::checked::size::check_size;
use crate::checked::tolerance::{check_tolerance, count_above};
use crate::error::LinalgError;
use crate::kernels::twice::subtract_twice;
use crate::kernels::view::{columns, shape, view};
use crate::scalar::Scalar;
use crate::spectra::rank::rank_tolerance;
use crate::spectra::svd::Triples;
use gradus_numeric::{Shape, ldexp};
use nalgebra::{DMatrix, DVector};
use std::iter::zip;

/// The best approximation of a right-hand side by the columns of a matrix; made by [`least_squares`].
#[derive(Clone, Debug, PartialEq)]
pub struct LeastSquares<T: Scalar> {
    /// The shortest of all $`x`$ with the smallest $`\lVert A x - b \rVert_2`$.
    pub x: DVector<T>,
    /// How many columns of $`A`$ are independent, up to rounding; if less than `x` has entries, other
    /// solutions are as good but longer.
    pub rank: usize,
    /// How well the columns can be told apart when each is divided by its size, in $`(0, 1]`$. If all are independent, an
    /// estimate of $`1 / (\lVert R \rVert_1 \lVert R^{-1} \rVert_1)`$ with the triangle $`R`$; otherwise
    /// $`\sigma_r / \sigma_1`$ of the singular values that were used; 1 if none was.
    pub rcond: f64,
    /// $`\lVert A x - b \rVert_2`$, before `x` is rounded to `T`.
    pub residual: f64,
}

/// The least-squares solution of a system of any shape and rank.
///
/// ```math
/// x = A^+ b = \operatorname*{arg\,min}_x \lVert A x - b \rVert_2, \text{ the one of smallest } \lVert x \rVert_2
/// ```
///
/// $`A x`$ is the foot of the perpendicular from $`b`$ to the span of the columns.
///
/// # Shapes
///
/// `a: m × n`, `b: m`; `x: n`. With data as features × samples, regression has $`A = X^\top`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`A^\top (A x - b) = 0`$: the residual is perpendicular to the columns | `the_residual_is_perpendicular_to_the_columns` |
/// | $`\lVert A x \rVert^2 + \lVert r \rVert^2 = \lVert b \rVert^2`$ (Pythagoras) | `least_squares_obeys_pythagoras` |
/// | no other solution is shorter | `no_other_least_squares_solution_is_shorter` |
/// | $`x(A D) = D^{-1} x(A)`$ to the bit for powers of two $`D`$, if columns are independent | `units_of_columns_are_only_units` |
///
/// # Numerics
///
/// In `f64`. Each column is first divided by its size, by a power of two, so that neither the rank nor the digits depend
/// on the units of the data. Independent columns are taken by Householder reflections, $`A = Q R`$,
/// $`x = R^{-1} Q^\top b`$, and the answer is refined by residuals in twice the precision. Which columns are independent the
/// condition of $`R`$ tells, or, near the tolerance $`\max(m, n)\,\varepsilon`$ (with the $`\varepsilon`$ of `T`),
/// the singular values: those of at most that times $`\sigma_1`$ count as zero, and the answer is then the shortest of
/// those that are equally good, in the units that were given (which count as at most $`2^{26}`$ apart). [`least_squares_within`] takes another tolerance.
/// $`A^\top r = 0`$ is checked. The normal equations $`A^\top A x = A^\top b`$ would square the condition.
///
/// On the linear regressions of the NIST Statistical Reference Datasets, solutions agree with the certified values in at
/// least this many digits: Longley 11, Pontius 11, `NoInt1` 14, Filip 7, Wampler1 to Wampler5 9, 13, 9, 7, 5.
///
/// # Errors
///
/// [`LinalgError::ShapeMismatch`]; [`LinalgError::NonFinite`] for a NaN or infinite entry;
/// [`LinalgError::Overflow`] if an entry of $`x`$ is too large for `T`, or the residual for `f64`;
/// [`LinalgError::TooLarge`] if $`x`$ is too long for memory; otherwise as [`svd`](crate::svd).
///
/// # Examples
///
/// The line through (0, 1), (1, 3), (2, 5):
///
/// ```
/// use gradus_linalg::{least_squares, nalgebra::{DMatrix, DVector}};
///
/// let a = DMatrix::from_row_slice(3, 2, &[1.0, 0.0, 1.0, 1.0, 1.0, 2.0]);
/// let line = least_squares(&a, &DVector::from_row_slice(&[1.0, 3.0, 5.0]))?;
/// assert!((line.x[0] - 1.0_f64).abs() < 1e-14 && (line.x[1] - 2.0).abs() < 1e-14);
/// assert_eq!(line.rank, 2);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), §5.3 and §5.5; A. van der Sluis, *Condition
/// numbers and equilibration of matrices*, Numer. Math. 14 (1969), 14–23, for the division of columns by their size; Å.
/// Björck, *Iterative refinement of linear least squares solutions I*, BIT 7 (1967), 257–278.
#[doc(alias = "least squares")]
#[doc(alias = "linear regression")]
#[doc(alias = "pseudoinverse")]
pub fn least_squares<T: Scalar>(
    a: &DMatrix<T>,
    b: &DVector<T>,
) -> Result<LeastSquares<T>, LinalgError> {
    least_squares_within(a, b, rank_tolerance(a))
}

/// As [`least_squares`], with a tolerance that you choose for what counts as zero.
///
/// A combination of columns, each divided by its size, that is at most `tolerance` times as long as the longest counts
/// as zero: columns known to three digits may depend on each other within $`10^{-3}`$, and then the digits of
/// $`x`$ that would come from the rest are noise.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a larger tolerance gives no larger rank | `a_larger_tolerance_keeps_no_more_columns` |
///
/// # Errors
///
/// [`LinalgError::Domain`] unless the tolerance is 0 or larger; otherwise as [`least_squares`].
///
/// # Examples
///
/// ```
/// use gradus_linalg::{least_squares, least_squares_within, nalgebra::{DMatrix, DVector}};
///
/// // Two columns that are the same, as far as six digits tell.
/// let a = DMatrix::from_row_slice(2, 2, &[1.0, 1.0, 1.0, 1.000_000_1]);
/// let b = DVector::from_row_slice(&[2.0, 2.0]);
/// assert_eq!(least_squares(&a, &b)?.rank, 2);
/// let within = least_squares_within(&a, &b, 1e-6)?;
/// assert_eq!(within.rank, 1);
/// assert!(within.x.iter().all(|x: &f64| (x - 1.0).abs() < 1e-6));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// As [`least_squares`].
pub fn least_squares_within<T: Scalar>(
    a: &DMatrix<T>,
    b: &DVector<T>,
    tolerance: f64,
) -> Result<LeastSquares<T>, LinalgError> {
    let operation = "least_squares";
    check_tolerance(tolerance)?;
    check_shapes(a, b)?;
    check_size::<f64>(operation, Shape::new(a.ncols(), 1))?;
    let mut a = ScaledColumns::new(a)?;
    a.exponents = units(&a);
    let b = Scaled::named("b", &DMatrix::from_column_slice(b.len(), 1, b.as_slice()))?;
    let fit = Fit::new(&a, &b.matrix, tolerance)?;
    let mut residual = b.matrix.clone();
    let ax = zip(fit.x.iter().copied(), columns(&a.matrix));
    subtract_twice(residual.as_mut_slice(), ax);
    check_perpendicular(&a.matrix, &fit.x, &residual, &b.matrix, tolerance)?;
    let residual = b.restored(frobenius(&residual));
    if !residual.is_finite() {
        return Err(LinalgError::Overflow { operation });
    }
    let unknown = |j: usize, _| T::from_f64(ldexp(fit.x[(j, 0)], b.exponent - a.exponents[j]));
    let x = finite(DMatrix::from_fn(fit.x.nrows(), 1, unknown), operation)?;
    Ok(LeastSquares {
        x: x.column(0).into_owned(),
        rank: fit.rank,
        rcond: fit.rcond,
        residual,
    })
}

/// A best approximation by columns near one.
#[derive(Debug)]
struct Fit {
    x: DMatrix<f64>,
    rank: usize,
    rcond: f64,
}

impl Fit {
    fn new(a: &ScaledColumns, b: &DMatrix<f64>, tolerance: f64) -> Result<Self, LinalgError> {
        let (m, n) = a.matrix.shape();
        if m < n {
            return Self::by_singular_values(&a.matrix, b, &a.exponents, tolerance);
        }
        let factors = Factors::new(&a.matrix);
        let rcond = factors.rcond();
        // Norms differ by at most a factor of n, and the estimate is rarely more than three times too large: what is
        // not near the tolerance needs no singular values.
        if rcond > 10.0 * n as f64 * tolerance {
            let x = factors.solution(&a.matrix, b);
            return Ok(Self { x, rank: n, rcond });
        }
        let qtb = times(view(&factors.q).transposed(), view(b));
        let fit = Self::by_singular_values(&factors.r, &qtb, &a.exponents, tolerance)?;
        if fit.rank < n {
            return Ok(fit);
        }
        let x = factors.solution(&a.matrix, b);
        Ok(Self { x, rank: n, rcond })
    }

    fn by_singular_values(
        a: &DMatrix<f64>,
        b: &DMatrix<f64>,
        exponents: &[i32],
        tolerance: f64,
    ) -> Result<Self, LinalgError> {
        let triples = Triples::new(a)?;
        let rank = count_above(&triples.sigma, tolerance);
        Ok(Self {
            x: shortest(&triples, rank, b, exponents)?,
            rank,
            rcond: condition(&triples.sigma[..rank]),
        })
    }
}

/// The exponents of the columns; a column of zeros has no unit of its own, and gets the largest.
fn units(a: &ScaledColumns) -> Vec<i32> {
    let is_zero = |j: usize| a.matrix.column(j).iter().all(|x| *x == 0.0);
    let columns = a.exponents.iter().enumerate();
    let units: Vec<Option<i32>> = columns.map(|(j, e)| (!is_zero(j)).then_some(*e)).collect();
    let largest = units.iter().flatten().copied().max().unwrap_or(0);
    units.iter().map(|e| e.unwrap_or(largest)).collect()
}

/// $`\lVert A^\top r \rVert \le t \lVert A \rVert (\lVert b \rVert + \lVert A \rVert \lVert x \rVert)`$, where `t`
/// allows for the singular values that were taken for zero.
fn check_perpendicular(
    a: &DMatrix<f64>,
    x: &DMatrix<f64>,
    residual: &DMatrix<f64>,
    b: &DMatrix<f64>,
    tolerance: f64,
) -> Result<(), LinalgError> {
    let (m, n) = a.shape();
    let norm = frobenius(a);
    let size = norm * (frobenius(b) + norm * frobenius(x));
    let along = frobenius(&times(view(a).transposed(), view(residual)));
    let bound = rounding(m, n) + tolerance;
    at_most(
        "least_squares, angle of residual and columns",
        ratio(along, size),
        bound,
    )
}

/// $`\sigma_r / \sigma_1`$ of the values that count.
fn condition(sigma: &[f64]) -> f64 {
    match sigma {
        [] => 1.0,
        [largest, ..] => sigma[sigma.len() - 1] / largest,
    }
}

fn check_shapes<T: Scalar>(a: &DMatrix<T>, b: &DVector<T>) -> Result<(), LinalgError> {
    let (left, right) = (shape(a), Shape::new(b.len(), 1));
    if left.rows == right.rows {
        return Ok(());
    }
    let operation = "least_squares";
    Err(LinalgError::ShapeMismatch {
        operation,
        left,
        right,
    })
}

#[cfg(test)]
mod tests {
    use super::{least_squares, least_squares_within};
    use crate::error::LinalgError;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn empty_systems_have_the_zero_solution() -> Result<(), LinalgError> {
        for (m, n) in [(0, 0), (0, 2), (3, 0)] {
            let b = DVector::from_element(m, 2.0_f64);
            let best = least_squares(&DMatrix::zeros(m, n), &b)?;
            assert_eq!((best.x, best.rank, best.rcond), (DVector::zeros(n), 0, 1.0));
            assert!((best.residual - 2.0 * (m as f64).sqrt()).abs() < 1e-15);
        }
        Ok(())
    }

    /// x + y = 2 twice: all of (1 + t, 1 − t) solve it, (1, 1) is the shortest.
    #[test]
    fn of_many_solutions_the_shortest_is_given() -> Result<(), LinalgError> {
        let best = least_squares(
            &DMatrix::from_element(2, 2, 1.0),
            &DVector::from_element(2, 2.0),
        )?;
        assert!(best.x.iter().all(|x: &f64| (x - 1.0).abs() < 1e-14));
        assert_eq!(best.rank, 1);
        assert!(best.residual < 1e-14);
        Ok(())
    }

    #[test]
    fn a_residual_that_overflows_is_an_error() {
        let b = DVector::from_element(2, f64::MAX);
        for a in [
            DMatrix::zeros(2, 1),
            DMatrix::from_column_slice(2, 1, &[1.0, -1.0]),
        ] {
            let (operation, answer) = ("least_squares", least_squares(&a, &b));
            assert_eq!(answer, Err(LinalgError::Overflow { operation }));
        }
    }

    #[test]
    fn the_mean_is_the_best_constant() -> Result<(), LinalgError> {
        let ones = DMatrix::from_element(4, 1, 1.0);
        let best = least_squares(&ones, &DVector::from_row_slice(&[1.0, 2.0, 3.0, 6.0]))?;
        assert!((best.x[0] - 3.0_f64).abs() < 1e-14);
        assert!((best.residual - 14.0_f64.sqrt()).abs() < 1e-14);
        Ok(())
    }

    #[test]
    fn shapes_must_fit_and_entries_be_finite() {
        let a = DMatrix::<f64>::zeros(2, 3);
        assert!(matches!(
            least_squares(&a, &DVector::zeros(3)),
            Err(LinalgError::ShapeMismatch { .. })
        ));
        let b = DVector::from_row_slice(&[0.0, f64::INFINITY]);
        assert!(matches!(
            least_squares(&a, &b),
            Err(LinalgError::NonFinite {
                row: 1,
                column: 0,
                ..
            })
        ));
    }

    /// b = 2 i at t = 10⁸ + i: the line 2 t − 2·10⁸, whose columns t and 1 are almost parallel.
    /// The last two columns are the same, and 10¹⁵⁰ times smaller than the first.
    #[test]
    fn dependent_columns_may_have_any_units() -> Result<(), LinalgError> {
        let mut a = DMatrix::from_element(7, 3, 1.0_f64);
        a[(0, 0)] = 1e150;
        let b = DVector::from_fn(7, |i, _| if i == 6 { -60.0 } else { 0.0 });
        let best = least_squares(&a, &b)?; // −60 is one of six numbers, and 10 is shared by two
        assert_eq!(best.rank, 2);
        assert!((best.x[1] + 5.0).abs() < 1e-13 && (best.x[2] + 5.0).abs() < 1e-13);
        assert!((best.x[0] / 1e-149 - 1.0).abs() < 1e-13);
        // The first and the last are parallel, in units 10³⁰⁵ apart; the second is across.
        let mut a = DMatrix::<f64>::zeros(4, 3);
        (a[(1, 0)], a[(2, 1)], a[(1, 2)]) = (-3.7e298, 1.8e194, 6.8e-7);
        let x = least_squares(&a, &DVector::from_row_slice(&[1.0, 2.0, 3.0, 4.0]))?.x;
        assert!((x[0] * -3.7e298 / 2.0 - 1.0).abs() < 1e-14);
        assert!((x[1] * 1.8e194 / 3.0 - 1.0).abs() < 1e-14 && x[2].abs() < 1e-8);
        // The first two share 2, and are no way to 3, however cheap they are.
        let twins = DMatrix::<f64>::from_row_slice(2, 3, &[1e200, 1e200, 0.0, 0.0, 0.0, 1.0]);
        let x = least_squares(&twins, &DVector::from_row_slice(&[2.0, 3.0]))?.x;
        assert!((x[0] / 1e-200 - 1.0).abs() < 1e-14 && (x[1] / 1e-200 - 1.0).abs() < 1e-14);
        assert!((x[2] - 3.0).abs() < 1e-14);
        let zero = DMatrix::<f64>::from_row_slice(2, 3, &[1e200, 0.0, 1e200, 0.0, 0.0, 0.0]);
        let x = least_squares(&zero, &DVector::from_row_slice(&[1.0, 0.0]))?.x;
        assert!((x[0] / 5e-201 - 1.0).abs() < 1e-14 && x[1] == 0.0);
        Ok(())
    }

    #[test]
    fn a_line_far_from_the_origin_has_its_slope() -> Result<(), LinalgError> {
        let a = DMatrix::from_fn(10, 2, |i, j| if j == 0 { 1e8 + i as f64 } else { 1.0 });
        let b = DVector::from_fn(10, |i, _| 2.0 * i as f64);
        let line = least_squares(&a, &b)?;
        assert_eq!(line.rank, 2);
        assert!((line.x[0] - 2.0).abs() <= 4.0 * f64::EPSILON, "{}", line.x);
        assert!((line.x[1] / -2e8 - 1.0).abs() <= 4.0 * f64::EPSILON);
        Ok(())
    }

    #[test]
    fn a_tolerance_is_not_negative_and_may_be_anything_else() -> Result<(), LinalgError> {
        let (a, b) = (
            DMatrix::<f64>::identity(2, 2),
            DVector::from_element(2, 3.0),
        );
        for tolerance in [-1.0, f64::NAN] {
            let answer = least_squares_within(&a, &b, tolerance);
            assert!(matches!(answer, Err(LinalgError::Domain { .. })));
        }
        for tolerance in [1.0, f64::INFINITY] {
            let nothing = least_squares_within(&a, &b, tolerance)?;
            assert_eq!((nothing.rank, nothing.x), (0, DVector::zeros(2)));
        }
        Ok(())
    }

    #[test]
    fn tiny_and_huge_systems_are_scaled() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(3, 1, &[1.0, 2.0, 2.0]);
        let b = DVector::from_row_slice(&[9.0, 0.0, 0.0]);
        for size in [2.0_f64.powi(-1000), 2.0_f64.powi(1000)] {
            let best = least_squares(&(&a * size), &(&b * size))?;
            assert!((best.x[0] - 1.0).abs() < 1e-14);
            assert!((best.residual / size - 72.0_f64.sqrt()).abs() < 1e-13);
        }
        Ok(())
    }
}
