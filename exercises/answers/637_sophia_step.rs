//! The reference answer to `637_sophia_step`.

pub fn sophia_step(m: f64, h: f64, rho: f64) -> f64 {
    (m / h.max(1e-12)).clamp(-rho, rho)
}
