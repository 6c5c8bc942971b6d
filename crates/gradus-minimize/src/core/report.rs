//! What a method reports.

/// What a method found, and why it stopped.
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Stop, Stopping, lbfgs};
///
/// let bowl = |x: &[f64], g: &mut [f64]| {
///     g[0] = x[0] - 3.0;
///     0.5 * (x[0] - 3.0).powi(2)
/// };
/// let report = lbfgs(bowl, &[0.0], 10, Stopping::default(), |_| ())?;
/// assert_eq!((report.x[0], report.value), (3.0, 0.0));
/// assert_eq!(report.stop, Stop::Residual);
/// assert!(report.stop.is_converged());
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The best point that was found.
    pub x: Vec<f64>,
    /// The value of the function there.
    pub value: f64,
    /// What would be zero at a minimum; the page of the method says what it measures.
    pub residual: f64,
    /// Which criterion ended the search.
    pub stop: Stop,
    /// How many steps were made.
    pub iterations: usize,
    /// How often the function was evaluated, with or without its gradient.
    pub evaluations: usize,
}

/// Why a method stopped.
///
/// # Examples
///
/// ```
/// use gradus_minimize::Stop;
///
/// assert!(Stop::Decrease.is_converged() && !Stop::Iterations.is_converged());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stop {
    /// The residual is within its tolerance.
    Residual,
    /// The last step was too short.
    Step,
    /// The last step gained too little.
    Decrease,
    /// All steps were made.
    Iterations,
    /// All evaluations were made.
    Evaluations,
    /// No point along the steepest descent is lower: rounding hides what could still be gained, or the gradient is wrong.
    NoDescent,
}

impl Stop {
    /// Whether a criterion for an answer was met, and not a limit of the work.
    #[must_use]
    pub fn is_converged(self) -> bool {
        matches!(self, Self::Residual | Self::Step | Self::Decrease)
    }
}

/// What an observer sees: a point of the trajectory.
///
/// # Examples
///
/// ```
/// use gradus_minimize::{LineSearch, Stopping, gradient_descent};
///
/// let bowl = |x: &[f64], g: &mut [f64]| {
///     g[0] = x[0];
///     0.5 * x[0] * x[0]
/// };
/// let mut path = Vec::new();
/// let rule = LineSearch::default();
/// gradient_descent(bowl, &[1.0], rule, Stopping::default(), |at| path.push(at.x[0]))?;
/// assert_eq!(path, [1.0, 0.0]); // one step of length 1
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Iterate<'a> {
    /// How many steps led here; 0 at the start.
    pub iteration: usize,
    /// How often the function was evaluated so far.
    pub evaluations: usize,
    /// The point.
    pub x: &'a [f64],
    /// The value of the function there.
    pub value: f64,
    /// What would be zero at a minimum.
    pub residual: f64,
}
