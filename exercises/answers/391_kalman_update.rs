//! The reference answer to `391_kalman_update`.

pub fn kalman_update(state: (f64, f64), disturbance: f64, seen: f64, noise: f64) -> (f64, f64) {
    let (mean, variance) = (state.0, state.1 + disturbance);
    let gain = variance / (variance + noise);
    (mean + gain * (seen - mean), (1.0 - gain) * variance)
}
