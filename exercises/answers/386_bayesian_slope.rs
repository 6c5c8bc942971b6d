//! The reference answer to `386_bayesian_slope`.

pub fn bayesian_slope(x: &[f64], y: &[f64], alpha: f64, beta: f64) -> (f64, f64) {
    let squares: f64 = x.iter().map(|x| x * x).sum();
    let products: f64 = x.iter().zip(y).map(|(x, y)| x * y).sum();
    let variance = 1.0 / (alpha + beta * squares);
    (variance * beta * products, variance)
}
