//! The slope of the sigmoid. Book: *Activations*.

/// The derivative of the sigmoid, with all its digits: also at $`x = 40`$, where $`\sigma(x)`$ is rounded to 1.
pub fn sigmoid_slope(x: f64) -> f64 {
    todo!("{x:?}")
}

gradus_judges::judge!(sigmoid_slope);
