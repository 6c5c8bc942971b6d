//! A loss that forgets easy samples. Book: *Binary cross-entropy*.

/// The focal loss $`-(1 - p)^\gamma \ln p`$ of one sample, where p is the probability of the truth: σ(z) if the answer is yes,
/// and σ(−z) if it is no. It is finite for every finite logit z.
pub fn focal_loss(z: f64, yes: bool, gamma: f64) -> f64 {
    todo!("{z} {yes} {gamma}")
}

gradus_judges::judge!(focal_loss);
