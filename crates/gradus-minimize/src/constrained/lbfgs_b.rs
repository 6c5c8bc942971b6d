//! L-BFGS in a box.

use crate::constrained::compact::Compact;
use crate::core::counted::{Smooth, of_length, within};
use crate::core::point::Point;
use crate::core::progress::Progress;
use crate::core::report::{Iterate, Report, Stop};
use crate::core::stopping::Stopping;
use crate::core::vector::{along, difference, dot};
use crate::descent::bfgs::is_curved;
use crate::error::MinimizeError;
use crate::line_search::wolfe::strong_wolfe;
use crate::projections::bounds::Bounds;
use crate::projections::set::ConvexSet;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::solve;
use gradus_numeric::{norm_infinity, norm2};
use std::collections::VecDeque;

/// L-BFGS between bounds: $`l \le x \le u`$.
///
/// ```math
/// \min_{l \le x \le u} f(x), \qquad
/// f(x) \approx f(x_k) + g^\top (x - x_k) + \tfrac12 (x - x_k)^\top B (x - x_k)
/// ```
///
/// A step has three parts. The path $`P(x_k - t g)`$ of the projected gradient is followed to the first minimum of the
/// model: that decides which bounds hold. Among the variables that are not at a bound the model is minimized, and what leaves the
/// box is projected back. Along the line to that point a step is found that keeps Wolfe's conditions. `memory` is how many pairs $`(s, y)`$ make up
/// $`B`$. The function is never evaluated outside of the box. The residual is
/// $`\lVert x - P(x - \nabla f) \rVert_\infty`$, which is zero where no feasible direction descends.
///
/// # Shapes
///
/// `start: n`, bounds: n. A start outside of the box is an error.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | every point is in the box, to the bit | `lbfgs_b_stays_in_its_box` |
/// | where it ends, the conditions of Karush, Kuhn and Tucker hold | `lbfgs_b_ends_at_a_stationary_point` |
/// | in a wide box it is L-BFGS | `lbfgs_b_in_a_wide_box_is_lbfgs` |
/// | the compact matrix is that of BFGS | `the_compact_form_is_that_of_bfgs` |
///
/// # Errors
///
/// [`MinimizeError::StartNotInSet`]; [`MinimizeError::LengthMismatch`]; otherwise as [`lbfgs`](crate::lbfgs()).
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Bounds, Stopping, lbfgs_b};
///
/// let rosenbrock = |x: &[f64], g: &mut [f64]| {
///     let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
///     (g[0], g[1]) = (-2.0 * a - 400.0 * x[0] * b, 200.0 * b);
///     a * a + 100.0 * b * b
/// };
/// let half = Bounds::new(vec![-2.0, -2.0], vec![0.5, 2.0])?;
/// let report = lbfgs_b(rosenbrock, &half, &[-1.2, 1.0], 10, Stopping::default(), |_| ())?;
/// assert!(report.x[0] == 0.5 && (report.x[1] - 0.25).abs() < 1e-9);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// R. H. Byrd, P. Lu, J. Nocedal and C. Zhu, *A limited memory algorithm for bound constrained optimization* (1995);
/// J. L. Morales and J. Nocedal, *Remark on algorithm 778* (2011), for the projection of the subspace step.
pub fn lbfgs_b(
    mut f: impl FnMut(&[f64], &mut [f64]) -> f64,
    bounds: &Bounds,
    start: &[f64],
    memory: usize,
    stopping: Stopping,
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    within("memory", memory as f64, memory > 0, "at least 1")?;
    of_length("start", start.len(), bounds.lower.len())?;
    let mut progress = Progress::new(stopping, &mut observe)?;
    let distance = norm_infinity(&difference(start, &bounds.project(start)));
    if distance > 0.0 {
        return Err(MinimizeError::StartNotInSet { distance });
    }
    // Rounding may put a point of a line beyond its end.
    let mut inside = |x: &[f64], g: &mut [f64]| f(&bounds.project(x), g);
    let mut f = Smooth::new(&mut inside);
    let mut at = f.start(start)?;
    let mut pairs = VecDeque::new();
    let (stop, residual) = loop {
        let residual = distance_to_stationary(&at, bounds);
        if let Some(stop) = progress.reach(&at.x, at.value, residual, f.evaluations) {
            break (stop, residual);
        }
        let Some(to) = step(&mut f, &at, bounds, &mut pairs) else {
            break (Stop::NoDescent, residual);
        };
        let (s, y) = (
            difference(&to.x, &at.x),
            difference(&to.gradient, &at.gradient),
        );
        if is_curved(dot(&s, &y), &s, &y) {
            pairs.push_back((s, y));
            pairs.drain(..pairs.len().saturating_sub(memory));
        }
        at = to;
    };
    Ok(progress.report(at.x, at.value, residual, stop, f.evaluations))
}

fn distance_to_stationary(at: &Point, bounds: &Bounds) -> f64 {
    let moved = bounds.project(&along(&at.x, -1.0, &at.gradient));
    norm_infinity(&difference(&at.x, &moved))
}

/// The next point; without what was learned if that leads nowhere.
fn step(
    f: &mut Smooth<'_>,
    at: &Point,
    bounds: &Bounds,
    pairs: &mut VecDeque<(Vec<f64>, Vec<f64>)>,
) -> Option<Point> {
    let first = pairs.is_empty();
    let model = Compact::new(pairs).unwrap_or_else(|| Compact::identity(at.x.len()));
    let cauchy = cauchy_point(at, bounds, &model);
    let target = subspace_minimum(at, bounds, &model, &cauchy);
    let p = difference(&target, &at.x);
    let found = (dot(&p, &at.gradient) < 0.0).then(|| {
        let most = longest(&at.x, &p, bounds);
        let trial = if first {
            (1.0 / norm2(&p)).min(1.0)
        } else {
            1.0
        };
        strong_wolfe(f, at, &p, [trial, most], [1e-4, 0.9])
    });
    if let Some(step) = found.flatten() {
        let x = bounds.project(&step.point.x);
        return Some(Point { x, ..step.point });
    }
    pairs.clear();
    if first {
        None
    } else {
        step(f, at, bounds, pairs)
    }
}

/// How far a direction stays in the box: at least 1, since its end does.
fn longest(x: &[f64], p: &[f64], bounds: &Bounds) -> f64 {
    let rooms = (0..x.len()).map(|i| room(x[i], p[i], bounds, i));
    rooms.fold(f64::INFINITY, f64::min).max(1.0)
}

/// The first minimum of the model along the projected steepest descent, and $`W^\top (x^c - x)`$.
fn cauchy_point(at: &Point, bounds: &Bounds, model: &Compact) -> (Vec<f64>, DVector<f64>) {
    let (x, g, theta) = (&at.x, &at.gradient, model.theta);
    let breaks: Vec<f64> = (0..x.len()).map(|i| room(x[i], -g[i], bounds, i)).collect();
    let moves = |i: usize| if breaks[i] > 0.0 { -g[i] } else { 0.0 };
    let mut d: Vec<f64> = (0..x.len()).map(moves).collect();
    let mut order: Vec<usize> = (0..x.len()).filter(|i| breaks[*i] > 0.0).collect();
    order.sort_by(|i, j| breaks[*i].total_cmp(&breaks[*j]));
    let mut p = model.w.tr_mul(&DVector::from_row_slice(&d));
    let mut c = DVector::zeros(p.len());
    let mut target = x.clone();
    let mut slope = -dot(&d, &d);
    let mut curvature = -theta * slope - p.dot(&(&model.m * &p));
    let mut t = 0.0;
    for b in order {
        let dt = breaks[b] - t;
        let on_the_way = curvature > 0.0 && -slope / curvature >= dt;
        if !on_the_way {
            break;
        }
        // Variable b reaches its bound and stays there.
        target[b] = if d[b] > 0.0 {
            bounds.upper[b]
        } else {
            bounds.lower[b]
        };
        let (z, w) = (target[b] - x[b], model.row(b));
        c += &p * dt;
        let (mc, mp, mw) = (&model.m * &c, &model.m * &p, &model.m * &w);
        slope += dt * curvature + g[b] * g[b] + theta * g[b] * z - g[b] * w.dot(&mc);
        curvature -= theta * g[b] * g[b] + 2.0 * g[b] * w.dot(&mp) + g[b] * g[b] * w.dot(&mw);
        p += w * g[b];
        d[b] = 0.0;
        t = breaks[b];
    }
    let dt = (-slope / curvature).max(0.0);
    let dt = if dt.is_finite() { dt } else { 0.0 };
    for i in 0..x.len() {
        if d[i] != 0.0 {
            target[i] = x[i] + (t + dt) * d[i];
        }
    }
    (bounds.project(&target), c + p * dt)
}

/// How far variable i may go from x in the direction p before it meets its bound.
fn room(x: f64, p: f64, bounds: &Bounds, i: usize) -> f64 {
    if p > 0.0 {
        (bounds.upper[i] - x) / p
    } else if p < 0.0 {
        (bounds.lower[i] - x) / p
    } else {
        f64::INFINITY
    }
}

/// The minimum of the model among the variables that are not at a bound, projected onto the box.
fn subspace_minimum(
    at: &Point,
    bounds: &Bounds,
    model: &Compact,
    (cauchy, c): &(Vec<f64>, DVector<f64>),
) -> Vec<f64> {
    let theta = model.theta;
    let is_free = |i: &usize| bounds.lower[*i] < cauchy[*i] && cauchy[*i] < bounds.upper[*i];
    let free: Vec<usize> = (0..cauchy.len()).filter(is_free).collect();
    let mc = &model.m * c;
    let reduced = |i: usize| at.gradient[i] + theta * (cauchy[i] - at.x[i]) - model.row(i).dot(&mc);
    let r = DVector::from_iterator(free.len(), free.iter().map(|i| reduced(*i)));
    let w = model.w.select_rows(&free);
    let mut d = &r * (-1.0 / theta);
    if w.ncols() > 0 && !free.is_empty() {
        let k = w.ncols();
        let n = DMatrix::identity(k, k) - &model.m * (w.tr_mul(&w) / theta);
        // A singular system leaves the step down the reduced gradient.
        if let Ok(v) = solve(&n, &(&model.m * w.tr_mul(&r))) {
            d -= &w * v.x / (theta * theta);
        }
    }
    let mut target = cauchy.clone();
    for (i, d) in free.iter().zip(&d) {
        target[*i] += d;
    }
    let projected = bounds.project(&target);
    let descends = dot(&difference(&projected, &at.x), &at.gradient) < 0.0;
    if descends {
        projected
    } else {
        truncated(cauchy, &target, bounds)
    }
}

/// As far towards the target as the box goes.
fn truncated(cauchy: &[f64], target: &[f64], bounds: &Bounds) -> Vec<f64> {
    let p = difference(target, cauchy);
    let rooms = (0..p.len()).map(|i| room(cauchy[i], p[i], bounds, i));
    let t = rooms.fold(1.0, f64::min);
    bounds.project(&along(cauchy, t, &p))
}
