//! Powell's dogleg.

use crate::core::point::Point;
use crate::core::report::{Iterate, Report};
use crate::core::stopping::Stopping;
use crate::descent::newton::shifted_solution;
use crate::error::MinimizeError;
use crate::trust_region::region::{Model, search};
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_numeric::norm2;

/// Newton's method in a trust region, along the dogleg.
///
/// ```math
/// \min_p\; g^\top p + \tfrac12 p^\top B p \quad \text{on the path} \quad 0 \to p_U \to p_B, \quad \lVert p \rVert \le \Delta
/// ```
///
/// with the minimum $`p_U = -g\, g^\top g / g^\top B g`$ along the steepest descent and Newton's step $`p_B = -B^{-1} g`$. Far away the
/// ball is small and the step is that of steepest descent; near a minimum it is Newton's. $`B`$ is the Hessian, with
/// $`\tau I`$ added where it is not positive definite. The radius $`\Delta`$ begins at `radius`; it doubles after steps that
/// the model foretold well and shrinks after others. The residual is $`\lVert \nabla f \rVert_\infty`$.
///
/// # Shapes
///
/// `start: n`; the Hessian is n × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the model falls as much as at Cauchy's point at least | `a_dogleg_beats_cauchys_point` |
/// | a step stays in the ball | `a_dogleg_beats_cauchys_point` |
/// | one step on a quadratic, if the ball reaches so far | `newton_needs_one_step_on_a_quadratic` |
/// | it ends where a function falls without end | `trust_regions_end_where_a_function_has_no_bottom` |
///
/// # Errors
///
/// As [`newton`](crate::newton); [`MinimizeError::Domain`] unless the radius is positive.
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Stopping, dogleg, nalgebra::DMatrix};
///
/// let f = |x: &[f64], g: &mut [f64]| {
///     g[0] = 4.0 * x[0].powi(3) - 4.0 * x[0];
///     x[0].powi(4) - 2.0 * x[0] * x[0] // a hill at 0, valleys at −1 and 1
/// };
/// let hessian = |x: &[f64]| DMatrix::from_element(1, 1, 12.0 * x[0] * x[0] - 4.0);
/// let report = dogleg(f, hessian, &[0.1], 1.0, Stopping::default(), |_| ())?;
/// assert!((report.x[0] - 1.0).abs() < 1e-9 && report.stop.is_converged());
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed. (2006), §4.1.
#[doc(alias = "trust region")]
pub fn dogleg(
    mut f: impl FnMut(&[f64], &mut [f64]) -> f64,
    hessian: impl FnMut(&[f64]) -> DMatrix<f64>,
    start: &[f64],
    radius: f64,
    stopping: Stopping,
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    let model = Bowl {
        hessian,
        path: None,
    };
    search(&mut f, start, radius, stopping, &mut observe, model)
}

/// The model with its whole path, whatever the radius.
struct Bowl<H> {
    hessian: H,
    path: Option<Path>,
}

struct Path {
    g: DVector<f64>,
    b: DMatrix<f64>,
    steepest: DVector<f64>,
    newton: DVector<f64>,
}

impl<H: FnMut(&[f64]) -> DMatrix<f64>> Model for Bowl<H> {
    fn renew(&mut self, at: &Point) -> Result<(), MinimizeError> {
        self.path = Some(Path::new((self.hessian)(&at.x), &at.gradient)?);
        Ok(())
    }

    fn step(&mut self, at: &Point, radius: f64) -> Result<(Vec<f64>, f64), MinimizeError> {
        if self.path.is_none() {
            self.renew(at)?;
        }
        let answer = self.path.as_ref().map(|path| path.at(radius));
        Ok(answer.unwrap_or_else(|| (vec![0.0; at.x.len()], 0.0)))
    }
}

impl Path {
    fn new(mut b: DMatrix<f64>, gradient: &[f64]) -> Result<Self, MinimizeError> {
        let g = DVector::from_row_slice(gradient);
        let (newton, tau) = shifted_solution(b.clone(), &g)?;
        for i in 0..g.len() {
            b[(i, i)] += tau;
        }
        let steepest = -&g * (g.dot(&g) / g.dot(&(&b * &g)));
        Ok(Self {
            g,
            b,
            steepest,
            newton: -newton,
        })
    }

    /// The point of the path where it leaves the ball, and the decrease of the model there.
    fn at(&self, radius: f64) -> (Vec<f64>, f64) {
        let p = if length(&self.newton) <= radius {
            self.newton.clone()
        } else if length(&self.steepest) >= radius {
            &self.steepest * (radius / length(&self.steepest))
        } else {
            let leg = &self.newton - &self.steepest;
            &self.steepest + &leg * to_the_sphere(&self.steepest, &leg, radius)
        };
        let promised = -(self.g.dot(&p) + 0.5 * p.dot(&(&self.b * &p)));
        (p.as_slice().to_vec(), promised)
    }
}

/// $`\lVert p \rVert_2`$, whatever the size of its entries.
pub(crate) fn length(p: &DVector<f64>) -> f64 {
    norm2(p.as_slice())
}

/// The positive $`t`$ with $`\lVert p + t d \rVert = r`$, for $`p`$ inside.
pub(crate) fn to_the_sphere(p: &DVector<f64>, d: &DVector<f64>, r: f64) -> f64 {
    let (a, b, c) = (d.dot(d), p.dot(d), p.dot(p) - r * r);
    // The root that does not cancel: c is not positive.
    let root = (b * b - a * c).max(0.0).sqrt();
    if b > 0.0 {
        -c / (b + root)
    } else {
        (root - b) / a
    }
}

#[cfg(test)]
mod tests {
    use super::to_the_sphere;
    use gradus_linalg::nalgebra::DVector;

    #[test]
    fn the_sphere_is_met() {
        let v = |x: f64, y: f64| DVector::from_row_slice(&[x, y]);
        assert_eq!(to_the_sphere(&v(0.0, 0.0), &v(0.0, 2.0), 4.0), 2.0);
        assert_eq!(to_the_sphere(&v(3.0, 0.0), &v(1.0, 0.0), 5.0), 2.0);
        assert_eq!(to_the_sphere(&v(3.0, 0.0), &v(-1.0, 0.0), 5.0), 8.0);
    }
}
