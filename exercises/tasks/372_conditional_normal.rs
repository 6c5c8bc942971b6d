//! One coordinate known, the other one less unsure. Book: *The normal law of vectors*.

/// Mean and variance of the second coordinate of a normal vector of two, when the first one is known to be `first`:
///
/// $`\mu_2 + \frac{\sigma_{21}}{\sigma_{11}} (x_1 - \mu_1)`$ and $`\sigma_{22} - \frac{\sigma_{21}^2}{\sigma_{11}}`$.
pub fn conditional_normal(mean: [f64; 2], covariance: [[f64; 2]; 2], first: f64) -> (f64, f64) {
    todo!("{mean:?} {covariance:?} {first:?}")
}

gradus_judges::judge!(conditional_normal);
