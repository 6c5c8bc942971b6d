//! Momentum that looks ahead. Book: *Momentum*.

/// One step of Nesterov's method in the form of today's libraries: $`v \leftarrow \mu v + g`$, then
/// $`\theta \leftarrow \theta - \eta\,(g + \mu v)`$ with the new v. Returns the new θ and the new v.
pub fn nesterov_step(theta: f64, v: f64, g: f64, rate: f64, mu: f64) -> (f64, f64) {
    todo!("{theta} {v} {g} {rate} {mu}")
}

gradus_judges::judge!(nesterov_step);
