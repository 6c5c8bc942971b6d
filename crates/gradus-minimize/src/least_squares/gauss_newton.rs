//! Gauss and Newton's method for sums of squares.

use crate::core::progress::Progress;
use crate::core::report::{Iterate, Report, Stop};
use crate::core::stopping::Stopping;
use crate::core::vector::along;
use crate::error::MinimizeError;
use crate::least_squares::residuals::{Fit, Residuals};
use crate::line_search::rule::slack;
use gradus_linalg::least_squares;
use gradus_linalg::nalgebra::{DMatrix, DVector};

/// Minimizes half of a sum of squares by one linear fit after the other.
///
/// ```math
/// \min_x \tfrac12 \lVert r(x) \rVert^2, \qquad
/// x_{k+1} = x_k + t_k \arg\min_p \lVert r(x_k) + J(x_k)\, p \rVert
/// ```
///
/// where `residuals` is $`r`$ and `jacobian` is $`J_{ij} = \partial r_i / \partial x_j`$. The Hessian is
/// $`J^\top J + \sum r_i \nabla^2 r_i`$; the second sum is left out, so no second derivative is needed, and where the residuals are small
/// at the end the method is as fast as Newton's. Each step is searched along with Armijo's rule. The value that is reported is the
/// half sum of squares, the residual $`\lVert J^\top r \rVert_\infty`$.
///
/// # Shapes
///
/// `start: n`; `residuals` gives m numbers, `jacobian` a matrix m × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | one step where the residuals are linear | `gauss_newton_fits_a_linear_model_at_once` |
///
/// # Numerics
///
/// The fit is solved from $`J`$, not from $`J^\top J`$ whose condition is the square, and by the shortest step if columns
/// depend on each other.
///
/// # Errors
///
/// [`MinimizeError::StartOutside`]; [`MinimizeError::LengthMismatch`] if the Jacobian has the wrong shape;
/// [`MinimizeError::NonFinite`] for one of its entries; [`MinimizeError::Domain`] for a tolerance.
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Stopping, gauss_newton, nalgebra::DMatrix};
///
/// // y = e^{a t} through (1, 2) and (2, 4): a = ln 2.
/// let r = |x: &[f64]| vec![x[0].exp() - 2.0, (2.0 * x[0]).exp() - 4.0];
/// let j = |x: &[f64]| DMatrix::from_row_slice(2, 1, &[x[0].exp(), 2.0 * (2.0 * x[0]).exp()]);
/// let report = gauss_newton(r, j, &[1.0], Stopping::default(), |_| ())?;
/// assert!((report.x[0] - 2.0_f64.ln()).abs() < 1e-9);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed. (2006), §10.3.
pub fn gauss_newton(
    mut residuals: impl FnMut(&[f64]) -> Vec<f64>,
    mut jacobian: impl FnMut(&[f64]) -> DMatrix<f64>,
    start: &[f64],
    stopping: Stopping,
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    let mut f = Residuals::new(&mut residuals, &mut jacobian);
    fit(&mut f, start, stopping, &mut observe, |f, at, j, g| {
        let p = least_squares(j, &-&at.r)?.x;
        Ok(armijo(f, at, &p, g.dot(&p)))
    })
}

/// The loop of both methods; `step` makes the next point from the Jacobian and the gradient.
pub(crate) fn fit(
    f: &mut Residuals<'_>,
    start: &[f64],
    stopping: Stopping,
    observe: &mut dyn FnMut(Iterate<'_>),
    mut step: impl FnMut(
        &mut Residuals<'_>,
        &Fit,
        &DMatrix<f64>,
        &DVector<f64>,
    ) -> Result<Option<Fit>, MinimizeError>,
) -> Result<Report, MinimizeError> {
    let mut progress = Progress::new(stopping, observe)?;
    let mut at = f.start(start)?;
    let (stop, residual) = loop {
        let j = f.jacobian(&at)?;
        let g = j.tr_mul(&at.r);
        let residual = g.amax();
        if let Some(stop) = progress.reach(&at.x, at.value, residual, f.evaluations) {
            break (stop, residual);
        }
        match step(f, &at, &j, &g)? {
            Some(to) => at = to,
            None => break (Stop::NoDescent, residual),
        }
    };
    Ok(progress.report(at.x, at.value, residual, stop, f.evaluations))
}

/// The first of the step, its half, … that keeps a ten-thousandth of the slope's promise.
fn armijo(f: &mut Residuals<'_>, at: &Fit, p: &DVector<f64>, slope: f64) -> Option<Fit> {
    let mut t = 1.0;
    loop {
        let x = along(&at.x, t, p.as_slice());
        if x == at.x {
            return None; // shorter than one rounding
        }
        let to = f.at(&x);
        if to.value <= at.value + 1e-4 * t * slope + slack(at.value) {
            return Some(to);
        }
        t *= 0.5;
    }
}
