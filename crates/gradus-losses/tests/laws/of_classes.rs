//! Theorems of losses of a softmax, of sparsemax, of lists and of directions.

use crate::{
    EPSILON, SOFTMAX, Truth, largest, logits_and_distribution, logits_and_label, of_distribution,
    of_label, sample,
};
use gradus_losses::{
    ConfidencePenalty, CosineDistance, Focal, GeneralizedCrossEntropy, ListNet, Loss, LossError,
    MatrixMut, ModifiedHuber, Order, Poly1, Shape, SoftmaxFocal, Sparsemax, Target, Weights,
};
use gradus_numeric::{Float, MatrixRef, softmax};
use gradus_testkit::strategies::structured_vector;
use gradus_testkit::{all_scaled, at_most, cases, gradient, relative, scaled};
use proptest::prelude::*;

type Answer = Result<(f64, Vec<f64>), LossError>;

fn label_of(loss: &dyn Loss<f64>, z: &[f64], y: u32) -> Answer {
    sample(z, Truth::Labels(vec![y])).sum(loss)
}

fn values_of(loss: &dyn Loss<f64>, p: &[f64], y: &[f64]) -> Answer {
    sample(p, Truth::Columns(y.to_vec())).sum(loss)
}

/// Two vectors of one length.
fn pair() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    (1..8_usize).prop_flat_map(|n| (structured_vector(n), structured_vector(n)))
}

/// Two vectors that are not near to zero.
fn directions() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    let entries = |n| prop::collection::vec(-9.0..9.0_f64, n);
    (2..7_usize)
        .prop_flat_map(move |n| (entries(n), entries(n)))
        .prop_filter("a direction", |(p, y)| norm(p) > 0.5 && norm(y) > 0.5)
}

fn norm(v: &[f64]) -> f64 {
    dot(v, v).sqrt()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn generalized_cross_entropy_lies_between((z, y) in logits_and_label(), exponent in 1e-12..1.0_f64) {
        let loss = label_of(&GeneralizedCrossEntropy { exponent }, &z, y)?.0;
        let cross_entropy = of_label(&z, y)?.0;
        let rounding = 1.0 + 64.0 * EPSILON;
        at_most(loss, cross_entropy * rounding)?;
        at_most(loss, rounding / exponent)?;
        at_most(-(-cross_entropy).exp_m1(), loss * rounding + 8.0 * EPSILON)?;
    }

    #[test]
    fn poly_one_is_cross_entropy_and_one_term((z, q) in logits_and_distribution(), epsilon in -1.0..9.0_f64) {
        let (plain, _) = of_distribution(&z, &q)?;
        let doubt: f64 = softmax(&z)?.iter().zip(&q).map(|(p, q)| q * (1.0 - p)).sum();
        let poly = values_of(&Poly1 { epsilon }, &z, &q)?.0;
        scaled(poly, plain + epsilon * doubt, 64.0 * EPSILON, 20.0)?;
        let (without, slopes) = values_of(&Poly1 { epsilon: 0.0 }, &z, &q)?;
        scaled(without, plain, 16.0 * EPSILON, 20.0)?;
        all_scaled(&slopes, &of_distribution(&z, &q)?.1, 16.0 * EPSILON, 1.0)?;
    }

    #[test]
    fn softmax_focal_of_two_classes_is_focal(a in -30.0..30.0_f64, b in -30.0..30.0_f64, y in 0..2_u32, gamma in 0.0..5.0_f64) {
        let (many, slopes) = label_of(&SoftmaxFocal { gamma }, &[a, b], y)?;
        let (one, slope) = label_of(&Focal { gamma }, &[b - a], y)?;
        scaled(many, one, 256.0 * EPSILON, one.abs() + 1e-290)?;
        scaled(slopes[1], slope[0], 256.0 * EPSILON, slope[0].abs() + 1e-16)?;
    }

    #[test]
    fn softmax_focal_without_focus_is_cross_entropy((z, y) in logits_and_label()) {
        let (focal, slopes) = label_of(&SoftmaxFocal { gamma: 0.0 }, &z, y)?;
        let (plain, expected) = of_label(&z, y)?;
        scaled(focal, plain, 4.0 * EPSILON, largest(&z))?;
        all_scaled(&slopes, &expected, 8.0 * EPSILON, 1.0)?;
    }

    #[test]
    fn sparsemax_is_content_with_a_margin_of_one((z, y) in logits_and_label(), shift in -9.0..9.0_f64) {
        let at = y as usize;
        let rival = z.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, z)| *z);
        let lead = z[at] - rival.fold(f64::NEG_INFINITY, f64::max);
        let loss = label_of(&Sparsemax, &z, y)?.0;
        prop_assert!(loss >= -8.0 * EPSILON);
        if lead >= 1.0 {
            prop_assert_eq!(loss, 0.0);
        } else if lead < 1.0 - 1e-6 {
            prop_assert!(loss > 0.0);
        }
        let shifted: Vec<f64> = z.iter().map(|z| z + shift).collect();
        let rounding = 32.0 * EPSILON * (largest(&z) + shift.abs());
        scaled(label_of(&Sparsemax, &shifted, y)?.0, loss, rounding, largest(&z))?;
    }

    #[test]
    fn sparsemax_of_two_classes_is_a_quarter_of_modified_huber(a in -9.0..9.0_f64, b in -9.0..9.0_f64, y in 0..2_u32) {
        let (many, slopes) = label_of(&Sparsemax, &[a, b], y)?;
        let (one, slope) = label_of(&ModifiedHuber, &[b - a], y)?;
        scaled(many, one / 4.0, 16.0 * EPSILON, 9.0)?;
        scaled(slopes[1], slope[0] / 4.0, 16.0 * EPSILON, 9.0)?;
    }

    #[test]
    fn sparsemax_gradient_is_a_distribution_minus_the_target((z, q) in logits_and_distribution()) {
        let slopes = values_of(&Sparsemax, &z, &q)?.1;
        let p: Vec<f64> = slopes.iter().zip(&q).map(|(slope, q)| slope + q).collect();
        prop_assert!(p.iter().all(|&p| p >= -EPSILON));
        scaled(p.iter().sum(), 1.0, 32.0 * EPSILON, 1.0)?;
        // Who gets something lies above who gets nothing by all that it gets.
        for (a, pa) in z.iter().zip(&p) {
            for (b, pb) in z.iter().zip(&p) {
                if *pa > 1e-9 {
                    prop_assert!(a - b >= pa - pb - 1e-13);
                }
            }
        }
    }

    #[test]
    fn a_confidence_penalty_is_a_divergence_from_the_uniform_distribution((z, q) in logits_and_distribution(), strength in -9.0..9.0_f64) {
        let (plain, slopes) = of_distribution(&z, &q)?;
        let k = z.len() as f64;
        let divergence: f64 = softmax(&z)?.iter().map(|p| p * (p * k).ln()).sum();
        let value = values_of(&ConfidencePenalty { strength }, &z, &q)?.0;
        scaled(value, plain + strength * divergence, 64.0 * EPSILON, 20.0)?;
        let (without, of_without) = values_of(&ConfidencePenalty { strength: 0.0 }, &z, &q)?;
        scaled(without, plain, 16.0 * EPSILON, 20.0)?;
        all_scaled(&of_without, &slopes, 16.0 * EPSILON, 1.0)?;
    }

    #[test]
    fn a_confidence_penalty_does_not_see_a_shift((z, y) in logits_and_label(), c in -9.0..9.0_f64, strength in -9.0..9.0_f64) {
        let loss = ConfidencePenalty { strength };
        let (value, slopes) = label_of(&loss, &z, y)?;
        prop_assert!(value.is_finite());
        let moved: Vec<f64> = z.iter().map(|z| z + c).collect();
        scaled(label_of(&loss, &moved, y)?.0, value, 64.0 * EPSILON, 9.0 + largest(&z))?;
        scaled(slopes.iter().sum(), 0.0, 256.0 * EPSILON, 1.0)?;
    }

    #[test]
    fn a_confidence_penalty_is_at_least_half_a_squared_distance((z, q) in logits_and_distribution()) {
        let loss = ConfidencePenalty { strength: 1.0 };
        let price = values_of(&loss, &z, &q)?.0 - of_distribution(&z, &q)?.0;
        let k = z.len() as f64;
        let distance: f64 = softmax(&z)?.iter().map(|p| (p - 1.0 / k).abs()).sum();
        at_most(0.5 * distance * distance, price + 64.0 * EPSILON * 20.0)?;
        at_most(price, k.ln() + 64.0 * EPSILON * 20.0)?;
    }

    #[test]
    fn list_net_is_cross_entropy_of_the_chances((z, y) in pair()) {
        let (loss, slopes) = values_of(&ListNet, &z, &y)?;
        let (expected, gradient) = sample(&z, Truth::Columns(softmax(&y)?)).sum(&SOFTMAX)?;
        scaled(loss, expected, 64.0 * EPSILON, largest(&z))?;
        all_scaled(&slopes, &gradient, 64.0 * EPSILON, 1.0)?;
    }

    #[test]
    fn list_net_is_smallest_at_the_relevances((z, y) in logits_and_distribution(), c in -9.0..9.0_f64) {
        let loss = values_of(&ListNet, &z, &y)?.0;
        let (smallest, slopes) = values_of(&ListNet, &y, &y)?;
        at_most(smallest, loss + 64.0 * EPSILON * largest(&z))?;
        all_scaled(&slopes, &vec![0.0; y.len()], 16.0 * EPSILON, 1.0)?;
        let moved: Vec<f64> = y.iter().map(|y| y + c).collect();
        scaled(values_of(&ListNet, &z, &moved)?.0, loss, 256.0 * EPSILON, largest(&z))?;
    }

    #[test]
    fn the_cosine_distance_looks_at_directions_only((p, y) in directions(), a in -280.0..280.0_f64, b in -280.0..280.0_f64) {
        let loss = values_of(&CosineDistance, &p, &y)?.0;
        prop_assert!((0.0..=2.0).contains(&loss));
        scaled(loss, 1.0 - dot(&p, &y) / (norm(&p) * norm(&y)), 16.0 * EPSILON, 1.0)?;
        let times = |v: &[f64], exponent: f64| v.iter().map(|v| v * 10_f64.powf(exponent)).collect::<Vec<_>>();
        scaled(values_of(&CosineDistance, &times(&p, a), &times(&y, b))?.0, loss, 16.0 * EPSILON, 1.0)?;
    }

    #[test]
    fn small_angles_are_measured_exactly(exponent in -12.0..-6.0_f64, length in 0.1..9.0_f64) {
        let t = 10_f64.powf(exponent); // the tangent
        let (loss, slopes) = values_of(&CosineDistance, &[length, length * t], &[1.0, 0.0])?;
        relative(loss, t * t / 2.0, t * t + 16.0 * EPSILON)?; // 1 − 1 / √(1 + t²) = t² / 2 − …
        relative(slopes[1], t / length, 2.0 * t * t + 16.0 * EPSILON)?;
    }

    #[test]
    fn the_cosine_gradient_turns((p, y) in directions()) {
        let slopes = values_of(&CosineDistance, &p, &y)?.1;
        scaled(dot(&slopes, &p), 0.0, 32.0 * EPSILON, 1.0)?;
        at_most(norm(&slopes), (1.0 + 16.0 * EPSILON) / norm(&p))?;
    }

    #[test]
    fn the_cosine_gradient_is_the_derivative((p, y) in directions()) {
        gradient::check(|p| values_of(&CosineDistance, p, &y).unwrap_or_default(), &p)?;
    }
}

#[test]
fn settings_of_losses_of_classes_are_checked() {
    let z = MatrixRef::from_column(&[1.0, 2.0]);
    let one = |loss: &dyn Loss<f64>, target| loss.value(z, target, Weights::Equal, 1.0);
    let label = Target::Labels(&[1]);
    for exponent in [0.0, -1.0, 1.5, f64::NAN] {
        assert!(one(&GeneralizedCrossEntropy { exponent }, label).is_err());
    }
    for epsilon in [-1.5, f64::INFINITY, f64::NAN] {
        assert!(one(&Poly1 { epsilon }, label).is_err());
    }
    assert!(one(&SoftmaxFocal { gamma: -1.0 }, label).is_err());
    assert!(one(&ConfidencePenalty { strength: f64::NAN }, label).is_err());
    let infinite = Target::Values(MatrixRef::from_column(&[0.0, f64::INFINITY]));
    for loss in [&ListNet as &dyn Loss<f64>, &CosineDistance] {
        assert!(one(loss, label).is_err() && one(loss, infinite).is_err());
    }
}

/// Whether value and gradient are finite for the scores and every label.
fn finite<T: Float>(loss: &dyn Loss<T>, z: &[T; 3]) -> Result<bool, Box<dyn std::error::Error>> {
    let mut all = true;
    for y in 0..3 {
        let mut memory = *z;
        let gradient = MatrixMut::new(&mut memory, Shape::new(3, 1), Order::Rows)?;
        let (z, y) = (MatrixRef::from_column(z), [y]);
        let value =
            loss.value_and_gradient(z, Target::Labels(&y), Weights::Equal, 1.0, gradient)?;
        all &= value.is_finite() && memory.iter().all(|slope| slope.is_finite());
    }
    Ok(all)
}

#[test]
fn extreme_scores_have_finite_losses() -> Result<(), Box<dyn std::error::Error>> {
    let (generalized, poly) = (GeneralizedCrossEntropy::default(), Poly1::default());
    let (focal, penalty) = (SoftmaxFocal::default(), ConfidencePenalty::default());
    for loss in [
        &generalized as &dyn Loss<f64>,
        &poly,
        &focal,
        &penalty,
        &Sparsemax,
    ] {
        assert!(finite(loss, &[1e4, -1e4, 1e300])?, "{loss:?}");
    }
    for loss in [
        &generalized as &dyn Loss<f32>,
        &poly,
        &focal,
        &penalty,
        &Sparsemax,
    ] {
        assert!(finite(loss, &[1e38, -1e38, 0.0])?, "{loss:?}");
    }
    Ok(())
}

#[test]
fn a_zero_vector_has_no_direction() -> Result<(), LossError> {
    let nothing = [0.0, 0.0];
    let of = |p: &[f64], y: &[f64]| values_of(&CosineDistance, p, y);
    assert_eq!(of(&nothing, &[1.0, 2.0])?, (1.0, vec![0.0, 0.0]));
    assert_eq!(of(&[3.0, 4.0], &nothing)?, (1.0, vec![0.0, 0.0]));
    assert_eq!(of(&nothing, &nothing)?, (1.0, vec![0.0, 0.0]));
    Ok(())
}
