//! A network with one hidden layer that learns a curve from few noisy points, with dropout.

use crate::buffer::{LENGTH, write};
use crate::refused::Refused;
use crate::walk::walk;
use gradus_autodiff::{Var, gradient};
use gradus_numeric::Real;
use gradus_optim::ScaleByAdam;
use gradus_random::{Key, normal, uniform};

/// Trains a network with dropout p on noisy points for some steps: writes its values at 101 places from -2 to 2, then the
/// points. The result is the root of the mean squared distance to the rule that the points obey.
#[must_use]
pub fn dropout(p: f64, steps: usize) -> f64 {
    const PLACES: usize = 101;
    if !(0.0..1.0).contains(&p) {
        return f64::NAN;
    }
    let Ok(theta) = trained(p, steps) else {
        return f64::NAN;
    };
    let places = (0..PLACES).map(|i| -2.0 + 4.0 * i as f64 / (PLACES - 1) as f64);
    let mut numbers: Vec<f64> = Vec::with_capacity(LENGTH);
    let mut squares = 0.0;
    for x in places {
        let value = predict(&theta, x);
        squares += (value - rule(x)).powi(2);
        numbers.push(value);
    }
    numbers.extend(points().as_flattened());
    write(&numbers);
    (squares / PLACES as f64).sqrt()
}

/// Neurons in the hidden layer.
const HIDDEN: usize = 24;

/// How many points are learned.
const POINTS: usize = 12;

/// Steps go on at this rate.
const RATE: f64 = 0.02;

/// The rule that the points obey but for their noise.
fn rule(x: f64) -> f64 {
    (1.5 * x).sin()
}

/// Points between -2 and 2.
fn points() -> [[f64; 2]; POINTS] {
    let rng = &mut Key::new(5).rng();
    std::array::from_fn(|i| {
        let x = -2.0 + 4.0 * i as f64 / (POINTS - 1) as f64;
        [x, rule(x) + 0.4 * normal(rng)]
    })
}

/// The parameters after some steps of Adam on the mean square, each with masks of its own.
fn trained(p: f64, steps: usize) -> Result<Vec<f64>, Refused> {
    let points = points();
    let mean_square = |step: u64, theta: &[f64]| {
        let rng = &mut Key::new(7).index(step).rng();
        let masks: Vec<[f64; HIDDEN]> = points
            .iter()
            .map(|_| std::array::from_fn(|_| mask(p, uniform(rng))))
            .collect();
        let gradient = gradient(
            |theta| {
                let errors = points.iter().zip(&masks).map(|(&[x, y], mask)| {
                    let error = output(theta, x, mask) - Real::from_f64(y);
                    error * error
                });
                errors.sum::<Var<'_, f64>>() / POINTS as f64
            },
            theta,
        )?;
        Ok::<_, Refused>(gradient)
    };
    let adam = ScaleByAdam::default();
    walk(&adam, &RATE, start(), steps, mean_square, |_| ())
}

/// Without dropout, as in evaluation.
fn predict(theta: &[f64], x: f64) -> f64 {
    output(theta, x, &[1.0; HIDDEN])
}

/// $`c + \sum_j m_j v_j \tanh(w_j x + b_j)`$, where $`m`$ is the mask.
fn output<R: Real>(theta: &[R], x: f64, mask: &[f64; HIDDEN]) -> R {
    let mut sum = theta[3 * HIDDEN];
    for (neuron, &m) in theta.chunks_exact(3).zip(mask) {
        if m != 0.0 {
            sum += neuron[2] * (neuron[0] * R::from_f64(x) + neuron[1]).tanh() * R::from_f64(m);
        }
    }
    sum
}

/// 0 with the probability p, and 1 / (1 - p) otherwise.
fn mask(p: f64, uniform: f64) -> f64 {
    if uniform < p { 0.0 } else { 1.0 / (1.0 - p) }
}

/// Steep tangents all over the interval, with small weights behind them.
fn start() -> Vec<f64> {
    let rng = &mut Key::new(3).rng();
    let mut theta = Vec::with_capacity(3 * HIDDEN + 1);
    for _ in 0..HIDDEN {
        let w = 3.0 * normal(rng);
        let center = 4.0 * uniform(rng) - 2.0;
        theta.extend([w, -w * center, 0.1 * normal(rng)]);
    }
    theta.push(0.0);
    theta
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_is_found_better_with_dropout() {
        let [plain, dropped] = [dropout(0.0, 300), dropout(0.3, 300)];
        assert!(dropped < 0.9 * plain, "{plain} {dropped}");
        assert!(dropout(1.0, 1).is_nan());
    }
}
