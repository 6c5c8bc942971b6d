//! Perpendicular unit vectors from any. Book: *Least squares*.

/// As many vectors of length 1, each perpendicular to all others, of which the first k span what the first k of `a` span,
/// for every k. Each points to the same side as its vector: their dot product is positive. The vectors of `a` are
/// independent, but may be nearly parallel.
pub fn gram_schmidt(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
    todo!("{a:?}")
}

gradus_judges::judge!(gram_schmidt);
