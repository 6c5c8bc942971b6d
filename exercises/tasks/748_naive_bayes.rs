//! A classifier from counts. Book: *Naive Bayes and neighbors*.

/// The logarithms of the probabilities of the classes, given which features are there: proportional to the prior times
/// $`\prod_j r_{cj}`$ over the features j that are there, times $`\prod_j (1 - r_{cj})`$ over those that are not.
///
/// `rates[c][j]` is the probability of the feature j in the class c, between 0 and 1. The exponentials of the results sum
/// to 1, however many features there are.
pub fn naive_bayes(prior: &[f64], rates: &[Vec<f64>], features: &[bool]) -> Vec<f64> {
    todo!("{prior:?} {rates:?} {features:?}")
}

gradus_judges::judge!(naive_bayes);
