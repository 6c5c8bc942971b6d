//! The reference answer to `103_matrix_vector_product`.

pub fn matrix_vector_product(a: &[Vec<f64>], x: &[f64]) -> Vec<f64> {
    a.iter()
        .map(|row| row.iter().zip(x).map(|(a, x)| a * x).sum())
        .collect()
}
