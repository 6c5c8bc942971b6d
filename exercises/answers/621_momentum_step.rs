//! The reference answer to `621_momentum_step`.

pub fn momentum_step(theta: f64, v: f64, g: f64, rate: f64, mu: f64) -> (f64, f64) {
    let v = mu * v + g;
    (theta - rate * v, v)
}
