//! The reference answer to `622_nesterov_step`.

pub fn nesterov_step(theta: f64, v: f64, g: f64, rate: f64, mu: f64) -> (f64, f64) {
    let v = mu * v + g;
    (theta - rate * (g + mu * v), v)
}
