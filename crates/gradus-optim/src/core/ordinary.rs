//! The range of numbers that a step may begin with.

use gradus_numeric::Float;

/// $`\tfrac{1}{2} \sqrt{\text{MAX}}`$: the largest gradient and parameter of a step. Its square is far from overflow.
pub(crate) fn ordinary<T: Float>() -> T {
    T::MAX.sqrt() * T::from_f64(0.5)
}

/// Half a unit in the last place of the largest number, halved twice more for the rounding of bounds: what is added
/// to a finite parameter leaves it finite.
pub(crate) fn largest_update<T: Float>() -> f64 {
    T::MAX.to_f64() * T::EPSILON.to_f64() / 8.0
}

/// Whether all entries of `x` are at most `limit` in magnitude; false as soon as one is NaN.
#[inline(always)]
pub(crate) fn within<T: Float>(x: &[T], limit: T) -> bool {
    x.iter().fold(true, |all, x| all & (x.abs() <= limit))
}

/// Whether the square of what is at most `g` is finite, with a little room for weights and rounding.
pub(crate) fn can_be_squared<T: Float>(g: f64) -> bool {
    g < 1.99 * ordinary::<T>().to_f64()
}

/// The bound, or infinity if it is beyond `T`: what may have overflowed on its way has no bound any more, whatever
/// small factor follows.
pub(crate) fn finite_in<T: Float>(bound: f64) -> f64 {
    if bound <= T::MAX.to_f64() {
        bound
    } else {
        f64::INFINITY
    }
}

/// The smaller of two bounds, or infinity if `g`, what came in, may have overflowed.
pub(crate) fn clipped<T: Float>(g: f64, limit: f64) -> f64 {
    if g <= T::MAX.to_f64() {
        g.min(limit)
    } else {
        f64::INFINITY
    }
}
