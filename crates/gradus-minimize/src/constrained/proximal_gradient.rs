//! Proximal gradient steps, plain and accelerated.

use crate::constrained::proximal::Proximal;
use crate::core::counted::{Smooth, positive};
use crate::core::point::Point;
use crate::core::progress::Progress;
use crate::core::report::{Iterate, Report, Stop};
use crate::core::stopping::Stopping;
use crate::core::vector::{along, difference, dot};
use crate::error::MinimizeError;
use crate::line_search::rule::slack;
use gradus_numeric::norm_infinity;

/// Minimizes a smooth function plus one with a proximal map (ISTA).
///
/// ```math
/// \min_x f(x) + h(x), \qquad x_{k+1} = \operatorname{prox}_{t h}(x_k - t \nabla f(x_k))
/// ```
///
/// A step down the gradient of the smooth part, then the proximal map of the other: gradient descent if $`h = 0`$, projected
/// gradient descent if $`h`$ is a convex set, iterative soft thresholding for the lasso. `step` is the first $`t`$; it is halved
/// until the parabola of curvature $`1/t`$ lies above $`f`$, so at the end $`t \ge 1 / 2L`$, whatever the start. The residual is
/// $`\lVert x_k - x_{k+1} \rVert_\infty / t`$, which is $`\lVert \nabla f \rVert_\infty`$ if $`h = 0`$.
///
/// # Shapes
///
/// `start: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F(x_k) - F^* \le \lVert x_0 - x^* \rVert^2 L / k`$ for a convex $`f`$ | `proximal_gradient_keeps_its_rate` |
/// | $`F(x_{k+1}) \le F(x_k)`$ | `proximal_gradient_keeps_its_rate` |
/// | where it ends, the optimality conditions of the lasso hold | `the_lasso_is_stationary` |
///
/// # Errors
///
/// As [`gradient_descent`](crate::gradient_descent); [`MinimizeError::Domain`] unless `step` is positive.
///
/// # Examples
///
/// ```
/// use gradus_minimize::{L1Norm, Stopping, proximal_gradient};
///
/// // ½ (x − 3)² + |x| is smallest at 2, ½ y² − y/2 + |y| at 0.
/// let f = |x: &[f64], g: &mut [f64]| {
///     (g[0], g[1]) = (x[0] - 3.0, x[1] - 0.5);
///     0.5 * ((x[0] - 3.0).powi(2) + (x[1] - 0.5).powi(2))
/// };
/// let report = proximal_gradient(f, &L1Norm::new(1.0)?, &[9.0, 9.0], 1.0, Stopping::default(), |_| ())?;
/// assert_eq!(report.x, [2.0, 0.0]);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// A. Beck, *First-Order Methods in Optimization* (2017), §10.2.
#[doc(alias = "ISTA")]
#[doc(alias = "projected gradient")]
pub fn proximal_gradient(
    mut f: impl FnMut(&[f64], &mut [f64]) -> f64,
    penalty: &impl Proximal,
    start: &[f64],
    step: f64,
    stopping: Stopping,
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    let extrapolate = |to: &[f64], _: &[f64]| to.to_vec();
    iterate(
        &mut f,
        penalty,
        start,
        step,
        stopping,
        &mut observe,
        extrapolate,
    )
}

/// The proximal gradient method with Nesterov's acceleration.
///
/// ```math
/// y_k = x_k + \frac{\theta_k - 1}{\theta_{k+1}} (x_k - x_{k-1}), \quad
/// x_{k+1} = \operatorname{prox}_{t h}(y_k - t \nabla f(y_k)), \quad
/// \theta_{k+1} = \tfrac12 \bigl(1 + \sqrt{1 + 4 \theta_k^2}\bigr)
/// ```
///
/// The error falls as $`1/k^2`$ instead of $`1/k`$, which no method that sees gradients only can beat by more than a factor. The
/// value may rise on the way. Otherwise as [`proximal_gradient`].
///
/// # Shapes
///
/// `start: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F(x_k) - F^* \le 4 L \lVert x_0 - x^* \rVert^2 / (k + 1)^2`$ | `fista_keeps_its_rate` |
/// | where it ends, the optimality conditions of the lasso hold | `the_lasso_is_stationary` |
///
/// # Errors
///
/// As [`proximal_gradient`].
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Bounds, Stopping, fista};
///
/// // The nearest point to (3, −1) with entries in [0, 2], in a norm that weighs the first entry more.
/// let f = |x: &[f64], g: &mut [f64]| {
///     (g[0], g[1]) = (50.0 * (x[0] - 3.0), x[1] + 1.0);
///     25.0 * (x[0] - 3.0).powi(2) + 0.5 * (x[1] + 1.0).powi(2)
/// };
/// let square = Bounds::new(vec![0.0; 2], vec![2.0; 2])?;
/// let report = fista(f, &square, &[1.0, 1.0], 1.0, Stopping::default(), |_| ())?;
/// assert!((report.x[0] - 2.0).abs() < 1e-8 && report.x[1].abs() < 1e-8);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// A. Beck and M. Teboulle, *A fast iterative shrinkage-thresholding algorithm for linear inverse problems* (2009).
#[doc(alias = "accelerated proximal gradient")]
pub fn fista(
    mut f: impl FnMut(&[f64], &mut [f64]) -> f64,
    penalty: &impl Proximal,
    start: &[f64],
    step: f64,
    stopping: Stopping,
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    let mut theta = 1.0_f64;
    let extrapolate = |to: &[f64], from: &[f64]| {
        let next = 0.5 * (1.0 + (1.0 + 4.0 * theta * theta).sqrt());
        let gain = (theta - 1.0) / next;
        theta = next;
        along(to, gain, &difference(to, from))
    };
    iterate(
        &mut f,
        penalty,
        start,
        step,
        stopping,
        &mut observe,
        extrapolate,
    )
}

/// The loop of both: `extrapolate` makes, of the last two points, the one to step from.
fn iterate(
    f: &mut dyn FnMut(&[f64], &mut [f64]) -> f64,
    penalty: &impl Proximal,
    start: &[f64],
    step: f64,
    stopping: Stopping,
    observe: &mut dyn FnMut(Iterate<'_>),
    mut extrapolate: impl FnMut(&[f64], &[f64]) -> Vec<f64>,
) -> Result<Report, MinimizeError> {
    let mut t = positive("step", step)?;
    let mut progress = Progress::new(stopping, observe)?;
    let mut f = Smooth::new(f);
    let mut base = f.start(start)?;
    let mut x = start.to_vec();
    let mut value = base.value + penalty.value(&x);
    let mut residual = f64::INFINITY;
    let stop = loop {
        if let Some(stop) = progress.reach(&x, value, residual, f.evaluations) {
            break stop;
        }
        let propose = |t: f64| penalty.proximal(&along(&base.x, -t, &base.gradient), t);
        let distance = |z: &[f64]| 0.5 * square(&difference(z, &base.x));
        let Some(to) = majorized(&mut f, &base, &mut t, propose, distance) else {
            break Stop::NoDescent;
        };
        residual = norm_infinity(&difference(&base.x, &to.x)) / t;
        value = to.value + penalty.value(&to.x);
        let next = extrapolate(&to.x, &x);
        x.clone_from(&to.x);
        base = if next == x { to } else { f.at(&next) };
        if !base.value.is_finite() {
            base = f.at(&x); // extrapolated out of the domain
        }
    };
    Ok(progress.report(x, value, residual, stop, f.evaluations))
}

/// The proposal for the first of $`t, t/2, t/4, \dots`$ under whose majorant the function stays:
/// $`f(z) \le f(x) + \nabla f(x)^\top (z - x) + D(z) / t`$, with a distance $`D`$.
pub(crate) fn majorized(
    f: &mut Smooth<'_>,
    at: &Point,
    t: &mut f64,
    propose: impl Fn(f64) -> Vec<f64>,
    distance: impl Fn(&[f64]) -> f64,
) -> Option<Point> {
    loop {
        let to = f.at(&propose(*t));
        let linear = at.value + dot(&at.gradient, &difference(&to.x, &at.x));
        if to.value <= linear + distance(&to.x) / *t + slack(at.value) {
            return Some(to);
        }
        *t *= 0.5;
        if *t < f64::MIN_POSITIVE {
            return None;
        }
    }
}

fn square(x: &[f64]) -> f64 {
    dot(x, x)
}
