//! A running mean and variance. Book: *Mean and variance of data*.

/// Welford's update: the mean, and the sum of the squared deviations from it, after the number `x` has come.
///
/// `n` counts the numbers with `x` among them; `mean` and `squares` are those of the n − 1 numbers before (0 if there are
/// none). No digits are lost if all numbers lie far away from zero.
pub fn welford_update(n: usize, mean: f64, squares: f64, x: f64) -> (f64, f64) {
    todo!("{n} {mean} {squares} {x}")
}

gradus_judges::judge!(welford_update);
