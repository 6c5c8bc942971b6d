//! The reference answer to `646_clip_by_norm`.

pub fn clip_by_norm(g: &[f64], c: f64) -> Vec<f64> {
    let norm = g.iter().map(|g| g * g).sum::<f64>().sqrt();
    let factor = if norm > c { c / norm } else { 1.0 };
    g.iter().map(|g| factor * g).collect()
}
