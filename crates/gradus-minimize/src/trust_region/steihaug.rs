//! Steihaug's truncated conjugate gradients.

use crate::core::counted::of_length;
use crate::core::point::Point;
use crate::core::report::{Iterate, Report};
use crate::core::stopping::Stopping;
use crate::error::MinimizeError;
use crate::trust_region::dogleg::{length, to_the_sphere};
use crate::trust_region::region::{Model, search};
use gradus_linalg::nalgebra::DVector;

/// Newton's method in a trust region, by conjugate gradients: it needs products of the Hessian with vectors only.
///
/// ```math
/// \min_p\; g^\top p + \tfrac12 p^\top H p, \quad \lVert p \rVert \le \Delta
/// ```
///
/// Conjugate gradients begin at $`p = 0`$ and stop where the ball ends, where they meet a direction of negative curvature
/// (then they follow it to the sphere), or where the equation $`H p = -g`$ holds within
/// $`\min(\tfrac12, \sqrt{\lVert g \rVert}) \lVert g \rVert`$: exactly enough for steps that converge faster than linearly.
/// `product` is $`(x, v) \mapsto \nabla^2 f(x)\, v`$, which automatic differentiation gives at twice the cost of a
/// gradient. For many variables. The residual is $`\lVert \nabla f \rVert_\infty`$.
///
/// # Shapes
///
/// `start: n`; a product has n entries.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the model falls as much as at Cauchy's point at least | `steihaug_beats_cauchys_point` |
/// | finds the minimum that the dogleg finds | `second_order_methods_agree` |
/// | it ends where a function falls without end | `trust_regions_end_where_a_function_has_no_bottom` |
///
/// # Errors
///
/// As [`dogleg`](crate::dogleg()); [`MinimizeError::LengthMismatch`] if a product has the wrong length.
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Stopping, steihaug};
///
/// // Σ i x_i² / 2 − Σ x_i, whose Hessian is a diagonal.
/// let f = |x: &[f64], g: &mut [f64]| {
///     let mut value = 0.0;
///     for i in 0..x.len() {
///         let a = 1.0 + i as f64;
///         g[i] = a * x[i] - 1.0;
///         value += 0.5 * a * x[i] * x[i] - x[i];
///     }
///     value
/// };
/// let product = |_: &[f64], v: &[f64]| v.iter().enumerate().map(|(i, v)| (1.0 + i as f64) * v).collect();
/// let report = steihaug(f, product, &[0.0; 50], 1.0, Stopping::default(), |_| ())?;
/// assert!((report.x[49] - 0.02).abs() < 1e-9);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// T. Steihaug, *The conjugate gradient method and trust regions in large scale optimization* (1983); J. Nocedal and
/// S. J. Wright, *Numerical Optimization*, 2nd ed. (2006), algorithm 7.2.
#[doc(alias = "Newton-CG")]
pub fn steihaug(
    mut f: impl FnMut(&[f64], &mut [f64]) -> f64,
    product: impl FnMut(&[f64], &[f64]) -> Vec<f64>,
    start: &[f64],
    radius: f64,
    stopping: Stopping,
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    let model = Products { product };
    search(&mut f, start, radius, stopping, &mut observe, model)
}

struct Products<P> {
    product: P,
}

impl<P: FnMut(&[f64], &[f64]) -> Vec<f64>> Model for Products<P> {
    fn renew(&mut self, _at: &Point) -> Result<(), MinimizeError> {
        Ok(())
    }

    fn step(&mut self, at: &Point, radius: f64) -> Result<(Vec<f64>, f64), MinimizeError> {
        let g = DVector::from_row_slice(&at.gradient);
        let p = truncated(&g, radius, |v| {
            let product = (self.product)(&at.x, v.as_slice());
            of_length("a product with the Hessian", product.len(), g.len())?;
            Ok(DVector::from_vec(product))
        })?;
        let (step, hp) = p;
        let promised = -(g.dot(&step) + 0.5 * step.dot(&hp));
        Ok((step.as_slice().to_vec(), promised))
    }
}

/// The step $`p`$, and $`H p`$, which its products sum up to.
fn truncated(
    g: &DVector<f64>,
    radius: f64,
    mut times: impl FnMut(&DVector<f64>) -> Result<DVector<f64>, MinimizeError>,
) -> Result<(DVector<f64>, DVector<f64>), MinimizeError> {
    let n = g.len();
    let (mut p, mut hp) = (DVector::zeros(n), DVector::zeros(n));
    let (mut r, mut d) = (g.clone(), -g);
    let enough = length(g).sqrt().min(0.5) * length(g);
    // In exact arithmetic n steps suffice; rounding may need some more.
    for _ in 0..2 * n + 10 {
        let hd = times(&d)?;
        let curvature = d.dot(&hd);
        let alpha = r.dot(&r) / curvature;
        let next = &p + &d * alpha;
        let inside = curvature > 0.0 && length(&next) < radius;
        if !inside {
            let t = to_the_sphere(&p, &d, radius);
            return Ok((p + d * t, hp + hd * t));
        }
        let before = r.dot(&r);
        (p, hp) = (next, hp + &hd * alpha);
        r += hd * alpha;
        if length(&r) <= enough {
            break;
        }
        d = d * (r.dot(&r) / before) - &r;
    }
    Ok((p, hp))
}
