//! Rows on a leash. Book: *Bounds on weights*.

/// The rows, each scaled down to the length `bound` if it is longer (in the Euclidean norm); shorter ones stay as they are, to the bit.
pub fn max_norm(rows: &[Vec<f64>], bound: f64) -> Vec<Vec<f64>> {
    todo!("{rows:?} {bound}")
}

gradus_judges::judge!(max_norm);
