//! Maximum likelihood.

/// The member of a family that makes the data most probable, and how sure that is.
///
/// ```math
/// \hat\theta = \arg\max_\theta \sum_i w_i \ln p(x_i \mid \theta), \qquad
/// \operatorname{se}(\hat\theta_j) \approx \sqrt{(I(\hat\theta)^{-1})_{jj}}
/// ```
///
/// where $`I`$ is the Fisher information of the whole sample. The weights $`w_i`$ are frequencies: $`w_i = 2`$ counts an observation twice.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit<D> {
    /// The most likely member.
    pub distribution: D,
    /// Standard errors of its parameters, in the order of the constructor.
    pub standard_errors: Vec<f64>,
    /// The logarithm of the likelihood there.
    pub ln_likelihood: f64,
}
