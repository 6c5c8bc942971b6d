//! The reference answer to `509_binary_cross_entropy`.

pub fn binary_cross_entropy(z: f64, y: f64) -> f64 {
    z.max(0.0) - z * y + (-z.abs()).exp().ln_1p()
}
