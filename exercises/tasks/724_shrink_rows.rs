//! Units that go as a whole. Book: *Bounds on weights*.

/// The proximal map of a price on the lengths of rows: each row gets shorter by `by` (in the Euclidean norm) and keeps its direction; a row that is no longer
/// than `by` becomes zero. `by` is not negative.
pub fn shrink_rows(rows: &[Vec<f64>], by: f64) -> Vec<Vec<f64>> {
    todo!("{rows:?} {by}")
}

gradus_judges::judge!(shrink_rows);
