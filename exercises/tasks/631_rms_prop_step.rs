//! A rate for each weight. Book: *Adam*.

/// One step of RMSprop: $`v \leftarrow \beta v + (1 - \beta) g^2`$, then $`\theta \leftarrow \theta - \eta\,g / (\sqrt v + 10^{-8})`$
/// with the new v. Returns the new θ and the new v.
pub fn rms_prop_step(theta: f64, v: f64, g: f64, rate: f64, beta: f64) -> (f64, f64) {
    todo!("{theta} {v} {g} {rate} {beta}")
}

gradus_judges::judge!(rms_prop_step);
