//! The theorems of the losses of classes.

use crate::{
    Batch, EPSILON, SOFTMAX, Truth, entropy, logits_and_distribution, logits_and_label, sample,
};
use gradus_losses::{
    BinaryCrossEntropy, BinaryCrossEntropyLogits, Brier, ClassWeightedCrossEntropy, CrammerSinger,
    CrossEntropy, Exponential, Focal, Hinge, KullbackLeibler, KullbackLeiblerLogs, Loss, LossError,
    ModifiedHuber, NegativeLogLikelihood, Perceptron, PositiveWeightedCrossEntropy, Shape,
    SoftmaxCrossEntropy, SquaredHinge, Tversky, Weights, WestonWatkins,
};
use gradus_numeric::{softmax, softplus};
use gradus_testkit::strategies::simplex_point;
use gradus_testkit::{all_scaled, at_most, cases, gradient, relative, same_bits, scaled};
use proptest::prelude::*;

type Answer = Result<(f64, Vec<f64>), LossError>;

fn weighted(w: &[f64], alpha: f64, z: &[f64], y: u32) -> Answer {
    sample(z, Truth::Labels(vec![y])).sum(&ClassWeightedCrossEntropy::new(w.to_vec(), alpha)?)
}

fn yes_or_no(loss: &dyn Loss<f64>, z: f64, y: u32) -> Result<(f64, f64), LossError> {
    let (value, slopes) = sample(&[z], Truth::Labels(vec![y])).sum(loss)?;
    Ok((value, slopes[0]))
}

fn logarithms(p: &[f64]) -> Vec<f64> {
    p.iter().map(|p| p.ln()).collect()
}

/// Value and slope of a smoothed loss are those of (1 − α) ℓ(y) + ½ α (ℓ(0) + ℓ(1)), and without smoothing the same bits.
fn mixes(
    smooth: &dyn Loss<f64>,
    plain: &dyn Loss<f64>,
    x: f64,
    y: u32,
    alpha: f64,
) -> Result<(), TestCaseError> {
    let [(no, down), (yes, up)] = [yes_or_no(plain, x, 0)?, yes_or_no(plain, x, 1)?];
    let mixture =
        |no, yes| (1.0 - alpha) * if y == 1 { yes } else { no } + 0.5 * alpha * (no + yes);
    let (value, slope) = yes_or_no(smooth, x, y)?;
    relative(value, mixture(no, yes), 8.0 * EPSILON)?;
    scaled(
        slope,
        mixture(down, up),
        8.0 * EPSILON,
        down.abs() + up.abs(),
    )?;
    Ok(())
}

fn class_weights(n: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(0.0..5.0_f64, n)
}

fn weighted_case() -> impl Strategy<Value = (Vec<f64>, u32, Vec<f64>, Vec<f64>)> {
    logits_and_label().prop_flat_map(|(z, y)| {
        let k = z.len();
        let z: Vec<f64> = z.into_iter().map(|z| z.clamp(-50.0, 50.0)).collect();
        (Just(z), Just(y), class_weights(k), class_weights(k))
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn equal_class_weights_scale_the_loss((z, y, _, _) in weighted_case(), w in 0.1..10.0, alpha in 0.0..0.9) {
        let (value, slopes) = weighted(&vec![w; z.len()], alpha, &z, y)?;
        let plain = sample(&z, Truth::Labels(vec![y])).sum(&SoftmaxCrossEntropy { label_smoothing: alpha })?;
        scaled(value, w * plain.0, 1e-14, w * plain.0)?;
        let expected: Vec<f64> = plain.1.iter().map(|g| w * g).collect();
        all_scaled(&slopes, &expected, 1e-14, w)?;
    }

    #[test]
    fn class_weights_are_sample_weights_without_smoothing((z, y, w, _) in weighted_case()) {
        let (value, slopes) = weighted(&w, 0.0, &z, y)?;
        let mut plain = sample(&z, Truth::Labels(vec![y]));
        plain.weights = vec![w[y as usize]];
        let plain = plain.sum(&SOFTMAX)?;
        scaled(value, plain.0, 4.0 * EPSILON, plain.0)?;
        all_scaled(&slopes, &plain.1, 4.0 * EPSILON, w[y as usize])?;
    }

    #[test]
    fn the_loss_is_linear_in_its_class_weights((z, y, v, w) in weighted_case(), alpha in 0.0..0.9) {
        let sum: Vec<f64> = v.iter().zip(&w).map(|(v, w)| v + w).collect();
        let (of_v, of_w, of_sum) = (weighted(&v, alpha, &z, y)?, weighted(&w, alpha, &z, y)?, weighted(&sum, alpha, &z, y)?);
        scaled(of_sum.0, of_v.0 + of_w.0, 1e-13, of_sum.0)?;
        let added: Vec<f64> = of_v.1.iter().zip(&of_w.1).map(|(a, b)| a + b).collect();
        all_scaled(&of_sum.1, &added, 1e-13, 10.0)?;
    }

    #[test]
    fn the_denominator_is_the_sum_of_the_labels_weights(labels in prop::collection::vec(0..3_u32, 1..30), w in class_weights(3)) {
        let loss = ClassWeightedCrossEntropy::new(w.clone(), 0.0)?;
        let expected: f64 = labels.iter().map(|&y| w[y as usize]).sum();
        prop_assume!(expected > 0.0);
        same_bits(loss.denominator(&labels, Weights::<f64>::Equal)?, expected)?;
    }

    #[test]
    fn a_positive_weight_of_one_changes_nothing(z in -800.0..800.0, y in 0..2_u32) {
        let (one, plain) = (yes_or_no(&PositiveWeightedCrossEntropy { weight: 1.0, label_smoothing: 0.0 }, z, y)?, yes_or_no(&BinaryCrossEntropyLogits::default(), z, y)?);
        prop_assert_eq!(one, plain);
    }

    #[test]
    fn a_positive_weight_repeats_the_yes(z in prop::collection::vec(-20.0..20.0_f64, 1..20), weight in 1..5_usize) {
        let n = z.len();
        let labels: Vec<u32> = (0..n).map(|j| u32::from(j % 3 == 0)).collect();
        let batch = Batch::new(Shape::new(1, n), z, Truth::Labels(labels.clone()));
        let repeated: Vec<usize> = (0..n).flat_map(|j| vec![j; if labels[j] == 1 { weight } else { 1 }]).collect();
        let one = batch.sum(&PositiveWeightedCrossEntropy { weight: weight as f64, label_smoothing: 0.0 })?.0;
        relative(one, batch.select(&repeated).sum(&BinaryCrossEntropyLogits::default())?.0, 1e-13)?;
    }

    #[test]
    fn binary_label_smoothing_is_a_mixture(
        z in -700.0..700.0_f64, p in 1e-9..0.999_f64, y in 0..2_u32, alpha in 0.0..1.0_f64, weight in 0.1..5.0_f64,
    ) {
        let logits = |label_smoothing| BinaryCrossEntropyLogits { label_smoothing };
        let weighted = |label_smoothing| PositiveWeightedCrossEntropy { weight, label_smoothing };
        let probabilities = |label_smoothing| BinaryCrossEntropy { label_smoothing };
        mixes(&logits(alpha), &logits(0.0), z, y, alpha)?;
        mixes(&weighted(alpha), &weighted(0.0), z, y, alpha)?;
        mixes(&probabilities(alpha), &probabilities(0.0), p, y, alpha)?;
    }

    #[test]
    fn binary_label_smoothing_is_that_of_two_classes(z in -700.0..700.0_f64, y in 0..2_u32, alpha in 0.0..1.0) {
        let (value, slopes) = sample(&[0.0, z], Truth::Labels(vec![y])).sum(&SoftmaxCrossEntropy { label_smoothing: alpha })?;
        let (binary, slope) = yes_or_no(&BinaryCrossEntropyLogits { label_smoothing: alpha }, z, y)?;
        relative(binary, value, 8.0 * EPSILON)?;
        scaled(slope, slopes[1], 4.0 * EPSILON, 1.0)?;
    }

    #[test]
    fn binary_label_smoothing_leaves_an_even_chance(z in -700.0..700.0_f64, alpha in 0.0..1.0) {
        let even = sample(&[z], Truth::Columns(vec![0.5]));
        let (smooth, slope) = even.sum(&BinaryCrossEntropyLogits { label_smoothing: alpha })?;
        let (plain, expected) = even.sum(&BinaryCrossEntropyLogits::default())?;
        relative(smooth, plain, 4.0 * EPSILON)?;
        scaled(slope[0], expected[0], 4.0 * EPSILON, 1.0)?;
    }

    #[test]
    fn the_best_probability_is_the_smoothed_target(y in 0.0..=1.0, p in 0.0..=1.0, alpha in 0.0..1.0) {
        let loss = BinaryCrossEntropy { label_smoothing: alpha };
        let of = |p: f64| sample(&[p], Truth::Columns(vec![y])).sum(&loss);
        let best = of((1.0 - alpha) * y + 0.5 * alpha)?.0;
        at_most(best, of(p)?.0 + 4.0 * EPSILON)?; // the entropy is at most ln 2
    }

    #[test]
    fn smoothing_goes_before_the_positive_weight(y in 0..2_u32, weight in 0.01..100.0_f64, alpha in 0.01..1.0) {
        let loss = PositiveWeightedCrossEntropy { weight, label_smoothing: alpha };
        let target = |y: f64| (1.0 - alpha) * y + 0.5 * alpha;
        let (yes, no) = (target(f64::from(y)), target(1.0 - f64::from(y)));
        let best = (weight * yes / no).ln();
        // at the minimum both terms of the slope are w y' (1 - y') / (w y' + 1 - y'); a logit is at most 10 and rounded
        scaled(yes_or_no(&loss, best, y)?.1, 0.0, 16.0 * EPSILON, no.min(weight * yes))?;
    }

    #[test]
    fn focal_loss_without_focus_is_cross_entropy(z in -700.0..700.0, y in 0..2_u32) {
        let (focal, plain) = (yes_or_no(&Focal { gamma: 0.0 }, z, y)?, yes_or_no(&BinaryCrossEntropyLogits::default(), z, y)?);
        relative(focal.0, plain.0, 2.0 * EPSILON)?;
        scaled(focal.1, plain.1, 2.0 * EPSILON, plain.1.abs())?;
    }

    #[test]
    fn focal_loss_is_symmetric_and_falls_with_its_focus(z in -50.0..50.0_f64, gamma in 0.0..5.0, more in 0.0..2.0) {
        let of = |z, y, gamma| yes_or_no(&Focal { gamma }, z, y);
        let (yes, no) = (of(z, 1, gamma)?, of(-z, 0, gamma)?);
        prop_assert_eq!((yes.0, yes.1), (no.0, -no.1));
        at_most(of(z, 1, gamma + more)?.0, yes.0 * (1.0 + 8.0 * EPSILON))?;
        let definition = (1.0 + z.exp()).powf(-gamma) * softplus(-z);
        relative(yes.0, definition, 1e-13)?;
    }

    #[test]
    fn the_hinge_bounds_the_mistakes(f in -5.0..5.0, y in 0..2_u32) {
        let mistake = f64::from(u8::from((f > 0.0) != (y == 1)));
        at_most(mistake, yes_or_no(&Hinge, f, y)?.0)?;
        at_most(mistake, yes_or_no(&SquaredHinge, f, y)?.0)?;
    }

    #[test]
    fn labels_of_a_hinge_are_signs(f in -5.0..5.0, y in 0..2_u32) {
        let sign = sample(&[f], Truth::Columns(vec![2.0 * f64::from(y) - 1.0]));
        for loss in [&Hinge as &dyn Loss<f64>, &SquaredHinge] {
            let by_sign = sign.sum(loss)?;
            prop_assert_eq!(yes_or_no(loss, f, y)?, (by_sign.0, by_sign.1[0]));
        }
    }

    #[test]
    fn the_squared_hinge_is_the_square(f in -5.0..5.0, y in 0..2_u32) {
        same_bits(yes_or_no(&SquaredHinge, f, y)?.0, yes_or_no(&Hinge, f, y)?.0.powi(2))?;
    }

    #[test]
    fn the_brier_score_is_proper((p, q) in (1..8_usize).prop_flat_map(|k| (simplex_point(k), simplex_point(k)))) {
        // The expectation over labels drawn from q: smallest at p = q.
        let expected = |p: &[f64]| -> Result<f64, LossError> {
            let of = |(y, q): (usize, &f64)| Ok(q * sample(p, Truth::Labels(vec![u32::try_from(y).unwrap_or(0)])).sum(&Brier)?.0);
            q.iter().enumerate().map(of).sum()
        };
        at_most(expected(&q)?, expected(&p)? + 1e-14)?;
    }

    #[test]
    fn the_brier_score_is_bounded((p, q) in (1..8_usize).prop_flat_map(|k| (simplex_point(k), simplex_point(k)))) {
        let value = sample(&p, Truth::Columns(q)).sum(&Brier)?.0;
        prop_assert!((0.0..=2.0 + 1e-14).contains(&value));
    }

    #[test]
    fn the_divergence_is_cross_entropy_less_entropy((z, q) in logits_and_distribution()) {
        let p = softmax(&z)?;
        let (divergence, slopes) = sample(&p, Truth::Columns(q.clone())).sum(&KullbackLeibler)?;
        let (cross, expected) = sample(&p, Truth::Columns(q.clone())).sum(&CrossEntropy)?;
        scaled(divergence, cross - entropy(&q), 1e-13, 1.0 + cross)?;
        prop_assert_eq!(slopes, expected);
        at_most(-divergence, 1e-14)?;
        let (at_itself, _) = sample(&q, Truth::Columns(q.clone())).sum(&KullbackLeibler)?;
        prop_assert_eq!(at_itself, 0.0);
    }

    #[test]
    fn the_divergence_of_logarithms_is_that_of_probabilities((z, q) in logits_and_distribution()) {
        let p = softmax(&z)?;
        let (l, t) = (logarithms(&p), logarithms(&q));
        let (divergence, slopes) = sample(&l, Truth::Columns(t)).sum(&KullbackLeiblerLogs)?;
        let expected = sample(&p, Truth::Columns(q.clone())).sum(&KullbackLeibler)?.0;
        let cross = sample(&p, Truth::Columns(q.clone())).sum(&CrossEntropy)?.0;
        scaled(divergence, expected, 1e-14, 1.0 + cross)?; // terms of both signs cancel
        let expected: Vec<f64> = q.iter().map(|q| -q).collect();
        // the rounding of a logarithm of up to 708, that of a smallest normal number, is the relative error of its exponential
        all_scaled(&slopes, &expected, 4.0 * EPSILON, 1.0)?;
    }

    #[test]
    fn the_divergence_of_logarithms_is_zero_at_itself_alone((z, q) in logits_and_distribution()) {
        let (l, t) = (logarithms(&softmax(&z)?), logarithms(&q));
        let other = sample(&l, Truth::Columns(t.clone())).sum(&KullbackLeiblerLogs)?.0;
        // Pinsker: D ≥ ½ ‖p − q‖₁²
        let distance: f64 = softmax(&z)?.iter().zip(&q).map(|(p, q)| (p - q).abs()).sum();
        at_most(0.5 * distance * distance, other + 1e-13)?;
        same_bits(sample(&t, Truth::Columns(t.clone())).sum(&KullbackLeiblerLogs)?.0, 0.0)?;
    }

    #[test]
    fn the_divergence_from_a_label_is_its_log_likelihood((z, y) in logits_and_label()) {
        let l = logarithms(&softmax(&z)?);
        let (divergence, slopes) = sample(&l, Truth::Labels(vec![y])).sum(&KullbackLeiblerLogs)?;
        let (expected, of_label) = sample(&l, Truth::Labels(vec![y])).sum(&NegativeLogLikelihood)?;
        prop_assert_eq!(divergence, expected);
        prop_assert_eq!(slopes, of_label);
    }

    #[test]
    fn negative_log_likelihood_is_cross_entropy_of_the_exponentials((z, q) in logits_and_distribution()) {
        let p = softmax(&z)?;
        let logarithms: Vec<f64> = p.iter().map(|p| p.ln()).collect();
        let value = sample(&logarithms, Truth::Columns(q.clone())).sum(&NegativeLogLikelihood)?.0;
        scaled(value, sample(&p, Truth::Columns(q)).sum(&CrossEntropy)?.0, 1e-14, 1.0 + value)?;
    }
}

#[test]
fn settings_and_domains_are_checked() {
    let one = |loss: &dyn Loss<f64>, p: &[f64], truth| sample(p, truth).sum(loss);
    let label = |y| Truth::Labels(vec![y]);
    assert!(one(&Focal { gamma: -1.0 }, &[0.0], label(1)).is_err());
    assert!(
        one(
            &PositiveWeightedCrossEntropy {
                weight: 0.0,
                label_smoothing: 0.0
            },
            &[0.0],
            label(1)
        )
        .is_err()
    );
    assert!(one(&Hinge, &[0.0], Truth::Columns(vec![0.5])).is_err());
    assert!(one(&Hinge, &[0.0], label(2)).is_err() && one(&Hinge, &[0.0, 0.0], label(1)).is_err());
    assert!(one(&Brier, &[1.5, -0.5], label(0)).is_err());
    assert!(one(&NegativeLogLikelihood, &[0.5, -1.0], label(0)).is_err());
    assert_eq!(
        one(&KullbackLeibler, &[1.0, 0.0], label(1)).map(|a| a.0),
        Ok(f64::INFINITY)
    );
}

/// The value of a margin loss on average over a truth, on a grid of decisions: where it is smallest.
fn best_decision(loss: &dyn Loss<f64>, p: f64) -> Result<f64, LossError> {
    let mut best = (f64::INFINITY, 0.0);
    let mut center = 0.0;
    // A coarse grid, and a fine one around its best place: the loss is convex.
    for step in [0.05, 0.001] {
        for k in -80..=80 {
            let f = center + step * f64::from(k);
            let cost = p * yes_or_no(loss, f, 1)?.0 + (1.0 - p) * yes_or_no(loss, f, 0)?.0;
            if cost < best.0 {
                best = (cost, f);
            }
        }
        center = best.1;
    }
    Ok(center)
}

/// Regions: soft predictions and crisp truths.
fn regions() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    (1..12_usize).prop_flat_map(|n| {
        let crisp = prop::sample::select(vec![0.0, 1.0]);
        (
            prop::collection::vec(0.0..=1.0, n),
            prop::collection::vec(crisp, n),
        )
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_perceptron_is_a_hinge_without_margin(f in -20.0..20.0_f64, y in 0..2_u32) {
        let sign = 2.0 * f64::from(y) - 1.0;
        let hinge = yes_or_no(&Hinge, f + sign, y)?;
        scaled(yes_or_no(&Perceptron, f, y)?.0, hinge.0, 4.0 * EPSILON, 1.0 + f.abs())?;
    }

    #[test]
    fn exponential_and_modified_huber_bound_the_mistakes(f in -20.0..20.0_f64, y in 0..2_u32) {
        let mistake = if (f > 0.0) == (y == 1) { 0.0 } else { 1.0 };
        at_most(mistake, yes_or_no(&Exponential, f, y)?.0)?;
        at_most(mistake, yes_or_no(&ModifiedHuber, f, y)?.0)?;
    }

    #[test]
    fn the_exponential_loss_finds_half_of_the_logit(p in 0.01..0.99) {
        let f = best_decision(&Exponential, p)?;
        at_most((f - 0.5 * (p / (1.0 - p)).ln()).abs(), 1e-3)?; // the grid
    }

    #[test]
    fn modified_huber_finds_the_probability(p in 0.01..0.99) {
        at_most((best_decision(&ModifiedHuber, p)? - (2.0 * p - 1.0)).abs(), 1e-3)?; // the grid
    }

    #[test]
    fn multiclass_hinges_of_two_classes_are_the_hinge(a in -9.0..9.0_f64, b in -9.0..9.0_f64, y in 0..2_u32) {
        let hinge = yes_or_no(&Hinge, b - a, y)?.0;
        for loss in [&CrammerSinger as &dyn Loss<f64>, &WestonWatkins] {
            let (value, slopes) = sample(&[a, b], Truth::Labels(vec![y])).sum(loss)?;
            scaled(value, hinge, 4.0 * EPSILON, 20.0)?;
            prop_assert_eq!(slopes[0] + slopes[1], 0.0);
        }
    }

    #[test]
    fn one_rival_costs_less_than_all((z, y) in logits_and_label()) {
        let one = sample(&z, Truth::Labels(vec![y])).sum(&CrammerSinger)?.0;
        let all = sample(&z, Truth::Labels(vec![y])).sum(&WestonWatkins)?.0;
        prop_assert!(one >= 0.0);
        at_most(one, all * (1.0 + 8.0 * EPSILON) + 1e-12 * one.abs())?;
    }

    #[test]
    fn overlap_losses_lie_between_zero_and_one((p, q) in regions(), s in 0.0..2.0, alpha in 0.0..2.0, beta in 0.0..2.0) {
        let loss = Tversky { alpha, beta, smoothing: s };
        let value = sample(&p, Truth::Columns(q.clone())).sum(&loss)?.0;
        prop_assert!((-4.0 * EPSILON..=1.0).contains(&value), "{value}");
        let same = sample(&q, Truth::Columns(q.clone())).sum(&loss)?.0;
        prop_assert_eq!(same, 0.0);
    }

    #[test]
    fn jaccard_is_a_function_of_dice((p, q) in regions()) {
        let of = |loss: Tversky| Ok::<f64, LossError>(1.0 - sample(&p, Truth::Columns(q.clone())).sum(&loss)?.0);
        let (dice, jaccard) = (of(Tversky::dice(0.0))?, of(Tversky::jaccard(0.0))?);
        at_most((jaccard - dice / (2.0 - dice)).abs(), 8.0 * EPSILON)?;
    }

    #[test]
    fn overlap_gradients_are_derivatives((p, q) in regions(), s in 0.1..2.0, alpha in 0.0..2.0, beta in 0.0..2.0) {
        let inside: Vec<f64> = p.iter().map(|p| 0.25 + 0.5 * p).collect();
        let value_and_gradient = |x: &[f64]| {
            sample(x, Truth::Columns(q.clone())).sum(&Tversky { alpha, beta, smoothing: s }).unwrap_or_default()
        };
        gradient::check(value_and_gradient, &inside)?;
    }
}

#[test]
fn empty_regions_are_equal() -> Result<(), LossError> {
    let empty = sample(&[0.0; 3], Truth::Columns(vec![0.0; 3]));
    assert_eq!(empty.sum(&Tversky::dice(0.0))?, (0.0, vec![0.0; 3]));
    let refused = empty.sum(&Tversky {
        alpha: -1.0,
        beta: 0.5,
        smoothing: 0.0,
    });
    assert!(matches!(
        refused,
        Err(LossError::OutsideInterval { name: "alpha", .. })
    ));
    Ok(())
}
