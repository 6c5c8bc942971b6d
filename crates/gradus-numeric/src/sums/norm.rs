//! Norms of vectors that neither overflow nor underflow.

use super::sum::CompensatedSum;
use crate::scalars::float::Float;
use crate::scalars::powers_of_two::{binary_exponent, ldexp};
use crate::scalars::simd::vectorized;

/// The sum of the absolute values of a vector.
///
/// ```math
/// \lVert x \rVert_1 = \sum_i |x_i|
/// ```
///
/// The length of a way along the axes ("Manhattan").
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lVert x + y \rVert \le \lVert x \rVert + \lVert y \rVert`$ | `norms_satisfy_the_triangle_inequality` |
/// | $`\lVert 2^k x \rVert = 2^k \lVert x \rVert`$, to the bit | `norms_scale_by_powers_of_two_to_the_bit` |
/// | $`\lVert x \rVert_\infty \le \lVert x \rVert_2 \le \lVert x \rVert_1 \le \sqrt n \lVert x \rVert_2`$ | `vector_norms_are_ordered` |
/// | $`\lVert x \rVert = 0`$ exactly if $`x = 0`$ | `only_zero_has_norm_zero` |
///
/// # Numerics
///
/// Summed in `f64` with compensation. NaN if an entry is NaN; infinite only if the sum is too large
/// for `T`.
///
/// # Examples
///
/// ```
/// assert_eq!(gradus_numeric::norm1(&[3.0, -4.0]), 7.0);
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), §2.2.
#[doc(alias = "Manhattan norm")]
#[must_use]
pub fn norm1<T: Float>(x: &[T]) -> T {
    let largest = largest(x);
    if !(largest > 0.0 && largest.is_finite()) {
        return T::from_f64(largest);
    }
    let e = binary_exponent(largest);
    let sum: CompensatedSum = x.iter().map(|x| ldexp(x.to_f64(), -e).abs()).collect();
    T::from_f64(ldexp(sum.value(), e))
}

/// The Euclidean length of a vector.
///
/// ```math
/// \lVert x \rVert_2 = \sqrt{\sum_i x_i^2}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`|x \cdot y| \le \lVert x \rVert_2 \lVert y \rVert_2`$ (Cauchy–Schwarz) | `a_product_of_vectors_is_at_most_the_product_of_norms` |
/// | the error is below 2 ULP | `the_euclidean_norm_is_within_two_ulps` |
/// | $`\lVert x + y \rVert^2 + \lVert x - y \rVert^2 = 2 \lVert x \rVert^2 + 2 \lVert y \rVert^2`$ | `the_parallelogram_law_holds` |
/// | $`\lVert 2^k x \rVert = 2^k \lVert x \rVert`$, to the bit | `norms_scale_by_powers_of_two_to_the_bit` |
/// | $`\lVert x + y \rVert \le \lVert x \rVert + \lVert y \rVert`$ | `norms_satisfy_the_triangle_inequality` |
///
/// # Numerics
///
/// The textbook's $`\sqrt{\sum x_i^2}`$ gives ∞ for $`(10^{200}, 10^{200})`$ and 0 for
/// $`(10^{-200}, 10^{-200})`$. Here the entries are first multiplied by the power of two that brings the
/// largest one into $`[1, 2)`$, which is exact, and the squares are summed with compensation: the error is
/// below 2 ULP. NaN if an entry is NaN; infinite only if the length is too large for `T`.
///
/// # Examples
///
/// ```
/// use gradus_numeric::norm2;
///
/// assert_eq!(norm2(&[3.0, -4.0]), 5.0);
/// assert!((norm2(&[3e200_f64, 4e200]) / 5e200 - 1.0).abs() < 1e-15);
/// assert_eq!(norm2(&[1e20_f32; 4]), 2e20);
/// ```
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), §27.8; J. L. Blue,
/// *A portable Fortran program to find the Euclidean norm of a vector*, ACM TOMS 4 (1978), 15–23,
/// <https://doi.org/10.1145/355769.355771>.
#[doc(alias = "Euclidean norm")]
#[doc(alias = "length")]
#[must_use]
pub fn norm2<T: Float>(x: &[T]) -> T {
    let largest = largest(x);
    if !(largest > 0.0 && largest.is_finite()) {
        return T::from_f64(largest);
    }
    let e = binary_exponent(largest);
    let squares: CompensatedSum = x.iter().map(|x| ldexp(x.to_f64(), -e).powi(2)).collect();
    T::from_f64(ldexp(squares.value().sqrt(), e))
}

/// The largest absolute value in a vector.
///
/// ```math
/// \lVert x \rVert_\infty = \max_i |x_i|
/// ```
///
/// # Laws
///
/// As [`norm1`].
///
/// # Numerics
///
/// Exact. 0 for the empty vector, NaN if an entry is NaN.
///
/// # Examples
///
/// ```
/// assert_eq!(gradus_numeric::norm_infinity(&[3.0, -4.0]), 4.0);
/// ```
///
/// # References
///
/// Golub and Van Loan (2013), §2.2.
#[doc(alias = "maximum norm")]
#[must_use]
pub fn norm_infinity<T: Float>(x: &[T]) -> T {
    T::from_f64(largest(x))
}

/// $`\max_i |x_i|`$; NaN if an entry is NaN, 0 if there is none.
fn largest<T: Float>(x: &[T]) -> f64 {
    // The largest of all is the largest of the largest in each lane, to the bit.
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
fn larger<T: Float>(largest: f64, x: T) -> f64 {
    let x = x.to_f64().abs();
    if largest >= x || largest.is_nan() {
        largest
    } else {
        x
    }
}

/// Two of the widest registers; one entry at a time would wait for every comparison (`benches/peers/optim`, L-BFGS).
const LANES: usize = 16;

#[cfg(test)]
mod tests {
    use super::{LANES, norm_infinity, norm1, norm2};

    #[test]
    fn empty_vectors_have_norm_zero() {
        assert_eq!(
            [norm1::<f64>(&[]), norm2(&[]), norm_infinity(&[])],
            [0.0; 3]
        );
    }

    #[test]
    fn one_entry_is_its_own_norm() {
        for x in [5e-324, 1e-200, 0.1, 1.0, 1e200, f64::MAX, f64::INFINITY] {
            assert_eq!([norm1(&[-x]), norm2(&[-x]), norm_infinity(&[-x])], [x; 3]);
        }
        assert_eq!(norm2(&[f32::MAX]), f32::MAX);
        assert_eq!(norm2(&[1e-45_f32]), 1e-45);
    }

    #[test]
    fn squares_neither_overflow_nor_underflow() {
        let root2 = std::f64::consts::SQRT_2;
        assert_eq!(norm2(&[1e200, 1e200]), root2 * 1e200);
        assert!((norm2(&[1e-200, 1e-200]) / 1e-200 - root2).abs() <= f64::EPSILON);
        assert_eq!(norm2(&[f64::MAX, f64::MAX]), f64::INFINITY);
        assert_eq!(norm1(&[f64::MAX, -f64::MAX]), f64::INFINITY);
        assert_eq!(norm2(&[3e38_f32, 1e38]), 3.1622777e38);
    }

    #[test]
    fn not_a_number_is_seen_wherever_it_stands() {
        for x in [
            [f64::NAN, 1.0],
            [1.0, f64::NAN],
            [f64::NAN, f64::INFINITY],
            [f64::INFINITY, f64::NAN],
        ] {
            assert!(norm1(&x).is_nan() && norm2(&x).is_nan() && norm_infinity(&x).is_nan());
        }
    }

    #[test]
    fn the_largest_entry_is_found_in_every_lane() {
        for n in [1, LANES - 1, LANES, 3 * LANES + 5] {
            for i in 0..n {
                let mut x = vec![1.0; n];
                x[i] = -2.0;
                assert_eq!(norm_infinity(&x), 2.0);
                x[i] = f64::NAN;
                assert!(norm_infinity(&x).is_nan());
            }
        }
    }

    #[test]
    fn a_long_sum_does_not_drift() {
        assert_eq!(norm1(&vec![0.1; 100_000]), 10_000.0);
        assert_eq!(norm2(&vec![0.1; 10_000]), 10.0);
    }
}
