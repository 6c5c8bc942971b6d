//! Stopping and going on. Book: *Training*.

/// Gradient descent with momentum on $`\tfrac12 \theta^2`$: each step does $`v \leftarrow 0.9\, v + \theta`$ and then $`\theta \leftarrow \theta - 0.1\, v`$.
/// Goes on from a checkpoint (θ, v) for so many steps, and returns the next checkpoint. A run that was stopped and resumed ends with the same
/// bits as one that was not.
pub fn go_on((theta, velocity): (f64, f64), steps: usize) -> (f64, f64) {
    todo!("{theta} {velocity} {steps}")
}

gradus_judges::judge!(go_on);
