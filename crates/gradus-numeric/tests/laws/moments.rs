//! Mean, variance and extremes of a slice, against exact whole numbers, each other and NIST.

use gradus_numeric::{
    Moments, NumericError, argmax, argmin, maximum, mean, minimum, quantile_of_sorted, variance,
};
use gradus_testkit::strategies::{finite, structured_vector, vector};
use gradus_testkit::{at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;

/// One ULP of 1.
const ULP: f64 = f64::EPSILON;

fn moments(x: &[f64]) -> Moments {
    x.iter().copied().collect()
}

/// Not empty: of every size, with ties, constant, zeros, a huge one, or measured far from 0.
fn numbers() -> impl Strategy<Value = Vec<f64>> {
    let far =
        (-1e6..1e6_f64, vector(1..40)).prop_map(|(shift, x)| x.iter().map(|x| x + shift).collect());
    prop_oneof![
        vector(1..40),
        structured_vector(1..40),
        far,
        prop::collection::vec(finite(), 1..40)
    ]
}

/// Numbers whose differences and their squares do not overflow, and are not subnormal.
fn moderate() -> impl Strategy<Value = Vec<f64>> {
    let far =
        (-1e6..1e6_f64, vector(1..40)).prop_map(|(shift, x)| x.iter().map(|x| x + shift).collect());
    prop_oneof![vector(1..40), far]
}

/// $`\kappa = \sqrt{1 + \bar x^2 / s^2}`$, the condition of the variance.
fn condition(x: &[f64]) -> Result<f64, NumericError> {
    Ok((1.0 + mean(x)?.powi(2) / variance(x, 0)?).sqrt())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_mean_of_a_constant_is_the_constant(c in finite(), n in 1..300_usize) {
        prop_assert_eq!(mean(&vec![c; n])?, c);
        prop_assert_eq!(moments(&vec![c; n]).mean()?, c);
    }

    #[test]
    fn the_mean_lies_between_the_extremes(x in numbers()) {
        let mean = mean(&x)?;
        at_most(minimum(&x)?, mean)?;
        at_most(mean, maximum(&x)?)?;
    }

    /// Sums of these numbers are whole numbers below 2⁵³ of 2⁻⁴⁰ at every step, so a division is the one rounding;
    /// the opposites cancel all but the first.
    #[test]
    fn the_mean_is_the_nearest_number(k in prop::collection::vec(-(1_i64 << 44)..1 << 44, 1..200)) {
        let x: Vec<f64> = k.iter().map(|&k| k as f64 * 0.5_f64.powi(40)).collect();
        let sum = k.iter().sum::<i64>() as f64 * 0.5_f64.powi(40);
        same_bits(mean(&x)? + 0.0, sum / k.len() as f64 + 0.0)?;
        let swamped: Vec<f64> = [x.clone(), vec![1e30, -1e30]].concat();
        relative(mean(&swamped)?, sum / swamped.len() as f64, 2.0 * ULP)?;
    }

    #[test]
    fn the_variance_of_a_constant_is_zero(c in finite(), n in 2..300_usize) {
        let x = vec![c; n];
        same_bits(variance(&x, 0)?, 0.0)?;
        same_bits(variance(&x, 1)?, 0.0)?;
        same_bits(moments(&x).variance(1)?, 0.0)?;
    }

    /// On a grid of whole numbers every shift is exact.
    #[test]
    fn the_variance_does_not_see_a_shift(k in prop::collection::vec(-1000..1000, 2..60), c in -(1_i64 << 40)..1 << 40) {
        let x: Vec<f64> = k.iter().map(|&k| f64::from(k)).collect();
        let shifted: Vec<f64> = x.iter().map(|x| x + c as f64).collect();
        relative(variance(&shifted, 1)?, variance(&x, 1)?, 2.0 * ULP)?;
    }

    /// n Σ k² − (Σ k)², in whole numbers.
    #[test]
    fn the_variance_of_whole_numbers_is_exact(k in prop::collection::vec(-(1_i64 << 30)..1 << 30, 2..60)) {
        let x: Vec<f64> = k.iter().map(|&k| k as f64).collect();
        let n = k.len() as i128;
        let sum: i128 = k.iter().map(|&k| i128::from(k)).sum();
        let squares: i128 = k.iter().map(|&k| i128::from(k).pow(2)).sum();
        let exact = (n * squares - sum * sum) as f64 / (n * (n - 1)) as f64;
        relative(variance(&x, 1)?, exact, 4.0 * ULP)?;
    }

    #[test]
    fn the_variance_grows_with_the_square_of_a_factor(x in moderate(), k in -100..100) {
        let c = f64::from(k).exp2();
        let larger: Vec<f64> = x.iter().map(|x| c * x).collect();
        same_bits(variance(&larger, 0)?, c * c * variance(&x, 0)?)?;
    }

    #[test]
    fn the_variance_is_never_negative(x in numbers()) {
        at_most(0.0, variance(&x, 0)?)?;
        at_most(0.0, moments(&x).variance(0)?)?;
    }

    #[test]
    fn welford_agrees_with_two_passes(x in moderate()) {
        let (welford, n) = (moments(&x), x.len() as f64);
        let scale = maximum(&x)?.abs().max(minimum(&x)?.abs());
        scaled(welford.mean()?, mean(&x)?, 2.0 * n * ULP, scale)?;
        if variance(&x, 0)? > 0.0 {
            relative(welford.variance(0)?, variance(&x, 0)?, n * ULP * (2.0 + condition(&x)?))?;
        }
    }

    #[test]
    fn merged_moments_are_those_of_the_whole(x in moderate(), y in moderate(), z in moderate()) {
        let whole = [x.clone(), y.clone(), z.clone()].concat();
        let merged = |parts: [&[f64]; 3]| {
            let mut all = Moments::default();
            for part in parts {
                all.merge(moments(part));
            }
            all
        };
        let (n, two_passes) = (whole.len() as f64, variance(&whole, 0)?);
        let scale = maximum(&whole)?.abs().max(minimum(&whole)?.abs());
        for all in [merged([&x, &y, &z]), merged([&z, &x, &y])] {
            prop_assert_eq!(all.count(), whole.len() as u64);
            scaled(all.mean()?, mean(&whole)?, 2.0 * n * ULP, scale)?;
            if two_passes > 0.0 {
                relative(all.variance(0)?, two_passes, 2.0 * n * ULP * (2.0 + condition(&whole)?))?;
            }
        }
    }

    #[test]
    fn merging_nothing_changes_nothing(x in numbers()) {
        let (mut left, mut right) = (moments(&x), Moments::default());
        left.merge(Moments::default());
        right.merge(moments(&x));
        prop_assert_eq!((left, right), (moments(&x), moments(&x)));
    }

    #[test]
    fn moments_of_finite_numbers_are_not_nan(x in numbers(), y in numbers()) {
        let mut all = moments(&x);
        all.merge(moments(&y));
        for value in [all.mean()?, all.variance(0)?, mean(&x)?, variance(&x, 0)?] {
            prop_assert!(!value.is_nan());
        }
        prop_assert!(all.mean()?.is_finite() && mean(&x)?.is_finite());
    }

    #[test]
    fn the_maximum_is_at_least_every_number(x in numbers()) {
        let top = maximum(&x)?;
        prop_assert!(x.iter().all(|&x| x <= top) && x.contains(&top));
    }

    #[test]
    fn argmax_is_the_first_of_the_largest(x in numbers()) {
        let k = argmax(&x)?;
        prop_assert!(x[..k].iter().all(|&before| before < x[k]));
        prop_assert!(x[k..].iter().all(|&after| after <= x[k]));
    }

    #[test]
    fn the_minimum_is_the_maximum_of_the_opposites(x in numbers()) {
        let opposites: Vec<f64> = x.iter().map(|x| -x).collect();
        same_bits(minimum(&x)?, -maximum(&opposites)?)?;
        prop_assert_eq!(argmin(&x)?, argmax(&opposites)?);
    }

    #[test]
    fn quantiles_join_sorted_numbers(x in numbers(), k in 0..40_usize, p in 0.0..=1.0, q in 0.0..=1.0) {
        let mut sorted = x;
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len() - 1;
        let (k, steps) = (k % sorted.len(), last.max(1) as f64);
        if k as f64 / steps * last as f64 == k as f64 {
            prop_assert_eq!(quantile_of_sorted(&sorted, k as f64 / steps)?, sorted[k]);
        }
        at_most(quantile_of_sorted(&sorted, f64::min(p, q))?, quantile_of_sorted(&sorted, f64::max(p, q))?)?;
        let i = (0..last).rev().find(|&i| i as f64 <= p * last as f64).unwrap_or(0);
        let (t, a, b) = (p * last as f64 - i as f64, sorted[i], sorted[last.min(i + 1)]);
        scaled(quantile_of_sorted(&sorted, p)?, (1.0 - t) * a + t * b, 4.0 * ULP, a.abs().max(b.abs()))?;
    }

    #[test]
    fn quantiles_beside_infinite_numbers(x in numbers(), keep in 0..4_usize, low in 0..3_usize, high in 0..3_usize, p in 0.0..=1.0_f64, k in 0..9_usize) {
        let mut middle = x[..keep.min(x.len())].to_vec();
        middle.sort_by(f64::total_cmp);
        let sorted = [vec![f64::NEG_INFINITY; low], middle, vec![f64::INFINITY; high]].concat();
        prop_assume!(!sorted.is_empty());
        let last = sorted.len() - 1;
        let step = 1.0 / last.max(1) as f64;
        for p in [p, (k as f64 * step).min(1.0)] {
            let at = last as f64 * p;
            let is_left = |i: &usize| *i as f64 <= at;
            let i = (0..=last).rev().find(is_left).unwrap_or(0);
            let (a, b) = (sorted[i], sorted[last.min(i + 1)]);
            match quantile_of_sorted(&sorted, p) {
                Ok(found) if i as f64 == at => prop_assert_eq!(found, a),
                Ok(found) => {
                    prop_assert!((a..=b).contains(&found), "{found}");
                    prop_assert_eq!(found.is_finite(), a.is_finite() && b.is_finite());
                }
                Err(error) => {
                    prop_assert_eq!((a, b), (f64::NEG_INFINITY, f64::INFINITY));
                    prop_assert_eq!(error, NumericError::NonFinite { index: i, value: a });
                }
            }
        }
    }
}

/// Numbers of the NIST Statistical Reference Datasets NumAcc1–4, by their rules, with the certified mean and
/// standard deviation and the digits of the deviation that are left once the data are rounded to doubles.
fn nist() -> [(Vec<f64>, f64, f64, f64); 4] {
    let alternating = |first: f64, low: f64, high: f64| -> Vec<f64> {
        let pairs = [low, high].repeat(500);
        [vec![first], pairs].concat()
    };
    [
        (
            vec![10_000_001.0, 10_000_003.0, 10_000_002.0],
            10_000_002.0,
            1.0,
            15.0,
        ),
        (alternating(1.2, 1.1, 1.3), 1.2, 0.1, 14.2),
        (
            alternating(1_000_000.2, 1_000_000.1, 1_000_000.3),
            1_000_000.2,
            0.1,
            9.5,
        ),
        (
            alternating(10_000_000.2, 10_000_000.1, 10_000_000.3),
            10_000_000.2,
            0.1,
            8.3,
        ),
    ]
}

/// The number of digits that agree, $`-\log_{10}`$ of the relative error, at most 15.
fn digits(x: f64, certified: f64) -> f64 {
    (-((x - certified) / certified).abs().log10()).min(15.0)
}

#[test]
fn variance_passes_the_nist_tests() -> Result<(), NumericError> {
    for (x, mean_certified, deviation, best) in nist() {
        assert!(digits(mean(&x)?, mean_certified) >= 14.7);
        let found = digits(variance(&x, 1)?.sqrt(), deviation);
        assert!(found >= best - 0.3, "{found} digits of {best}");
    }
    Ok(())
}

#[test]
fn moments_pass_the_nist_tests() -> Result<(), NumericError> {
    for (x, mean_certified, deviation, best) in nist() {
        assert!(digits(moments(&x).mean()?, mean_certified) >= 14.7);
        let found = digits(moments(&x).variance(1)?.sqrt(), deviation);
        assert!(found >= best - 0.3, "{found} digits of {best}");
    }
    Ok(())
}
