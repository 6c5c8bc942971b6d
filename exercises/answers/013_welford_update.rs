//! The reference answer to `013_welford_update`.

pub fn welford_update(n: usize, mean: f64, squares: f64, x: f64) -> (f64, f64) {
    let from_old = x - mean;
    let mean = mean + from_old / n as f64;
    (mean, squares + from_old * (x - mean))
}
