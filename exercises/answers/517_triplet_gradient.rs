//! The reference answer to `517_triplet_gradient`.

pub fn triplet_gradient(a: &[f64], p: &[f64], n: &[f64], margin: f64) -> Vec<f64> {
    let distance = |b: &[f64]| {
        let squares = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b));
        squares.sum::<f64>().sqrt()
    };
    let (near, far) = (distance(p), distance(n));
    if near - far + margin <= 0.0 {
        return vec![0.0; a.len()];
    }
    (0..a.len())
        .map(|i| (a[i] - p[i]) / near - (a[i] - n[i]) / far)
        .collect()
}
