//! The reference answer to `605_adam_step`.

pub fn adam_step(theta: &mut [f64], m: &mut [f64], v: &mut [f64], g: &[f64], t: i32, rate: f64) {
    for i in 0..theta.len() {
        m[i] = 0.9 * m[i] + 0.1 * g[i];
        v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
        let m_hat = m[i] / (1.0 - 0.9_f64.powi(t));
        let v_hat = v[i] / (1.0 - 0.999_f64.powi(t));
        theta[i] -= rate * m_hat / (v_hat.sqrt() + 1e-8);
    }
}
