//! How much a coalition counts. Book: *Explanations*.

/// The weight of a coalition of `size` of n players in the regression whose solution are the Shapley values:
/// $`\frac{n - 1}{\binom{n}{s}\, s\, (n - s)}`$, for $`0 < s < n`$.
pub fn kernel_weight(n: usize, size: usize) -> f64 {
    todo!("{n} {size}")
}

gradus_judges::judge!(kernel_weight);
