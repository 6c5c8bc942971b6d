//! What a belief costs. Book: *Cross-entropy and divergence*.

/// The cross-entropy $`-\sum_i p_i \ln q_i`$ of the true distribution p and the believed one q; a term with $`p_i = 0`$ is 0.
pub fn cross_entropy(p: &[f64], q: &[f64]) -> f64 {
    todo!("{p:?} {q:?}")
}

gradus_judges::judge!(cross_entropy);
