//! The reference answer to `109_cosine`.

pub fn cosine(x: &[f64], y: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    dot(x, y) / (dot(x, x).sqrt() * dot(y, y).sqrt())
}
