//! A center that outliers hardly move. Book: *Fisher information*.

/// One step towards the most likely Student law with ν degrees of freedom, from a center and a scale. An observation at the distance
/// $`z_i = (x_i - \text{center}) / \text{scale}`$ has the weight $`v_i = 1 / (\nu + z_i^2)`$; the new center is $`\sum v_i x_i / \sum v_i`$, and the
/// new scale the root of $`\sum v_i (x_i - \text{new center})^2 / \sum v_i`$. ν and the scale are positive.
pub fn heavy_tails_step(x: &[f64], (center, scale): (f64, f64), freedom: f64) -> (f64, f64) {
    todo!("{x:?} {center} {scale} {freedom}")
}

gradus_judges::judge!(heavy_tails_step);
