//! A density from a few numbers. Book: *The distribution of a sample*.

/// The density at x that a sample suggests: a normal density with the standard deviation `width` over each number of the sample, and of
/// these the mean, $`\frac1n \sum_i \varphi\bigl((x - x_i) / h\bigr) / h`$ with $`\varphi(z) = e^{-z^2 / 2} / \sqrt{2 \pi}`$.
pub fn kernel_density(x: f64, sample: &[f64], width: f64) -> f64 {
    todo!("{x:?} {sample:?} {width:?}")
}

gradus_judges::judge!(kernel_density);
