//! A walk from state to state. Book: *Monte Carlo*.

/// Where a Markov chain is after one more step: `p[i]` is the probability of being in state i, `transitions[i][j]` that of going from i to j.
pub fn markov_step(p: &[f64], transitions: &[Vec<f64>]) -> Vec<f64> {
    todo!("{p:?} {transitions:?}")
}

gradus_judges::judge!(markov_step);
