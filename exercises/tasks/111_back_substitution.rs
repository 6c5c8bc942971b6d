//! A triangular system. Book: *Systems of linear equations*.

/// The solution of $`U x = c`$ with an upper triangle $`U`$, given as rows; what stands below the diagonal is zero, the
/// diagonal is not.
pub fn back_substitution(u: &[Vec<f64>], c: &[f64]) -> Vec<f64> {
    todo!("{u:?} {c:?}")
}

gradus_judges::judge!(back_substitution);
