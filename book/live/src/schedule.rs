//! Many noisy descents at once, at a rate that stays and at one that falls.

use crate::buffer::write;
use crate::walk::{GRADIENT, walk};
use gradus_optim::{Cosine, OptimError, Schedule, WarmUp};
use gradus_random::{Key, normal};

/// Writes the distances of noisy descents to the minimum at a rate that stays, then those at a rate with warm-up that
/// falls to zero, then the rates of the second; 100 numbers each. The result is the last distance at the falling rate.
#[must_use]
pub fn schedule(rate: f64, warm_up: usize) -> f64 {
    let Ok([still, falling]) = both(rate, warm_up) else {
        return f64::NAN;
    };
    write(&[&*still, &falling, &rates(rate, warm_up)].concat());
    falling.last().copied().unwrap_or(f64::NAN)
}

/// How many descents go side by side.
const RUNS: usize = 64;

/// How many steps each of them makes.
const STEPS: usize = 100;

/// The root of the mean squared distance to the minimum of $`\frac12 x^2`$ after each step, from 10: gradients have noise of
/// the standard deviation 1.
fn distances(rate: &impl Schedule) -> Result<Vec<f64>, OptimError> {
    let noisy = |step: u64, x: &[f64]| {
        let rng = &mut Key::new(2).index(step).rng();
        Ok::<_, OptimError>(x.iter().map(|x| x + normal(rng)).collect())
    };
    let mut distances = Vec::with_capacity(STEPS);
    walk(&GRADIENT, rate, vec![10.0; RUNS], STEPS, noisy, |x| {
        let squares: f64 = x.iter().map(|x| x * x).sum();
        distances.push((squares / RUNS as f64).sqrt());
    })?;
    Ok(distances)
}

/// The distances at a rate that stays; then those at one that rises for some steps, and falls along half a cosine.
fn both(rate: f64, warm_up: usize) -> Result<[Vec<f64>; 2], OptimError> {
    Ok([distances(&rate)?, distances(&falling(rate, warm_up))?])
}

/// The rate of each step.
fn rates(rate: f64, warm_up: usize) -> Vec<f64> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::read;

    #[test]
    fn a_rate_that_falls_comes_nearer() {
        let falling = schedule(0.5, 10);
        let still = read(100)[99];
        assert!(falling < 0.5 * still, "{still} {falling}");
        assert!(schedule(-1.0, 10).is_nan());
    }
}
