//! The reference answer to `512_softmax_cross_entropy_gradient`.

pub fn softmax_cross_entropy_gradient(z: &[f64], y: usize) -> Vec<f64> {
    let top = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = z.iter().map(|z| (z - top).exp()).collect();
    let total: f64 = weights.iter().sum();
    let mut gradient: Vec<f64> = weights.iter().map(|w| w / total).collect();
    gradient[y] -= 1.0;
    gradient
}
