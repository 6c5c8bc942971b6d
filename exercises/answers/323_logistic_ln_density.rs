//! The reference answer to `323_logistic_ln_density`.

pub fn logistic_ln_density(x: f64, location: f64, scale: f64) -> f64 {
    let z = ((x - location) / scale).abs();
    -z - 2.0 * (-z).exp().ln_1p() - scale.ln()
}
