//! The operations on vectors that every method is made of.

use gradus_numeric::{norm2, pairwise_sum, vectorized};
use std::iter::zip;

/// $`x^\top y`$, of two vectors of the same length.
///
/// Long vectors are summed in lanes side by side. One sum would wait four cycles for each addition.
pub(crate) fn dot(x: &[f64], y: &[f64]) -> f64 {
    let ((x, x_rest), (y, y_rest)) = (x.as_chunks::<LANES>(), y.as_chunks::<LANES>());
    let lanes = vectorized(
        #[inline(always)]
        move || {
            let mut lanes = [0.0; LANES];
            for (x, y) in zip(x, y) {
                for i in 0..LANES {
                    lanes[i] += x[i] * y[i];
                }
            }
            lanes
        },
    );
    let rest: f64 = zip(x_rest, y_rest).map(|(x, y)| x * y).sum();
    pairwise_sum(&lanes) + rest
}

/// $`\max_i \lvert x_i \rvert`$, the bits of `gradus_numeric::norm_infinity`: NaN if an entry is NaN, 0 if there is none.
pub(crate) fn largest(x: &[f64]) -> f64 {
    // The largest of all is the largest of the largest in each lane.
    let (chunks, rest) = x.as_chunks::<LANES>();
    let lanes = vectorized(
        #[inline(always)]
        move || {
            let mut lanes = [0.0; LANES];
            for chunk in chunks {
                for i in 0..LANES {
                    lanes[i] = larger(lanes[i], chunk[i]);
                }
            }
            lanes
        },
    );
    let of_rest = rest.iter().copied().fold(0.0, larger);
    lanes.into_iter().fold(of_rest, larger)
}

#[inline(always)]
fn larger(largest: f64, x: f64) -> f64 {
    let x = x.abs();
    if largest >= x || largest.is_nan() {
        largest
    } else {
        x
    }
}

/// Whether a product $`x^\top y`$ is positive beyond rounding: above $`\varepsilon \lVert x \rVert \lVert y \rVert`$.
pub(crate) fn is_positive(product: f64, x: &[f64], y: &[f64]) -> bool {
    let exceeds = |lengths: f64| product > f64::EPSILON * lengths;
    // Of a length, √n times the largest entry is a bound that costs little, and mostly suffices.
    let bound = x.len() as f64 * largest(x) * largest(y);
    exceeds(bound) || exceeds(norm2(x) * norm2(y))
}

/// $`x + t p`$.
pub(crate) fn along(x: &[f64], t: f64, p: &[f64]) -> Vec<f64> {
    zip(x, p).map(|(x, p)| x + t * p).collect()
}

/// $`x + t p`$ in the place of $`x`$.
pub(crate) fn add(x: &mut [f64], t: f64, p: &[f64]) {
    vectorized(
        #[inline(always)]
        move || zip(x, p).for_each(|(x, p)| *x += t * p),
    );
}

/// $`x - y`$.
pub(crate) fn difference(x: &[f64], y: &[f64]) -> Vec<f64> {
    along(x, -1.0, y)
}

/// $`t x`$.
pub(crate) fn scaled(t: f64, x: &[f64]) -> Vec<f64> {
    x.iter().map(|x| t * x).collect()
}

/// Two of the widest registers; one sum alone would wait for every addition (`benches/peers/optim`, L-BFGS).
const LANES: usize = 16;

#[cfg(test)]
mod tests {
    use super::{LANES, add, along, difference, dot, is_positive, largest, scaled};
    use gradus_numeric::norm_infinity;

    #[test]
    fn vectors_are_added_and_multiplied() {
        let (x, y) = ([1.0, 2.0], [3.0, 5.0]);
        assert_eq!(dot(&x, &y), 13.0);
        assert_eq!(along(&x, 2.0, &y), [7.0, 12.0]);
        let mut sum = x;
        add(&mut sum, 2.0, &y);
        assert_eq!(sum, [7.0, 12.0]);
        assert_eq!(difference(&y, &x), [2.0, 3.0]);
        assert_eq!(scaled(2.0, &x), [2.0, 4.0]);
    }
    #[test]
    fn no_entry_is_left_out_of_a_product() {
        for n in [0, 1, LANES - 1, LANES, LANES + 1, 5 * LANES + 7] {
            let x: Vec<f64> = (1..=n).map(|i| i as f64).collect();
            let squares = n * (n + 1) * (2 * n + 1) / 6;
            assert_eq!(dot(&x, &x), squares as f64);
        }
    }

    #[test]
    fn the_largest_entry_is_found_in_every_lane() {
        for n in [1, LANES - 1, LANES, 3 * LANES + 5] {
            for i in 0..n {
                let mut x = vec![1.0; n];
                x[i] = -2.0;
                assert_eq!((largest(&x), norm_infinity(&x)), (2.0, 2.0));
                x[i] = f64::NAN;
                assert!(largest(&x).is_nan() && norm_infinity(&x).is_nan());
            }
        }
        assert_eq!(largest(&[]), 0.0);
    }

    #[test]
    fn rounding_is_no_sign() {
        let (x, y) = ([1.0, 1e16, 1.0], [1.0, 1.0, 1.0]);
        assert!(is_positive(4.0, &x, &y) && !is_positive(3.0, &x, &y)); // ε ‖x‖ ‖y‖ is 3.8
        assert!(!is_positive(0.0, &[0.0], &[1.0]) && !is_positive(f64::NAN, &[1.0], &[1.0]));
    }
}
