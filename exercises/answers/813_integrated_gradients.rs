//! The reference answer to `813_integrated_gradients`.

pub fn integrated_gradients(
    gradient: &dyn Fn(&[f64]) -> Vec<f64>,
    x: &[f64],
    baseline: &[f64],
    steps: usize,
) -> Vec<f64> {
    let mut mean = vec![0.0; x.len()];
    for k in 0..steps {
        let t = (k as f64 + 0.5) / steps as f64;
        let at: Vec<f64> = baseline
            .iter()
            .zip(x)
            .map(|(b, x)| b + t * (x - b))
            .collect();
        for (mean, slope) in mean.iter_mut().zip(gradient(&at)) {
            *mean += slope / steps as f64;
        }
    }
    (0..x.len())
        .map(|i| (x[i] - baseline[i]) * mean[i])
        .collect()
}
