//! The reference answer to `743_window_gradient`.

pub fn window_gradient(x: &[f64], delta: &[f64]) -> Vec<f64> {
    let slope = |under: &[f64]| delta.iter().zip(under).map(|(d, x)| d * x).sum();
    x.windows(delta.len()).map(slope).collect()
}
