//! The reference answer to `102_dot_product`.

pub fn dot_product(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}
