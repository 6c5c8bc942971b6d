//! Two ends between which a number should lie.

/// Two ends between which a number should lie.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::Interval;
///
/// let interval = Interval { low: 0.8, high: 0.9 };
/// assert!(interval.contains(0.85) && !interval.contains(0.7));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether a number lies between the ends, which count.
    #[must_use]
    pub fn contains(&self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }
}
