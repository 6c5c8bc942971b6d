//! The entropy of a distribution. Book: *Entropy*.

/// The entropy $`-\sum_i p_i \ln p_i`$ of a distribution, in nats, with $`0 \ln 0 = 0`$.
pub fn entropy(p: &[f64]) -> f64 {
    todo!("{p:?}")
}

gradus_judges::judge!(entropy);
