//! The orthogonalization of Gram and Schmidt.

use crate::checked::check::{check_product, loss_of_orthogonality, rounding};
use crate::checked::scaled::{Scaled, rounded, unscaled};
use crate::checked::size::check_size;
use crate::error::LinalgError;
use crate::kernels::view::{column, view};
use crate::scalar::Scalar;
use gradus_numeric::{Shape, ldexp, norm2};
use nalgebra::DMatrix;

/// $`A = Q R`$ by Gram–Schmidt; made by [`gram_schmidt`] and [`gram_schmidt_classical`].
#[derive(Clone, Debug, PartialEq)]
pub struct GramSchmidt<T: Scalar> {
    /// $`Q`$: the directions, orthonormal up to rounding.
    pub q: DMatrix<T>,
    /// $`R`$: zero below the diagonal, positive on it.
    pub r: DMatrix<T>,
    /// $`\lVert Q^\top Q - I \rVert_{\max}`$: how far from orthonormal rounding has brought them.
    pub loss_of_orthogonality: f64,
}

/// What an observer of Gram–Schmidt is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GramSchmidtStep {
    /// A column has lost its component along a finished direction.
    Subtracted {
        /// Which column, counted from 0.
        column: usize,
        /// Which direction.
        along: usize,
        /// How much of the direction: the entry of $`R`$.
        coefficient: f64,
        /// The length of what is left of the column.
        left: f64,
    },
    /// What was left of a column has become the next direction.
    Normalized {
        /// Which column, counted from 0.
        column: usize,
        /// The length that was divided by: the diagonal entry of $`R`$.
        length: f64,
    },
}

/// Makes the columns of a matrix orthonormal one after the other (modified Gram–Schmidt).
///
/// ```math
/// r_{kj} = q_k \cdot v, \quad v \leftarrow v - r_{kj} \, q_k \quad (k = 1, \dots, j - 1),
/// \qquad r_{jj} = \lVert v \rVert, \quad q_j = v / r_{jj}
/// ```
///
/// where $`v`$ starts as column j. The shadow on each finished direction is taken away from *what is left*;
/// [`gram_schmidt_classical`] measures all shadows on the column itself. In exact arithmetic there is no
/// difference. This is the algorithm to watch: `observe` is told every step, and `|_| {}` does not
/// listen. To have orthonormal columns, use [`qr`](crate::qr()).
///
/// # Shapes
///
/// `a: m × n` with independent columns; `q: m × n`, `r: n × n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`Q R = A`$, $`R`$ upper triangular, $`r_{jj} > 0`$ | `gram_schmidt_factors_the_matrix` |
/// | $`\lVert Q^\top Q - I \rVert \le c(m, n)\,u\,\kappa(A)`$ | `modified_gram_schmidt_loses_orthogonality_with_the_condition` |
/// | classical ∝ κ², modified ∝ κ, Householder not at all | `orthogonality_is_lost_with_the_square_of_the_condition_or_with_it_or_not` |
/// | the steps that are told are the entries of $`R`$ | `the_observer_of_gram_schmidt_sees_r` |
///
/// # Numerics
///
/// Runs in `f64` on $`2^{-e} A`$ with products of vectors summed one after the other, as written. The
/// residual is [checked](crate#how-an-answer-is-checked) to be within $`10\,m\,n\,u`$; the loss of orthogonality cannot be promised, so it is
/// part of the answer. What the observer is told is infinite where it is too large for `f64`.
///
/// # Errors
///
/// [`LinalgError::DependentColumns`] if no more than $`10\,m\,u`$ of a column is left;
/// [`LinalgError::NonFinite`] for a NaN or infinite entry; [`LinalgError::Overflow`] if an entry of $`R`$ is
/// too large for `T`; [`LinalgError::TooLarge`] if $`R`$ is too large for memory; [`LinalgError::Inaccurate`] if the
/// check fails.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{GramSchmidtStep, gram_schmidt, nalgebra::DMatrix};
///
/// let a = DMatrix::from_row_slice(2, 2, &[2.0, 3.0, 0.0, 4.0]);
/// let mut steps = Vec::new();
/// let answer = gram_schmidt(&a, |step| steps.push(step))?;
/// assert_eq!(answer.q, DMatrix::identity(2, 2));
/// assert_eq!(answer.r, a);
/// let shadow = GramSchmidtStep::Subtracted { column: 1, along: 0, coefficient: 3.0, left: 4.0 };
/// assert_eq!(steps[1], shadow);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// L. N. Trefethen and D. Bau, *Numerical Linear Algebra* (1997), algorithm 8.1 and lecture 9; Å. Björck,
/// *Solving linear least squares problems by Gram–Schmidt orthogonalization*, BIT 7 (1967), 1–21,
/// <https://doi.org/10.1007/BF01934122>.
#[doc(alias = "orthogonalization")]
pub fn gram_schmidt<T: Scalar>(
    a: &DMatrix<T>,
    observe: impl FnMut(GramSchmidtStep),
) -> Result<GramSchmidt<T>, LinalgError> {
    answer(a, Shadow::OfWhatIsLeft, observe)
}

/// Makes the columns of a matrix orthonormal one after the other (classical Gram–Schmidt).
///
/// ```math
/// r_{kj} = q_k \cdot a_j, \qquad v = a_j - \sum_{k < j} r_{kj} \, q_k, \qquad r_{jj} = \lVert v \rVert, \quad q_j = v / r_{jj}
/// ```
///
/// The formula of the textbooks, here to be compared: rounding errors of the first shadows are never
/// noticed by the later ones, and orthogonality goes with the square of the condition. Steps, shapes, numerics
/// and errors are those of [`gram_schmidt`].
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`Q R = A`$, $`R`$ upper triangular, $`r_{jj} > 0`$ | `gram_schmidt_factors_the_matrix` |
/// | classical ∝ κ², modified ∝ κ, Householder not at all | `orthogonality_is_lost_with_the_square_of_the_condition_or_with_it_or_not` |
///
/// # Errors
///
/// As [`gram_schmidt`].
///
/// # Examples
///
/// Läuchli's matrix: three columns that differ in their last digits only.
///
/// ```
/// use gradus_linalg::{gram_schmidt, gram_schmidt_classical, nalgebra::DMatrix};
///
/// let a = DMatrix::from_row_slice(4, 3, &[
///     1.0, 1.0, 1.0, //
///     1e-8, 0.0, 0.0, //
///     0.0, 1e-8, 0.0, //
///     0.0, 0.0, 1e-8,
/// ]);
/// let classical = gram_schmidt_classical(&a, |_| {})?;
/// let modified = gram_schmidt(&a, |_| {})?;
/// assert!((classical.loss_of_orthogonality - 0.5).abs() < 1e-6); // an angle of 60°
/// assert!(modified.loss_of_orthogonality < 1e-7);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// Trefethen and Bau (1997), algorithm 7.1.
pub fn gram_schmidt_classical<T: Scalar>(
    a: &DMatrix<T>,
    observe: impl FnMut(GramSchmidtStep),
) -> Result<GramSchmidt<T>, LinalgError> {
    answer(a, Shadow::OfTheColumn, observe)
}

/// What is projected on a finished direction.
#[derive(Clone, Copy, Debug)]
enum Shadow {
    OfTheColumn,
    OfWhatIsLeft,
}

fn answer<T: Scalar>(
    a: &DMatrix<T>,
    shadow: Shadow,
    mut observe: impl FnMut(GramSchmidtStep),
) -> Result<GramSchmidt<T>, LinalgError> {
    let operation = "gram_schmidt";
    check_size::<f64>(operation, Shape::new(a.ncols(), a.ncols()))?;
    let a = Scaled::new(a)?;
    let (q, r) = orthogonalized(&a.matrix, shadow, |step| {
        observe(step.magnified(a.exponent));
    })?;
    check_product("gram_schmidt, residual", &a.matrix, &[view(&q), view(&r)])?;
    let q: DMatrix<T> = rounded(q, 0);
    let rounded = DMatrix::from_fn(q.nrows(), q.ncols(), |i, j| q[(i, j)].to_f64());
    Ok(GramSchmidt {
        q,
        r: unscaled(r, a.exponent, operation)?,
        loss_of_orthogonality: loss_of_orthogonality(&rounded),
    })
}

fn orthogonalized(
    a: &DMatrix<f64>,
    shadow: Shadow,
    mut observe: impl FnMut(GramSchmidtStep),
) -> Result<(DMatrix<f64>, DMatrix<f64>), LinalgError> {
    let (m, n) = a.shape();
    let mut directions: Vec<Vec<f64>> = Vec::new();
    let mut r = DMatrix::zeros(n, n);
    for j in 0..n {
        let column = column(a, j);
        let mut v = column.to_vec();
        for (k, q) in directions.iter().enumerate() {
            r[(k, j)] = match shadow {
                Shadow::OfTheColumn => dot(q, column),
                Shadow::OfWhatIsLeft => dot(q, &v),
            };
            subtract(&mut v, r[(k, j)], q);
            observe(GramSchmidtStep::Subtracted {
                column: j,
                along: k,
                coefficient: r[(k, j)],
                left: norm2(&v),
            });
        }
        let (length, whole) = (norm2(&v), norm2(column));
        if j >= m || length <= rounding(m, 1) * whole {
            let left = if whole == 0.0 { 0.0 } else { length / whole };
            return Err(LinalgError::DependentColumns { column: j, left });
        }
        r[(j, j)] = length;
        directions.push(v.iter().map(|v| v / length).collect());
        observe(GramSchmidtStep::Normalized { column: j, length });
    }
    Ok((DMatrix::from_fn(m, n, |i, j| directions[j][i]), r))
}

impl GramSchmidtStep {
    /// The same step of $`2^k A`$.
    fn magnified(self, k: i32) -> Self {
        match self {
            Self::Subtracted {
                column,
                along,
                coefficient,
                left,
            } => Self::Subtracted {
                column,
                along,
                coefficient: ldexp(coefficient, k),
                left: ldexp(left, k),
            },
            Self::Normalized { column, length } => Self::Normalized {
                column,
                length: ldexp(length, k),
            },
        }
    }
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

/// $`v \leftarrow v - \alpha q`$.
fn subtract(v: &mut [f64], alpha: f64, q: &[f64]) {
    for (v, q) in v.iter_mut().zip(q) {
        *v -= alpha * q;
    }
}

#[cfg(test)]
mod tests {
    use super::{GramSchmidtStep, gram_schmidt, gram_schmidt_classical};
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn no_columns_are_orthonormal() -> Result<(), LinalgError> {
        for m in [0, 3] {
            let answer = gram_schmidt(&DMatrix::<f64>::zeros(m, 0), |_| {})?;
            assert_eq!((answer.q.shape(), answer.r.shape()), ((m, 0), (0, 0)));
            assert_eq!(answer.loss_of_orthogonality, 0.0);
        }
        Ok(())
    }

    #[test]
    fn dependent_columns_are_refused() {
        let wide = DMatrix::from_row_slice(1, 2, &[1.0, 2.0]);
        let none = DMatrix::zeros(0, 1);
        let zero = DMatrix::zeros(3, 1);
        let twice = DMatrix::from_row_slice(3, 2, &[0.1, 0.3, 0.2, 0.6, 0.3, 0.9]);
        for (a, at) in [(wide, 1), (none, 0), (zero, 0), (twice, 1)] {
            for answer in [gram_schmidt(&a, |_| {}), gram_schmidt_classical(&a, |_| {})] {
                assert!(
                    matches!(answer, Err(LinalgError::DependentColumns { column, left }) if column == at && left < 1e-15),
                    "{answer:?}"
                );
            }
        }
    }

    #[test]
    fn a_column_is_divided_by_its_length() -> Result<(), LinalgError> {
        let mut steps = Vec::new();
        let column = DMatrix::from_column_slice(2, 1, &[3e300, -4e300]);
        let answer = gram_schmidt(&column, |step| steps.push(step))?;
        assert!((answer.q[(1, 0)] + 0.8_f64).abs() < f64::EPSILON);
        let length = answer.r[(0, 0)];
        assert_eq!(steps, [GramSchmidtStep::Normalized { column: 0, length }]);
        assert!((length / 5e300 - 1.0).abs() < 4.0 * f64::EPSILON);
        Ok(())
    }

    #[test]
    fn not_a_number_is_refused() {
        let a = DMatrix::from_row_slice(2, 1, &[1.0_f32, f32::NAN]);
        assert!(matches!(
            gram_schmidt(&a, |_| {}),
            Err(LinalgError::NonFinite {
                row: 1,
                column: 0,
                ..
            })
        ));
    }
}
