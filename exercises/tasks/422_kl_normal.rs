//! The divergence of two bell curves. Book: *Cross-entropy and divergence*.

/// The divergence $`D(p \parallel q)`$ in nats of two normal laws, each given as mean and standard deviation:
/// $`\ln \frac{s_q}{s_p} + \frac{s_p^2 + (m_p - m_q)^2}{2 s_q^2} - \frac12`$.
pub fn kl_normal(p: (f64, f64), q: (f64, f64)) -> f64 {
    todo!("{p:?} {q:?}")
}

gradus_judges::judge!(kl_normal);
