//! The reference answer to `381_plus_plus_weights`.

pub fn plus_plus_weights(x: &[Vec<f64>], centers: &[usize]) -> Vec<f64> {
    let square =
        |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum() };
    let nearest = |a: &Vec<f64>| {
        let squares = centers.iter().map(|&center| square(a, &x[center]));
        squares.reduce(f64::min).unwrap_or(1.0)
    };
    let weights: Vec<f64> = x.iter().map(nearest).collect();
    let total: f64 = weights.iter().sum();
    weights.iter().map(|w| w / total).collect()
}
