//! The reference answer to `481_neighbor_entropy`.

pub fn neighbor_entropy(x: &[f64]) -> f64 {
    let n = x.len();
    let nearest = |i: usize| {
        let others = (0..n).filter(|j| *j != i);
        others
            .map(|j| (x[i] - x[j]).abs())
            .fold(f64::INFINITY, f64::min)
    };
    let logarithms: f64 = (0..n).map(|i| nearest(i).ln()).sum();
    let harmonic: f64 = (1..n).map(|i| 1.0 / i as f64).sum();
    harmonic + std::f64::consts::LN_2 + logarithms / n as f64
}
