//! A step by curvature, with a bound. Book: *Curvature and turned axes*.

/// The step of one weight as Sophia takes it: $`m / \max(h, \varepsilon)`$, clipped to $`[-\rho, \rho]`$, with $`\varepsilon = 10^{-12}`$.
///
/// m is the average gradient and h the average curvature, which may be negative or 0; $`\rho > 0`$.
pub fn sophia_step(m: f64, h: f64, rho: f64) -> f64 {
    todo!("{m} {h} {rho}")
}

gradus_judges::judge!(sophia_step);
