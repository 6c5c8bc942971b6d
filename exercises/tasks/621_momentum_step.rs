//! One step of momentum. Book: *Momentum*.

/// One step of gradient descent with momentum: $`v \leftarrow \mu v + g`$, then $`\theta \leftarrow \theta - \eta v`$. Returns the new θ and the
/// new v.
pub fn momentum_step(theta: f64, v: f64, g: f64, rate: f64, mu: f64) -> (f64, f64) {
    todo!("{theta:?} {v:?} {g:?} {rate:?} {mu:?}")
}

gradus_judges::judge!(momentum_step);
