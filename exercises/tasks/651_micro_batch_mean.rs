//! A batch in parts. Book: *Around the step*.

/// The gradient of the mean loss of a batch, from those of its micro-batches: `gradients[k]` is the gradient of the mean loss of the
/// `counts[k]` samples of part k. There is one part at least, and every count is positive.
pub fn micro_batch_mean(gradients: &[Vec<f64>], counts: &[f64]) -> Vec<f64> {
    todo!("{gradients:?} {counts:?}")
}

gradus_judges::judge!(micro_batch_mean);
