//! The reference answer to `651_micro_batch_mean`.

pub fn micro_batch_mean(gradients: &[Vec<f64>], counts: &[f64]) -> Vec<f64> {
    let all: f64 = counts.iter().sum();
    let mut mean = vec![0.0; gradients[0].len()];
    for (g, n) in gradients.iter().zip(counts) {
        for (mean, g) in mean.iter_mut().zip(g) {
            *mean += n / all * g;
        }
    }
    mean
}
