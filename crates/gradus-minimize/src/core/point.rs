//! A point with the value and the gradient of a function there.

use gradus_numeric::norm_infinity;

/// A point, and the value and the gradient of a function there.
///
/// # Examples
///
/// ```
/// use gradus_minimize::Point;
///
/// let bowl = |x: &[f64], g: &mut [f64]| {
///     g[0] = 2.0 * x[0];
///     x[0] * x[0]
/// };
/// let point = Point::new(bowl, &[3.0]);
/// assert_eq!((point.value, point.gradient), (9.0, vec![6.0]));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The coordinates.
    pub x: Vec<f64>,
    /// The value of the function.
    pub value: f64,
    /// Its gradient.
    pub gradient: Vec<f64>,
}

impl Point {
    /// Evaluates a function that writes its gradient and returns its value.
    #[must_use]
    pub fn new(mut f: impl FnMut(&[f64], &mut [f64]) -> f64, x: &[f64]) -> Self {
        let mut gradient = vec![0.0; x.len()];
        let value = f(x, &mut gradient);
        Self {
            x: x.to_vec(),
            value,
            gradient,
        }
    }

    /// Whether value and gradient are numbers.
    pub(crate) fn is_finite(&self) -> bool {
        self.value.is_finite() && norm_infinity(&self.gradient).is_finite()
    }
}
