//! Laws of errors of predicted numbers.

use gradus_evaluation::{
    EvaluationError, RegressionErrors, explained_variance, mean_absolute_error,
    mean_absolute_percentage_error, mean_pinball_loss, mean_squared_error, mean_tweedie_deviance,
    r_squared, root_mean_squared_error,
};
use gradus_testkit::strategies::{finite, special, vector};
use gradus_testkit::{at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::iter::zip;

const EPSILON: f64 = f64::EPSILON;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_deviance_of_power_three_is_its_closed_form(y in 1e-3..1e3_f64, gap in prop_oneof![1e-9..1e-3_f64, 1e-3..1e3]) {
        let p = y * (1.0 + gap);
        for (y, p) in [(y, p), (p, y)] {
            let error = (y - p) / p;
            relative(mean_tweedie_deviance(&[y], &[p], 3.0)?, error * error / y, 1e-13)?;
        }
    }

    #[test]
    fn merged_errors_are_those_of_all_samples(pairs in prop::collection::vec((-99_i32..99, -99_i32..99), 3..40), cuts in [any::<prop::sample::Index>(), any::<prop::sample::Index>()], offset in -9_i32..9) {
        // far from zero, where sums of squares would cancel
        let at = |x: i32| f64::from(x) / 8.0 + 1e4 * f64::from(offset);
        let (truth, predicted): (Vec<f64>, Vec<f64>) = pairs.iter().map(|(y, p)| (at(*y), at(*p))).unzip();
        let mut cuts = cuts.map(|cut| cut.index(truth.len() + 1));
        cuts.sort_unstable();
        let ranges = [cuts[0]..cuts[1], 0..cuts[0], cuts[1]..truth.len()];
        let mut parts = ranges.into_iter().filter(|range| !range.is_empty());
        let part = |range: std::ops::Range<usize>| RegressionErrors::new(&truth[range.clone()], &predicted[range]);
        let Some(first) = parts.next() else { return Ok(()) };
        let mut all = part(first)?;
        for range in parts {
            all.merge(&part(range)?);
        }
        prop_assert_eq!(all.count(), truth.len() as u64);
        let one = mean_squared_error(&truth, &predicted)?;
        scaled(all.mean_squared_error(), one, 1e-12, 1.0 + one)?;
        scaled(all.root_mean_squared_error(), root_mean_squared_error(&truth, &predicted)?, 1e-12, 1.0)?;
        relative(all.mean_absolute_error(), mean_absolute_error(&truth, &predicted)?, 1e-14)?;
        match (all.mean_absolute_percentage_error(), mean_absolute_percentage_error(&truth, &predicted)) {
            (Ok(a), Ok(b)) => relative(a, b, 1e-14)?,
            (a, b) => prop_assert!(a.is_err() && b.is_err()),
        }
        match (all.r_squared(), r_squared(&truth, &predicted), all.explained_variance()) {
            (Ok(a), Ok(b), Ok(c)) => {
                // the mean of truths of 10⁵ is known to 10⁻¹¹, beside a spread of an eighth or more
                scaled(a, b, 1e-9, 1.0 + b.abs())?;
                scaled(c, explained_variance(&truth, &predicted)?, 1e-9, 1.0 + c.abs())?;
            }
            (a, b, c) => prop_assert!(a.is_err() && b.is_err() && c.is_err()),
        }
    }

    #[test]
    fn mean_absolute_error_is_at_most_the_root_mean_square(y in vector(1..30), shift in -9.0..9.0) {
        let p: Vec<f64> = y.iter().rev().map(|y| y + shift).collect();
        let root = mean_squared_error(&y, &p)?.sqrt();
        let n = y.len() as f64;
        at_most(mean_absolute_error(&y, &p)?, root * (1.0 + n * EPSILON))?;
        same_bits(mean_squared_error(&y, &y)?, 0.0)?;
    }

    #[test]
    fn r_squared_is_one_at_the_truth_and_zero_at_the_mean(y in vector(2..30), p in vector(30)) {
        prop_assume!(y.iter().any(|&other| other != y[0]));
        let n = y.len() as f64;
        let mean = y.iter().sum::<f64>() / n;
        same_bits(r_squared(&y, &y)?, 1.0)?;
        // the mean is off by n ε max|y|, the squares by its square: far below rounding
        scaled(r_squared(&y, &vec![mean; y.len()])?, 0.0, 8.0 * n * EPSILON, 1.0)?;
        at_most(r_squared(&y, &p[..y.len()])?, 1.0)?;
    }

    #[test]
    fn r_squared_of_finite_numbers_is_no_nan(y in prop::collection::vec(finite(), 2..10)) {
        let reversed: Vec<f64> = y.iter().rev().copied().collect();
        if let Ok(r) = r_squared(&y, &reversed) {
            prop_assert!(r <= 1.0, "{}", r);
        }
    }

    /// n errors of the same size: the mean is that size, however many there are.
    #[test]
    fn means_of_equal_errors_are_exact(error in 1e-3..1e3, n in 1..3000_usize) {
        let (zeros, errors) = (vec![0.0; n], vec![error; n]);
        same_bits(mean_absolute_error(&zeros, &errors)?, error)?;
        relative(mean_squared_error(&zeros, &errors)?, error * error, EPSILON)?;
    }

    /// Scaling truth and prediction scales the errors and leaves R² alone.
    #[test]
    fn errors_scale_with_the_unit(y in vector(2..20), p in vector(20), k in -900..900_i32) {
        let p = &p[..y.len()];
        prop_assume!(y.iter().any(|&other| other != y[0]));
        let unit = 2.0_f64.powi(k);
        let of = |numbers: &[f64]| numbers.iter().map(|x| x * unit).collect::<Vec<_>>();
        relative(mean_absolute_error(&of(&y), &of(p))?, mean_absolute_error(&y, p)? * unit, EPSILON)?;
        relative(r_squared(&of(&y), &of(p))?, r_squared(&y, p)?, EPSILON)?;
        let root = root_mean_squared_error(&y, p)?;
        relative(root_mean_squared_error(&of(&y), &of(p))?, root * unit, EPSILON)?;
        relative(root, mean_squared_error(&y, p)?.sqrt(), EPSILON)?;
    }

    #[test]
    fn relative_errors_do_not_depend_on_the_unit(y in prop::collection::vec(0.1..9.0, 1..20), p in vector(20), unit in 1e-3..1e3) {
        let p = &p[..y.len()];
        let of = |numbers: &[f64]| numbers.iter().map(|x| x * unit).collect::<Vec<_>>();
        let there = mean_absolute_percentage_error(&of(&y), &of(p))?;
        // each product is rounded once, and |p - y| ≤ |p| + |y| takes it relative to y
        let size = 1.0 + zip(&y, p).map(|(y, p)| (p / y).abs()).fold(0.0, f64::max);
        scaled(there, mean_absolute_percentage_error(&y, p)?, 4.0 * EPSILON, size)?;
    }

    #[test]
    fn explained_variance_forgives_a_constant_error(y in vector(2..20), p in vector(20)) {
        prop_assume!(y.iter().any(|&other| other != y[0]));
        let p = &p[..y.len()];
        let (explained, r) = (explained_variance(&y, p)?, r_squared(&y, p)?);
        at_most(r, explained + 8.0 * EPSILON * (1.0 + r.abs()))?;
        let shifted: Vec<f64> = y.iter().map(|y| y + 1.0).collect();
        let spread = y.iter().fold(1.0_f64, |most, y| most.max(y.abs()));
        let variance = gradus_numeric::variance(&y, 0)?;
        // the errors are 1, rounded to a unit in the last place of y
        scaled(explained_variance(&y, &shifted)?, 1.0, EPSILON * spread * spread, 1.0 + 1.0 / variance)?;
    }

    #[test]
    fn pinball_of_the_median_is_half_of_the_absolute_error(y in vector(1..20), p in vector(20)) {
        let p = &p[..y.len()];
        same_bits(mean_pinball_loss(&y, p, 0.5)?, 0.5 * mean_absolute_error(&y, p)?)?;
    }

    /// No sample value is a better constant than the sample quantile.
    #[test]
    fn a_quantile_is_the_best_constant(mut y in vector(1..20), order in 0.0..1.0) {
        y.sort_by(f64::total_cmp);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below the length")]
        let rank = (order * y.len() as f64) as usize;
        let loss = |constant: f64| mean_pinball_loss(&y, &vec![constant; y.len()], order);
        let best = loss(y[rank])?;
        for &other in &y {
            let other = loss(other)?;
            at_most(best, other * (1.0 + 8.0 * EPSILON))?;
        }
    }

    /// Adding one number to truth and prediction changes no error. (Numbers are whole, so that adding is exact.)
    #[test]
    fn errors_do_not_depend_on_the_zero_point(
        pairs in prop::collection::vec((-9..9_i32, -9..9_i32), 2..20),
        shift in prop::sample::select(vec![0.0, 1e6, -1e12, 4e15]),
    ) {
        prop_assume!(pairs.iter().any(|pair| pair.0 != pairs[0].0));
        let of = |shift: f64| -> (Vec<f64>, Vec<f64>) {
            pairs.iter().map(|&(y, p)| (f64::from(y) + shift, f64::from(p) + shift)).unzip()
        };
        let ((y, p), (far_y, far_p)) = (of(0.0), of(shift));
        same_bits(mean_squared_error(&far_y, &far_p)?, mean_squared_error(&y, &p)?)?;
        same_bits(mean_absolute_error(&far_y, &far_p)?, mean_absolute_error(&y, &p)?)?;
        scaled(r_squared(&far_y, &far_p)?, r_squared(&y, &p)?, 8.0 * EPSILON, 1.0 + r_squared(&y, &p)?.abs())?;
    }

    /// What is not finite is refused, and of finite numbers nothing is NaN.
    #[test]
    fn regression_metrics_are_never_nan(y in prop::collection::vec(special(), 1..4), p in prop::collection::vec(special(), 4)) {
        let p = &p[..y.len()];
        let finite = y.iter().chain(p).all(|x| x.is_finite());
        let metrics = [
            mean_squared_error,
            root_mean_squared_error,
            mean_absolute_error,
            mean_absolute_percentage_error,
            r_squared,
            explained_variance,
            |y: &[f64], p: &[f64]| mean_pinball_loss(y, p, 0.3),
        ];
        for metric in metrics {
            match metric(&y, p) {
                Ok(value) => prop_assert!(finite && !value.is_nan()),
                Err(EvaluationError::ConstantTruth { .. } | EvaluationError::ZeroTruth { .. }) => {
                    prop_assert!(finite);
                }
                Err(_) => prop_assert!(!finite),
            }
        }
    }
}

#[test]
fn a_small_variation_around_a_large_value_is_seen() {
    assert_eq!(r_squared(&[1e16, 1e16 + 2.0], &[1e16, 1e16]), Ok(-1.0));
}

/// Ten million tenths, added one after the other, are off by 1.6e-10 of their mean.
#[test]
fn the_mean_of_ten_million_tenths_is_a_tenth() -> Result<(), EvaluationError> {
    let n = 10_000_000;
    assert_eq!(mean_absolute_error(&vec![0.0; n], &vec![0.1; n])?, 0.1);
    Ok(())
}

/// Positive numbers of moderate size, with ties.
fn positive() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(prop_oneof![3 => 0.1..20.0, 1 => Just(2.0)], 1..30)
}

fn power() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(1.0), Just(1.5), Just(2.0), Just(3.0)]
}

/// The formula of powers other than 0, 1 and 2 loses what prediction and truth share: terms of at most 10⁴.
const TERMS: f64 = 1e4 * 64.0 * EPSILON;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn deviances_are_distances(y in positive(), factor in 0.2_f64..5.0, power in power()) {
        let p: Vec<f64> = y.iter().map(|y| factor * y).collect();
        scaled(mean_tweedie_deviance(&y, &y, power)?, 0.0, TERMS, 1.0)?;
        let value = mean_tweedie_deviance(&y, &p, power)?;
        prop_assert!(value >= 0.0);
        prop_assert!((factor - 1.0).abs() < 0.01 || value > 0.0);
        if power == 0.0 {
            relative(value, mean_squared_error(&y, &p)?, 8.0 * EPSILON)?;
        }
    }

    #[test]
    fn deviances_are_homogeneous(y in positive(), factor in 0.2_f64..5.0, unit in 0.1_f64..10.0, power in power()) {
        let p: Vec<f64> = y.iter().rev().map(|y| factor * y).collect();
        let times = |x: &[f64]| x.iter().map(|x| unit * x).collect::<Vec<_>>();
        let (here, there) = (mean_tweedie_deviance(&y, &p, power)?, mean_tweedie_deviance(&times(&y), &times(&p), power)?);
        scaled(there, unit.powf(2.0 - power) * here, TERMS, 100.0)?;
    }

    #[test]
    fn the_mean_is_the_best_constant_of_every_deviance(y in positive(), factor in 0.2_f64..5.0, power in power()) {
        let mean = y.iter().sum::<f64>() / y.len() as f64;
        let of = |constant: f64| mean_tweedie_deviance(&y, &vec![constant; y.len()], power);
        at_most(of(mean)?, of(factor * mean)? + TERMS)?;
        prop_assert!((factor - 1.0).abs() < 0.01 || of(mean)? < of(factor * mean)?);
    }
}
