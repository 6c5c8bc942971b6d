//! Line searches, chosen by name.

use crate::core::counted::{Plain, Smooth, all_finite, of_length, within};
use crate::core::point::Point;
use crate::core::vector::{along, dot};
use crate::error::MinimizeError;
use crate::line_search::wolfe::strong_wolfe;
use crate::scalar::bracket::bracket;
use crate::scalar::brent::brent;

/// How far to go along a direction $`p`$, with $`\varphi(t) = f(x + t p)`$.
///
/// | rule | accepts | costs |
/// |------|---------|-------|
/// | `Exact` | the minimum of $`\varphi`$, within a tolerance | many evaluations |
/// | `Armijo` | $`\varphi(t) \le \varphi(0) + c_1 t \varphi'(0)`$, the first of $`t, t/2, t/4, \dots`$ | mostly one |
/// | `StrongWolfe` | that and $`\lvert \varphi'(t) \rvert \le c_2 \lvert \varphi'(0) \rvert`$ | one or two |
///
/// Armijo's condition forbids steps that gain too little for their length, the second one of Wolfe those that are too short.
/// With both, $`s^\top y > 0`$ between two points, so quasi-Newton methods keep a positive definite matrix.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the conditions hold where the search ends | `line_searches_keep_their_conditions` |
/// | an exact search ends where the slope is 0 | `an_exact_search_ends_where_the_slope_is_zero` |
///
/// # Numerics
///
/// Values are compared with a slack of 4 roundings of $`\varphi(0)`$: near a minimum the decrease is smaller than what a
/// value can show, while slopes are still right.
///
/// # Errors
///
/// [`line_search()`] refuses constants that are not $`0 < c_1 < c_2 < 1`$ and a tolerance that is not positive.
///
/// # Examples
///
/// ```
/// use gradus_minimize::LineSearch;
///
/// assert_eq!(LineSearch::default(), LineSearch::StrongWolfe { decrease: 1e-4, curvature: 0.9 });
/// ```
///
/// # References
///
/// J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed. (2006), §3.1; J. J. Moré and D. J. Thuente, *Line search
/// algorithms with guaranteed sufficient decrease* (1994).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LineSearch {
    /// The minimum along the line, by [`brent`](crate::brent()).
    Exact {
        /// How close to it, relative to the length of the bracket.
        tolerance: f64,
    },
    /// Halve the step until it gains enough.
    Armijo {
        /// $`c_1`$: the part of the slope's promise that must be kept.
        decrease: f64,
    },
    /// Moré and Thuente's search.
    StrongWolfe {
        /// $`c_1`$: the part of the slope's promise that must be kept.
        decrease: f64,
        /// $`c_2`$: the part of the slope that may remain.
        curvature: f64,
    },
}

/// The constants of quasi-Newton methods: $`c_1 = 10^{-4}`$, $`c_2 = 0.9`$ (Nocedal and Wright, §3.1).
impl Default for LineSearch {
    fn default() -> Self {
        Self::StrongWolfe {
            decrease: 1e-4,
            curvature: 0.9,
        }
    }
}

/// A step along a line.
///
/// # Examples
///
/// See [`line_search()`].
#[derive(Clone, Debug, PartialEq)]
pub struct LineStep {
    /// How far: the $`t`$ of $`x + t p`$.
    pub length: f64,
    /// What is there.
    pub point: Point,
}

/// Searches along a direction by a rule.
///
/// ```math
/// t \approx \arg\min_{t > 0} f(x + t p)
/// ```
///
/// where `at` is the point $`x`$ with value and gradient, `direction` is $`p`$ and `trial` is the first $`t`$. The answer
/// is `None` if no step is acceptable: rounding hides what could be gained.
///
/// # Shapes
///
/// `direction: n`, as the point.
///
/// # Laws
///
/// As [`LineSearch`].
///
/// # Errors
///
/// [`MinimizeError::NotDescent`] if the function does not fall along the direction; [`MinimizeError::NonFinite`];
/// [`MinimizeError::LengthMismatch`]; [`MinimizeError::Domain`].
///
/// # Examples
///
/// ```
/// use gradus_minimize::{LineSearch, Point, line_search};
///
/// let bowl = |x: &[f64], g: &mut [f64]| {
///     g[0] = 2.0 * x[0];
///     x[0] * x[0]
/// };
/// let at = Point::new(bowl, &[1.0]);
/// let step = line_search(bowl, &at, &[-1.0], 4.0, LineSearch::Armijo { decrease: 0.1 })?;
/// // 4 and 2 gain nothing, 1 leads to the bottom.
/// assert_eq!(step.map(|step| step.length), Some(1.0));
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
pub fn line_search(
    mut f: impl FnMut(&[f64], &mut [f64]) -> f64,
    at: &Point,
    direction: &[f64],
    trial: f64,
    rule: LineSearch,
) -> Result<Option<LineStep>, MinimizeError> {
    rule.checked()?;
    of_length("direction", direction.len(), at.x.len())?;
    all_finite("direction", direction)?;
    within(
        "trial",
        trial,
        trial > 0.0 && trial.is_finite(),
        "positive and finite",
    )?;
    let slope = dot(&at.gradient, direction);
    let falls = slope < 0.0;
    if !falls {
        return Err(MinimizeError::NotDescent { slope });
    }
    Ok(rule.search(&mut Smooth::new(&mut f), at, direction, trial))
}

impl LineSearch {
    pub(crate) fn checked(self) -> Result<Self, MinimizeError> {
        match self {
            Self::Exact { tolerance } => {
                let inside = tolerance > 0.0 && tolerance < 1.0;
                within("tolerance", tolerance, inside, "between 0 and 1")?;
            }
            Self::Armijo { decrease } => {
                let inside = decrease > 0.0 && decrease < 1.0;
                within("decrease", decrease, inside, "between 0 and 1")?;
            }
            Self::StrongWolfe {
                decrease,
                curvature,
            } => {
                let inside = decrease > 0.0 && decrease < curvature;
                within("decrease", decrease, inside, "between 0 and the curvature")?;
                within("curvature", curvature, curvature < 1.0, "below 1")?;
            }
        }
        Ok(self)
    }

    /// A step along a direction in which the function falls.
    pub(crate) fn search(
        self,
        f: &mut Smooth<'_>,
        at: &Point,
        p: &[f64],
        trial: f64,
    ) -> Option<LineStep> {
        match self {
            Self::Exact { tolerance } => exact(f, at, p, trial, tolerance),
            Self::Armijo { decrease } => armijo(f, at, p, trial, decrease),
            Self::StrongWolfe {
                decrease,
                curvature,
            } => strong_wolfe(f, at, p, [trial, f64::INFINITY], [decrease, curvature]),
        }
    }
}

/// What rounding may add to a value that is compared with `value`.
pub(crate) fn slack(value: f64) -> f64 {
    4.0 * f64::EPSILON * value.abs()
}

fn armijo(
    f: &mut Smooth<'_>,
    at: &Point,
    p: &[f64],
    trial: f64,
    decrease: f64,
) -> Option<LineStep> {
    let slope = dot(&at.gradient, p);
    let mut length = trial;
    loop {
        let x = along(&at.x, length, p);
        if x == at.x {
            return None; // shorter than one rounding
        }
        let point = f.at(&x);
        if point.value <= at.value + decrease * length * slope + slack(at.value) {
            return Some(LineStep { length, point });
        }
        length *= 0.5;
    }
}

fn exact(
    f: &mut Smooth<'_>,
    at: &Point,
    p: &[f64],
    trial: f64,
    tolerance: f64,
) -> Option<LineStep> {
    let mut value = |t: &[f64]| f.at(&along(&at.x, t[0], p)).value;
    let [low, high] = bracket(&mut Plain::new(&mut value), trial);
    let low = low.max(0.0);
    let minimum = brent(|t| value(&[t]), low, high, tolerance * (high - low)).ok()?;
    let (length, point) = (minimum.x, f.at(&along(&at.x, minimum.x, p)));
    (point.value <= at.value + slack(at.value)).then_some(LineStep { length, point })
}
