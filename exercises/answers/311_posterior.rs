//! The reference answer to `311_posterior`.

pub fn posterior(prior: &[f64], likelihood: &[f64]) -> Vec<f64> {
    let joint: Vec<f64> = prior.iter().zip(likelihood).map(|(p, l)| p * l).collect();
    let evidence: f64 = joint.iter().sum();
    joint.into_iter().map(|j| j / evidence).collect()
}
