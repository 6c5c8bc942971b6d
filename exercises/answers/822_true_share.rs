//! The reference answer to `822_true_share`.

pub fn true_share(answered: f64, epsilon: f64) -> f64 {
    let p = 1.0 / (1.0 + (-epsilon).exp());
    (answered - (1.0 - p)) / (2.0 * p - 1.0)
}
