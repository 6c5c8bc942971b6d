//! Levenberg and Marquardt's method for sums of squares.

use crate::core::report::{Iterate, Report};
use crate::core::stopping::Stopping;
use crate::core::vector::along;
use crate::error::MinimizeError;
use crate::least_squares::gauss_newton::fit;
use crate::least_squares::residuals::{Fit, Residuals};
use crate::line_search::rule::slack;
use gradus_linalg::least_squares;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_numeric::norm2;

/// Minimizes half of a sum of squares by damped linear fits.
///
/// ```math
/// (J^\top J + \lambda D^2)\, p = -J^\top r
/// ```
///
/// between the step of Gauss and Newton ($`\lambda = 0`$) and a short one down the gradient ($`\lambda`$ large). A step that
/// the linear model foretold well divides $`\lambda`$ by up to 3, a step that does not gain multiplies it by 2, 4, 8, …
/// $`D`$ holds the largest length that each column of $`J`$ has had: so the units of the parameters do not matter.
/// The most used method for curve fitting. The value that is reported is the half sum of squares, the residual
/// $`\lVert J^\top r \rVert_\infty`$.
///
/// # Shapes
///
/// `start: n`; `residuals` gives m numbers, `jacobian` a matrix m × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the minima of Moré, Garbow and Hillstrom's problems are found | `published_minima_are_found` |
/// | other units, powers of two, change no bit | `levenberg_and_marquardt_do_not_see_the_units` |
///
/// # Numerics
///
/// The system is solved as the least-squares problem of $`J`$ above $`\sqrt\lambda D`$, whose condition is the root of that
/// of $`J^\top J`$.
///
/// # Errors
///
/// As [`gauss_newton`](crate::gauss_newton()).
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Stopping, levenberg_marquardt, nalgebra::DMatrix};
///
/// // Rosenbrock's function is the sum of squares of 10 (y − x²) and 1 − x.
/// let r = |x: &[f64]| vec![10.0 * (x[1] - x[0] * x[0]), 1.0 - x[0]];
/// let j = |x: &[f64]| DMatrix::from_row_slice(2, 2, &[-20.0 * x[0], 10.0, -1.0, 0.0]);
/// let report = levenberg_marquardt(r, j, &[-1.2, 1.0], Stopping::default(), |_| ())?;
/// assert!((report.x[0] - 1.0).abs() < 1e-8 && (report.x[1] - 1.0).abs() < 1e-7);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// J. J. Moré, *The Levenberg–Marquardt algorithm: implementation and theory* (1978), for the scaling; H. B. Nielsen,
/// *Damping parameter in Marquardt's method* (1999), for $`\lambda`$.
#[doc(alias = "curve fitting")]
pub fn levenberg_marquardt(
    mut residuals: impl FnMut(&[f64]) -> Vec<f64>,
    mut jacobian: impl FnMut(&[f64]) -> DMatrix<f64>,
    start: &[f64],
    stopping: Stopping,
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    let mut f = Residuals::new(&mut residuals, &mut jacobian);
    let mut damping = Damping {
        lambda: FIRST,
        raise: 2.0,
        scale: DVector::zeros(start.len()),
    };
    fit(&mut f, start, stopping, &mut observe, |f, at, j, _| {
        damping.step(f, at, j)
    })
}

struct Damping {
    lambda: f64,
    raise: f64,
    scale: DVector<f64>,
}

impl Damping {
    fn step(
        &mut self,
        f: &mut Residuals<'_>,
        at: &Fit,
        j: &DMatrix<f64>,
    ) -> Result<Option<Fit>, MinimizeError> {
        for (d, column) in self.scale.iter_mut().zip(j.column_iter()) {
            *d = d.max(norm2(column.as_slice()));
        }
        loop {
            let p = self.solve(at, j)?;
            let x = along(&at.x, 1.0, p.as_slice());
            if x == at.x {
                return Ok(None); // shorter than one rounding
            }
            let to = f.at(&x);
            let linear = &at.r + j * &p;
            let promised = at.value - 0.5 * linear.dot(&linear);
            let kept = at.value - to.value;
            // Where both are hidden by rounding, the model is as good as the function.
            let hidden = promised.max(kept.abs()) <= slack(at.value);
            let ratio = if hidden { 1.0 } else { kept / promised };
            if ratio > ENOUGH {
                self.lambda *= (1.0 - (2.0 * ratio - 1.0).powi(3)).max(1.0 / 3.0);
                self.raise = 2.0;
                return Ok(Some(to));
            }
            self.lambda = (self.lambda * self.raise).min(f64::MAX / 4.0);
            self.raise *= 2.0;
        }
    }

    /// The least-squares solution of $`J p = -r`$ and $`\sqrt\lambda D p = 0`$.
    fn solve(&self, at: &Fit, j: &DMatrix<f64>) -> Result<DVector<f64>, MinimizeError> {
        let (m, n) = j.shape();
        let mut a = DMatrix::zeros(m + n, n);
        a.rows_mut(0, m).copy_from(j);
        for (i, d) in self.scale.iter().enumerate() {
            // A parameter that nothing depends on stays where it is.
            a[(m + i, i)] = self.lambda.sqrt() * if *d > 0.0 { *d } else { 1.0 };
        }
        let mut b = DVector::zeros(m + n);
        b.rows_mut(0, m).copy_from(&-&at.r);
        Ok(least_squares(&a, &b)?.x)
    }
}

/// The first $`\lambda`$: little damping, for a start that is not bad (Nielsen).
const FIRST: f64 = 1e-3;

/// The part of the promise that a step must keep.
const ENOUGH: f64 = 1e-4;
