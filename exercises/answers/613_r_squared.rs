//! The reference answer to `613_r_squared`.

pub fn r_squared(truth: &[f64], predicted: &[f64]) -> f64 {
    let mean = truth.iter().sum::<f64>() / truth.len() as f64;
    let errors: f64 = truth
        .iter()
        .zip(predicted)
        .map(|(y, p)| (y - p) * (y - p))
        .sum();
    let total: f64 = truth.iter().map(|y| (y - mean) * (y - mean)).sum();
    1.0 - errors / total
}
