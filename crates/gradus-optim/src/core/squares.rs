//! Sums of squares that can neither overflow nor, where it matters, vanish.

/// The square of $`2^{-32} x`$.
///
/// In double precision the squares of four ordinary numbers may sum to infinity, and a norm of infinity would turn a
/// clipped update into zeros without a word. A power of two rounds nothing.
#[inline(always)]
pub(crate) fn square(x: f64) -> f64 {
    let x = x * DOWN;
    x * x
}

/// The norm that belongs to a sum of [`square`]s.
pub(crate) fn norm(sum: f64) -> f64 {
    sum.sqrt() / DOWN
}

/// Squares of ordinary numbers are below $`2^{1022}`$; scaled, $`2^{64}`$ of them can be added.
const DOWN: f64 = 1.0 / (1_u64 << 32) as f64;

#[cfg(test)]
mod tests {
    use super::{norm, square};

    #[test]
    fn by_hand() {
        assert_eq!(norm(square(3.0) + square(4.0)), 5.0);
        assert_eq!(norm(square(3e153) + square(4e153)) / 5e153, 1.0);
        assert!(norm((0..1000).map(|_| square(6e153)).sum()).is_finite());
    }
}
