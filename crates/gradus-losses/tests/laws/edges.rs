//! Where losses end: labels, weights and batches that are none, logits and probabilities at the ends of their ranges.

use crate::{Batch, EPSILON, SOFTMAX, Truth, of_label, sample};
use gradus_losses::{
    BinaryCrossEntropy, ClassWeightedCrossEntropy, CrossEntropy, KullbackLeibler, Loss, LossError,
    MatrixMut, MatrixRef, NegativeLogLikelihood, Order, PositiveWeightedCrossEntropy, Reduction,
    Shape, SoftmaxCrossEntropy, Target, Weights, binary_cross_entropy_from_logit,
};
use gradus_testkit::{all_scaled, relative};
use std::error::Error;

const INFINITY: f64 = f64::INFINITY;

#[test]
fn logits_of_every_size_cost_what_they_should() -> Result<(), Box<dyn Error>> {
    // (logits, label, loss)
    let table: [([f64; 3], u32, f64); 7] = [
        ([1e4, -1e4, 0.0], 0, 0.0),
        ([1e4, -1e4, 0.0], 1, 2e4),
        ([1e4, -1e4, 0.0], 2, 1e4),
        ([-1e4, -1e4, -1e4], 2, 3.0_f64.ln()),
        ([1e308, 0.0, 0.0], 1, 1e308),
        ([1e308, -1e308, 0.0], 1, INFINITY), // 2e308 is no number
        ([f64::NEG_INFINITY, 0.0, 0.0], 0, INFINITY),
    ];
    for (z, label, loss) in table {
        let (value, slopes) = of_label(&z, label)?;
        let near = (value - loss).abs() <= 2.0 * EPSILON * loss;
        assert!(near || value == loss, "{z:?}, {label}: {value}");
        assert!(slopes.iter().all(|s| s.abs() <= 1.0), "{z:?}: {slopes:?}");
    }
    let z = [1e38_f32, -1e38, 3e38];
    let mut memory = [0.0; 3];
    let shape = Shape::new(3, 1);
    let gradient = MatrixMut::new(&mut memory, shape, Order::Rows)?;
    let label = Target::Labels(&[1]);
    let value = SOFTMAX.value_and_gradient(
        MatrixRef::from_column(&z),
        label,
        Weights::Equal,
        1.0,
        gradient,
    )?;
    relative(value, 4e38, 1e-7)?; // beyond the numbers of single precision, and finite
    assert_eq!(memory, [0.0, -1.0, 1.0]);
    for (z, y, loss) in [
        (1e308, 0.0, 1e308),
        (-1e308, 1.0, 1e308),
        (1e308, 1.0, 0.0),
        (0.0, 0.5, 2_f64.ln()),
    ] {
        assert_eq!(binary_cross_entropy_from_logit(z, y), loss);
    }
    Ok(())
}

/// pytorch#63004: an ignored class is left out of the mean, and stays a rival in the softmax.
#[test]
fn pytorch_63004_an_ignored_class_is_still_a_rival() -> Result<(), Box<dyn Error>> {
    let logits = [0.0, 1.0, 2.0, 3.0, -1.0, 0.5]; // two samples of three classes
    let mut batch = Batch::new(Shape::new(3, 2), logits.to_vec(), Truth::Labels(vec![0, 2]));
    batch.weights = vec![0.0, 1.0]; // the label 0 is ignored
    let d = Reduction::WeightedMean
        .weighted_denominator(Weights::PerSample(&batch.weights), batch.shape)?;
    let (value, slopes) = batch.run(&SOFTMAX, d, Order::Columns)?;
    let (alone, its_slopes) = of_label(&logits[3..], 2)?;
    assert_eq!((value, d), (alone, 1.0));
    assert_eq!(slopes, [vec![0.0; 3], its_slopes.clone()].concat());
    // class 0 of the other sample is pushed down, though its label is the one that is ignored
    let e = [3.0_f64, -1.0, 0.5].map(f64::exp);
    relative(its_slopes[0], e[0] / e.iter().sum::<f64>(), 4.0 * EPSILON)?;
    Ok(())
}

/// pytorch#116349: the mean over nothing is an error, and the option says what to take instead.
#[test]
fn pytorch_116349_the_mean_of_nothing_is_named() {
    let shape = Shape::new(3, 2);
    let nothing = Weights::PerSample(&[0.0, 0.0]);
    let of = |reduction: Reduction| reduction.weighted_denominator(nothing, shape);
    assert_eq!(of(Reduction::WeightedMean), Err(LossError::ZeroWeights));
    assert_eq!(of(Reduction::WeightedMeanOrZero), Ok(1.0)); // of the sum, which is 0
    assert_eq!(of(Reduction::Sum), Ok(1.0));
    let some = Weights::PerSample(&[0.0, 2.5]);
    for reduction in [Reduction::WeightedMean, Reduction::WeightedMeanOrZero] {
        assert_eq!(reduction.weighted_denominator(some, shape), Ok(2.5));
        let none = reduction.weighted_denominator::<f64>(Weights::Equal, Shape::new(3, 0));
        assert_eq!(none, Err(LossError::EmptyBatch));
    }
    // weights of classes that are all zero for the labels of the batch
    let loss = ClassWeightedCrossEntropy::new(vec![0.0, 1.0], 0.0);
    let denominator = loss.and_then(|loss| loss.denominator(&[0, 0], Weights::<f64>::Equal));
    assert_eq!(denominator, Err(LossError::ZeroWeights));
}

/// The terms of a divergence where a probability is 0: optax#1786, torchmetrics#1029, pytorch#144279.
#[test]
fn optax_1786_terms_of_probability_zero_vanish() -> Result<(), LossError> {
    // (prediction p, truth q, D(q ‖ p))
    let table: [([f64; 2], [f64; 2], f64); 4] = [
        ([1.0, 0.0], [1.0, 0.0], 0.0), // 0 ln (0 / 0) = 0
        ([0.5, 0.5], [1.0, 0.0], 2_f64.ln()),
        ([1.0, 0.0], [0.0, 1.0], INFINITY),
        ([0.0, 1.0], [0.0, 1.0], 0.0),
    ];
    for (p, q, divergence) in table {
        let of = |loss: &dyn Loss<f64>, p: &[f64]| sample(p, Truth::Columns(q.to_vec())).sum(loss);
        let (value, slopes) = of(&KullbackLeibler, &p)?;
        assert_eq!(value, divergence, "{p:?} {q:?}");
        assert!(
            slopes.iter().zip(q).all(|(s, q)| q > 0.0 || *s == 0.0),
            "{slopes:?}"
        );
        // from the logarithms, −∞ among them
        let (value, slopes) = of(&NegativeLogLikelihood, &p.map(f64::ln))?;
        assert_eq!(value, divergence);
        assert_eq!(slopes, q.map(|q| -q));
        assert_eq!(of(&CrossEntropy, &p)?.0, divergence);
    }
    Ok(())
}

/// pytorch#103316: a wrong certainty costs infinity, and its slope is not that of a clipped logarithm.
#[test]
fn pytorch_103316_probabilities_are_not_clipped() -> Result<(), LossError> {
    let of =
        |p: f64, y: f64| sample(&[p], Truth::Columns(vec![y])).sum(&BinaryCrossEntropy::default());
    for (p, y, value, slope) in [
        (0.0, 1.0, INFINITY, -INFINITY),
        (1.0, 0.0, INFINITY, INFINITY),
        (0.0, 0.0, 0.0, 1.0),
        (1.0, 1.0, 0.0, -1.0),
        (1e-300, 1.0, 690.775_527_898_213_7, -1e300),
    ] {
        let (found, slopes) = of(p, y)?;
        assert!(
            (found - value).abs() <= 1e-13 * value || found == value,
            "{p}, {y}: {found}"
        );
        assert!(
            (slopes[0] / slope - 1.0).abs() < 1e-14 || slopes[0] == slope,
            "{p}, {y}: {slopes:?}"
        );
    }
    for p in [-0.1, 1.1, f64::NAN, INFINITY] {
        assert!(
            matches!(of(p, 1.0), Err(LossError::PredictionOutOfRange { .. })),
            "{p}"
        );
    }
    Ok(())
}

/// pytorch#2259 and pytorch#6622: what a mean divides by has a name.
#[test]
fn pytorch_6622_reductions_of_a_divergence_have_names() -> Result<(), LossError> {
    let (shape, p) = (Shape::new(4, 2), [0.25; 8]);
    let q = [1.0, 0.0, 0.0, 0.0, 0.5, 0.5, 0.0, 0.0];
    let batch = Batch::new(shape, p.to_vec(), Truth::Columns(q.to_vec()));
    // D of the samples: ln 4 and ln 2
    for (reduction, by) in [
        (Reduction::Sum, 1.0),
        (Reduction::Mean, 2.0),
        (Reduction::ElementMean, 8.0),
    ] {
        let value = batch
            .run(
                &KullbackLeibler,
                reduction.denominator(shape)?,
                Order::Columns,
            )?
            .0;
        assert!(
            (value - 8_f64.ln() / by).abs() < 4.0 * EPSILON,
            "{reduction:?}"
        );
    }
    assert_eq!(Reduction::default(), Reduction::Mean);
    Ok(())
}

/// α / (K − 1) for every wrong class is the same target as a larger share of α / K for all.
#[test]
fn smoothing_the_others_is_named() -> Result<(), Box<dyn Error>> {
    let (z, label, classes) = ([0.5, -1.0, 2.0, 0.0], 2, 4);
    for alpha in [0.0, 0.1, 0.3, 0.7] {
        let loss = SoftmaxCrossEntropy::smoothing_the_others(alpha, classes)?;
        let q: Vec<f64> = (0..classes)
            .map(|i| if i == label { 1.0 - alpha } else { alpha / 3.0 })
            .collect();
        let (value, slopes) = sample(&z, Truth::Labels(vec![2])).sum(&loss)?;
        let (expected, of_q) = sample(&z, Truth::Columns(q)).sum(&SOFTMAX)?;
        relative(value, expected, 8.0 * EPSILON)?;
        all_scaled(&slopes, &of_q, 8.0 * EPSILON, 1.0)?;
    }
    // the label has more than the others: α < (K − 1) / K
    for (alpha, classes) in [
        (0.75, 4),
        (1.0, 4),
        (-0.1, 4),
        (f64::NAN, 4),
        (0.5, 2),
        (0.1, 1),
        (0.1, 0),
    ] {
        let refused = SoftmaxCrossEntropy::smoothing_the_others(alpha, classes);
        assert!(
            matches!(refused, Err(LossError::InvalidSmoothing { .. })),
            "{alpha}, {classes}"
        );
    }
    Ok(())
}

#[test]
fn batches_of_nothing_are_refused_by_every_reduction() {
    for reduction in [
        Reduction::Sum,
        Reduction::Mean,
        Reduction::WeightedMean,
        Reduction::ElementMean,
    ] {
        assert_eq!(
            reduction.denominator(Shape::new(3, 0)),
            Err(LossError::EmptyBatch)
        );
    }
    let empty = Batch::new(Shape::new(3, 0), vec![], Truth::Labels(vec![]));
    assert_eq!(empty.sum(&SOFTMAX), Err(LossError::EmptyBatch));
}

/// pytorch#135359, pytorch#51906 and pytorch#13773: NaN for a logit of −∞, for huge ones, and with a weight of the positive class.
#[test]
fn pytorch_135359_logits_beyond_all_sizes_give_no_nan() -> Result<(), LossError> {
    for (z, y, loss) in [
        (-INFINITY, 0.9, INFINITY),
        (-INFINITY, 0.0, 0.0),
        (INFINITY, 1.0, 0.0),
        (-2.3135e307, 1.0, 2.3135e307),
        (6.6756e307, 1.0, 0.0),
    ] {
        assert_eq!(binary_cross_entropy_from_logit(z, y), loss, "{z}, {y}");
    }
    let weighted = PositiveWeightedCrossEntropy {
        weight: 1.0,
        label_smoothing: 0.0,
    };
    let of = |z: f64| sample(&[z], Truth::Labels(vec![1])).sum(&weighted);
    assert_eq!(
        (of(-120.0)?, of(-1e4)?),
        ((120.0, vec![-1.0]), (1e4, vec![-1.0]))
    );
    Ok(())
}
