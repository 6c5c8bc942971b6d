//! Sums against exact integer arithmetic.

use gradus_numeric::{Real, compensated_dot, compensated_sum, pairwise_sum};
use gradus_testkit::{at_most, cases};
use proptest::prelude::*;
use std::iter::zip;

/// The unit roundoff, half an ULP of 1.
const U: f64 = f64::EPSILON / 2.0;

/// Numbers of very different size, as whole numbers: m 2^k with 0 ≤ k ≤ 60; sums that nearly cancel; a
/// number that swallows all others.
fn integers() -> impl Strategy<Value = Vec<i128>> {
    let number = (any::<i32>(), 0..=60).prop_map(|(m, k)| i128::from(m) << k);
    let cancelling = prop::collection::vec(number.clone(), 1..50).prop_map(|half| {
        let opposite: Vec<i128> = half.iter().skip(1).map(|x| -x).collect();
        [half, opposite].concat()
    });
    let swallowing = (1..200_usize).prop_map(|n| {
        let mut ones = vec![1; n];
        ones[0] = 1 << 53; // one after the other, none of the ones arrives
        ones
    });
    prop_oneof![
        prop::collection::vec(number, 0..200),
        cancelling,
        swallowing
    ]
}

/// Every number here has at most 31 significant bits: the conversion is exact.
fn to_floats(x: &[i128]) -> Vec<f64> {
    x.iter().map(|&x| x as f64).collect()
}

/// The magnitude of the difference, exact where both agree in the leading digits.
#[allow(clippy::cast_possible_truncation, reason = "sums here are below 2^127")]
fn error(computed: f64, exact: i128) -> f64 {
    // A sum of whole numbers in floating point is a whole number: both conversions are exact.
    (computed as i128 - exact).unsigned_abs() as f64
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn pairwise_sum_errs_by_its_depth(x in integers()) {
        let magnitudes: i128 = x.iter().map(|x| x.abs()).sum();
        let depth = f64::from(x.len().next_power_of_two().trailing_zeros());
        let gamma = depth * U / (1.0 - depth * U);
        at_most(error(pairwise_sum(&to_floats(&x)), x.iter().sum()), gamma * magnitudes as f64)?;
    }

    #[test]
    fn compensated_sum_is_as_good_as_twice_the_precision(x in integers()) {
        let (exact, magnitudes) = (x.iter().sum::<i128>(), x.iter().map(|x| x.abs()).sum::<i128>());
        let n = x.len() as f64;
        let bound = 2.0 * U * exact.unsigned_abs() as f64 + (n * U).powi(2) * magnitudes as f64;
        at_most(error(compensated_sum(&to_floats(&x)), exact), bound)?;
    }

    #[test]
    fn compensated_sum_hardly_depends_on_the_order(x in integers(), k in any::<prop::sample::Index>()) {
        let mut floats = to_floats(&x);
        let (exact, magnitudes) = (x.iter().sum::<i128>(), x.iter().map(|x| x.abs()).sum::<i128>());
        let before = compensated_sum(&floats);
        if !floats.is_empty() {
            let middle = k.index(floats.len());
            floats.rotate_left(middle);
            floats[..middle].reverse();
        }
        let n = x.len() as f64;
        let bound = 2.0 * U * exact.unsigned_abs() as f64 + (n * U).powi(2) * magnitudes as f64;
        at_most((compensated_sum(&floats) - before).abs(), 2.0 * bound)?;
    }

    /// On the grid of 1/16 the exact sum is a whole number of sixteenths.
    #[test]
    fn compensated_sum_in_single_precision_is_the_nearest_number(
        sixteenths in prop::collection::vec(-(1_i64 << 24)..1 << 24, 0..200)
    ) {
        let number = |k: i64| f32::from_f64(k as f64 / 16.0);
        let x: Vec<f32> = sixteenths.iter().map(|&k| number(k)).collect();
        prop_assert_eq!(compensated_sum(&x), number(sixteenths.iter().sum()));
    }

    #[test]
    fn compensated_dot_is_as_good_as_twice_the_precision(pairs in prop::collection::vec((any::<i64>(), any::<i64>()), 0..60)) {
        let pairs: Vec<(i64, i64)> = pairs.into_iter().map(|(a, b)| (a >> 11, b >> 11)).collect();
        // The second half of the longer one cancels the first half, all but its first term.
        let cancelling: Vec<(i64, i64)> = pairs.iter().skip(1).map(|&(a, b)| (-a, b)).collect();
        for all in [pairs.clone(), [pairs.clone(), cancelling].concat()] {
            let (a, b): (Vec<f64>, Vec<f64>) = all.iter().map(|&(a, b)| (a as f64, b as f64)).unzip();
            let exact: i128 = all.iter().map(|&(a, b)| i128::from(a) * i128::from(b)).sum();
            let magnitudes: f64 = zip(&a, &b).map(|(a, b)| (a * b).abs()).sum();
            let n = all.len() as f64;
            let bound = 2.0 * U * exact.unsigned_abs() as f64 + (n * U).powi(2) * magnitudes;
            at_most(error(compensated_dot(&a, &b)?, exact), bound)?;
        }
    }
}
