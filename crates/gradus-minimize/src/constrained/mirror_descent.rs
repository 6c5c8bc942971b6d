//! Mirror descent on the simplex.

use crate::constrained::proximal_gradient::majorized;
use crate::core::counted::{Smooth, positive};
use crate::core::progress::Progress;
use crate::core::report::{Iterate, Report, Stop};
use crate::core::stopping::Stopping;
use crate::core::vector::{difference, dot, scaled};
use crate::error::MinimizeError;
use crate::projections::set::LinearMinimum;
use crate::projections::simplex::ScaledSimplex;
use std::iter::zip;

/// Minimizes a smooth function of weights by multiplying them: the exponentiated gradient.
///
/// ```math
/// x_{k+1} = \arg\min_{z \in \Delta} \nabla f(x_k)^\top z + \frac1t \sum_i z_i \ln \frac{z_i}{x_{k,i}}
/// \;\propto\; x_k \, e^{-t \nabla f(x_k)}
/// ```
///
/// A gradient step in which the distance is measured by the Kullback–Leibler divergence, as suits the simplex: weights stay
/// positive by themselves, and the dependence on the number of weights is $`\ln n`$ instead of $`n`$. `step` is the first
/// $`t`$; it is halved until $`D / t`$ bounds what the linear model misses. The residual is the gap $`\nabla f^\top x - s \min_i g_i`$
/// (with the sum $`s`$ of the simplex), which bounds $`f(x) - f^*`$ if $`f`$ is convex.
///
/// # Shapes
///
/// `start: n`, in the simplex.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the value never rises, weights stay weights | `mirror_descent_stays_on_the_simplex` |
/// | finds what projected gradients find | `mirror_descent_agrees_with_projection` |
///
/// # Numerics
///
/// The exponents are shifted by the smallest gradient, so none overflows. A weight may underflow to 0 and then stays there.
///
/// # Errors
///
/// [`MinimizeError::StartNotInSet`]; [`MinimizeError::Domain`] for a weight of 0, which no factor can raise, or a step that
/// is not positive; otherwise as [`gradient_descent`](crate::gradient_descent).
///
/// # Examples
///
/// ```
/// use gradus_minimize::{ScaledSimplex, Stopping, mirror_descent};
///
/// // A linear function: all weight goes to the smallest coefficient.
/// let f = |x: &[f64], g: &mut [f64]| {
///     g.copy_from_slice(&[3.0, 1.0, 2.0]);
///     3.0 * x[0] + x[1] + 2.0 * x[2]
/// };
/// let simplex = ScaledSimplex::new(3, 1.0)?;
/// let start = [1.0 / 3.0; 3];
/// let report = mirror_descent(f, &simplex, &start, 1.0, Stopping::default(), |_| ())?;
/// assert!(report.x[1] > 0.999_999 && report.iterations < 30);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// A. Beck and M. Teboulle, *Mirror descent and nonlinear projected subgradient methods for convex optimization* (2003);
/// J. Kivinen and M. K. Warmuth, *Exponentiated gradient versus gradient descent for linear predictors* (1997).
#[doc(alias = "exponentiated gradient")]
pub fn mirror_descent(
    mut f: impl FnMut(&[f64], &mut [f64]) -> f64,
    simplex: &ScaledSimplex,
    start: &[f64],
    step: f64,
    stopping: Stopping,
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    let mut t = positive("step", step)?;
    let mut progress = Progress::new(stopping, &mut observe)?;
    simplex.admits(start)?;
    for weight in start {
        positive("a weight of the start", *weight)?;
    }
    let mut f = Smooth::new(&mut f);
    let mut at = f.start(start)?;
    let (stop, residual) = loop {
        let lowest = simplex.linear_minimum(&at.gradient);
        let gap = dot(&at.gradient, &difference(&at.x, &lowest));
        if let Some(stop) = progress.reach(&at.x, at.value, gap, f.evaluations) {
            break (stop, gap);
        }
        let propose = |t: f64| multiplied(&at.x, &at.gradient, t);
        let distance = |z: &[f64]| divergence(z, &at.x);
        match majorized(&mut f, &at, &mut t, propose, distance) {
            Some(to) => at = to,
            None => break (Stop::NoDescent, gap),
        }
    };
    Ok(progress.report(at.x, at.value, residual, stop, f.evaluations))
}

/// $`x e^{-t g}`$ with the sum of $`x`$.
fn multiplied(x: &[f64], g: &[f64], t: f64) -> Vec<f64> {
    let smallest = g.iter().copied().fold(f64::INFINITY, f64::min);
    let factors = zip(x, g).map(|(x, g)| x * (-t * (g - smallest)).exp());
    let z: Vec<f64> = factors.collect();
    scaled(x.iter().sum::<f64>() / z.iter().sum::<f64>(), &z)
}

/// $`\sum z_i \ln (z_i / x_i)`$, for weights of one sum.
fn divergence(z: &[f64], x: &[f64]) -> f64 {
    let term = |(z, x): (&f64, &f64)| if *z > 0.0 { z * (z / x).ln() } else { 0.0 };
    zip(z, x).map(term).sum()
}
