//! Laws of metrics in which each sample counts as often as its weight says.

use super::batches::Samples;
use gradus_evaluation::{
    BatchMean, ConfusionMatrix, EvaluationError, MatrixRef, Order, Shape, accuracy,
    accuracy_weighted, brier_score, brier_score_weighted, d2_absolute_error,
    d2_absolute_error_weighted, d2_log_loss, d2_log_loss_weighted, d2_pinball, d2_pinball_weighted,
    d2_tweedie, d2_tweedie_weighted, explained_variance, explained_variance_weighted, hinge_loss,
    hinge_loss_weighted, log_loss, log_loss_weighted, mean_absolute_error,
    mean_absolute_error_weighted, mean_absolute_percentage_error,
    mean_absolute_percentage_error_weighted, mean_pinball_loss, mean_pinball_loss_weighted,
    mean_squared_error, mean_squared_error_weighted, mean_tweedie_deviance,
    mean_tweedie_deviance_weighted, r_squared, r_squared_weighted, root_mean_squared_error,
    root_mean_squared_error_weighted,
};
use gradus_numeric::ldexp;
use gradus_testkit::{cases, relative, same_bits, scaled};
use proptest::prelude::*;

/// A metric: its name, and its value without weights and with them.
type Pair = (
    &'static str,
    fn(&Samples) -> Result<f64, EvaluationError>,
    fn(&Samples, &[f64]) -> Result<f64, EvaluationError>,
);

/// Every metric that knows weights; those that are means over the samples first.
const METRICS: [Pair; 17] = [
    (
        "accuracy",
        |s| accuracy(&s.labels, &s.guesses),
        |s, w| accuracy_weighted(&s.labels, &s.guesses, w),
    ),
    (
        "log loss",
        |s| log_loss(s.scores()?, &s.labels),
        |s, w| log_loss_weighted(s.scores()?, &s.labels, w),
    ),
    (
        "Brier score",
        |s| brier_score(&s.binary, &s.share),
        |s, w| brier_score_weighted(&s.binary, &s.share, w),
    ),
    (
        "hinge loss",
        |s| hinge_loss(s.scores()?, &s.labels),
        |s, w| hinge_loss_weighted(s.scores()?, &s.labels, w),
    ),
    (
        "mean squared error",
        |s| mean_squared_error(&s.truth, &s.predicted),
        |s, w| mean_squared_error_weighted(&s.truth, &s.predicted, w),
    ),
    (
        "mean absolute error",
        |s| mean_absolute_error(&s.truth, &s.predicted),
        |s, w| mean_absolute_error_weighted(&s.truth, &s.predicted, w),
    ),
    (
        "mean absolute percentage error",
        |s| mean_absolute_percentage_error(&s.truth, &s.predicted),
        |s, w| mean_absolute_percentage_error_weighted(&s.truth, &s.predicted, w),
    ),
    (
        "pinball loss",
        |s| mean_pinball_loss(&s.truth, &s.predicted, 0.3),
        |s, w| mean_pinball_loss_weighted(&s.truth, &s.predicted, 0.3, w),
    ),
    (
        "Poisson deviance",
        |s| mean_tweedie_deviance(&s.truth, &s.predicted, 1.0),
        |s, w| mean_tweedie_deviance_weighted(&s.truth, &s.predicted, 1.0, w),
    ),
    (
        "gamma deviance",
        |s| mean_tweedie_deviance(&s.truth, &s.predicted, 2.0),
        |s, w| mean_tweedie_deviance_weighted(&s.truth, &s.predicted, 2.0, w),
    ),
    (
        "root mean squared error",
        |s| root_mean_squared_error(&s.truth, &s.predicted),
        |s, w| root_mean_squared_error_weighted(&s.truth, &s.predicted, w),
    ),
    (
        "R²",
        |s| r_squared(&s.truth, &s.predicted),
        |s, w| r_squared_weighted(&s.truth, &s.predicted, w),
    ),
    (
        "explained variance",
        |s| explained_variance(&s.truth, &s.predicted),
        |s, w| explained_variance_weighted(&s.truth, &s.predicted, w),
    ),
    (
        "D² of the deviance",
        |s| d2_tweedie(&s.truth, &s.predicted, 1.5),
        |s, w| d2_tweedie_weighted(&s.truth, &s.predicted, 1.5, w),
    ),
    (
        "D² of the pinball loss",
        |s| d2_pinball(&s.truth, &s.predicted, 0.3),
        |s, w| d2_pinball_weighted(&s.truth, &s.predicted, 0.3, w),
    ),
    (
        "D² of the absolute error",
        |s| d2_absolute_error(&s.truth, &s.predicted),
        |s, w| d2_absolute_error_weighted(&s.truth, &s.predicted, w),
    ),
    (
        "D² of the log loss",
        |s| d2_log_loss(s.scores()?, &s.labels),
        |s, w| d2_log_loss_weighted(s.scores()?, &s.labels, w),
    ),
];
/// How many of them are means over the samples.
const MEANS: usize = 10;

/// Samples with weights from 0 on, of which one at least is not 0.
fn weighted() -> impl Strategy<Value = (Samples, Vec<u8>)> {
    (
        super::batches::samples(1..40),
        prop::collection::vec(0..4_u8, 40),
    )
        .prop_map(|(samples, mut weights)| {
            weights.truncate(samples.labels.len());
            weights[0] += u8::from(weights.iter().all(|w| *w == 0));
            (samples, weights)
        })
}

fn numbers(weights: &[u8]) -> Vec<f64> {
    weights.iter().map(|&w| w.into()).collect()
}

/// Both have the same value, or both have none.
fn agree(
    name: &str,
    left: Result<f64, EvaluationError>,
    right: Result<f64, EvaluationError>,
    check: impl Fn(f64, f64) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    match (left, right) {
        (Ok(a), Ok(b)) => check(a, b).map_err(|e| TestCaseError::fail(format!("{name}: {e}"))),
        (a, b) => {
            prop_assert!(a.is_err() && b.is_err(), "{name}: {a:?} and {b:?}");
            Ok(())
        }
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn weights_are_samples_repeated((samples, weights) in weighted()) {
        let repeated: Vec<usize> = weights.iter().enumerate()
            .flat_map(|(i, &w)| std::iter::repeat_n(i, w.into())).collect();
        let plain = samples.select(&repeated);
        for (name, metric, of_weights) in METRICS {
            // quotients of two means of 40 terms, each rounded a few times
            agree(name, of_weights(&samples, &numbers(&weights)), metric(&plain), |a, b| {
                scaled(a, b, 64.0 * f64::EPSILON, 1.0 + b.abs())?;
                Ok(())
            })?;
        }
    }

    #[test]
    fn equal_weights_change_nothing((samples, _) in weighted(), k in -1074..1024_i32, w in 1e-3..1e3_f64) {
        let equal = |w: f64| vec![w; samples.labels.len()];
        for (name, metric, of_weights) in METRICS {
            let plain = || metric(&samples);
            agree(name, of_weights(&samples, &equal(ldexp(1.0, k))), plain(), |a, b| Ok(same_bits(a, b)?))?;
            agree(name, of_weights(&samples, &equal(w)), plain(), |a, b| {
                scaled(a, b, 64.0 * f64::EPSILON, 1.0 + b.abs())?;
                Ok(())
            })?;
        }
    }

    #[test]
    fn samples_of_weight_zero_are_none((samples, weights) in weighted()) {
        let counted: Vec<usize> = (0..weights.len()).filter(|i| weights[*i] > 0).collect();
        let rest = samples.select(&counted);
        let of_rest: Vec<f64> = counted.iter().map(|i| f64::from(weights[*i]) / 7.0).collect();
        let of_all: Vec<f64> = numbers(&weights).iter().map(|w| w / 7.0).collect();
        // a sample that does not count may be as far away as it likes
        let mut far = samples;
        for i in (0..weights.len()).filter(|i| weights[*i] == 0) {
            far.predicted[i] *= 2.0_f64.powi(600);
        }
        for (name, _, of_weights) in METRICS {
            agree(name, of_weights(&far, &of_all), of_weights(&rest, &of_rest), |a, b| Ok(same_bits(a, b)?))?;
        }
    }

    #[test]
    fn weighted_batch_means_are_those_of_all_samples((samples, weights) in weighted(), cut in any::<prop::sample::Index>()) {
        let (n, weights) = (weights.len(), numbers(&weights));
        let cut = cut.index(n + 1);
        for (name, _, of_weights) in &METRICS[..MEANS] {
            let (mut all, mut merged) = (BatchMean::default(), BatchMean::default());
            for part in [0..cut, cut..n] {
                let weights = &weights[part.clone()];
                if weights.iter().all(|w| *w == 0.0) {
                    continue; // no batch, or none that counts
                }
                let mean = of_weights(&samples.select(&part.collect::<Vec<_>>()), weights)?;
                all.add_weighted(mean, weights)?;
                let mut one = BatchMean::default();
                one.add_weighted(mean, weights)?;
                merged.merge(&one);
            }
            for mean in [all, merged] {
                let whole = of_weights(&samples, &weights)?;
                scaled(mean.value()?, whole, 1e-14, 1.0 + whole).map_err(|e| TestCaseError::fail(format!("{name}: {e}")))?;
            }
        }
    }

    #[test]
    fn weights_balance_the_accuracy(pairs in prop::collection::vec((0..4_u32, 0..4_u32), 1..60)) {
        let (truth, predicted): (Vec<u32>, Vec<u32>) = pairs.into_iter().unzip();
        let of_class = |y: &u32| truth.iter().filter(|other| *other == y).count();
        let weights: Vec<f64> = truth.iter().map(|y| 1.0 / of_class(y) as f64).collect();
        let balanced = ConfusionMatrix::new(&truth, &predicted, 4)?.balanced_accuracy()?;
        scaled(accuracy_weighted(&truth, &predicted, &weights)?, balanced, 16.0 * f64::EPSILON, 1.0)?;
    }

    #[test]
    fn d2_is_one_at_the_truth_and_zero_at_the_best_constant((samples, weights) in weighted(), constant in 1..99_u32, order in 0.05..0.95_f64, power in prop_oneof![Just(0.0), 1.0..4.0_f64]) {
        let (truth, weights) = (&samples.truth, numbers(&weights));
        let of = |predicted: &[f64]| [
            d2_tweedie_weighted(truth, predicted, power, &weights),
            d2_pinball_weighted(truth, predicted, order, &weights),
            d2_absolute_error_weighted(truth, predicted, &weights),
        ];
        let constants = |c: f64| of(&vec![c; truth.len()]);
        // Whatever the constant, it is not better than the best.
        for d2 in constants(f64::from(constant) / 8.0).into_iter().chain(of(&samples.predicted)) {
            match d2 {
                Ok(d2) => prop_assert!(d2 <= 1.0),
                Err(e) => prop_assert!(matches!(e, EvaluationError::ConstantTruth { .. }), "{e}"),
            }
        }
        for d2 in constants(f64::from(constant) / 8.0).into_iter().flatten() {
            prop_assert!(d2 <= 1e-13, "{d2}");
        }
        for d2 in of(truth).into_iter().flatten() {
            same_bits(d2, 1.0)?;
        }
        // The mean is best of all, and of pinball losses one of the truths.
        let mean = truth.iter().zip(&weights).map(|(y, w)| y * w).sum::<f64>() / weights.iter().sum::<f64>(); // sums of eighths are exact
        if let Ok(d2) = d2_tweedie_weighted(truth, &vec![mean; truth.len()], power, &weights) {
            prop_assert!(d2.abs() < 1e-13, "{d2}");
        }
        let best = truth.iter().filter_map(|y| constants(*y)[1].ok()).fold(f64::NEG_INFINITY, f64::max);
        prop_assert!(best.abs() < 1e-13 || best == f64::NEG_INFINITY, "{best}");
    }

    #[test]
    fn d2_does_not_depend_on_the_unit((samples, weights) in weighted(), k in -200..200_i32, order in 0.05..0.95_f64, power in prop_oneof![Just(0.0), 1.0..4.0_f64]) {
        let weights = numbers(&weights);
        let of = |factor: f64| {
            let by = |x: &[f64]| -> Vec<f64> { x.iter().map(|x| x * factor).collect() };
            let (y, p) = (by(&samples.truth), by(&samples.predicted));
            [d2_tweedie_weighted(&y, &p, power, &weights), d2_pinball_weighted(&y, &p, order, &weights), d2_absolute_error_weighted(&y, &p, &weights)]
        };
        for (a, b) in of(2.0_f64.powi(k)).into_iter().zip(of(1.0)) {
            agree("D²", a, b, |a, b| Ok(scaled(a, b, 1e-12, 1.0 + b.abs())?))?;
        }
    }

    #[test]
    fn d2_of_squares_is_r_squared((samples, weights) in weighted()) {
        let (y, p, weights) = (&samples.truth, &samples.predicted, numbers(&weights));
        agree("plain", d2_tweedie(y, p, 0.0), r_squared(y, p), |a, b| Ok(same_bits(a, b)?))?;
        agree("weighted", d2_tweedie_weighted(y, p, 0.0, &weights), r_squared_weighted(y, p, &weights), |a, b| Ok(same_bits(a, b)?))?;
        let huge: Vec<f64> = y.iter().map(|y| y * 1e200).collect();
        if r_squared(y, y).is_ok() {
            same_bits(d2_tweedie(&huge, &huge, 0.0)?, 1.0)?;
        }
    }

    #[test]
    fn d2_of_log_loss_is_zero_for_the_shares((samples, weights) in weighted()) {
        let (labels, weights) = (&samples.labels, numbers(&weights));
        let total: f64 = weights.iter().sum();
        let share = |k| labels.iter().zip(&weights).filter(|(y, _)| **y == k).map(|(_, w)| w).sum::<f64>() / total;
        let d2 = |columns: Vec<[f64; 3]>| {
            let p = MatrixRef::new(columns.as_flattened(), Shape::new(3, labels.len()), Order::Columns).map_err(|e| TestCaseError::fail(e.to_string()))?;
            Ok::<_, TestCaseError>(d2_log_loss_weighted(p, labels, &weights))
        };
        let certain = |y: &u32| { let mut p = [0.0; 3]; p[*y as usize] = 1.0; p };
        match d2(vec![[0, 1, 2].map(share); labels.len()])? {
            Ok(of_shares) => {
                prop_assert!(of_shares.abs() < 1e-13, "{of_shares}");
                relative(d2(labels.iter().map(certain).collect())??, 1.0, 0.0)?;
                let any = d2_log_loss_weighted(samples.scores()?, labels, &weights)?;
                let constant = d2(vec![[0.25, 0.5, 0.25]; labels.len()])??;
                prop_assert!(any <= 1.0 && constant <= 1e-13, "{any} {constant}");
            }
            Err(e) => prop_assert_eq!(e, EvaluationError::NeverVaries),
        }
    }
}
