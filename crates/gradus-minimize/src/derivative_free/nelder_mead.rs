//! Nelder and Mead's simplex.

use crate::core::counted::{Plain, positive};
use crate::core::progress::Progress;
use crate::core::report::{Iterate, Report};
use crate::core::stopping::Stopping;
use crate::core::vector::{along, difference, scaled};
use crate::error::MinimizeError;
use gradus_numeric::norm_infinity;

/// Minimizes by a simplex that tumbles downhill: n + 1 points, of which the worst is replaced again and again.
///
/// ```math
/// x_r = \bar x + (\bar x - x_{n+1}), \quad x_e = \bar x + 2 (\bar x - x_{n+1}), \quad x_c = \bar x \pm \tfrac12 (\bar x - x_{n+1})
/// ```
///
/// where $`\bar x`$ is the mean of all but the worst point $`x_{n+1}`$. The reflected point takes its place if it is good, the
/// expanded one if it is the best so far, a contracted one if reflection did not help; at last the whole simplex shrinks
/// towards its best point. No derivative is needed, and noise does little harm. Good for some variables, poor for more than ten.
/// It may converge to a point that is no minimum. The first simplex has edges of length `step`. The
/// residual is the largest distance of a point from the best one, $`\lVert \cdot \rVert_\infty`$.
///
/// # Shapes
///
/// `start: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | finds the minimum of bowls | `methods_without_derivatives_find_a_bowl` |
/// | only the order of values matters: $`f \to e^f`$ changes no bit | `nelder_and_mead_see_only_the_order` |
/// | shifting function and start shifts the answer | `nelder_and_mead_see_only_the_order` |
/// | where the function is no number, or $`-\infty`$, is no minimum | `minus_infinity_is_no_minimum` |
///
/// # Errors
///
/// As [`gradient_descent`](crate::gradient_descent); [`MinimizeError::Domain`] unless `step` is positive.
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Stopping, nelder_mead};
///
/// let rosenbrock = |x: &[f64]| (1.0 - x[0]).powi(2) + 100.0 * (x[1] - x[0] * x[0]).powi(2);
/// let report = nelder_mead(rosenbrock, &[-1.2, 1.0], 0.5, Stopping::default(), |_| ())?;
/// assert!((report.x[0] - 1.0).abs() < 1e-6 && (report.x[1] - 1.0).abs() < 1e-6);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// J. A. Nelder and R. Mead, *A simplex method for function minimization* (1965), in the form of J. C. Lagarias et al.,
/// *Convergence properties of the Nelder–Mead simplex method in low dimensions* (1998).
#[doc(alias = "downhill simplex")]
pub fn nelder_mead(
    mut f: impl FnMut(&[f64]) -> f64,
    start: &[f64],
    step: f64,
    stopping: Stopping,
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    let step = positive("step", step)?;
    let mut progress = Progress::new(stopping, &mut observe)?.resting();
    let mut f = Plain::new(&mut f);
    let mut corners = vec![(f.start(start)?, start.to_vec())];
    for i in 0..start.len() {
        let mut x = start.to_vec();
        x[i] += step;
        corners.push((f.at(&x), x));
    }
    loop {
        // A stable sort: of equal values the older one counts as lower.
        corners.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (value, x) = corners[0].clone();
        let residual = size(&corners);
        if let Some(stop) = progress.reach(&x, value, residual, f.evaluations) {
            return Ok(progress.report(x, value, residual, stop, f.evaluations));
        }
        tumble(&mut f, &mut corners);
    }
}

/// A value and its point.
type Corner = (f64, Vec<f64>);

fn size(corners: &[Corner]) -> f64 {
    let distance = |x: &[f64]| norm_infinity(&difference(x, &corners[0].1));
    corners.iter().map(|c| distance(&c.1)).fold(0.0, f64::max)
}

/// One step of the sorted simplex.
fn tumble(f: &mut Plain<'_>, corners: &mut Vec<Corner>) {
    let Some(worst) = corners.pop() else { return };
    let n = corners.len() as f64;
    let zero = vec![0.0; worst.1.len()];
    let mean = corners
        .iter()
        .fold(zero, |sum, c| along(&sum, 1.0 / n, &c.1));
    let away = difference(&mean, &worst.1);
    let mut at = |t: f64| {
        let x = along(&mean, t, &away);
        (f.at(&x), x)
    };
    let (best, second) = (corners[0].0, corners[corners.len() - 1].0);
    let reflected = at(1.0);
    let next = if reflected.0 < best {
        let expanded = at(2.0);
        Some(if expanded.0 < reflected.0 {
            expanded
        } else {
            reflected
        })
    } else if reflected.0 < second {
        Some(reflected)
    } else if reflected.0 < worst.0 {
        let outside = at(0.5);
        (outside.0 <= reflected.0).then_some(outside)
    } else {
        let inside = at(-0.5);
        (inside.0 < worst.0).then_some(inside)
    };
    if let Some(corner) = next {
        corners.push(corner);
    } else {
        corners.push(worst);
        shrink(f, corners);
    }
}

/// All points go half the way to the best one.
fn shrink(f: &mut Plain<'_>, corners: &mut [Corner]) {
    let best = corners[0].1.clone();
    for (value, x) in corners.iter_mut().skip(1) {
        *x = along(&scaled(0.5, &best), 0.5, x);
        *value = f.at(x);
    }
}
