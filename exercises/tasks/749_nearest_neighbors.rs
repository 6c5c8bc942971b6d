//! A vote of the nearest. Book: *Naive Bayes and neighbors*.

/// The class with the most votes among the k samples nearest to `x`. Of samples equally near the first ones vote; of classes
/// with equally many votes the smallest wins. `samples` has one row a sample, `labels` its class.
pub fn nearest_neighbors(samples: &[Vec<f64>], labels: &[usize], x: &[f64], k: usize) -> usize {
    todo!("{samples:?} {labels:?} {x:?} {k}")
}

gradus_judges::judge!(nearest_neighbors);
