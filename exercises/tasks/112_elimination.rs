//! Any system of equations. Book: *Systems of linear equations*.

/// The solution of $`A x = b`$ with an invertible matrix, given as rows, by elimination with partial pivoting.
pub fn elimination(a: &[Vec<f64>], b: &[f64]) -> Vec<f64> {
    todo!("{a:?} {b:?}")
}

gradus_judges::judge!(elimination);
