//! The identities of losses by number, as `tools/planted/bugs.txt` lists them: which law states each, and those that have no other place.
//!
//! | number | laws |
//! |---|---|
//! | LO1 | `losses_are_zero_at_the_target_and_never_negative`, `the_divergence_is_cross_entropy_less_entropy` |
//! | LO2 | `mean_squared_error_is_variance_plus_squared_bias` |
//! | LO3 | `huber_has_no_jump_and_two_limits`, `huber_lies_between_square_and_absolute_value` |
//! | LO4 | `smooth_l1_is_a_scaled_huber` |
//! | LO5 | `the_slope_of_log_cosh_is_tanh`, `log_cosh_lies_between_its_limits` |
//! | LO6 | `half_of_the_absolute_error_is_a_pinball_loss`, `a_quantile_minimizes_the_pinball_loss` |
//! | LO7 | `softmax_cross_entropy_is_shift_invariant`, `softmax_cross_entropy_is_log_sum_exp_minus_logit` |
//! | LO8 | `the_gradient_is_softmax_minus_target` |
//! | LO9 | `extreme_logits_cost_finitely`, `extreme_scores_have_finite_losses` |
//! | LO10 | `binary_cross_entropy_of_a_yes_is_softplus`, `binary_cross_entropy_is_symmetric`, `binary_is_softmax_of_two_classes` |
//! | LO11 | `from_logits_is_from_probabilities_of_the_sigmoid` |
//! | LO12 | `labels_are_one_hot_columns`, `softmax_cross_entropy_is_the_likelihood_of_log_softmax` |
//! | LO13 | `cross_entropy_is_at_least_the_entropy_of_the_target` |
//! | LO14 | `label_smoothing_is_a_mixture` |
//! | LO15 | `smoothing_over_the_others_is_less_smoothing_over_all` |
//! | LO16 | `mean_is_sum_over_n`, `a_weighted_mean_is_a_quotient_of_sums`, `integer_weight_is_a_repeated_sample` |
//! | LO17 | `ignored_samples_are_removed_samples`, `ignored_comparisons_are_removed_comparisons` |
//! | LO18 | `a_sum_of_losses_does_not_see_the_order_of_samples` |
//! | LO19 | `focal_loss_without_focus_is_cross_entropy`, `focal_loss_is_symmetric_and_falls_with_its_focus` |
//! | LO20 | `the_hinge_bounds_the_mistakes`, `the_logistic_loss_in_bits_bounds_the_mistakes`, `exponential_and_modified_huber_bound_the_mistakes` |
//! | LO21 | `the_hessian_is_a_covariance` |
//! | LO22 | `the_brier_score_is_proper`, `binary_cross_entropy_is_minimal_at_the_truth`, `the_share_of_mistakes_is_not_proper` |
//! | LO23 | `the_divergence_is_cross_entropy_less_entropy`, `cross_entropy_from_probabilities_is_entropy_plus_divergence` |
//! | LO24 | `of_variance_one_the_gaussian_loss_is_half_the_squared_error`, `the_best_rate_is_the_mean` |
//! | LO25 | `a_direction_is_at_distance_zero_from_itself`, `the_cosine_distance_looks_at_directions_only` |
//! | LO26 | `jaccard_is_a_function_of_dice`, `overlap_losses_lie_between_zero_and_one` |
//! | LO27 | `beyond_the_margin_nothing_pulls`, `comparisons_of_distances_do_not_see_a_translation` |
//! | LO28 | `losses_of_fenchel_and_young_vanish_at_their_own_distribution` |
//! | LO29 | `losses_are_convex_in_the_prediction`, `smooth_losses_are_cocoercive` |
//! | LO30 | `gradients_are_derivatives`, `subgradients_hold_at_kinks`, `the_percentage_error_is_supported_at_its_kink` |

use crate::{EPSILON, SOFTMAX, Truth, any_batch, by_number, entropy, largest, of_label, sample};
use crate::{logits_and_distribution, logits_and_label, of_distribution};
use gradus_losses::{
    AbsoluteError, AbsolutePercentageError, BinaryCrossEntropyLogits, CosineDistance,
    CrammerSinger, GroupLasso, Hinge, Huber, L1, LogCosh, Loss, LossError, MatrixRef,
    ModifiedHuber, NegativeLogLikelihood, Order, Perceptron, Pinball, PositiveWeightedCrossEntropy,
    Reduction, Regularizer, SmoothL1, SoftmaxCrossEntropy, Sparsemax, SquaredError, SquaredHinge,
    Target, Weights, WestonWatkins,
};
use gradus_numeric::{Real, Shape, log_softmax, softmax};
use gradus_testkit::laws::subgradient;
use gradus_testkit::{all_scaled, at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::f64::consts::LN_2;

type Answer = Result<(f64, Vec<f64>), LossError>;

/// Loss and slope of one number.
fn of(loss: &dyn Loss<f64>, p: f64, y: f64) -> Result<(f64, f64), LossError> {
    let (value, slopes) = values_of(loss, &[p], &[y])?;
    Ok((value, slopes[0]))
}

fn values_of(loss: &dyn Loss<f64>, p: &[f64], y: &[f64]) -> Answer {
    sample(p, Truth::Columns(y.to_vec())).sum(loss)
}

/// The nearest distribution to z, by sorting; as exactly normalized as the check of targets asks for.
fn projected(z: &[f64]) -> Vec<f64> {
    let mut ordered = z.to_vec();
    ordered.sort_by(|a, b| b.total_cmp(a));
    let (mut sum, mut tau) = (0.0, f64::NEG_INFINITY);
    for (k, z) in ordered.iter().enumerate() {
        sum += z;
        let candidate = (sum - 1.0) / (k as f64 + 1.0);
        tau = if *z > candidate { candidate } else { tau };
    }
    let p: Vec<f64> = z.iter().map(|z| (z - tau).max(0.0)).collect();
    let total: f64 = p.iter().sum();
    p.iter().map(|p| p / total).collect()
}

/// Whether $`\lVert \nabla \ell(a) - \nabla \ell(b) \rVert^2 \le L \langle \nabla \ell(a) - \nabla \ell(b), a - b \rangle`$,
/// which is the same as: convex, with a gradient of Lipschitz constant L (Baillon and Haddad, 1977).
fn cocoercive(
    loss: &dyn Loss<f64>,
    constant: f64,
    [a, b]: [&[f64]; 2],
    truth: &Truth,
) -> Result<(), TestCaseError> {
    let slopes = |x: &[f64]| sample(x, truth.clone()).sum(loss).map(|(_, slopes)| slopes);
    let (of_a, of_b) = (slopes(a)?, slopes(b)?);
    let (mut square, mut product, mut rounding) = (0.0, 0.0, 0.0);
    for (i, (g, h)) in of_a.iter().zip(&of_b).enumerate() {
        let (d, x) = (g - h, a[i] - b[i]);
        square += d * d;
        product += d * x;
        rounding += 16.0 * EPSILON * (g.abs() + h.abs() + 1.0) * (x.abs() + d.abs() / constant);
    }
    at_most(square / constant, product + rounding)?;
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn huber_has_no_jump_and_two_limits(delta in 1e-3..1e3_f64, e in -1e3..1e3_f64, sign in prop_oneof![Just(1.0), Just(-1.0)]) {
        let huber = Huber { delta };
        // Beside the corner, one unit in the last place to each side.
        let [below, at, above] = [delta.next_down(), delta, delta.next_up()].map(|e| of(&huber, sign * e, 0.0));
        let (below, at, above) = (below?, at?, above?);
        relative(below.0, at.0, 4.0 * EPSILON)?;
        relative(above.0, at.0, 4.0 * EPSILON)?;
        relative(below.1, at.1, 2.0 * EPSILON)?;
        same_bits(above.1, at.1)?;
        // For large δ half of the square, for small δ nearly δ times the magnitude.
        same_bits(of(&Huber { delta: 1e6 }, e, 0.0)?.0, 0.5 * e.abs() * e.abs())?;
        let tiny = of(&Huber { delta: 1e-9 }, e, 0.0)?.0 / 1e-9;
        scaled(tiny, e.abs(), 1e-9, 1.0 + 4.0 * EPSILON / 1e-9 * e.abs())?;
    }

    #[test]
    fn the_slope_of_log_cosh_is_tanh(e in prop_oneof![-30.0..30.0, -1e-6..1e-6, Just(1e4), Just(-1e4)]) {
        let (value, slope) = of(&LogCosh, e, 0.0)?;
        same_bits(slope, e.tanh())?;
        let books = e.abs() + (-2.0 * e.abs()).exp().ln_1p() - LN_2;
        scaled(value, books, 2.0 * EPSILON, 1.0 + e.abs())?; // which cancels near 0
    }

    #[test]
    fn half_of_the_absolute_error_is_a_pinball_loss(p in -10.0..10.0_f64, y in -10.0..10.0_f64) {
        let (pinball, absolute) = (of(&Pinball { quantile: 0.5 }, p, y)?, of(&AbsoluteError, p, y)?);
        same_bits(pinball.0, 0.5 * absolute.0)?;
        same_bits(pinball.1, 0.5 * absolute.1)?;
    }

    #[test]
    fn softmax_cross_entropy_is_the_likelihood_of_log_softmax((z, y) in logits_and_label()) {
        let l: Vec<f64> = log_softmax(&z)?.into_iter().map(|l| l.min(0.0)).collect();
        let likelihood = sample(&l, Truth::Labels(vec![y])).sum(&NegativeLogLikelihood)?.0;
        scaled(of_label(&z, y)?.0, likelihood, 4.0 * EPSILON, largest(&z))?;
    }

    #[test]
    fn smoothing_over_the_others_is_less_smoothing_over_all((z, y) in logits_and_label(), alpha in 0.0..1.0_f64) {
        prop_assume!(z.len() > 1 && largest(&z) < 1e6);
        // α / K for every class, against α' / (K − 1) for every other class, with α' = α (K − 1) / K.
        let k = z.len() as f64;
        let of_others = alpha * (k - 1.0) / k;
        let spread = |i: usize| if i == y as usize { 1.0 - of_others } else { of_others / (k - 1.0) };
        let q: Vec<f64> = (0..z.len()).map(spread).collect();
        let loss = SoftmaxCrossEntropy { label_smoothing: alpha };
        let (value, slopes) = sample(&z, Truth::Labels(vec![y])).sum(&loss)?;
        let (other, of_other) = of_distribution(&z, &q)?;
        scaled(value, other, 8.0 * k * EPSILON, largest(&z))?;
        all_scaled(&slopes, &of_other, 8.0 * k * EPSILON, 1.0)?;
    }

    #[test]
    fn a_weighted_mean_is_a_quotient_of_sums((loss, batch) in any_batch()) {
        let weights = Weights::PerSample(&batch.weights);
        let total: f64 = batch.weights.iter().sum();
        prop_assume!(total > 0.0);
        let d = Reduction::WeightedMean.weighted_denominator(weights, batch.shape)?;
        let (mean, _) = batch.run(by_number(loss), d, Order::Columns)?;
        let (sum, _) = batch.sum(by_number(loss))?;
        scaled(mean, sum / total, 4.0 * batch.weights.len() as f64 * EPSILON, (sum / total).abs())?;
        // All weights twice as large: the same mean.
        let twice = batch.weights.iter().map(|w| 2.0 * w).collect();
        let other = crate::Batch { weights: twice, ..batch };
        same_bits(mean, other.run(by_number(loss), 2.0 * d, Order::Columns)?.0)?;
    }

    #[test]
    fn the_logistic_loss_in_bits_bounds_the_mistakes(z in -20.0..20.0_f64, y in 0..2_u32) {
        let mistake = f64::from(u8::from((z > 0.0) != (y == 1)));
        let bits = sample(&[z], Truth::Labels(vec![y])).sum(&BinaryCrossEntropyLogits::default())?.0 / LN_2;
        at_most(mistake, bits * (1.0 + 4.0 * EPSILON))?;
    }

    /// A forecaster who is paid for being on the right side may as well say what is certain.
    #[test]
    fn the_share_of_mistakes_is_not_proper(q in 0.51..0.99_f64) {
        let mistakes = |p: f64| if p > 0.5 { 1.0 - q } else { q };
        same_bits(mistakes(q), mistakes(1.0))?;
        // which cross-entropy does not forgive
        let expected = |p: f64| of(&gradus_losses::BinaryCrossEntropy::default(), p, q).map(|(value, _)| value);
        prop_assert!(expected(q)? < expected(1.0)?);
    }

    #[test]
    fn of_variance_one_the_gaussian_loss_is_half_the_squared_error(mean in -9.0..9.0_f64, y in -9.0..9.0_f64) {
        let (p, target) = ([mean, 0.0], [y]);
        let target = Target::Values(MatrixRef::from_column(&target));
        let value = gradus_losses::Gaussian::default().value(MatrixRef::from_column(&p), target, Weights::Equal, 1.0)?;
        let constant = 0.5 * (2.0 * std::f64::consts::PI).ln();
        relative(value, 0.5 * of(&SquaredError, mean, y)?.0 + constant, 4.0 * EPSILON)?;
    }

    #[test]
    fn a_direction_is_at_distance_zero_from_itself(x in prop::collection::vec(-9.0..9.0_f64, 1..7), k in -900..900_i32) {
        prop_assume!(x.iter().any(|x| x.abs() > 0.1));
        let longer: Vec<f64> = x.iter().map(|x| x * 2.0_f64.powi(k)).collect();
        let (value, slopes) = values_of(&CosineDistance, &x, &longer)?;
        prop_assert_eq!(value, 0.0);
        prop_assert!(slopes.iter().all(|s| *s == 0.0));
        let back: Vec<f64> = longer.iter().map(|x| -x).collect();
        scaled(values_of(&CosineDistance, &x, &back)?.0, 2.0, 8.0 * EPSILON, 1.0)?;
    }

    /// L(z, q) = Ω(q) + Ω*(z) − ⟨z, q⟩ with Ω half of the squares (sparsemax), or the negative entropy (softmax).
    #[test]
    fn losses_of_fenchel_and_young_vanish_at_their_own_distribution((z, q) in logits_and_distribution()) {
        let p = projected(&z);
        let (at_itself, slopes) = values_of(&Sparsemax, &z, &p)?;
        scaled(at_itself, 0.0, 64.0 * EPSILON, largest(&z))?;
        all_scaled(&slopes, &vec![0.0; z.len()], 64.0 * EPSILON, largest(&z))?;
        // Ω is strongly convex: the loss is at least half of the squared distance of q from there.
        let distance: f64 = p.iter().zip(&q).map(|(p, q)| (p - q).powi(2)).sum();
        at_most(0.5 * distance, values_of(&Sparsemax, &z, &q)?.0 + 64.0 * EPSILON * largest(&z))?;
        let own = softmax(&z)?;
        scaled(values_of(&SOFTMAX, &z, &own)?.0 - entropy(&own), 0.0, 64.0 * EPSILON, largest(&z))?;
    }

    /// Its slope is that of the error over the size of the truth; at the truth any number between both slopes supports it.
    #[test]
    fn the_percentage_error_is_supported_at_its_kink(
        y in prop_oneof![-9.0..-0.1_f64, 0.1..9.0_f64], other in -9.0..9.0_f64,
    ) {
        subgradient(|p| values_of(&AbsolutePercentageError, p, &[y]).unwrap_or_default(), &[y], &[other], 8.0 * EPSILON)?;
        let (at, slope) = of(&AbsolutePercentageError, y, y)?;
        prop_assert_eq!((at, slope), (0.0, 0.0)); // of all of them the one of least norm
    }

    #[test]
    fn smooth_losses_are_cocoercive(
        a in prop::collection::vec(-9.0..9.0_f64, 4), b in prop::collection::vec(-9.0..9.0_f64, 4),
        y in prop::collection::vec(-9.0..9.0_f64, 4), setting in 0.1..3.0_f64, label in 0..4_u32, near in 0..20_i32,
    ) {
        let b: Vec<f64> = a.iter().zip(b).map(|(a, b)| a + b * f64::powi(2.0, -near)).collect();
        let numbers: [(&dyn Loss<f64>, f64); 4] = [
            (&SquaredError, 2.0),
            (&Huber { delta: setting }, 1.0),
            (&SmoothL1 { beta: setting }, 1.0 / setting),
            (&LogCosh, 1.0),
        ];
        for (loss, constant) in numbers {
            cocoercive(loss, constant, [&a, &b], &Truth::Columns(y.clone()))?;
        }
        let yes = label % 2;
        let weight = if yes == 1 { setting } else { 1.0 };
        let margins: [(&dyn Loss<f64>, f64); 4] = [
            (&BinaryCrossEntropyLogits::default(), 0.25),
            (&PositiveWeightedCrossEntropy { weight: setting, label_smoothing: 0.0 }, 0.25 * weight),
            (&SquaredHinge, 2.0),
            (&ModifiedHuber, 2.0),
        ];
        for (loss, constant) in margins {
            cocoercive(loss, constant, [&a[..1], &b[..1]], &Truth::Labels(vec![yes]))?;
        }
        for (loss, constant) in [(&SOFTMAX as &dyn Loss<f64>, 0.5), (&Sparsemax, 1.0)] {
            cocoercive(loss, constant, [&a, &b], &Truth::Labels(vec![label]))?;
        }
    }

    #[test]
    fn subgradients_hold_at_kinks(
        y in -3.0..3.0_f64, setting in 0.1..0.9_f64, other in -9.0..9.0_f64,
        step in prop::collection::vec(-3.0..3.0_f64, 4), label in 0..4_u32,
    ) {
        prop_assume!(y != 0.0); // of which there is no percentage
        let numbers: [(&dyn Loss<f64>, f64); 7] = [
            (&AbsoluteError, y),
            (&AbsolutePercentageError, y),
            (&Pinball { quantile: setting }, y),
            (&Huber { delta: setting }, y + setting),
            (&Huber { delta: setting }, y - setting),
            (&SmoothL1 { beta: setting }, y + setting),
            (&SmoothL1 { beta: setting }, y),
        ];
        for (loss, kink) in numbers {
            subgradient(|p| values_of(loss, p, &[y]).unwrap_or_default(), &[kink], &[other], 8.0 * EPSILON)?;
        }
        let margins: [(&dyn Loss<f64>, f64); 5] = [
            (&Hinge, 1.0), (&SquaredHinge, 1.0), (&Perceptron, 0.0), (&ModifiedHuber, 1.0), (&ModifiedHuber, -1.0),
        ];
        for (loss, kink) in margins {
            let (yes, kink) = (label % 2, if label % 2 == 1 { kink } else { -kink });
            let of = |f: &[f64]| sample(f, Truth::Labels(vec![yes])).sum(loss).unwrap_or_default();
            subgradient(of, &[kink], &[other], 8.0 * EPSILON)?;
        }
        // Rivals at the margin, tied with each other: the truth leads by 1 exactly.
        let kink: Vec<f64> = (0..4).map(|i| if i == label { 3.0 } else { 2.0 }).collect();
        let beside: Vec<f64> = kink.iter().zip(&step).map(|(z, d)| z + d).collect();
        for loss in [&CrammerSinger as &dyn Loss<f64>, &WestonWatkins] {
            let of = |z: &[f64]| sample(z, Truth::Labels(vec![label])).sum(loss).unwrap_or_default();
            subgradient(of, &kink, &beside, 8.0 * EPSILON)?;
            subgradient(of, &[2.0; 4], &beside, 8.0 * EPSILON)?;
        }
        let terms: [&dyn Regularizer<f64>; 2] = [&L1 { lambda: setting }, &GroupLasso { lambda: setting, size: 2 }];
        for term in terms {
            let of = |w: &[f64]| {
                let mut slopes = vec![0.0; w.len()];
                let value = term.value(w).and_then(|value| term.add_gradient(w, &mut slopes).map(|()| value));
                (value.unwrap_or(f64::NAN), slopes)
            };
            subgradient(of, &[0.0, 0.0, y, 0.0], &step, 8.0 * EPSILON)?;
        }
    }
}

/// A million samples in single precision: losses are summed in double precision, one after the other.
#[test]
fn a_million_samples_in_single_precision_sum_as_in_double() -> Result<(), Box<dyn std::error::Error>>
{
    // small numbers with a few binary digits, which both precisions hold exactly
    let x: Vec<f64> = (0..2_000_000_u32)
        .map(|i| f64::from(i * 37 % 1024) / 128.0 - 4.0)
        .collect();
    let single: Vec<f32> = x.iter().map(|&x| f32::from_f64(x)).collect();
    let shape = Shape::new(2, x.len() / 2);
    let (x, single) = (
        MatrixRef::new(&x, shape, Order::Columns)?,
        MatrixRef::new(&single, shape, Order::Columns)?,
    );
    let labels = vec![1; shape.columns];
    let target = Target::Labels(&labels);
    let double = SOFTMAX.value(x, target, Weights::Equal, 1.0)?;
    let target = Target::Labels(&labels);
    let value = SOFTMAX.value(single, target, Weights::Equal, 1.0)?;
    relative(value, double, 1e-7)?; // roundings of exponentials, of either sign

    let shape = Shape::new(1, 2 * shape.columns);
    let labels: Vec<u32> = (0..2_000_000).map(|i| u32::from(i % 3 == 0)).collect();
    let (x, single) = (
        MatrixRef::new(x.as_slice(), shape, Order::Columns)?,
        MatrixRef::new(single.as_slice(), shape, Order::Columns)?,
    );
    let (target, loss) = (Target::Labels(&labels), BinaryCrossEntropyLogits::default());
    let double = loss.value(x, target, Weights::Equal, 1.0)?;
    let target = Target::Labels(&labels);
    let value = loss.value(single, target, Weights::Equal, 1.0)?;
    relative(value, double, 1e-7)?;
    Ok(())
}
