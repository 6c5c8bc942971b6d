//! The area under the ROC curve. Book: *Rare classes*.

/// The share of the pairs of a positive and a negative sample in which the positive one has the higher score; a tie counts
/// one half. There is at least one score in each list.
pub fn auc(positive: &[f64], negative: &[f64]) -> f64 {
    todo!("{positive:?} {negative:?}")
}

gradus_judges::judge!(auc);
