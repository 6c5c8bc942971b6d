//! The reference answer to `471_redundancy`.

pub fn redundancy(target: &[f64], first: &[Vec<f64>], second: &[Vec<f64>]) -> f64 {
    let pairs = told(target, first).into_iter().zip(told(target, second));
    target
        .iter()
        .zip(pairs)
        .map(|(p, (a, b))| p * a.min(b))
        .sum()
}

/// For each value of the target, the divergence of a source from its marginal.
fn told(target: &[f64], rows: &[Vec<f64>]) -> Vec<f64> {
    let marginal = |x: usize| -> f64 { target.iter().zip(rows).map(|(p, row)| p * row[x]).sum() };
    let term = |x: usize, p: f64| {
        if p > 0.0 {
            p * (p / marginal(x)).ln()
        } else {
            0.0
        }
    };
    rows.iter()
        .map(|row| row.iter().enumerate().map(|(x, p)| term(x, *p)).sum())
        .collect()
}
