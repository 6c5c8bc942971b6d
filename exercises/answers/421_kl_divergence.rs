//! The reference answer to `421_kl_divergence`.

pub fn kl_divergence(p: &[f64], q: &[f64]) -> f64 {
    let possible = p.iter().zip(q).filter(|(p, _)| **p > 0.0);
    possible.map(|(p, q)| p * (p / q).ln()).sum()
}
