//! Many noisy descents at once, at a rate that stays and at one that falls.

use crate::walk::walk;
use gradus_optim::{Cosine, OptimError, Schedule, WarmUp, sgd};
use gradus_random::{Key, normal};

/// How many descents go side by side.
const RUNS: usize = 64;

/// How many steps each of them makes.
pub(crate) const STEPS: usize = 100;

/// The root of the mean squared distance to the minimum of $`\frac12 x^2`$ after each step, from 10: gradients have noise of
/// the standard deviation 1.
fn distances(rate: impl Schedule + 'static) -> Result<Vec<f64>, OptimError> {
    let noisy = |step: u64, x: &[f64]| {
        let rng = &mut Key::new(2).index(step).rng();
        Ok::<_, OptimError>(x.iter().map(|x| x + normal(rng)).collect())
    };
    let mut distances = Vec::with_capacity(STEPS);
    walk(&sgd(rate)?, vec![10.0; RUNS], STEPS, noisy, |x| {
        let squares: f64 = x.iter().map(|x| x * x).sum();
        distances.push((squares / RUNS as f64).sqrt());
    })?;
    Ok(distances)
}

/// The distances at a rate that stays; then those at one that rises for some steps, and falls along half a cosine.
pub(crate) fn both(rate: f64, warm_up: usize) -> Result<[Vec<f64>; 2], OptimError> {
    Ok([distances(rate)?, distances(falling(rate, warm_up))?])
}

/// The rate of each step.
pub(crate) fn rates(rate: f64, warm_up: usize) -> Vec<f64> {
    let schedule = falling(rate, warm_up);
    (0..STEPS as u64).map(|step| schedule.at(step)).collect()
}

fn falling(rate: f64, warm_up: usize) -> WarmUp<Cosine> {
    let steps = warm_up as u64;
    let then = Cosine {
        start: rate,
        end: 0.0,
        steps: (STEPS as u64).saturating_sub(steps),
    };
    WarmUp {
        start: 0.0,
        steps,
        then,
    }
}
