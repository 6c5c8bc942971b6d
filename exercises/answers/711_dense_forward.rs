//! The reference answer to `711_dense_forward`.

pub fn dense_forward(w: &[Vec<f64>], b: &[f64], x: &[f64]) -> Vec<f64> {
    let sum = |row: &Vec<f64>| row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
    w.iter().zip(b).map(|(row, b)| sum(row) + b).collect()
}
