//! The reference answer to `216_newton_step`.

pub fn newton_step(x: f64, value: f64, slope: f64) -> f64 {
    x - value / slope
}
