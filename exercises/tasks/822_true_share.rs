//! A share behind lies. Book: *Privacy*.

/// The share of yes among the truths, from the share of yes among the answers: everyone says the truth with probability
/// $`p = e^\epsilon / (1 + e^\epsilon)`$ and the opposite otherwise; ε > 0.
///
/// It is an estimate: by chance it may lie below 0 or above 1, and is not clipped.
pub fn true_share(answered: f64, epsilon: f64) -> f64 {
    todo!("{answered} {epsilon}")
}

gradus_judges::judge!(true_share);
