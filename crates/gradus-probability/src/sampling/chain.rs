//! A sequence of dependent draws.

use crate::error::ProbabilityError;
use crate::finite::factor::entries;
use gradus_random::rand::Rng;
use gradus_random::uniform;

/// What a Markov chain has drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// The points, in their order; one that was refused is the one before it once more.
    pub draws: Vec<Vec<f64>>,
    /// The share of proposals that was accepted.
    pub accepted: f64,
}

impl Chain {
    /// One coordinate of all draws.
    ///
    /// Empty if the points have fewer coordinates.
    #[must_use]
    pub fn coordinate(&self, i: usize) -> Vec<f64> {
        self.draws
            .iter()
            .filter_map(|x| x.get(i))
            .copied()
            .collect()
    }
}

/// A place and the logarithm of the density there, as far as chains need it.
pub(super) struct State {
    pub(super) x: Vec<f64>,
    pub(super) ln_density: f64,
}

/// Repeats: propose, and accept with the probability whose logarithm comes with the proposal.
pub(super) fn run(
    mut state: State,
    draws: usize,
    rng: &mut (impl Rng + ?Sized),
    mut propose: impl FnMut(&State, &mut dyn Rng) -> (State, f64),
) -> Result<Chain, ProbabilityError> {
    if !state.ln_density.is_finite() {
        let value = state.ln_density;
        return Err(ProbabilityError::InvalidLogLikelihood { index: 0, value });
    }
    entries(&[draws, state.x.len().max(1)])?;
    let (mut points, mut accepted) = (Vec::with_capacity(draws), 0.0);
    for index in 0..draws {
        let (next, ln_ratio) = propose(&state, &mut &mut *rng);
        if next.ln_density == f64::INFINITY {
            let value = next.ln_density;
            return Err(ProbabilityError::InvalidLogLikelihood { index, value });
        }
        // NaN and −∞ are refused: there is nothing
        if (1.0 - uniform(rng)).ln() <= ln_ratio {
            state = next;
            accepted += 1.0;
        }
        points.push(state.x.clone());
    }
    let accepted = if draws == 0 {
        0.0
    } else {
        accepted / draws as f64
    };
    Ok(Chain {
        draws: points,
        accepted,
    })
}
