//! Some samples count more. Book: *Unequal samples*.

/// The weighted mean of the losses of a batch: $`\sum_i w_{y_i} \ell_i / \sum_i w_{y_i}`$, where sample i is of class `labels[i]` and
/// `weights[k]` is the weight of class k. A sample of weight 0 is ignored; not all are.
pub fn weighted_loss(losses: &[f64], labels: &[usize], weights: &[f64]) -> f64 {
    todo!("{losses:?} {labels:?} {weights:?}")
}

gradus_judges::judge!(weighted_loss);
