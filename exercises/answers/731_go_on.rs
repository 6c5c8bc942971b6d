//! The reference answer to `731_go_on`.

pub fn go_on((mut theta, mut velocity): (f64, f64), steps: usize) -> (f64, f64) {
    for _ in 0..steps {
        velocity = 0.9 * velocity + theta;
        theta -= 0.1 * velocity;
    }
    (theta, velocity)
}
