//! The reference answer to `351_chi_squared`.

pub fn chi_squared(counts: &[u32], expected: &[f64]) -> f64 {
    let total = f64::from(counts.iter().sum::<u32>());
    let cells = counts.iter().zip(expected);
    cells
        .map(|(k, p)| (f64::from(*k) - total * p).powi(2) / (total * p))
        .sum()
}
