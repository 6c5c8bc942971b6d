//! The reference answer to `341_markov_step`.

pub fn markov_step(p: &[f64], transitions: &[Vec<f64>]) -> Vec<f64> {
    let into = |j: usize| p.iter().zip(transitions).map(|(p, from)| p * from[j]).sum();
    (0..p.len()).map(into).collect()
}
