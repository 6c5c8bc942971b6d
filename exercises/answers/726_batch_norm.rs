//! The reference answer to `726_batch_norm`.

pub fn batch_norm(x: &[f64]) -> Vec<f64> {
    let m = x.len() as f64;
    let mean = x.iter().sum::<f64>() / m;
    let variance = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / m;
    x.iter()
        .map(|x| (x - mean) / (variance + 1e-5).sqrt())
        .collect()
}
