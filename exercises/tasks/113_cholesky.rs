//! The root of a positive definite matrix. Book: *Eigenvalues*.

/// The lower triangle L with a positive diagonal for which $`A = L L^\top`$, as rows; A is symmetric and positive definite.
pub fn cholesky(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
    todo!("{a:?}")
}

gradus_judges::judge!(cholesky);
