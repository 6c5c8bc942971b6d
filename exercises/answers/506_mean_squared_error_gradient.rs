//! The reference answer to `506_mean_squared_error_gradient`.

pub fn mean_squared_error_gradient(p: &[f64], y: &[f64]) -> Vec<f64> {
    let m = y.len() as f64;
    p.iter().zip(y).map(|(p, y)| 2.0 * (p - y) / m).collect()
}
