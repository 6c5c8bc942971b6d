//! The length of a vector. Book: *Length, distance, angle*.

/// The length $`\sqrt{\sum_i x_i^2}`$ of a vector.
///
/// Squares may overflow where the length does not: of `[3e200, 4e200]` it is `5e200`. The empty vector has length 0.
pub fn norm2(x: &[f64]) -> f64 {
    todo!("{x:?}")
}

gradus_judges::judge!(norm2);
