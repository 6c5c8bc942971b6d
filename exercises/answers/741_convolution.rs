//! The reference answer to `741_convolution`.

pub fn convolution(x: &[f64], w: &[f64]) -> Vec<f64> {
    let dot = |window: &[f64]| window.iter().zip(w).map(|(x, w)| x * w).sum();
    x.windows(w.len()).map(dot).collect()
}
