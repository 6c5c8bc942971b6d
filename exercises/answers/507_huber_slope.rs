//! The reference answer to `507_huber_slope`.

pub fn huber_slope(e: f64, delta: f64) -> f64 {
    e.clamp(-delta, delta)
}
