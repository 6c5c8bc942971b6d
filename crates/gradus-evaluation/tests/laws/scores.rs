//! Laws of scores, probabilities and groupings.

use gradus_evaluation::{
    Average, BinaryScores, Calibration, ConfusionMatrix, EvaluationError, Key, MatrixRef, Order,
    Shape, accuracy, adjusted_mutual_information, adjusted_rand_index, area_against_rest, argmax,
    brier_score, hinge_loss, log_loss, normalized_mutual_information, one_against_rest,
    top_k_accuracy,
};
use gradus_testkit::strategies::labels;
use gradus_testkit::{at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::iter::zip;

const EPSILON: f64 = f64::EPSILON;

/// Labels 0 and 1, both of them, and scores in tenths: with ties.
fn scored() -> impl Strategy<Value = (Vec<u32>, Vec<f64>)> {
    let sample = (0..2_u32, 0..11_u32).prop_map(|(y, s)| (y, f64::from(s) / 10.0));
    prop::collection::vec(sample, 2..60).prop_filter_map("both classes", |samples| {
        let (truth, scores): (Vec<u32>, Vec<f64>) = samples.into_iter().unzip();
        (truth.contains(&0) && truth.contains(&1)).then_some((truth, scores))
    })
}

/// Two groupings of the same samples.
fn groupings() -> impl Strategy<Value = (Vec<u32>, Vec<u32>)> {
    (1..50_usize).prop_flat_map(|n| (labels(5, n), labels(4, n)))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn agreement_is_symmetric_and_bounded((u, v) in groupings()) {
        let (here, there) = (ConfusionMatrix::new(&u, &v, 5)?, ConfusionMatrix::new(&v, &u, 5)?);
        let same = ConfusionMatrix::new(&u, &u, 5)?;
        if let Ok(value) = here.matthews() {
            same_bits(value, there.matthews()?)?;
            at_most(value.abs(), 1.0 + 4.0 * EPSILON)?;
            scaled(same.matthews()?, 1.0, 4.0 * EPSILON, 1.0)?;
        }
        if let Ok(value) = here.kappa() {
            same_bits(value, there.kappa()?)?;
            at_most(value, 1.0)?;
        }
        if u.iter().any(|&y| y != u[0]) {
            same_bits(same.kappa()?, 1.0)?;
        }
    }

    #[test]
    fn matthews_is_the_correlation_of_two_classes(u in labels(2, 2..40), v in labels(2, 40)) {
        let v = &v[..u.len()];
        let matrix = ConfusionMatrix::new(&u, v, 2)?;
        let Ok(value) = matrix.matthews() else { return Ok(()) };
        let n = u.len() as f64;
        let mean = |x: &[u32]| f64::from(x.iter().sum::<u32>()) / n;
        let (mu, mv) = (mean(&u), mean(v));
        let product = |a: &[u32], ma: f64, b: &[u32], mb: f64| -> f64 {
            zip(a, b).map(|(&a, &b)| (f64::from(a) - ma) * (f64::from(b) - mb)).sum()
        };
        let correlation = product(&u, mu, v, mv) / (product(&u, mu, &u, mu) * product(v, mv, v, mv)).sqrt();
        scaled(value, correlation, 4.0 * n * EPSILON, 1.0)?;
    }

    #[test]
    fn top_k_rises_from_accuracy_to_one(scores in prop::collection::vec(0..4_u32, 4..60), truth in labels(4, 20)) {
        let n = scores.len() / 4;
        let values: Vec<f64> = scores[..4 * n].iter().map(|&s| f64::from(s)).collect();
        let truth = &truth[..n.min(20)];
        let n = truth.len();
        let matrix = MatrixRef::new(&values[..4 * n], Shape::new(4, n), Order::Columns)?;
        let of = |k| top_k_accuracy(matrix, truth, k);
        let right = zip(argmax(matrix)?, truth).filter(|(p, y)| p == *y).count();
        same_bits(of(1)?, right as f64 / n as f64)?;
        same_bits(of(0)?, 0.0)?;
        same_bits(of(4)?, 1.0)?;
        at_most(of(1)?, of(2)?)?;
        at_most(of(2)?, of(3)?)?;
    }

    #[test]
    fn log_loss_of_guessing_is_the_log_of_the_classes(truth in labels(5, 1..40)) {
        let n = truth.len();
        let guess = vec![0.2_f32; 5 * n];
        let guess = MatrixRef::new(&guess, Shape::new(5, n), Order::Rows)?;
        relative(log_loss(guess, &truth)?, 5.0_f64.ln(), f64::from(f32::EPSILON))?;
        let mut sure = vec![0.0; 5 * n];
        for (j, &y) in truth.iter().enumerate() {
            sure[5 * j + y as usize] = 1.0;
        }
        let sure = MatrixRef::new(&sure, Shape::new(5, n), Order::Columns)?;
        same_bits(log_loss(sure, &truth)?, 0.0)?;
    }

    #[test]
    fn the_base_rate_minimizes_the_brier_score((truth, _) in scored(), other in 0.0..1.0) {
        let rate = f64::from(truth.iter().sum::<u32>()) / truth.len() as f64;
        let of = |p: f64| brier_score(&truth, &vec![p; truth.len()]);
        at_most(of(rate)?, of(other)? + 4.0 * EPSILON)?;
        scaled(of(other)?, of(rate)? + (other - rate).powi(2), 8.0 * EPSILON, 1.0)?;
    }

    #[test]
    fn auc_counts_the_pairs_in_order((truth, scores) in scored()) {
        let samples = || zip(&truth, &scores);
        let (mut pairs, mut ordered) = (0.0, 0.0);
        for (_, positive) in samples().filter(|(y, _)| **y == 1) {
            for (_, negative) in samples().filter(|(y, _)| **y == 0) {
                pairs += 1.0;
                ordered += if positive > negative { 1.0 } else if positive == negative { 0.5 } else { 0.0 };
            }
        }
        same_bits(BinaryScores::new(&truth, &scores)?.auc()?, ordered / pairs)?;
    }

    #[test]
    fn auc_depends_on_the_order_alone((truth, scores) in scored()) {
        let auc = |scores: &[f64]| BinaryScores::new(&truth, scores)?.auc();
        let risen: Vec<f64> = scores.iter().map(|s| (7.0 * s).exp() - 3.0).collect();
        let fallen: Vec<f64> = scores.iter().map(|s| -s).collect();
        same_bits(auc(&risen)?, auc(&scores)?)?;
        scaled(auc(&fallen)?, 1.0 - auc(&scores)?, EPSILON, 1.0)?;
    }

    #[test]
    fn auc_is_the_area_below_the_curve((truth, scores) in scored()) {
        let scores = BinaryScores::new(&truth, &scores)?;
        let roc = scores.roc()?;
        prop_assert_eq!((roc[0], roc[roc.len() - 1]), ((0.0, 0.0), (1.0, 1.0)));
        let trapezoid = |pair: &[(f64, f64)]| (pair[1].0 - pair[0].0) * (pair[1].1 + pair[0].1) / 2.0;
        let area: f64 = roc.windows(2).map(trapezoid).sum();
        scaled(scores.auc()?, area, 64.0 * EPSILON, 1.0)?;
        let curve = scores.precision_recall()?;
        prop_assert!(curve.windows(2).all(|pair| pair[0].0 <= pair[1].0));
        prop_assert_eq!(curve.last().map(|point| point.0), Some(1.0));
        let steps = zip(&curve, std::iter::once(&(0.0, 0.0)).chain(&curve)).map(|(here, before)| (here.0 - before.0) * here.1);
        scaled(scores.average_precision()?, steps.sum(), 64.0 * EPSILON, 1.0)?;
    }

    #[test]
    fn bins_hold_all_samples((truth, p) in scored(), bins in 1..12_usize) {
        let calibration = Calibration::new(&truth, &p, bins)?;
        let all: Vec<_> = calibration.bins().collect();
        prop_assert_eq!(all.iter().map(|bin| bin.count).sum::<u64>(), truth.len() as u64);
        for bin in &all {
            let place = bin.predicted * bins as f64;
            prop_assert!(all.iter().filter(|other| (other.predicted * bins as f64).ceil() == place.ceil()).count() <= 2);
            prop_assert!((0.0..=1.0).contains(&bin.observed) && (0.0..=1.0).contains(&bin.predicted));
        }
        prop_assert!(all.windows(2).all(|pair| pair[0].predicted < pair[1].predicted));
        let one = Calibration::new(&truth, &p, 1)?.expected_error();
        let n = truth.len() as f64;
        let mean = p.iter().sum::<f64>() / n;
        scaled(one, (mean - f64::from(truth.iter().sum::<u32>()) / n).abs(), 2.0 * n * EPSILON, 1.0)?;
        at_most(one, calibration.expected_error() + 4.0 * EPSILON)?; // the triangle inequality
    }

    #[test]
    fn merged_batches_are_the_whole((truth, scores) in scored(), cut in any::<prop::sample::Index>()) {
        let cut = 1 + cut.index(truth.len() - 1);
        let ((y, z), (s, t)) = (truth.split_at(cut), scores.split_at(cut));
        let mut merged = BinaryScores::new(y, s)?;
        merged.merge(&BinaryScores::new(z, t)?);
        prop_assert_eq!(merged, BinaryScores::new(&truth, &scores)?);

        let predicted: Vec<u32> = scores.iter().map(|&s| u32::from(s > 0.5)).collect();
        let (p, q) = predicted.split_at(cut);
        let mut merged = ConfusionMatrix::new(y, p, 2)?;
        merged.merge(&ConfusionMatrix::new(z, q, 2)?)?;
        prop_assert_eq!(merged, ConfusionMatrix::new(&truth, &predicted, 2)?);

        let mut merged = Calibration::new(y, s, 4)?;
        merged.merge(&Calibration::new(z, t, 4)?)?;
        let whole = Calibration::new(&truth, &scores, 4)?;
        for (part, whole) in zip(merged.bins(), whole.bins()) {
            prop_assert_eq!((part.count, part.observed.to_bits()), (whole.count, whole.observed.to_bits()));
            relative(part.predicted, whole.predicted, 2.0 * EPSILON)?;
        }
    }

    #[test]
    fn clusterings_are_compared_up_to_names((u, v) in groupings(), shift in 1..9_u32) {
        let renamed: Vec<u32> = u.iter().map(|y| 100 - y * shift).collect();
        for compare in [normalized_mutual_information, adjusted_mutual_information, adjusted_rand_index] {
            scaled(compare(&u, &renamed)?, 1.0, 16.0 * EPSILON, 1.0)?;
            let (here, there) = (compare(&u, &v)?, compare(&v, &u)?);
            scaled(here, there, 1e4 * EPSILON, 1.0)?; // sums in another order, and differences of them
            scaled(compare(&renamed, &v)?, here, 1e4 * EPSILON, 1.0)?;
            at_most(here, 1.0 + 16.0 * EPSILON)?;
        }
        at_most(0.0, normalized_mutual_information(&u, &v)?)?;
    }
}

/// The mean over 400 shuffles has a deviation of about 0.1 / √400 = 0.005 for 30 samples in 3 groups.
#[test]
fn adjusted_measures_are_zero_by_chance() -> Result<(), EvaluationError> {
    let u: Vec<u32> = (0..30).map(|i| i % 3).collect();
    let (mut information, mut pairs) = (0.0, 0.0);
    for seed in 0..400 {
        let order = gradus_random::permutation(30, &mut Key::new(seed).rng());
        let v: Vec<u32> = order.iter().map(|&i| i % 3).collect();
        information += adjusted_mutual_information(&u, &v)? / 400.0;
        pairs += adjusted_rand_index(&u, &v)? / 400.0;
    }
    assert!(information.abs() < 0.02 && pairs.abs() < 0.02);
    Ok(())
}

/// Scores of three classes in tenths, and labels of which all occur.
fn of_three() -> impl Strategy<Value = (Vec<f64>, Vec<u32>)> {
    (3_usize..30).prop_flat_map(|n| {
        let scores = prop::collection::vec((0..11_u32).prop_map(|s| f64::from(s) / 10.0), 3 * n);
        (
            scores,
            labels(3, n - 3..n - 2).prop_map(|drawn| [vec![0, 1, 2], drawn].concat()),
        )
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn two_classes_against_each_other_have_one_area((truth, scores) in scored()) {
        let both: Vec<f64> = scores.iter().flat_map(|s| [1.0 - s, *s]).collect();
        let both = MatrixRef::new(&both, Shape::new(2, truth.len()), Order::Columns)?;
        let alone = BinaryScores::new(&truth, &scores)?.auc()?;
        for curve in one_against_rest(both, &truth)? {
            scaled(curve.auc()?, alone, 4.0 * EPSILON, 1.0)?;
        }
        for average in [Average::Macro, Average::Weighted] {
            scaled(area_against_rest(both, &truth, average)?, alone, 4.0 * EPSILON, 1.0)?;
        }
    }

    #[test]
    fn right_scores_have_area_one((_, truth) in of_three()) {
        let n = truth.len();
        let right: Vec<f64> = truth.iter().flat_map(|&y| (0..3).map(move |k| f64::from(u8::from(k == y)))).collect();
        for (scores, area) in [(right, 1.0), (vec![0.3; 3 * n], 0.5)] {
            let scores = MatrixRef::new(&scores, Shape::new(3, n), Order::Columns)?;
            for average in [Average::Macro, Average::Weighted, Average::Micro] {
                scaled(area_against_rest(scores, &truth, average)?, area, 4.0 * EPSILON, 1.0)?;
            }
        }
    }

    #[test]
    fn the_hinge_loss_bounds_the_errors((scores, truth) in of_three()) {
        let scores = MatrixRef::new(&scores, Shape::new(3, truth.len()), Order::Columns)?;
        let wrong = 1.0 - accuracy(&truth, &argmax(scores)?)?;
        at_most(wrong, hinge_loss(scores, &truth)? + 4.0 * EPSILON)?;
    }

    #[test]
    fn the_hinge_loss_sees_differences((scores, truth) in of_three(), shift in -4_i32..5) {
        let shape = Shape::new(3, truth.len());
        let moved: Vec<f64> = scores.iter().map(|s| s + f64::from(shift)).collect();
        let here = hinge_loss(MatrixRef::new(&scores, shape, Order::Columns)?, &truth)?;
        let there = hinge_loss(MatrixRef::new(&moved, shape, Order::Columns)?, &truth)?;
        scaled(here, there, 16.0 * EPSILON, 4.0)?;
    }
}
