//! The reference answer to `689_accept`.

pub fn accept(change: f64, temperature: f64) -> f64 {
    (-change / temperature).exp().min(1.0)
}
