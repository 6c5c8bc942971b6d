//! The operations on vectors that every method is made of.

use gradus_numeric::{norm_infinity, norm2, pairwise_sum, vectorized};
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

/// Whether a product $`x^\top y`$ is positive beyond rounding: above $`\varepsilon \lVert x \rVert \lVert y \rVert`$.
pub(crate) fn is_positive(product: f64, x: &[f64], y: &[f64]) -> bool {
    let exceeds = |lengths: f64| product > f64::EPSILON * lengths;
    // Of a length, √n times the largest entry is a bound that costs little, and mostly suffices.
    let bound = x.len() as f64 * norm_infinity(x) * norm_infinity(y);
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
    use super::{LANES, add, along, difference, dot, is_positive, scaled};

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
    fn rounding_is_no_sign() {
        let (x, y) = ([1.0, 1e16, 1.0], [1.0, 1.0, 1.0]);
        assert!(is_positive(4.0, &x, &y) && !is_positive(3.0, &x, &y)); // ε ‖x‖ ‖y‖ is 3.8
        assert!(!is_positive(0.0, &[0.0], &[1.0]) && !is_positive(f64::NAN, &[1.0], &[1.0]));
    }
}
