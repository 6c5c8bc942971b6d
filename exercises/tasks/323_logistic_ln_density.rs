//! One law, moved and stretched. Book: *Families by location and scale*.

/// The logarithm of the density of the logistic law. Its standard member has the density $`\sigma(z)\,\sigma(-z)`$ with
/// $`\sigma(z) = 1 / (1 + e^{-z})`$; this one is the law of location + scale · Z. The scale is positive, and x may be far away.
pub fn logistic_ln_density(x: f64, location: f64, scale: f64) -> f64 {
    todo!("{x:?} {location:?} {scale:?}")
}

gradus_judges::judge!(logistic_ln_density);
