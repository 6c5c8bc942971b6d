//! From scores to probabilities. Book: *Softmax and log-sum-exp*.

/// The distribution $`p_i = e^{x_i} / \sum_j e^{x_j}`$ of at least one score.
///
/// It is right for scores of every size: of `[1000.0, 1000.0]` it is `[0.5, 0.5]`.
pub fn softmax(x: &[f64]) -> Vec<f64> {
    todo!("{x:?}")
}

gradus_judges::judge!(softmax);
