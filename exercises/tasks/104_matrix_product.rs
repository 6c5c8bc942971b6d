//! A matrix times a matrix. Book: *Products of matrices*.

/// The product $`A B`$ of two matrices, given as rows: $`(A B)_{ij} = \sum_l a_{il} b_{lj}`$.
///
/// A has as many columns as B has rows, and at least one.
pub fn matrix_product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    todo!("{a:?} {b:?}")
}

gradus_judges::judge!(matrix_product);
