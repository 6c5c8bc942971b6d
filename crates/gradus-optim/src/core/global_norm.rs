//! The length of the gradient of all parameters together.

use crate::core::gradient::Gradient;
use crate::core::step::BLOCK;
use gradus_numeric::{Float, vectorized};

/// The Euclidean norm of the whole gradient.
///
/// ```math
/// \lVert g \rVert_2 = \sqrt{\textstyle\sum_i g_i^2}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the norm of the concatenation of all tensors, to the bit | `global_norm_is_the_norm_of_the_concatenation` |
/// | $`\lVert 2^k g \rVert = 2^k \lVert g \rVert`$ | `global_norm_is_homogeneous` |
///
/// # Numerics
///
/// Squares are summed in double precision with compensation, in a fixed order: the error does not grow
/// with the number of parameters. Where a square would overflow or vanish, everything is scaled by a
/// power of two first. Infinite if the norm exceeds the largest double or an entry is infinite; otherwise NaN if an entry is.
///
/// # Shapes
///
/// A vector of any length; the result is a scalar.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, global_norm};
///
/// assert_eq!(global_norm(Gradient::sum_of(&[&[3.0_f32, 0.0], &[0.0, 4.0]])), 5.0);
/// let huge = global_norm(Gradient::sum_of(&[&[3e200, 4e200]]));
/// assert!((huge / 5e200 - 1.0).abs() < 1e-15);
/// ```
#[must_use]
pub fn global_norm<T: Float>(gradient: Gradient<'_, T>) -> f64 {
    let (norm, scale) = scaled_norm(gradient);
    norm / scale
}

/// `(‖scale · g‖, scale)` with a power of two that keeps squares inside of the range.
fn scaled_norm<T: Float>(gradient: Gradient<'_, T>) -> (f64, f64) {
    let sum = sum_of_squares(gradient, 1.0);
    if (SAFE_LOW..SAFE_HIGH).contains(&sum) {
        return (sum.sqrt(), 1.0);
    }
    let largest = largest(gradient);
    if largest.is_infinite() {
        return (largest, 1.0); // whatever stands beside it, as for `hypot`
    }
    let scale = power_of_two_near_inverse(largest);
    (sum_of_squares(gradient, scale).sqrt(), scale)
}

/// Compensated sum of the squares of `scale · g`, in [`LANES`] lanes.
fn sum_of_squares<T: Float>(gradient: Gradient<'_, T>, scale: f64) -> f64 {
    let (mut sums, mut errors) = ([0.0; LANES], [0.0; LANES]);
    for_each_block(gradient, |g| {
        vectorized(
            #[inline(always)]
            || add_squares(g, scale, &mut sums, &mut errors),
        );
    });
    let (mut total, mut error) = (0.0, errors.iter().sum::<f64>());
    for sum in sums {
        let (next, lost) = two_sum(total, sum);
        (total, error) = (next, error + lost);
    }
    total + error
}

#[inline(always)]
fn add_squares<T: Float>(g: &[T], scale: f64, sums: &mut [f64; LANES], errors: &mut [f64; LANES]) {
    let (chunks, rest) = g.as_chunks::<LANES>();
    let mut last = [T::default(); LANES];
    last[..rest.len()].copy_from_slice(rest); // shorter than LANES
    let (mut s, mut e) = (*sums, *errors);
    for g in chunks.iter().chain([&last]) {
        for i in 0..LANES {
            let x = g[i].to_f64() * scale;
            let (sum, lost) = two_sum(s[i], x * x);
            s[i] = sum;
            e[i] += lost;
        }
    }
    (*sums, *errors) = (s, e);
}

/// $`a + b`$ rounded, and what the rounding lost (Knuth, *TAOCP* 2, section 4.2.2, theorem B).
#[inline(always)]
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let virtual_b = sum - a;
    (sum, (a - (sum - virtual_b)) + (b - virtual_b))
}

/// $`\max_i |g_i|`$.
fn largest<T: Float>(gradient: Gradient<'_, T>) -> f64 {
    let mut largest = 0.0;
    for_each_block(gradient, |g| {
        largest = g
            .iter()
            .fold(largest, |max: f64, g| max.max(g.to_f64().abs()));
    });
    largest
}

/// Sums the shards block by block and shows each block of the sum.
fn for_each_block<T: Float>(gradient: Gradient<'_, T>, mut see: impl FnMut(&[T])) {
    let mut block = [T::default(); BLOCK];
    let length = gradient.shards().first().map_or(0, |shard| shard.len());
    for start in (0..length).step_by(BLOCK) {
        let range = start..(start + BLOCK).min(length);
        let block = &mut block[..range.len()];
        gradient.write(&range, block);
        see(block);
    }
}

/// A power of two that brings `x` near 1, itself finite and normal; 1 for zero.
fn power_of_two_near_inverse(x: f64) -> f64 {
    if x == 0.0 {
        return 1.0;
    }
    let exponent = x.to_bits() >> 52 & 0x7ff; // biased by 1023
    f64::from_bits((2046 - exponent).clamp(1, 2045) << 52)
}

/// Sixteen lanes fill two AVX-512 registers of doubles and hide the latency of the additions.
const LANES: usize = 16;
/// Below this a sum of squares may have lost terms to underflow.
const SAFE_LOW: f64 = 1e-270;
/// Above this a sum of squares is near overflow.
const SAFE_HIGH: f64 = 1e300;
