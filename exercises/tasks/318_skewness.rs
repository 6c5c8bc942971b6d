//! Which way does a sample lean? Book: *The shape of a distribution*.

/// The skewness of a sample: the mean of $`z_i^3`$ with $`z_i = (x_i - \bar x) / s`$, where $`s^2`$ is the mean of $`(x_i - \bar x)^2`$. The
/// numbers are not all the same.
pub fn skewness(x: &[f64]) -> f64 {
    todo!("{x:?}")
}

gradus_judges::judge!(skewness);
