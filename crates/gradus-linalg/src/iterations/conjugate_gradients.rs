//! The method of conjugate gradients.

use crate::checked::scaled::{Scaled, ScaledColumns};
use crate::error::LinalgError;
use crate::factorizations::cholesky::check_symmetric;
use crate::iterations::eigenvector_iteration::check_shapes;
use crate::iterations::stopping::Stopping;
use crate::kernels::view::shape;
use crate::scalar::Scalar;
use gradus_numeric::{ldexp, norm2};
use nalgebra::{DMatrix, DVector};

/// A solution that was approached step by step; made by [`conjugate_gradients`].
#[derive(Clone, Debug, PartialEq)]
pub struct IterativeSolution<T> {
    /// The solution.
    pub x: DVector<T>,
    /// $`\lVert b - A x \rVert_2 / \lVert b \rVert_2`$, computed afresh from the solution before it is rounded to `T`; 0
    /// for $`b = 0`$.
    pub residual: f64,
    /// How many steps it took.
    pub iterations: usize,
}

/// What an observer sees of each step of [`conjugate_gradients`].
#[derive(Clone, Copy, Debug)]
pub struct GradientStep<'a> {
    /// How many steps led here: 0 at the start, $`x = 0`$.
    pub iteration: usize,
    /// $`\lVert r \rVert_2 / \lVert b \rVert_2`$ with the remainder $`r = b - A x`$ of the recurrence.
    pub residual: f64,
    /// The solution so far.
    pub x: &'a DVector<f64>,
}

/// Solves a symmetric positive definite system by conjugate gradients.
///
/// ```math
/// \begin{aligned}
/// \alpha_k &= \frac{r_k^\top r_k}{p_k^\top A p_k} &
/// x_{k+1} &= x_k + \alpha_k p_k & r_{k+1} &= r_k - \alpha_k A p_k \\
/// \beta_k &= \frac{r_{k+1}^\top r_{k+1}}{r_k^\top r_k} &
/// p_{k+1} &= r_{k+1} + \beta_k p_k
/// \end{aligned}
/// ```
///
/// from $`x_0 = 0`$, $`p_0 = r_0 = b`$. To solve $`A x = b`$ is to find the lowest point of the bowl $`\tfrac12 x^\top A
/// x - b^\top x`$. Each step goes down to the lowest point along $`p_k`$, and because the directions are *conjugate*,
/// $`p_i^\top A p_j = 0`$, no later step spoils an earlier one: after n steps, as many as there are dimensions, it
/// is the lowest point of all. Long before that the error is small: it falls by at least
/// $`(\sqrt\kappa - 1) / (\sqrt\kappa + 1)`$ a step on average, where plain descent along the gradient has κ in place of
/// √κ. Nothing is needed of the matrix but one product a step.
///
/// It ends when $`\lVert b - A x \rVert_2 \le`$ `tolerance` $`\cdot \lVert b \rVert_2`$. `observe` is shown every
/// step and the start.
///
/// # Shapes
///
/// `a: n × n`, `b: n`; the solution has n entries.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | n steps are enough | `conjugate_gradients_need_at_most_n_steps` |
/// | as many steps as distinct eigenvalues are enough | `conjugate_gradients_need_a_step_an_eigenvalue` |
/// | $`(x - x_k)^\top A (x - x_k)`$ falls | `the_energy_of_the_error_of_conjugate_gradients_falls` |
/// | remainders are perpendicular to each other | `remainders_of_conjugate_gradients_are_perpendicular` |
/// | it stops at the first remainder within the tolerance | `conjugate_gradients_stop_at_the_first_small_remainder` |
/// | the remainder it ends at is $`b - A x`$, however ill-conditioned $`A`$ is | `conjugate_gradients_end_at_the_true_remainder` |
/// | agrees with elimination | `conjugate_gradients_agree_with_elimination` |
///
/// # Numerics
///
/// Runs in `f64` on $`2^{-e} A`$ and $`2^{-f} b`$. The remainder of the recurrence drifts away from
/// $`b - A x`$: once it is small enough, the true one is computed, and if that is not, the method starts
/// again from there. A tolerance below about $`\kappa u`$ may never be met.
///
/// # Errors
///
/// [`LinalgError::NotSquare`], [`LinalgError::ShapeMismatch`]; [`LinalgError::NonFinite`];
/// [`LinalgError::NotSymmetric`] if $`|a_{ij} - a_{ji}| > n\,\varepsilon\,\lVert A \rVert_{\max}`$ (with the
/// $`\varepsilon`$ of `T`); [`LinalgError::NotPositiveDefinite`] if a step meets a direction along which the bowl
/// does not curve upward, with the step as `index` and the curvature $`p^\top A p / p^\top p`$ as `pivot` (directions
/// that no step takes are not tested: [`cholesky`](crate::cholesky()) tests them all);
/// [`LinalgError::DidNotConverge`] with the last residual; [`LinalgError::Domain`] if the tolerance is negative or
/// NaN; [`LinalgError::Overflow`] if the solution is too large for `T`.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{Stopping, conjugate_gradients, nalgebra::{DMatrix, DVector}};
///
/// let a = DMatrix::from_row_slice(2, 2, &[4.0, 1.0, 1.0, 3.0]);
/// let b = DVector::from_row_slice(&[1.0, 2.0]);
/// let mut residuals = Vec::new();
/// let solution = conjugate_gradients(&a, &b, Stopping::default(), |step| residuals.push(step.residual))?;
/// assert!((solution.x[0] - 1.0_f64 / 11.0).abs() < 1e-15);
/// assert!((solution.x[1] - 7.0_f64 / 11.0).abs() < 1e-15);
/// // x = 0, then a quarter of b, then the solution.
/// assert_eq!(residuals.len(), 3);
/// assert_eq!(residuals[0], 1.0);
/// assert!((residuals[1] - 0.25).abs() < 1e-15);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// M. R. Hestenes and E. Stiefel, *Methods of conjugate gradients for solving linear systems*, J. Res. Nat. Bur.
/// Standards 49 (1952), 409–436, <https://doi.org/10.6028/jres.049.044>; L. N. Trefethen and D. Bau, *Numerical Linear
/// Algebra* (1997), lecture 38, algorithm 38.1.
#[doc(alias = "CG")]
pub fn conjugate_gradients<T: Scalar>(
    a: &DMatrix<T>,
    b: &DVector<T>,
    stopping: Stopping,
    mut observe: impl FnMut(GradientStep<'_>),
) -> Result<IterativeSolution<T>, LinalgError> {
    let stopping = stopping.checked()?;
    check_shapes(OPERATION, shape(a), b.len())?;
    let scaled = Scaled::new(a)?;
    let column = ScaledColumns::named("b", &DMatrix::from_column_slice(b.len(), 1, b.as_slice()))?;
    check_symmetric(&scaled, T::EPSILON.to_f64())?;
    let exponent = column.exponents.first().map_or(0, |e| e - scaled.exponent);
    let bowl = Bowl {
        b: DVector::from_fn(b.len(), |i, _| column.matrix[(i, 0)]),
        scaled,
    };
    let restored = |x: &DVector<f64>| x.map(|x| ldexp(x, exponent));
    let (x, residual, iterations) = bowl.descend(stopping, |iteration, residual, x| {
        observe(GradientStep {
            iteration,
            residual,
            x: &restored(x),
        });
    })?;
    let x = restored(&x).map(T::from_f64);
    if x.iter().any(|x| !x.is_finite()) {
        return Err(LinalgError::Overflow {
            operation: OPERATION,
        });
    }
    Ok(IterativeSolution {
        x,
        residual,
        iterations,
    })
}

const OPERATION: &str = "conjugate_gradients";

/// The function $`\tfrac12 x^\top A x - b^\top x`$, whose lowest point solves $`A x = b`$.
struct Bowl {
    b: DVector<f64>,
    scaled: Scaled,
}

impl Bowl {
    /// The lowest point, its relative residual, and how many steps lead there.
    fn descend(
        &self,
        stopping: Stopping,
        mut observe: impl FnMut(usize, f64, &DVector<f64>),
    ) -> Result<(DVector<f64>, f64, usize), LinalgError> {
        /// What is smaller has no square.
        const LEAST: f64 = 1e-100;
        let tolerance = stopping.tolerance.max(LEAST);
        let mut x = DVector::zeros(self.b.len());
        let mut r = self.b.clone();
        let mut p = r.clone();
        observe(0, self.relative(&r), &x);
        for iteration in 0..=stopping.iterations {
            if self.relative(&r) <= tolerance.max(f64::EPSILON) {
                r = &self.b - &self.scaled.matrix * &x;
                if self.relative(&r) <= tolerance {
                    return Ok((x, self.relative(&r), iteration));
                }
                p.copy_from(&r);
            }
            if iteration == stopping.iterations {
                break;
            }
            let ap = &self.scaled.matrix * &p;
            let square = r.dot(&r);
            let alpha = square / self.curvature(iteration, &p, &ap)?;
            x += alpha * &p;
            r -= alpha * &ap;
            p = &r + r.dot(&r) / square * &p;
            observe(iteration + 1, self.relative(&r), &x);
        }
        Err(LinalgError::DidNotConverge {
            operation: OPERATION,
            iterations: stopping.iterations,
            residual: self.relative(&r),
        })
    }

    /// $`p^\top A p`$, if it is positive.
    fn curvature(
        &self,
        index: usize,
        p: &DVector<f64>,
        ap: &DVector<f64>,
    ) -> Result<f64, LinalgError> {
        let curvature = p.dot(ap);
        if !curvature.is_finite() {
            return Err(LinalgError::Overflow {
                operation: OPERATION,
            });
        }
        if curvature > 0.0 {
            return Ok(curvature);
        }
        let pivot = self.scaled.restored(curvature / p.dot(p));
        Err(LinalgError::NotPositiveDefinite { index, pivot })
    }

    /// $`\lVert r \rVert_2 / \lVert b \rVert_2`$; 0 for $`b = 0`$.
    fn relative(&self, r: &DVector<f64>) -> f64 {
        let size = norm2(self.b.as_slice());
        if size == 0.0 {
            0.0
        } else {
            norm2(r.as_slice()) / size
        }
    }
}

#[cfg(test)]
mod tests {
    use super::conjugate_gradients;
    use crate::error::LinalgError;
    use crate::iterations::stopping::Stopping;
    use nalgebra::{DMatrix, DVector};

    fn quiet(n: usize, a: &[f64], b: &[f64]) -> Result<(Vec<f64>, usize), LinalgError> {
        let a = DMatrix::from_row_slice(n, n, a);
        let solution =
            conjugate_gradients(&a, &DVector::from_row_slice(b), Stopping::default(), |_| ())?;
        Ok((solution.x.as_slice().to_vec(), solution.iterations))
    }

    #[test]
    fn small_systems_by_hand() {
        assert_eq!(quiet(0, &[], &[]), Ok((vec![], 0)));
        assert_eq!(quiet(1, &[4.0], &[2.0]), Ok((vec![0.5], 1)));
        assert_eq!(
            quiet(2, &[2.0, 0.0, 0.0, 2.0], &[6.0, 8.0]),
            Ok((vec![3.0, 4.0], 1))
        );
        assert_eq!(
            quiet(2, &[4.0, 1.0, 1.0, 3.0], &[0.0, 0.0]),
            Ok((vec![0.0, 0.0], 0))
        );
        assert_eq!(
            quiet(2, &[2.0, 1.0, 1.0, 2.0], &[3.0, 3.0]),
            Ok((vec![1.0, 1.0], 1))
        );
    }

    #[test]
    fn a_direction_without_curvature_is_refused_with_its_step() {
        let refused = |index, pivot| Err(LinalgError::NotPositiveDefinite { index, pivot });
        assert_eq!(quiet(1, &[0.0], &[1.0]), refused(0, 0.0));
        assert_eq!(quiet(1, &[-3.0], &[1.0]), refused(0, -3.0));
        assert_eq!(
            quiet(2, &[1.0, 2.0, 2.0, 1.0], &[1.0, -1.0]),
            refused(0, -1.0)
        );
        assert_eq!(
            quiet(2, &[1.0, 1.0, 1.0, 1.0], &[1.0, -1.0]),
            refused(0, 0.0)
        );
        // The first step goes along (1, 0), where the bowl is round.
        assert_eq!(
            quiet(2, &[1.0, 2.0, 2.0, 1.0], &[1.0, 0.0]),
            refused(1, -3.0 / 5.0)
        );
    }

    #[test]
    fn the_bound_is_kept_and_the_residual_told() {
        let a = DMatrix::from_row_slice(2, 2, &[4.0, 1.0, 1.0, 3.0]);
        let b = DVector::from_row_slice(&[1.0, 2.0]);
        let with = |iterations| {
            let stopping = Stopping {
                tolerance: 1e-12,
                iterations,
            };
            conjugate_gradients(&a, &b, stopping, |_| ())
        };
        for (bound, expected) in [(0, 1.0), (1, 0.25)] {
            assert!(
                matches!(with(bound), Err(LinalgError::DidNotConverge { iterations, residual, .. })
                    if iterations == bound && (residual - expected).abs() < 1e-15)
            );
        }
        assert!(with(2).is_ok());
    }

    #[test]
    fn tolerance_zero_ends() {
        let a = DMatrix::from_fn(6, 6, |i, j| 1.0 / (i + j + 1) as f64);
        let b = DVector::from_element(6, 1.0);
        let stopping = Stopping {
            tolerance: 0.0,
            iterations: 300,
        };
        if let Err(error) = conjugate_gradients(&a, &b, stopping, |_| ()) {
            assert!(
                matches!(error, LinalgError::DidNotConverge { iterations: 300, residual, .. } if residual < 1e-9)
            );
        }
    }

    #[test]
    fn huge_and_tiny_systems_are_scaled() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[4.0, 1.0, 1.0, 3.0]);
        let b = DVector::from_row_slice(&[1.0, 2.0]);
        let quiet = |a: &DMatrix<f64>, b: &DVector<f64>| {
            conjugate_gradients(a, b, Stopping::default(), |_| ()).map(|solution| solution.x)
        };
        let x = quiet(&a, &b)?;
        let (huge, tiny) = (2.0_f64.powi(1000), 2.0_f64.powi(-1000));
        assert_eq!(quiet(&(&a * huge), &(&b * huge))?, x);
        assert_eq!(quiet(&(&a * tiny), &(&b * tiny))?, x);
        assert!(matches!(
            quiet(&(&a * tiny), &(&b * huge)),
            Err(LinalgError::Overflow { .. })
        ));
        Ok(())
    }

    #[test]
    fn what_is_not_a_system_is_refused() {
        let bad = quiet(2, &[1.0, 0.0, f64::NAN, 1.0], &[1.0, 1.0]);
        assert!(matches!(
            bad,
            Err(LinalgError::NonFinite {
                row: 1,
                column: 0,
                ..
            })
        ));
        let bad = quiet(2, &[1.0, 0.0, 0.0, 1.0], &[1.0, f64::INFINITY]);
        assert!(matches!(
            bad,
            Err(LinalgError::NonFinite {
                row: 1,
                column: 0,
                ..
            })
        ));
        let bad = quiet(2, &[1.0, 0.0, 1.0, 1.0], &[1.0, 1.0]);
        assert!(matches!(
            bad,
            Err(LinalgError::NotSymmetric { asymmetry: 1.0, .. })
        ));
        let bad = quiet(2, &[1.0, 0.0, 0.0, 1.0], &[1.0]);
        assert!(matches!(bad, Err(LinalgError::ShapeMismatch { .. })));
    }
}
