//! Logistic regression of two groups of points in the plane.

use crate::buffer::write;
use crate::walk::{GRADIENT, walk};
use gradus_numeric::{sigmoid, softplus};
use gradus_optim::OptimError;

/// Trains a line between two groups of points by `steps` steps of gradient descent on the mean cross-entropy: writes its
/// two weights, its bias and the share of points on the right side, then the coordinates of the points, half of them of
/// each group. The result is the loss.
#[must_use]
pub fn boundary(rate: f64, steps: usize) -> f64 {
    let Ok(line) = trained(rate, steps) else {
        return f64::NAN;
    };
    let [u, v, b] = line;
    let mut numbers = vec![u, v, b, accuracy(line)];
    numbers.extend(POINTS.as_flattened());
    write(&numbers);
    loss(line)
}

/// Twelve points; the first six belong to the class 0, the others to the class 1. One of the first lies among
/// the others.
const POINTS: [[f64; 2]; 12] = [
    [-2.0, -0.5],
    [-1.5, 0.8],
    [-1.2, -1.4],
    [-0.8, 0.1],
    [-0.4, -0.9],
    [0.5, 0.2],
    [0.3, 1.0],
    [0.9, -0.3],
    [1.2, 1.3],
    [1.5, 0.4],
    [1.9, -0.8],
    [2.2, 0.9],
];

/// Two weights and a bias.
type Line = [f64; 3];

/// The line after some steps from zero.
fn trained(rate: f64, steps: usize) -> Result<Line, OptimError> {
    let slope = |_, theta: &[f64]| Ok::<_, OptimError>(gradient(line(theta)).to_vec());
    let theta = walk(&GRADIENT, &rate, vec![0.0; 3], steps, slope, |_| ())?;
    Ok(line(&theta))
}

fn line(theta: &[f64]) -> Line {
    [theta[0], theta[1], theta[2]]
}

/// The mean cross-entropy, from logits.
fn loss(line: Line) -> f64 {
    let losses = samples().map(|(x, y)| softplus(logit(line, x)) - y * logit(line, x));
    losses.sum::<f64>() / POINTS.len() as f64
}

/// The share of the points on the right side of the line.
fn accuracy(line: Line) -> f64 {
    let right = samples().filter(|&(x, y)| (logit(line, x) > 0.0) == (y > 0.5));
    right.count() as f64 / POINTS.len() as f64
}

/// The mean of (p − y) x, with a one for the bias.
fn gradient(line: Line) -> Line {
    let mut sum = [0.0; 3];
    for (x, y) in samples() {
        let error = sigmoid(logit(line, x)) - y;
        for (sum, x) in sum.iter_mut().zip([x[0], x[1], 1.0]) {
            *sum += error * x / POINTS.len() as f64;
        }
    }
    sum
}

fn logit([u, v, b]: Line, [x, y]: [f64; 2]) -> f64 {
    u * x + v * y + b
}

fn samples() -> impl Iterator<Item = ([f64; 2], f64)> {
    let class = |i| f64::from(u8::from(i >= POINTS.len() / 2));
    POINTS
        .into_iter()
        .enumerate()
        .map(move |(i, x)| (x, class(i)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::read;

    #[test]
    fn eleven_points_of_twelve_are_learned() {
        // Without a step every probability is one half.
        assert!((boundary(0.5, 0) - 2.0_f64.ln()).abs() < 1e-15);
        let learned = boundary(0.5, 200);
        let right = read(4)[3];
        assert!(
            learned < 0.2 && (right - 11.0 / 12.0).abs() < 1e-12,
            "{learned}"
        );
    }
}
