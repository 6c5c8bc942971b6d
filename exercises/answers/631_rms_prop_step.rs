//! The reference answer to `631_rms_prop_step`.

pub fn rms_prop_step(theta: f64, v: f64, g: f64, rate: f64, beta: f64) -> (f64, f64) {
    let v = beta * v + (1.0 - beta) * g * g;
    (theta - rate * g / (v.sqrt() + 1e-8), v)
}
