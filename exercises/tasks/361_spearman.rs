//! Do two columns rise together? Book: *Correlation of samples*.

/// Spearman's correlation: Pearson's, $`\sum_i (a_i - \bar a)(b_i - \bar b) / \sqrt{\sum_i (a_i - \bar a)^2 \sum_i (b_i - \bar b)^2}`$, of the
/// ranks a of x and b of y.
///
/// The smallest number has rank 1; equal numbers share the mean of their ranks. Neither sample is constant.
pub fn spearman(x: &[f64], y: &[f64]) -> f64 {
    todo!("{x:?} {y:?}")
}

gradus_judges::judge!(spearman);
