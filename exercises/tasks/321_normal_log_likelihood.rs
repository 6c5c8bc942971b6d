//! How well a normal law explains data. Book: *Distributions with a name*.

/// The logarithm of the likelihood of independent numbers under the normal law with this mean and standard deviation:
/// $`\sum_i \ln p(x_i)`$, where $`p(x) = \frac{1}{s \sqrt{2 \pi}} e^{-(x - m)^2 / (2 s^2)}`$. It is finite for all numbers of ordinary size.
pub fn normal_log_likelihood(x: &[f64], mean: f64, deviation: f64) -> f64 {
    todo!("{x:?} {mean} {deviation}")
}

gradus_judges::judge!(normal_log_likelihood);
