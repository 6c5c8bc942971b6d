//! Down a parabola. Book: *Gradient descent*.

/// The place after `steps` steps of gradient descent with the rate η on $`\tfrac12 a x^2`$, from x.
pub fn gradient_descent(a: f64, x: f64, rate: f64, steps: usize) -> f64 {
    todo!("{a:?} {x:?} {rate:?} {steps:?}")
}

gradus_judges::judge!(gradient_descent);
