//! The nearest point with another answer.

use crate::error::ExplainError;
use crate::inputs::{Asked, check_gradient, check_point};
use gradus_numeric::norm2;
use std::iter::zip;

/// How long to search, and when to stop.
///
/// # Examples
///
/// ```
/// use gradus_explain::Search;
///
/// let default = Search::default();
/// assert_eq!((default.steps, default.tolerance), (200, 1e-6));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Search {
    /// The largest number of steps.
    pub steps: usize,
    /// How far the value may be from the target, relative to how far it was at the start, and the sine of the angle between the
    /// gradient and the way.
    pub tolerance: f64,
}

impl Default for Search {
    /// Two hundred steps, and six digits: an angle of 10⁻⁶ lengthens the way by 5 · 10⁻¹³ of itself.
    fn default() -> Self {
        let (steps, tolerance) = (200, 1e-6);
        Self { steps, tolerance }
    }
}

/// A point where a function has another value, and how far it is.
///
/// # Examples
///
/// See [`nearest_counterfactual`].
#[derive(Clone, Debug, PartialEq)]
pub struct Counterfactual {
    /// The point.
    pub point: Vec<f64>,
    /// Its distance.
    pub distance: f64,
    /// The value of the function there.
    pub value: f64,
    /// How many steps the search took.
    pub steps: usize,
}

/// The point next to `x` at which a function has the value `target`: what must change for another answer?
///
/// ```math
/// \min_{x'} \lVert x' - x \rVert_2 \quad \text{where } f(x') = \text{target}
/// ```
///
/// `f` gives the value and the gradient at a point. Every step goes to the point nearest to `x` on the plane that touches the
/// function at the present one,
///
/// ```math
/// x_{k+1} = x + \frac{\text{target} - f(x_k) + g_k^\top (x_k - x)}{\lVert g_k \rVert^2}\, g_k, \qquad g_k = \nabla f(x_k)
/// ```
///
/// or part of the way, so that $`\tfrac12 \lVert x_k - x \rVert^2 + c\, \lvert f(x_k) - \text{target} \rvert`$ falls. It ends where
/// the value is right and the way from `x` is along the gradient: the condition of Lagrange for the nearest point. For a function
/// with several hollows it is the nearest one in its neighborhood.
///
/// Features have one unit here: scale them first, and divide by what may be changed easily.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | of a linear score, $`x - f(x)\, w / \lVert w \rVert^2`$ | `the_nearest_counterfactual_of_a_linear_score` |
/// | of $`\lVert x \rVert^2`$, the point of the sphere in the same direction | `the_nearest_counterfactual_on_a_sphere` |
/// | the value is right, and the way is along the gradient | `a_counterfactual_obeys_lagrange` |
///
/// # Errors
///
/// [`ExplainError::Flat`] where the gradient is zero, [`ExplainError::DidNotConverge`] with value and angle,
/// [`ExplainError::Setting`] unless the target is finite and the tolerance positive; [`ExplainError::Empty`],
/// [`ExplainError::InputNotFinite`], [`ExplainError::LengthMismatch`], [`ExplainError::ValueNotFinite`],
/// [`ExplainError::SlopeNotFinite`].
///
/// # Examples
///
/// ```
/// use gradus_explain::{Search, nearest_counterfactual};
///
/// let score = |x: &[f64]| (3.0 * x[0] + 4.0 * x[1] - 30.0, vec![3.0, 4.0]);
/// let found = nearest_counterfactual(score, &[1.0, 0.5], 0.0, Search::default())?;
/// assert!((found.point[0] - 4.0).abs() < 1e-14 && (found.point[1] - 4.5).abs() < 1e-14);
/// assert!((found.distance - 5.0).abs() < 1e-14);
/// # Ok::<(), gradus_explain::ExplainError>(())
/// ```
///
/// # References
///
/// S. Wachter, B. Mittelstadt and C. Russell, *Counterfactual explanations without opening the black box*, Harvard J. Law & Tech.
/// 31 (2018); R. Rackwitz and B. Fiessler, *Structural reliability under combined random load sequences*, Comput. Struct. 9 (1978),
/// 489–494 (the step); Y. Zhang and A. Der Kiureghian, *Two improved algorithms for reliability analysis*, 1995 (part of the way).
pub fn nearest_counterfactual(
    f: impl Fn(&[f64]) -> (f64, Vec<f64>),
    x: &[f64],
    target: f64,
    search: Search,
) -> Result<Counterfactual, ExplainError> {
    check_point(x)?;
    check_setting("target", target, target.is_finite(), "finite")?;
    let positive = search.tolerance > 0.0 && search.tolerance.is_finite();
    check_setting(
        "tolerance",
        search.tolerance,
        positive,
        "positive and finite",
    )?;
    let value = Asked::new(|at: &[f64]| f(at).0);
    let missing_at = |at: &[f64]| -> Result<f64, ExplainError> { Ok(value.at(at)? - target) };
    let start = missing_at(x)?;
    let (mut at, mut missing, mut steps) = (x.to_vec(), start, 0);
    loop {
        let way = difference(&at, x);
        let slope = check_gradient(f(&at).1, x.len())?;
        let angle = sine(&way, &slope);
        let found = missing.abs() <= search.tolerance * start.abs() && angle <= search.tolerance;
        // Reached from its far side, the level was crossed before on the same way: a nearer point is there.
        let beyond = found && start * dot(&way, &slope) > 0.0;
        let value = missing + target;
        if found && !beyond {
            let distance = norm2(&way);
            let point = at;
            return Ok(Counterfactual {
                point,
                distance,
                value,
                steps,
            });
        }
        if norm2(&slope) == 0.0 {
            return Err(ExplainError::Flat { steps, value });
        }
        if steps == search.steps {
            return Err(ExplainError::DidNotConverge {
                steps,
                value,
                angle,
            });
        }
        (at, missing) = if beyond {
            crossing(&missing_at, x, &at, start)?
        } else {
            step(&missing_at, x, &at, missing, &slope)?
        };
        steps += 1;
    }
}

/// Where the function first has its target on the way from `x` to a point that has it, too, by bisection.
fn crossing(
    missing_at: &dyn Fn(&[f64]) -> Result<f64, ExplainError>,
    x: &[f64],
    to: &[f64],
    start: f64,
) -> Result<(Vec<f64>, f64), ExplainError> {
    let place = |t: f64| -> Vec<f64> { zip(x, to).map(|(x, to)| x + t * (to - x)).collect() };
    let is_before =
        |t: f64| -> Result<bool, ExplainError> { Ok(missing_at(&place(t))? * start > 0.0) };
    let (mut before, mut after) = (0.0, 1.0);
    // Halves of what is left to the end, until one is on the other side of the target.
    for _ in 0..BISECTIONS {
        let t = f64::midpoint(before, 1.0);
        if !is_before(t)? {
            after = t;
            break;
        }
        before = t;
    }
    for _ in 0..BISECTIONS {
        let t = f64::midpoint(before, after);
        if is_before(t)? {
            before = t;
        } else {
            after = t;
        }
    }
    let found = place(after);
    let left = missing_at(&found)?;
    Ok((found, left))
}

/// From `at` towards the nearest point of the plane that touches there, as far as the merit falls.
fn step(
    missing_at: &dyn Fn(&[f64]) -> Result<f64, ExplainError>,
    x: &[f64],
    at: &[f64],
    missing: f64,
    slope: &[f64],
) -> Result<(Vec<f64>, f64), ExplainError> {
    let way = difference(at, x);
    let size = norm2(slope);
    // (gᵀ(x_k − x) − f) g / |g|², divided before it is multiplied: |g|² could overflow.
    let along: f64 = zip(slope, &way).map(|(g, d)| g / size * d).sum();
    let reach = along - missing / size;
    let goal: Vec<f64> = zip(x, slope).map(|(x, g)| x + reach * (g / size)).collect();
    let penalty = 2.0 * (norm2(&way).max(norm2(&difference(&goal, x))) / size);
    let merit = |at: &[f64], missing: f64| {
        let distance = norm2(&difference(at, x));
        distance * distance / 2.0 + penalty * missing.abs()
    };
    let (now, mut share) = (merit(at, missing), 1.0);
    // How fast the merit falls at first: the plane takes what is missing to 0, and the distance changes with the way.
    let fall = penalty * missing.abs() - dot(&way, &difference(&goal, at));
    let rounding = 4.0 * f64::EPSILON * now;
    loop {
        let next: Vec<f64> = zip(at, &goal)
            .map(|(a, g)| {
                if share == 1.0 {
                    *g
                } else {
                    a + share * (g - a)
                }
            })
            .collect();
        let left = missing_at(&next)?;
        // A quarter of the promise is enough (Armijo); near the end the merit falls by less than it rounds to.
        let enough = now - 0.25 * share * fall + rounding;
        if merit(&next, left) <= enough || share < SMALLEST_SHARE {
            return Ok((next, left));
        }
        share /= 2.0;
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    zip(a, b).map(|(a, b)| a * b).sum()
}

fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    zip(a, b).map(|(a, b)| a - b).collect()
}

/// The sine of the angle between the way and the line of the gradient; 0 if there is no way yet.
fn sine(way: &[f64], slope: &[f64]) -> f64 {
    let (length, size) = (norm2(way), norm2(slope));
    if length == 0.0 || size == 0.0 {
        return 0.0;
    }
    let cosine: f64 = zip(way, slope).map(|(d, g)| d / length * (g / size)).sum();
    let rest: Vec<f64> = zip(way, slope)
        .map(|(d, g)| d / length - cosine * (g / size))
        .collect();
    norm2(&rest)
}

fn check_setting(
    name: &'static str,
    value: f64,
    fine: bool,
    domain: &'static str,
) -> Result<(), ExplainError> {
    if fine {
        Ok(())
    } else {
        Err(ExplainError::Setting {
            name,
            value,
            domain,
        })
    }
}

/// As many as an f64 has binary digits.
const BISECTIONS: u32 = 53;
/// 2⁻³⁰: shorter steps leave nine digits of the point as they are.
const SMALLEST_SHARE: f64 = 1e-9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_that_is_there_stays() {
        let f = |x: &[f64]| (x[0], vec![1.0]);
        let found = nearest_counterfactual(f, &[3.0], 3.0, Search::default()).unwrap();
        assert_eq!(
            (found.point, found.distance, found.steps),
            (vec![3.0], 0.0, 0)
        );
    }

    #[test]
    fn what_leads_nowhere_is_told() {
        let flat = |_: &[f64]| (1.0, vec![0.0]);
        let (steps, value) = (0, 1.0);
        assert_eq!(
            nearest_counterfactual(flat, &[3.0], 0.0, Search::default()),
            Err(ExplainError::Flat { steps, value })
        );
        let never = |x: &[f64]| (x[0] * x[0] + 1.0, vec![2.0 * x[0]]);
        let lost = nearest_counterfactual(never, &[3.0], 0.0, Search::default());
        assert!(matches!(
            lost,
            Err(ExplainError::DidNotConverge { .. } | ExplainError::Flat { .. })
        ));
        let f = |x: &[f64]| (x[0], vec![1.0]);
        assert!(nearest_counterfactual(f, &[3.0], f64::NAN, Search::default()).is_err());
        let tolerance = 0.0;
        let search = Search {
            tolerance,
            ..Search::default()
        };
        assert!(nearest_counterfactual(f, &[3.0], 1.0, search).is_err());
    }
}
