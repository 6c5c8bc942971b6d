//! The entropy of a count. Book: *Entropy*.

/// The entropy $`-\sum_k p_k \ln p_k`$ in nats of a Poisson law, $`p_k = e^{-\lambda} \lambda^k / k!`$, for a rate λ from 0.1 to 5000.
pub fn poisson_entropy(rate: f64) -> f64 {
    todo!("{rate:?}")
}

gradus_judges::judge!(poisson_entropy);
