//! The reference answer to `548_standardize_apart`.

pub fn standardize_apart(train: &[f64], test: &[f64]) -> Vec<f64> {
    let n = train.len() as f64;
    let mean = train.iter().sum::<f64>() / n;
    let variance = train.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
    test.iter().map(|x| (x - mean) / variance.sqrt()).collect()
}
