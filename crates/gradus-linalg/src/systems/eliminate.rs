//! Gaussian elimination, step by step.

use crate::error::LinalgError;
use crate::kernels::view::{column, column_mut};
use crate::scalar::Scalar;
use crate::systems::inverse_norm::solve_with_inverse_norm;
use crate::systems::lu_factors::LuFactors;
use crate::systems::solution::Solution;
use crate::systems::step::Step;
use crate::systems::system::{Residual, System};
use nalgebra::{DMatrix, DVector};

/// Solves a system of linear equations and tells every step.
///
/// ```math
/// a_{ij} \leftarrow a_{ij} - l_{ik} a_{kj}, \qquad l_{ik} = \frac{a_{ik}}{a_{kk}}, \qquad i > k, \qquad\text{then}\qquad
/// x_i = \frac{1}{u_{ii}} \Bigl( y_i - \sum_{j > i} u_{ij} x_j \Bigr)
/// ```
///
/// The same code as [`solve`](crate::solve) for small matrices, with an observer looking on: column by column
/// the row with the largest entry becomes the pivot row ([`Step::Swap`]), multiples of it are subtracted from
/// the rows below ([`Step::Eliminate`]), and at last the unknowns follow from the triangle, the last one first
/// ([`Step::BackSubstitute`]).
///
/// # Shapes
///
/// `a: n × n`, `b: n`; the solution has n entries.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the reported steps, done by hand, triangularize the matrix | `the_steps_of_elimination_can_be_repeated` |
/// | the answer is that of `solve` | `watching_elimination_changes_nothing` |
///
/// # Numerics
///
/// As [`solve`](crate::solve), never by blocks. The reported unknowns are those before refinement and rounding
/// to `T`. Where rows differ by more than $`2^{30}`$ in size, pivots are chosen as if they did not, and a factor
/// may then be larger than 1.
///
/// # Errors
///
/// As [`solve`](crate::solve); a singular matrix is found after elimination, and then no unknown is reported.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{Step, eliminate, nalgebra::{DMatrix, DVector}};
///
/// // x + 2 y = 5 and 4 x + 4 y = 6
/// let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 4.0, 4.0]);
/// let b = DVector::from_row_slice(&[5.0, 6.0]);
/// let mut steps = Vec::new();
/// let x = eliminate(&a, &b, |step| steps.push(step))?.x;
/// assert_eq!(x, DVector::from_row_slice(&[-2.0, 3.5]));
/// assert_eq!(steps, [
///     Step::Swap { row: 0, other: 1 },
///     Step::Eliminate { row: 1, pivot_row: 0, factor: 0.25 },
///     Step::BackSubstitute { row: 1, value: 3.5 },
///     Step::BackSubstitute { row: 0, value: -2.0 },
/// ]);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), algorithms 3.1.2 and 3.4.1.
#[doc(alias = "Gaussian elimination")]
pub fn eliminate<T: Scalar>(
    a: &DMatrix<T>,
    b: &DVector<T>,
    mut observer: impl FnMut(Step),
) -> Result<Solution<DVector<T>>, LinalgError> {
    let system = System::new("eliminate", a, b.as_slice(), 1)?;
    let mut rows = system.row_exponents();
    let mut report = |step| observer(system.unscaled_step(step, &mut rows));
    let lu = LuFactors::observed(system.a(), &mut report);
    if lu.is_singular() {
        return Err(LinalgError::Singular { rcond: 0.0 });
    }
    let mut x = DMatrix::zeros(b.len(), 1);
    lu.solve_observed(column(&system.b, 0), column_mut(&mut x, 0), &mut report);
    let (_, inverse_norm) = solve_with_inverse_norm(&lu, |_| 0.0);
    let solution = system.refined(&lu, x, inverse_norm, Residual::Working)?;
    Ok(solution.map(DVector::from_vec))
}

#[cfg(test)]
mod tests {
    use super::eliminate;
    use crate::error::LinalgError;
    use crate::systems::step::Step;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn a_zero_is_not_eliminated() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[2.0, 4.0, 0.0, 8.0]);
        let mut steps = Vec::new();
        eliminate(&a, &DVector::from_row_slice(&[0.0, 8.0]), |step| {
            steps.push(step);
        })?;
        let unknowns = [(1, 1.0), (0, -2.0)];
        assert_eq!(
            steps,
            unknowns.map(|(row, value)| Step::BackSubstitute { row, value })
        );
        Ok(())
    }

    #[test]
    fn no_unknown_of_a_singular_system_is_reported() {
        let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 2.0, 4.0]);
        let mut steps = 0;
        let answer = eliminate(&a, &DVector::from_element(2, 1.0), |_| steps += 1);
        assert!(matches!(answer, Err(LinalgError::Singular { rcond: 0.0 })));
        assert_eq!(steps, 2);
    }

    /// Rows of very different size: 1e200 x + 2e200 y = 3e200 and 1e-200 x − 1e-200 y = 0.
    #[test]
    fn steps_are_told_in_the_numbers_of_the_system() -> Result<(), LinalgError> {
        let (huge, tiny) = (2.0_f64.powi(600), 2.0_f64.powi(-300));
        let a = DMatrix::from_row_slice(2, 2, &[2.0 * huge, huge, tiny, -tiny]);
        let b = DVector::from_row_slice(&[3.0 * huge, 0.0]);
        let mut steps = Vec::new();
        let solution = eliminate(&a, &b, |step| steps.push(step))?;
        assert_eq!(solution.x, DVector::from_element(2, 1.0));
        assert_eq!(
            steps.last(),
            Some(&Step::BackSubstitute { row: 0, value: 1.0 })
        );
        Ok(())
    }
}
