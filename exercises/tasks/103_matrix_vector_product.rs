//! A matrix times a vector. Book: *Products of matrices*.

/// The product $`A x`$ of a matrix, given as rows, and a vector with as many entries as the matrix has columns.
pub fn matrix_vector_product(a: &[Vec<f64>], x: &[f64]) -> Vec<f64> {
    todo!("{a:?} {x:?}")
}

gradus_judges::judge!(matrix_vector_product);
