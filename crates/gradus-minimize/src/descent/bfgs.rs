//! The method of Broyden, Fletcher, Goldfarb and Shanno.

use crate::core::point::Point;
use crate::core::report::{Iterate, Report};
use crate::core::stopping::Stopping;
use crate::core::vector::{difference, dot, is_positive};
use crate::descent::walk::{Direction, walk};
use crate::error::MinimizeError;
use crate::line_search::rule::LineSearch;
use gradus_linalg::nalgebra::{DMatrix, DVector};

/// Quasi-Newton: the inverse Hessian is learned from the changes of the gradient.
///
/// ```math
/// H_{k+1} = (I - \rho s y^\top) H_k (I - \rho y s^\top) + \rho s s^\top, \qquad \rho = 1 / (s^\top y)
/// ```
///
/// with the step $`s = x_{k+1} - x_k`$ and $`y = g_{k+1} - g_k`$: of all symmetric matrices with $`H y = s`$ the one nearest
/// to $`H_k`$, and positive definite if $`H_k`$ is and $`s^\top y > 0`$, which Wolfe's conditions ensure. The direction is
/// $`-H_k g_k`$. Near a minimum it converges faster than linearly, for $`n^2`$ numbers of memory. The residual is
/// $`\lVert \nabla f \rVert_\infty`$.
///
/// # Shapes
///
/// `start: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`H_{k+1} y = s`$ and $`H_{k+1}`$ is symmetric and positive definite | `bfgs_obeys_the_secant_equation` |
/// | the direction is $`-H_k g_k`$ with $`H_k`$ by its definition, from all steps | `directions_are_those_of_the_dense_inverse` |
/// | L-BFGS that remembers all steps is BFGS | `lbfgs_with_a_long_memory_is_bfgs` |
/// | the value never rises | `descent_methods_descend` |
///
/// # Numerics
///
/// $`H_0`$ is the identity, scaled by $`s^\top y / y^\top y`$ before the first update (Nocedal and Wright, 6.20). A pair whose
/// curvature $`s^\top y`$ is not above rounding is left out.
///
/// # Errors
///
/// As [`gradient_descent`](crate::gradient_descent).
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Stopping, bfgs};
///
/// let rosenbrock = |x: &[f64], g: &mut [f64]| {
///     let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
///     (g[0], g[1]) = (-2.0 * a - 400.0 * x[0] * b, 200.0 * b);
///     a * a + 100.0 * b * b
/// };
/// let report = bfgs(rosenbrock, &[-1.2, 1.0], Stopping::default(), |_| ())?;
/// assert!((report.x[0] - 1.0).abs() < 1e-8 && report.iterations < 50);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed. (2006), algorithm 6.1.
#[doc(alias = "quasi-Newton")]
pub fn bfgs(
    mut f: impl FnMut(&[f64], &mut [f64]) -> f64,
    start: &[f64],
    stopping: Stopping,
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    let method = Inverse { h: None };
    let rule = LineSearch::default();
    walk(&mut f, start, rule, stopping, &mut observe, method)
}

/// The inverse of the Hessian as far as it was learned.
struct Inverse {
    h: Option<DMatrix<f64>>,
}

impl Direction for Inverse {
    fn direction(&mut self, at: &Point) -> Result<Vec<f64>, MinimizeError> {
        let g = DVector::from_row_slice(&at.gradient);
        let p = self.h.as_ref().map_or_else(|| -&g, |h| -(h * &g));
        Ok(p.as_slice().to_vec())
    }

    fn learn(&mut self, from: &Point, to: &Point) {
        let s = difference(&to.x, &from.x);
        let y = difference(&to.gradient, &from.gradient);
        if is_curved(dot(&s, &y), &s, &y) {
            let h = self.h.take();
            self.h = Some(updated(h, &DVector::from_vec(s), &DVector::from_vec(y)));
        }
    }

    fn forget(&mut self) {
        self.h = None;
    }

    fn is_scaled(&self) -> bool {
        self.h.is_some()
    }
}

/// Whether $`s^\top y`$ is positive beyond rounding.
pub(crate) fn is_curved(product: f64, s: &[f64], y: &[f64]) -> bool {
    is_positive(product, s, y) && product >= f64::MIN_POSITIVE
}

/// The next inverse; $`H - \rho (s (Hy)^\top + (Hy) s^\top) + \rho (1 + \rho\, y^\top H y)\, s s^\top`$, which is symmetric
/// to the bit.
fn updated(h: Option<DMatrix<f64>>, s: &DVector<f64>, y: &DVector<f64>) -> DMatrix<f64> {
    let n = s.len();
    let rho = 1.0 / s.dot(y);
    let mut h = h.unwrap_or_else(|| DMatrix::identity(n, n) * (s.dot(y) / y.dot(y)));
    let hy = &h * y;
    let grown = rho * (1.0 + rho * y.dot(&hy));
    for j in 0..n {
        for i in 0..n {
            h[(i, j)] += grown * (s[i] * s[j]) - rho * (s[i] * hy[j] + hy[i] * s[j]);
        }
    }
    h
}

#[cfg(test)]
mod tests {
    use super::updated;
    use gradus_linalg::nalgebra::DVector;
    use gradus_linalg::symmetric_eigenvalues;

    #[test]
    fn bfgs_obeys_the_secant_equation() -> Result<(), gradus_linalg::LinalgError> {
        let mut h = None;
        for k in 1..20 {
            let wave = |a: f64| DVector::from_fn(4, |i, _| (a * f64::from(k) + i as f64).sin());
            let (s, mut y) = (wave(1.0), wave(1.7));
            if s.dot(&y) < 0.0 {
                y = -y;
            }
            let next = updated(h, &s, &y);
            assert!((&next * &y - &s).amax() <= 1e-13 * next.amax() * y.amax());
            assert_eq!(next, next.transpose());
            assert!(symmetric_eigenvalues(&next)?.min() > 0.0);
            h = Some(next);
        }
        Ok(())
    }
}
