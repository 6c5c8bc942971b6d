//! The reference answer to `681_backtracking`.

pub fn backtracking(phi: &dyn Fn(f64) -> f64, slope: f64, c: f64) -> f64 {
    let mut t = 1.0;
    while phi(t) > phi(0.0) + c * t * slope {
        t *= 0.5;
    }
    t
}
