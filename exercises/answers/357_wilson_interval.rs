//! The reference answer to `357_wilson_interval`.

pub fn wilson_interval(successes: u32, trials: u32, z: f64) -> (f64, f64) {
    let (k, n) = (f64::from(successes), f64::from(trials));
    let middle = k + 0.5 * z * z;
    let half = z * (k * (n - k) / n + 0.25 * z * z).sqrt();
    ((middle - half) / (n + z * z), (middle + half) / (n + z * z))
}
