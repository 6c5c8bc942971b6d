//! An outlier that pulls no harder than others. Book: *Squared error and its relatives*.

/// The derivative of Huber's loss with respect to the error e: the loss is $`\frac12 e^2`$ for $`\lvert e \rvert \le \delta`$, and
/// $`\delta (\lvert e \rvert - \frac12 \delta)`$ beyond.
pub fn huber_slope(e: f64, delta: f64) -> f64 {
    todo!("{e} {delta}")
}

gradus_judges::judge!(huber_slope);
