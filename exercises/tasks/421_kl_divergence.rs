//! The divergence of two distributions. Book: *Cross-entropy and divergence*.

/// The Kullback–Leibler divergence $`D(p \parallel q) = \sum_i p_i \ln (p_i / q_i)`$ of two distributions of one length.
///
/// Where $`p_i = 0`$ the term is 0; where $`q_i = 0`$ and $`p_i`$ is not, the divergence is infinite.
pub fn kl_divergence(p: &[f64], q: &[f64]) -> f64 {
    todo!("{p:?} {q:?}")
}

gradus_judges::judge!(kl_divergence);
