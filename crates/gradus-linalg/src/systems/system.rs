//! A system of linear equations on the way to its solution: scaled, solved, refined, judged.

use crate::checked::check::{at_most, largest_entry, rounding, times};
use crate::checked::scaled::not_finite;
use crate::checked::size::check_rows;
use crate::error::LinalgError;
use crate::kernels::twice::subtract_twice;
use crate::kernels::vector::{absolute_sum, add_multiple, for_length, largest};
use crate::kernels::view::{column, column_mut, columns, view};
use crate::scalar::Scalar;
use crate::systems::equilibrium::Equilibrium;
use crate::systems::inverse_norm::{reciprocal_condition, solve_with_inverse_norm};
use crate::systems::lu_factors::LuFactors;
use crate::systems::solution::Solution;
use crate::systems::step::Step;
use gradus_numeric::Float;
use nalgebra::DMatrix;
use std::iter::zip;

/// In which precision the residual is computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Residual {
    /// In that of the numbers; enough for a small backward error.
    Working,
    /// In twice that precision; enough for a small error.
    Twice,
}

/// $`\hat A \hat X = \hat B`$ with rows, unknowns and columns multiplied by powers of two.
#[derive(Debug)]
pub(crate) struct System {
    operation: &'static str,
    scaling: Equilibrium,
    pub(crate) b: DMatrix<f64>,
    /// $`\hat b_{ij} = 2^{-r_i - e_j} b_{ij}`$.
    exponents: Vec<i32>,
}

impl System {
    /// `b` by columns.
    pub(crate) fn new<T: Scalar>(
        operation: &'static str,
        a: &DMatrix<T>,
        b: &[T],
        columns: usize,
    ) -> Result<Self, LinalgError> {
        let n = a.nrows();
        if columns == 1 {
            check_rows(operation, a, b.len())?;
        }
        let scaling = Equilibrium::new(a)?;
        if largest(b).is_nan() {
            let at = b.iter().position(|x| !x.is_finite()).unwrap_or(0);
            return Err(not_finite("b", at, n, b));
        }
        let (b, exponents) = scaling.right_hand_sides(b, n, columns);
        Ok(Self {
            operation,
            scaling,
            b,
            exponents,
        })
    }

    /// $`\hat A`$.
    pub(crate) fn a(&self) -> &DMatrix<f64> {
        &self.scaling.matrix
    }

    /// $`\lVert \hat A \rVert_1`$.
    fn norm(&self) -> f64 {
        self.scaling.column_sums.largest
    }

    /// Solves, refines while that helps, rounds, and checks.
    pub(crate) fn solution<T: Scalar>(
        &self,
        lu: &LuFactors,
        residual: Residual,
    ) -> Result<Solution<Vec<T>>, LinalgError> {
        if self.b.ncols() == 1 {
            let b = self.b.as_slice();
            let (x, inverse_norm) = solve_with_inverse_norm(lu, |i| b[i]);
            self.refined(lu, DMatrix::from_vec(b.len(), 1, x), inverse_norm, residual)
        } else {
            let (_, inverse_norm) = solve_with_inverse_norm(lu, |_| 0.0);
            self.refined(lu, lu.solve(&self.b), inverse_norm, residual)
        }
    }

    /// As [`Self::solution`], from a first solution.
    pub(crate) fn refined<T: Scalar>(
        &self,
        lu: &LuFactors,
        x: DMatrix<f64>,
        inverse_norm: f64,
        precision: Residual,
    ) -> Result<Solution<Vec<T>>, LinalgError> {
        let rcond = self.rcond(inverse_norm)?;
        let best = match precision {
            Residual::Working => self.with_small_residual(lu, x)?,
            Residual::Twice => self.with_small_corrections(lu, x)?,
        };
        // At n ε the matrix differs from a singular one by no more than rounding errors, and no digit of a solution is
        // certain. Asked last: factors that failed the check know nothing of the condition.
        if rcond <= self.a().nrows() as f64 * f64::EPSILON {
            return Err(LinalgError::Singular { rcond });
        }
        // What is returned was rounded to T: its error is the one to report.
        let scaling = &self.scaling;
        let x = scaling.unknowns::<T>(&best.x, &self.exponents, self.operation)?;
        let given = if is_scaled_exactly(&x) {
            best
        } else {
            self.judged(scaling.unknowns_back(&x, &self.exponents), precision)
        };
        Ok(Solution {
            x,
            rcond,
            backward_error: given.backward_error,
            error_bound: self.error_bound(inverse_norm, &given, precision),
        })
    }

    /// The reciprocal condition, unless it is too small for any arithmetic.
    fn rcond(&self, inverse_norm: f64) -> Result<f64, LinalgError> {
        /// Below this, a solution or its residual may overflow.
        const NO_CONDITION: f64 = f64::MIN_POSITIVE / f64::EPSILON;
        let rcond = reciprocal_condition(self.norm(), inverse_norm);
        if rcond <= NO_CONDITION {
            return Err(LinalgError::Singular { rcond });
        }
        Ok(rcond)
    }

    /// Refines until the backward error is that of rounding.
    fn with_small_residual(
        &self,
        lu: &LuFactors,
        x: DMatrix<f64>,
    ) -> Result<Candidate, LinalgError> {
        const REFINEMENTS: usize = 3;
        let mut best = self.judged(x, Residual::Working);
        for _ in 0..REFINEMENTS {
            if best.backward_error <= f64::EPSILON {
                break;
            }
            let next = self.judged(&best.x + lu.solve(&best.residual), Residual::Working);
            if next.backward_error >= best.backward_error {
                break;
            }
            best = next;
        }
        best.checked(self.operation)
    }

    /// Refines by residuals in twice the precision, until a correction changes no digit or does not shrink.
    fn with_small_corrections(
        &self,
        lu: &LuFactors,
        x: DMatrix<f64>,
    ) -> Result<Candidate, LinalgError> {
        const REFINEMENTS: usize = 30;
        let mut best = self.judged(x, Residual::Twice);
        let mut last = f64::INFINITY;
        for _ in 0..REFINEMENTS {
            let d = lu.solve(&best.residual);
            let change = largest_entry(&d);
            if change.is_nan() || change > 0.5 * last {
                break;
            }
            best = self.judged(&best.x + d, Residual::Twice);
            if change <= 0.25 * f64::EPSILON * largest_entry(&best.x) {
                break;
            }
            last = change;
        }
        best.checked(self.operation)
    }

    fn judged(&self, x: DMatrix<f64>, precision: Residual) -> Candidate {
        let residual = self.residual(&x, precision);
        let backward_error = self.backward_error(&x, &residual);
        Candidate {
            x,
            residual,
            backward_error,
        }
    }

    /// $`B - A X`$.
    fn residual(&self, x: &DMatrix<f64>, precision: Residual) -> DMatrix<f64> {
        /// As for the factors: more columns are worth a product of matrices.
        const FEW: usize = 4;
        if x.ncols() > FEW && precision == Residual::Working {
            return &self.b - times(view(self.a()), view(x));
        }
        let mut r = self.b.clone();
        for j in 0..x.ncols() {
            let (r, x) = (column_mut(&mut r, j), column(x, j));
            match precision {
                Residual::Working => subtract_product(r, self.a(), x),
                Residual::Twice => subtract_twice(r, zip(x.iter().copied(), columns(self.a()))),
            }
        }
        r
    }

    /// The normwise relative backward error, largest over the columns.
    ///
    /// ```math
    /// \eta(x) = \frac{\lVert b - A x \rVert_\infty}{\lVert A \rVert_\infty \lVert x \rVert_\infty + \lVert b \rVert_\infty}
    /// ```
    ///
    /// # References
    ///
    /// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), theorem 7.1 (Rigal
    /// and Gaches).
    fn backward_error(&self, x: &DMatrix<f64>, r: &DMatrix<f64>) -> f64 {
        let norm = self.scaling.row_sums.largest;
        let size = |a: &DMatrix<f64>, j| largest(column(a, j));
        let of_column = |j| match size(r, j) {
            0.0 => 0.0,
            r => r / (norm * size(x, j) + size(&self.b, j)),
        };
        // max would pass over a NaN.
        (0..x.ncols()).map(of_column).fold(
            0.0,
            |largest, error| {
                if error <= largest { largest } else { error }
            },
        )
    }

    /// A bound of the relative forward error, largest over the columns.
    ///
    /// ```math
    /// \frac{\lVert x - x^* \rVert_1}{\lVert x \rVert_1} \le \lVert A^{-1} \rVert_1
    /// \frac{\lVert r \rVert_1 + \gamma (\lVert A \rVert_1 \lVert x \rVert_1 + \lVert b \rVert_1)}{\lVert x \rVert_1}
    /// ```
    ///
    /// where $`\gamma`$ bounds the rounding errors in $`r`$ itself.
    ///
    /// # References
    ///
    /// Higham (2002), §7.2: $`x - x^* = -A^{-1} r`$, and equation (7.30) for $`\gamma`$.
    fn error_bound(&self, inverse_norm: f64, given: &Candidate, precision: Residual) -> f64 {
        let u = match precision {
            Residual::Working => 0.5 * f64::EPSILON,
            Residual::Twice => 0.25 * f64::EPSILON * f64::EPSILON,
        };
        let gamma = (self.a().nrows() + 1) as f64 * u;
        let size = |a: &DMatrix<f64>, j| absolute_sum(column(a, j));
        let of_column = |j| {
            let (x, b) = (size(&given.x, j), size(&self.b, j));
            let flaw = size(&given.residual, j) + gamma * (self.norm() * x + b);
            if flaw == 0.0 {
                0.0
            } else {
                inverse_norm * (flaw / x)
            }
        };
        (0..given.x.ncols()).map(of_column).fold(0.0, f64::max)
    }

    /// The step on the scale of the system as it was given; `rows` are the exponents of the rows in their
    /// present order.
    pub(crate) fn unscaled_step(&self, step: Step, rows: &mut [i32]) -> Step {
        match step {
            Step::Swap { row, other } => rows.swap(row, other),
            Step::Eliminate { .. } | Step::BackSubstitute { .. } => {}
        }
        self.scaling.unscaled_step(step, rows, self.exponents[0])
    }

    pub(crate) fn row_exponents(&self) -> Vec<i32> {
        self.scaling.row_exponents(self.a().nrows())
    }
}

/// Whether a power of two can be taken out again without an error: what underflows loses digits, and so does what is
/// rounded to fewer.
fn is_scaled_exactly<T: Float>(x: &[T]) -> bool {
    T::EPSILON.to_f64() == f64::EPSILON && x.iter().all(|x| x.to_f64().is_normal())
}

/// A solution, judged.
#[derive(Debug)]
struct Candidate {
    x: DMatrix<f64>,
    residual: DMatrix<f64>,
    backward_error: f64,
}

impl Candidate {
    fn checked(self, operation: &'static str) -> Result<Self, LinalgError> {
        let bound = rounding(self.x.nrows(), 1);
        at_most(operation, self.backward_error, bound).map(|()| self)
    }
}

/// $`r \leftarrow r - A x`$.
fn subtract_product(r: &mut [f64], a: &DMatrix<f64>, x: &[f64]) {
    for_length(
        x.len(),
        #[inline(always)]
        move || {
            for (x, a) in x.iter().zip(columns(a)) {
                add_multiple(r, -x, a);
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::is_scaled_exactly;

    #[test]
    fn what_was_rounded_or_has_underflowed_is_judged_again() {
        assert!(is_scaled_exactly(&[1.0, -3.5e-300]));
        assert!(!is_scaled_exactly(&[1.0, 0.0]) && !is_scaled_exactly(&[1e-310]));
        assert!(!is_scaled_exactly(&[1.0_f32]));
    }
}
