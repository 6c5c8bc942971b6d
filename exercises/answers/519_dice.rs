//! The reference answer to `519_dice`.

pub fn dice(p: &[f64], q: &[f64]) -> f64 {
    let both: f64 = p.iter().zip(q).map(|(p, q)| p * q).sum();
    let sizes: f64 = p.iter().sum::<f64>() + q.iter().sum::<f64>();
    if sizes == 0.0 {
        0.0
    } else {
        1.0 - 2.0 * both / sizes
    }
}
