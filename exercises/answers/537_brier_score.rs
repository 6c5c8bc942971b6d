//! The reference answer to `537_brier_score`.

pub fn brier_score(truth: &[f64], p: &[f64]) -> f64 {
    let squares = truth.iter().zip(p).map(|(y, p)| (p - y) * (p - y));
    squares.sum::<f64>() / truth.len() as f64
}
