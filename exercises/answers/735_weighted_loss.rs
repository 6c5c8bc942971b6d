//! The reference answer to `735_weighted_loss`.

pub fn weighted_loss(losses: &[f64], labels: &[usize], weights: &[f64]) -> f64 {
    let (mut sum, mut all) = (0.0, 0.0);
    for (loss, &label) in losses.iter().zip(labels) {
        sum += weights[label] * loss;
        all += weights[label];
    }
    sum / all
}
