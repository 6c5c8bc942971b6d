//! What a test of a hypothesis says.

/// How surprising data are under a hypothesis.
///
/// Not the probability of the hypothesis: a p-value of 0.01 says that one in a hundred samples would lie as far out *if the hypothesis
/// were true*.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Significance {
    /// How far out the data lie.
    pub statistic: f64,
    /// The degrees of freedom of the distribution of the statistic, if it has such.
    pub freedom: Option<f64>,
    /// The probability under the hypothesis that the statistic is at least as far out.
    pub p_value: f64,
}
