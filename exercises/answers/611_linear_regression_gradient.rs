//! The reference answer to `611_linear_regression_gradient`.

pub fn linear_regression_gradient(x: &[Vec<f64>], y: &[f64], theta: &[f64]) -> Vec<f64> {
    let m = y.len() as f64;
    let mut gradient = vec![0.0; theta.len()];
    for (x, y) in x.iter().zip(y) {
        let prediction: f64 = x.iter().zip(theta).map(|(x, t)| x * t).sum();
        for (g, x) in gradient.iter_mut().zip(x) {
            *g += 2.0 * (prediction - y) * x / m;
        }
    }
    gradient
}
