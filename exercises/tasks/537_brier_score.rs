//! The square of a doubt. Book: *Judging probabilities*.

/// The Brier score $`\frac1n \sum_i (p_i - y_i)^2`$ of predicted probabilities p of yes; the truth y is 0 or 1. There is one sample at least.
pub fn brier_score(truth: &[f64], p: &[f64]) -> f64 {
    todo!("{truth:?} {p:?}")
}

gradus_judges::judge!(brier_score);
