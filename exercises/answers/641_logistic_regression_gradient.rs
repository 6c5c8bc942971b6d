//! The reference answer to `641_logistic_regression_gradient`.

pub fn logistic_regression_gradient(x: &[Vec<f64>], y: &[f64], theta: &[f64]) -> Vec<f64> {
    let m = y.len() as f64;
    let mut gradient = vec![0.0; theta.len()];
    for (x, y) in x.iter().zip(y) {
        let z: f64 = x.iter().zip(theta).map(|(x, t)| x * t).sum();
        let p = 1.0 / (1.0 + (-z).exp());
        for (g, x) in gradient.iter_mut().zip(x) {
            *g += (p - y) * x / m;
        }
    }
    gradient
}
