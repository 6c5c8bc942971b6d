//! The reference answer to `321_normal_log_likelihood`.

pub fn normal_log_likelihood(x: &[f64], mean: f64, deviation: f64) -> f64 {
    let half_log_tau = 0.5 * std::f64::consts::TAU.ln();
    let term = |x: &f64| {
        let z = (x - mean) / deviation;
        -0.5 * z * z - deviation.ln() - half_log_tau
    };
    x.iter().map(term).sum()
}
