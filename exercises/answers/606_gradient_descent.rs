//! The reference answer to `606_gradient_descent`.

pub fn gradient_descent(a: f64, x: f64, rate: f64, steps: usize) -> f64 {
    let mut x = x;
    for _ in 0..steps {
        x -= rate * a * x;
    }
    x
}
