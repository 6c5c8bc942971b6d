//! Alike, treated unlike. Book: *Fairness*.

/// The largest $`\lvert s_i - s_j \rvert / \lvert x_i - x_j \rvert`$ over all pairs: how steeply the scores s change with the places x.
///
/// Two at one place with equal scores count 0, with different scores infinity. There are two at least.
pub fn steepest_pair(scores: &[f64], places: &[f64]) -> f64 {
    todo!("{scores:?} {places:?}")
}

gradus_judges::judge!(steepest_pair);
