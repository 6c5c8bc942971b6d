//! How much does one toss tell about the coin? Book: *Fisher information*.

/// The Fisher information of one toss about the probability p of heads, $`\sum_x p(x) \left( \frac{d}{dp} \ln p(x) \right)^2`$ with
/// $`p(1) = p`$ and $`p(0) = 1 - p`$, for p between 0 and 1, both excluded.
pub fn fisher_information(p: f64) -> f64 {
    todo!("{p:?}")
}

gradus_judges::judge!(fisher_information);
