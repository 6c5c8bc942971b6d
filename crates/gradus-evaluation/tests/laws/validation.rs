//! Laws of cross-validation, curves, resamples and rearrangements.

use gradus_evaluation::{
    Bootstrap, EvaluationError, Fold, Judged, Rearrangements, Scores, bootstrap, cross_predict,
    cross_validate, folds, grouped_folds, jackknife, learning_curve, leave_one_out, nested_folds,
    permutation_test, sign_flip_test, stratified_grouped_folds, validation_curve,
};
use gradus_random::Key;
use gradus_testkit::strategies::{labels, vector};
use gradus_testkit::{at_most, cases, relative, scaled};
use proptest::collection::vec;
use proptest::prelude::*;
use std::iter::zip;

const EPSILON: f64 = f64::EPSILON;

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn sorted(mut indices: Vec<u32>) -> Vec<u32> {
    indices.sort_unstable();
    indices
}

/// The mean of the numbers at these places.
fn mean_of(x: &[f64], part: &[u32]) -> f64 {
    part.iter().map(|&i| x[i as usize]).sum::<f64>() / part.len() as f64
}

/// Slope and mean of the line through these points.
fn line(x: &[f64], y: &[f64], part: &[u32]) -> (f64, f64, f64) {
    let (mx, my) = (mean_of(x, part), mean_of(y, part));
    let sum = |f: &dyn Fn(usize) -> f64| part.iter().map(|&i| f(i as usize)).sum::<f64>();
    let xx = sum(&|i| (x[i] - mx).powi(2));
    (sum(&|i| (x[i] - mx) * (y[i] - my)) / xx, mx, my)
}

/// Few whole numbers: many ties.
fn small() -> impl Strategy<Value = f64> {
    (-3..4_i32).prop_map(f64::from)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn stratified_groups_stay_together(
        (classes, groups) in (6..80_usize).prop_flat_map(|n| (labels(3, n), labels(9, n))),
        k in 2..5_usize,
        seed in any::<u64>(),
    ) {
        let Ok(folds) = stratified_grouped_folds(&classes, &groups, k, &mut Key::new(seed).rng()) else {
            return Ok(()); // fewer groups than folds
        };
        let all: Vec<u32> = folds.iter().flat_map(|fold| fold.validation.clone()).collect();
        prop_assert_eq!(sorted(all), (0..count(groups.len())).collect::<Vec<_>>());
        for fold in &folds {
            prop_assert!(!fold.validation.is_empty());
            let judged: Vec<u32> = fold.validation.iter().map(|&i| groups[i as usize]).collect();
            prop_assert!(fold.train.iter().all(|&i| !judged.contains(&groups[i as usize])));
        }
    }

    #[test]
    fn groups_of_one_sample_are_stratified(classes in labels(4, 6..80), k in 2..6_usize, seed in any::<u64>()) {
        let groups: Vec<u32> = (0..count(classes.len())).collect();
        let folds = stratified_grouped_folds(&classes, &groups, k, &mut Key::new(seed).rng())?;
        for class in 0..4 {
            let held = |fold: &Fold| fold.validation.iter().filter(|&&i| classes[i as usize] == class).count();
            let counts: Vec<usize> = folds.iter().map(held).collect();
            prop_assert!(counts.iter().max() <= counts.iter().min().map(|least| least + 1).as_ref(), "{:?}", counts);
        }
    }

    #[test]
    fn nested_folds_never_see_what_they_judge(n in 8..60_u32, k in 2..5_usize, seed in any::<u64>()) {
        let rng = &mut Key::new(seed).rng();
        for round in nested_folds(folds(n, k, rng)?, |train| folds(count(train.len()), 2, rng))? {
            for inner in round.inner {
                let both = sorted([inner.train, inner.validation].concat());
                prop_assert_eq!(both, sorted(round.outer.train.clone()));
            }
        }
    }

    #[test]
    fn nested_folds_cut_no_group(groups in labels(9, 30..80), seed in any::<u64>()) {
        let rng = &mut Key::new(seed).rng();
        let Ok(outer) = grouped_folds(&groups, 3, rng) else {
            return Ok(());
        };
        let inner = |train: &[u32]| {
            let groups: Vec<u32> = train.iter().map(|&i| groups[i as usize]).collect();
            grouped_folds(&groups, 2, rng)
        };
        let Ok(rounds) = nested_folds(outer, inner) else {
            return Ok(()); // one group is left
        };
        for fold in rounds.iter().flat_map(|round| &round.inner) {
            let judged: Vec<u32> = fold.validation.iter().map(|&i| groups[i as usize]).collect();
            prop_assert!(fold.train.iter().all(|&i| !judged.contains(&groups[i as usize])));
        }
    }

    #[test]
    fn scores_follow_units(x in vec(-9.0..9.0, 2..20), a in 0.1..9.0, b in -9.0..9.0) {
        let scores = Scores::new(x.clone())?;
        let moved = Scores::new(x.iter().map(|x| a * x + b).collect())?;
        let size = 9.0 * a + 9.0; // of every term
        scaled(moved.mean(), a * scores.mean() + b, 8.0 * EPSILON, size)?;
        scaled(moved.deviation()?, a * scores.deviation()?, 64.0 * EPSILON, size)?;
    }

    /// Predicted residual of a point that was left out, without fitting anew: h = 1/n + (x − x̄)² / Σ(x − x̄)².
    #[test]
    fn leave_one_out_of_least_squares_has_a_closed_form(
        points in vec((-1.0..1.0, -1.0..1.0), 4..20),
    ) {
        let (mut x, y): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
        for (i, x) in x.iter_mut().enumerate() {
            *x += 3.0 * i as f64; // apart, so that no leverage is near 1
        }
        let n = count(x.len());
        let folds: Vec<Fold> = leave_one_out(n)?.collect();
        let scores = cross_validate(&folds, |fold| -> Result<f64, EvaluationError> {
            let (slope, mx, my) = line(&x, &y, &fold.train);
            let i = fold.validation[0] as usize;
            Ok(y[i] - my - slope * (x[i] - mx))
        })?;
        let all: Vec<u32> = (0..n).collect();
        let (slope, mx, my) = line(&x, &y, &all);
        let xx: f64 = x.iter().map(|x| (x - mx).powi(2)).sum();
        for (i, left_out) in scores.values().iter().enumerate() {
            let h = 1.0 / f64::from(n) + (x[i] - mx).powi(2) / xx;
            let e = y[i] - my - slope * (x[i] - mx);
            // The leverage of one of four even points is at most 0.9; sums of n terms of size 1.
            scaled(*left_out, e / (1.0 - h), 1e3 * f64::from(n) * EPSILON, 1.0)?;
        }
    }

    #[test]
    fn predictions_come_from_the_fold_that_judges(n in 4..60_u32, k in 2..5_usize, seed in any::<u64>()) {
        let folds = folds(n, k, &mut Key::new(seed).rng())?;
        let first = |fold: &Fold| fold.validation.iter().copied().min();
        let answer = cross_predict(n, &folds, |fold| -> Result<_, EvaluationError> {
            Ok(fold.validation.iter().map(|&i| (i, first(fold))).collect::<Vec<_>>())
        })?;
        for (i, (own, of_fold)) in (0..n).zip(answer) {
            let judge = folds.iter().find(|fold| fold.validation.contains(&i));
            prop_assert_eq!((own, of_fold), (i, judge.and_then(first)));
        }
    }

    #[test]
    fn training_sets_of_a_learning_curve_are_nested(n in 10..60_u32, k in 2..5_usize, seed in any::<u64>()) {
        let folds = folds(n, k, &mut Key::new(seed).rng())?;
        let largest = folds.iter().map(|fold| fold.train.len()).min().unwrap_or(0);
        let sizes = [1, largest / 2, largest];
        let mut seen: Vec<Fold> = Vec::new();
        let curve = learning_curve(&folds, &sizes, |fold| -> Result<Judged, EvaluationError> {
            seen.push(fold.clone());
            Ok(Judged { training: 0.0, validation: fold.train.len() as f64 })
        })?;
        for (point, size) in zip(&curve, sizes) {
            prop_assert_eq!((point.at, point.validation.mean()), (size as f64, size as f64));
        }
        let (small, rest) = seen.split_at(k);
        for ((small, half), fold) in zip(zip(small, rest), &folds) {
            prop_assert!(half.train.starts_with(&small.train) && fold.train.starts_with(&half.train));
            prop_assert_eq!(&half.validation, &fold.validation);
        }
    }

    #[test]
    fn a_validation_curve_is_a_cross_validation_a_setting(n in 6..40_u32, x in vec(-9.0..9.0, 40), seed in any::<u64>()) {
        let folds = folds(n, 3, &mut Key::new(seed).rng())?;
        let judge = |power: f64, fold: &Fold| -> Result<Judged, EvaluationError> {
            let of = |part: &[u32]| mean_of(&x, part).abs().powf(power);
            Ok(Judged { training: of(&fold.train), validation: of(&fold.validation) })
        };
        for point in validation_curve(&folds, &[0.5, 1.0, 2.0], judge)? {
            let plain = cross_validate(&folds, |fold| judge(point.at, fold).map(|it| it.validation))?;
            let seen = cross_validate(&folds, |fold| judge(point.at, fold).map(|it| it.training))?;
            prop_assert_eq!((point.validation, point.training), (plain, seen));
        }
    }

    #[test]
    fn the_jackknife_knows_the_error_of_a_mean(x in vector(2..30)) {
        let n = x.len() as f64;
        let mean = |part: &[u32]| Ok::<_, EvaluationError>(mean_of(&x, part));
        let error = jackknife(count(x.len()), mean)?.standard_error();
        let m = x.iter().sum::<f64>() / n;
        let squares: f64 = x.iter().map(|x| (x - m).powi(2)).sum();
        // Without one sample the mean moves by 1/(n − 1) of its distance, and rounds to ε of 100.
        scaled(error, (squares / (n * (n - 1.0))).sqrt(), 4.0 * n * EPSILON, 100.0)?;
    }

    #[test]
    fn the_bootstrap_knows_the_error_of_a_mean(x in vector(3..12), seed in any::<u64>()) {
        let (n, resamples) = (x.len() as f64, 400);
        let mean = |part: &[u32]| Ok::<_, EvaluationError>(mean_of(&x, part));
        let found = bootstrap(count(x.len()), resamples, Key::new(seed), mean)?;
        let m = x.iter().sum::<f64>() / n;
        let exact = x.iter().map(|x| (x - m).powi(2)).sum::<f64>().sqrt() / n;
        // A standard deviation of B numbers is off by √((κ − 1) / 4B); the mean of n ≥ 3 draws has kurtosis κ at most
        // 3 + (n − 2)²/n here, and 5 deviations come once in a million.
        let kurtosis = 3.0 + n;
        relative(found.standard_error(), exact, 5.0 * ((kurtosis - 1.0) / (4.0 * f64::from(resamples))).sqrt())?;
        at_most(found.bias().abs(), 5.0 * exact / f64::from(resamples).sqrt() + 100.0 * EPSILON)?;
    }

    #[test]
    fn a_resample_depends_on_its_number_alone(n in 2..20_u32, seed in any::<u64>()) {
        let drawn = |resamples| -> Result<Vec<Vec<u32>>, EvaluationError> {
            let mut seen = Vec::new();
            bootstrap(n, resamples, Key::new(seed), |part| -> Result<f64, EvaluationError> {
                seen.push(part.to_vec());
                Ok(0.0)
            })?;
            Ok(seen)
        };
        let (few, many) = (drawn(3)?, drawn(5)?);
        prop_assert_eq!(&many[..4], &few[..]);
        prop_assert_eq!(&many[0], &(0..n).collect::<Vec<_>>());
        prop_assert!(many.iter().all(|part| part.len() == n as usize));
        prop_assert!(n < 12 || many[1] != many[2]); // equal by chance: 12⁻¹²
    }

    #[test]
    fn percentile_intervals_follow_rising_functions(x in vec(-5.0..5.0, 2..50), estimate in -5.0..5.0, level in 0.01..0.99) {
        let plain = Bootstrap::new(estimate, x.clone())?.percentile(level)?;
        let bent = Bootstrap::new(f64::exp(estimate), x.iter().map(|x| x.exp()).collect())?.percentile(level)?;
        prop_assert_eq!((plain.low.exp(), plain.high.exp()), (bent.low, bent.high));
        prop_assert!(plain.low <= plain.high);
    }

    #[test]
    fn without_bias_and_acceleration_bca_is_the_percentile_interval(x in vec(0.01..5.0, 2..40), level in 0.01..0.99) {
        let replicates: Vec<f64> = x.iter().flat_map(|x: &f64| [*x, -x]).collect();
        let count = replicates.len() as f64;
        // Away from the orders at which the next resample begins: Φ(Φ⁻¹(α)) is α up to rounding.
        let place: f64 = (1.0 - level) / 2.0 * count;
        prop_assume!((place - place.round()).abs() > 1e-9);
        let symmetric = |part: &[u32]| Ok::<_, EvaluationError>(part.iter().map(|&i| f64::from(i) - 1.0).sum());
        let even = jackknife(3, symmetric)?;
        let found = Bootstrap::new(0.0, replicates)?;
        prop_assert_eq!(found.bca(level, &even)?, found.percentile(level)?);
    }

    #[test]
    fn a_permutation_test_errs_as_rarely_as_it_says(pool in vec(small(), 5..8), n in 1..4_usize, alpha in 0.05..0.5) {
        let how = Rearrangements { limit: 1000, tie: 0.0, key: Key::new(1) };
        let sum = |x: &[f64], _: &[f64]| x.iter().sum::<f64>().abs();
        // Every choice of n of the numbers plays the data once.
        let (mut all, mut rejected) = (0.0, 0.0);
        for choice in 0..1_u32 << pool.len() {
            if choice.count_ones() as usize == n {
                let side = |chosen| -> Vec<f64> {
                    pool.iter().enumerate().filter(|(i, _)| (choice >> i & 1 == 1) == chosen).map(|(_, x)| *x).collect()
                };
                let test = permutation_test(&side(true), &side(false), how, sum)?;
                prop_assert!(test.exact);
                all += 1.0;
                rejected += f64::from(u8::from(test.p_value <= alpha));
            }
        }
        at_most(rejected, alpha * all)?;
    }

    #[test]
    fn a_sign_flip_test_errs_as_rarely_as_it_says(sizes in vec(small(), 1..6), alpha in 0.02..0.5) {
        let how = Rearrangements { limit: 1000, tie: 0.0, key: Key::new(1) };
        let patterns = 1_u32 << sizes.len();
        let mut rejected = 0.0;
        for pattern in 0..patterns {
            let signed: Vec<f64> =
                sizes.iter().enumerate().map(|(i, x)| if pattern >> i & 1 == 1 { -x } else { *x }).collect();
            let test = sign_flip_test(&signed, how, |d| d.iter().sum())?;
            prop_assert_eq!((test.exact, test.rearrangements), (true, patterns.into()));
            rejected += f64::from(u8::from(test.p_value <= alpha));
        }
        at_most(rejected, alpha * f64::from(patterns))?;
    }

    #[test]
    fn random_rearrangements_estimate_the_exact_p_value(x in vec(small(), 4..6), y in vec(small(), 4..6), seed in any::<u64>()) {
        let key = Key::new(seed);
        let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
        let difference = |x: &[f64], y: &[f64]| mean(x) - mean(y);
        let test = |limit| permutation_test(&x, &y, Rearrangements { limit, tie: 1e-12, key }, difference);
        let (all, some) = (test(1000)?, test(60)?);
        let few = |limit| sign_flip_test(&x, Rearrangements { limit, tie: 1e-12, key }, |d| mean(d));
        let (all_signs, some_signs) = (few(1000)?, few(8)?);
        prop_assert!(all.exact && !some.exact && all_signs.exact && !some_signs.exact);
        prop_assert_eq!((some.rearrangements, some_signs.rearrangements), (61, 9));
        for (exact, random, tried) in [(all, some, 60.0), (all_signs, some_signs, 8.0)] {
            let p = exact.p_value;
            let deviation = (p * (1.0 - p) / tried).sqrt();
            at_most((random.p_value - p).abs(), 5.0 * deviation + 1.0 / tried + 1.5 / tried.powf(1.5))?;
        }
    }
}
