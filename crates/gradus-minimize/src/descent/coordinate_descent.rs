//! One coordinate after the other.

use crate::core::counted::{Plain, positive};
use crate::core::progress::Progress;
use crate::core::report::{Iterate, Report};
use crate::core::stopping::Stopping;
use crate::error::MinimizeError;
use crate::scalar::bracket::bracket;
use crate::scalar::brent::brent;

/// Minimizes along one coordinate after the other, again and again, without derivatives.
///
/// ```math
/// x_i \leftarrow \arg\min_t f(x_1, \dots, x_{i-1}, t, x_{i+1}, \dots, x_n), \qquad i = 1, \dots, n, 1, \dots
/// ```
///
/// Each minimum is enclosed from a first step of length `step` and found by [`brent`](crate::brent()). Fast where variables
/// hardly interact, slow in a diagonal valley. For a smooth function a point that no coordinate can improve is stationary;
/// where the function has a kink it may be stuck at a point that is none. The residual is the largest change of a
/// coordinate in the last sweep.
///
/// # Shapes
///
/// `start: n`; a step is a sweep over all n coordinates.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | one sweep solves a separable function | `one_sweep_solves_a_separable_function` |
/// | a kink across the axes holds it | `a_kink_stops_coordinate_descent` |
///
/// # Errors
///
/// As [`gradient_descent`](crate::gradient_descent); [`MinimizeError::Domain`] unless `step` is positive.
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Stopping, coordinate_descent};
///
/// let f = |x: &[f64]| (x[0] - 1.0).powi(2) + (x[1] + 2.0).powi(4);
/// let rough = Stopping { residual: 1e-4, ..Stopping::default() };
/// let report = coordinate_descent(f, &[0.0, 0.0], 1.0, rough, |_| ())?;
/// assert!((report.x[0] - 1.0).abs() < 1e-6 && (report.x[1] + 2.0).abs() < 1e-3);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// S. J. Wright, *Coordinate descent algorithms* (2015); M. J. D. Powell, *On search directions for minimization
/// algorithms* (1973), on where it fails.
pub fn coordinate_descent(
    mut f: impl FnMut(&[f64]) -> f64,
    start: &[f64],
    step: f64,
    stopping: Stopping,
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    positive("step", step)?;
    let mut progress = Progress::new(stopping, &mut observe)?;
    let mut f = Plain::new(&mut f);
    let (mut value, mut x) = (f.start(start)?, start.to_vec());
    let mut residual = f64::INFINITY;
    let stop = loop {
        if let Some(stop) = progress.reach(&x, value, residual, f.evaluations) {
            break stop;
        }
        residual = 0.0;
        for i in 0..x.len() {
            let (moved, lower) = improve(&mut f, &mut x, i, step, value);
            residual = moved.abs().max(residual);
            value = lower;
        }
    };
    Ok(progress.report(x, value, residual, stop, f.evaluations))
}

/// Moves one coordinate to the lowest value that was found, and tells by how much, and the value.
fn improve(f: &mut Plain<'_>, x: &mut [f64], i: usize, step: f64, value: f64) -> (f64, f64) {
    let here = x[i];
    let mut line = |t: &[f64]| {
        x[i] = here + t[0];
        f.at(x)
    };
    let [low, high] = bracket(&mut Plain::new(&mut line), step);
    let minimum = brent(|t| line(&[t]), low, high, f64::EPSILON.sqrt() * step);
    match minimum {
        Ok(minimum) if minimum.value < value => {
            x[i] = here + minimum.x;
            (minimum.x, minimum.value)
        }
        _ => {
            x[i] = here;
            (0.0, value)
        }
    }
}
