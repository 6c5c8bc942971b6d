//! Rows become columns. Book: *Vectors and matrices*.

/// The transpose of a matrix, given as rows: the entry in row i and column j comes from row j and column i.
///
/// The matrix has at least one row, and all rows have one length.
pub fn transpose(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
    todo!("{a:?}")
}

gradus_judges::judge!(transpose);
