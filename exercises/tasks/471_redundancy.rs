//! What do both sources tell? Book: *What two sources tell*.

/// Williams and Beer's redundancy of two sources about a target, in nats: $`\sum_y p(y) \min_i D\bigl(p(x_i \mid y) \parallel p(x_i)\bigr)`$.
///
/// `target` holds p(y); row y of `first` is the distribution of the first source if the target is y, and `second` alike.
/// $`p(x) = \sum_y p(y)\,p(x \mid y)`$, and $`D(p \parallel q) = \sum_x p(x) \ln (p(x) / q(x))`$ with $`0 \ln 0 = 0`$.
pub fn redundancy(target: &[f64], first: &[Vec<f64>], second: &[Vec<f64>]) -> f64 {
    todo!("{target:?} {first:?} {second:?}")
}

gradus_judges::judge!(redundancy);
