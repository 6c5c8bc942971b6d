//! The reference answer to `712_dense_backward`.

pub fn dense_backward(w: &[Vec<f64>], x: &[f64], delta: &[f64]) -> (Vec<Vec<f64>>, Vec<f64>) {
    let gradient = delta.iter().map(|d| x.iter().map(|x| d * x).collect());
    let back = (0..x.len()).map(|j| w.iter().zip(delta).map(|(row, d)| row[j] * d).sum());
    (gradient.collect(), back.collect())
}
