//! Seven of ten. Book: *Judging probabilities*.

/// The expected calibration error $`\sum_b \frac{n_b}{n} \lvert \bar p_b - \bar y_b \rvert`$ of predicted probabilities p of yes; the truth y is 0 or 1.
///
/// Bin b of B bins holds the samples with $`b / B < p \le (b + 1) / B`$, and the first bin those with p = 0, too. It has $`n_b`$ of the n samples,
/// with the mean prediction $`\bar p_b`$ and the share $`\bar y_b`$ of yes. Empty bins do not count.
pub fn calibration_error(truth: &[f64], p: &[f64], bins: usize) -> f64 {
    todo!("{truth:?} {p:?} {bins}")
}

gradus_judges::judge!(calibration_error);
