//! The reference answer to `632_adam_w_step`.

pub fn adam_w_step(
    theta: f64,
    (m, v): (f64, f64),
    g: f64,
    t: i32,
    rate: f64,
    decay: f64,
) -> (f64, f64, f64) {
    let m = 0.9 * m + 0.1 * g;
    let v = 0.999 * v + 0.001 * g * g;
    let m_hat = m / (1.0 - 0.9_f64.powi(t));
    let v_hat = v / (1.0 - 0.999_f64.powi(t));
    let step = m_hat / (v_hat.sqrt() + 1e-8) + decay * theta;
    (theta - rate * step, m, v)
}
