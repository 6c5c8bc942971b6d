//! The reference answer to `376_normal_inverse_wishart_update`.

pub fn normal_inverse_wishart_update(prior: (f64, f64, f64), x: &[f64]) -> (f64, f64, f64) {
    let ((m, weight, scale), n) = (prior, x.len() as f64);
    if x.is_empty() {
        return prior;
    }
    let mean = x.iter().sum::<f64>() / n;
    let spread: f64 = x.iter().map(|x| (x - mean).powi(2)).sum();
    let between = weight * n / (weight + n) * (mean - m).powi(2);
    let location = (weight * m + n * mean) / (weight + n);
    (location, weight + n, scale + spread + between)
}
