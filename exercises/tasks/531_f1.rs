//! The F1 score. Book: *Accuracy, precision, recall*.

/// The F1 score, the harmonic mean of precision and recall, from the numbers of true positives, false positives and false
/// negatives. It is 0 if there are no true positives.
pub fn f1(tp: usize, fp: usize, missed: usize) -> f64 {
    todo!("{tp:?} {fp:?} {missed:?}")
}

gradus_judges::judge!(f1);
