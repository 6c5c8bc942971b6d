//! The reference answer to `812_kernel_weight`.

pub fn kernel_weight(n: usize, size: usize) -> f64 {
    let ways: f64 = (0..size).map(|i| (n - i) as f64 / (i + 1) as f64).product();
    (n - 1) as f64 / (ways * (size * (n - size)) as f64)
}
