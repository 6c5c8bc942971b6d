//! A number and how far it may be off.

/// A number and an estimate of its error.
///
/// The error is an estimate, not a proven bound: it comes from comparing two approximations of
/// different accuracy, and covers rounding as far as the function is right to the last bit or two.
///
/// # Examples
///
/// ```
/// use gradus_calculus::derivative;
///
/// let slope = derivative(|x| x * x, 3.0)?;
/// assert!((slope.value - 6.0).abs() <= slope.error && slope.error < 1e-11);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// How far it may be from the truth; never negative.
    pub error: f64,
}
