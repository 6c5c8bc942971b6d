//! The reference answer to `549_expected_improvement`.

pub fn expected_improvement(mean: f64, deviation: f64, best: f64) -> f64 {
    let gain = best - mean;
    if deviation == 0.0 {
        return gain.max(0.0);
    }
    let z = gain / deviation;
    let density = (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
    gain * gradus_numeric::normal_cdf(z) + deviation * density
}
