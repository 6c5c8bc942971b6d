//! Laws of means over samples that come in batches.

use gradus_evaluation::{
    BatchMean, EvaluationError, MatrixRef, Order, Shape, brier_score, hinge_loss, log_loss,
    mean_absolute_error, mean_pinball_loss, mean_tweedie_deviance, top_k_accuracy,
};
use gradus_testkit::strategies::finite;
use gradus_testkit::{cases, relative, same_bits};
use proptest::prelude::*;
use std::ops::Range;

/// A metric of some of the samples.
type Metric<'a> = Box<dyn Fn(Range<usize>) -> Result<f64, EvaluationError> + 'a>;

/// Classes 0 to 2, and truths and predictions in eighths, all positive.
fn samples() -> impl Strategy<Value = Vec<(u32, [u32; 3], u32, u32)>> {
    let sample = (
        0..3_u32,
        [1..9_u32, 1..9_u32, 1..9_u32],
        1..99_u32,
        1..99_u32,
    );
    prop::collection::vec(sample, 1..40)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn batch_means_are_those_of_all_samples(samples in samples(), cuts in [any::<prop::sample::Index>(), any::<prop::sample::Index>()]) {
        let n = samples.len();
        let labels: Vec<u32> = samples.iter().map(|s| s.0).collect();
        let binary: Vec<u32> = labels.iter().map(|y| y % 2).collect();
        let scores: Vec<f64> = samples.iter().flat_map(|s| {
            let total: u32 = s.1.iter().sum();
            s.1.map(|x| f64::from(x) / f64::from(total))
        }).collect();
        let truth: Vec<f64> = samples.iter().map(|s| f64::from(s.2) / 8.0).collect();
        let predicted: Vec<f64> = samples.iter().map(|s| f64::from(s.3) / 8.0).collect();
        let share: Vec<f64> = samples.iter().map(|s| f64::from(s.3) / 100.0).collect();
        let of = |r: &Range<usize>| MatrixRef::new(&scores[3 * r.start..3 * r.end], Shape::new(3, r.len()), Order::Columns).unwrap();
        let metrics: Vec<Metric<'_>> = vec![
            Box::new(|r| log_loss(of(&r), &labels[r])),
            Box::new(|r| brier_score(&binary[r.clone()], &share[r])),
            Box::new(|r| hinge_loss(of(&r), &labels[r])),
            Box::new(|r| top_k_accuracy(of(&r), &labels[r], 2)),
            Box::new(|r| mean_pinball_loss(&truth[r.clone()], &predicted[r], 0.3)),
            Box::new(|r| mean_absolute_error(&truth[r.clone()], &predicted[r])),
            Box::new(|r| mean_tweedie_deviance(&truth[r.clone()], &predicted[r], 1.0)),
            Box::new(|r| mean_tweedie_deviance(&truth[r.clone()], &predicted[r], 2.0)),
        ];
        let mut cuts = cuts.map(|cut| cut.index(n + 1));
        cuts.sort_unstable();
        let parts = || [cuts[0]..cuts[1], 0..cuts[0], cuts[1]..n].into_iter().filter(|part| !part.is_empty());
        for metric in &metrics {
            let (mut added, mut merged) = (BatchMean::default(), BatchMean::default());
            for part in parts() {
                let (count, mut one) = (part.len(), BatchMean::default());
                let mean = metric(part)?;
                added.add(mean, count)?;
                one.add(mean, count)?;
                merged.merge(&one);
                merged.merge(&BatchMean::default());
            }
            prop_assert_eq!((added.count(), merged.count()), (n as u64, n as u64));
            let all = metric(0..n)?;
            for mean in [added, merged] {
                gradus_testkit::scaled(mean.value()?, all, 1e-14, 1.0_f64.max(all))?;
            }
        }
    }

    #[test]
    fn a_batch_mean_lies_between_its_means(means in prop::collection::vec((finite(), 1..1_000_000_usize), 1..20)) {
        let mut all = BatchMean::default();
        for (mean, count) in &means {
            all.add(*mean, *count)?;
        }
        let least = means.iter().fold(f64::INFINITY, |least, (mean, _)| least.min(*mean));
        let most = means.iter().fold(f64::NEG_INFINITY, |most, (mean, _)| most.max(*mean));
        // In two halves, merged, it is the same.
        let (mut left, mut right) = (BatchMean::default(), BatchMean::default());
        for (i, (mean, count)) in means.iter().enumerate() {
            if i % 2 == 0 { left.add(*mean, *count)? } else { right.add(*mean, *count)? }
        }
        left.merge(&right);
        prop_assert_eq!(left.count(), all.count());
        gradus_testkit::scaled(left.value()?, all.value()?, 4.0 * f64::EPSILON, least.abs().max(most.abs()))?;
        let (value, rounding) = (all.value()?, 4.0 * f64::EPSILON);
        let slack = rounding * least.abs().max(most.abs()) + 1e-323;
        prop_assert!(value.is_finite() && value >= least - slack && value <= most + slack, "{value} of {least} to {most}");
        // One mean is itself.
        let (mean, count) = means[0];
        let mut one = BatchMean::default();
        one.add(mean, count)?;
        relative(one.value()?, mean, rounding)?;
    }
}

#[test]
fn what_has_no_mean_is_an_error() -> Result<(), EvaluationError> {
    let mut all = BatchMean::default();
    assert_eq!(all.value(), Err(EvaluationError::Empty));
    assert_eq!(all.add(1.0, 0), Err(EvaluationError::Empty));
    all.add(1.0, 3)?;
    let before = all;
    assert!(matches!(
        all.add(f64::NAN, 2),
        Err(EvaluationError::ScoreNotFinite { index: 1, .. })
    ));
    assert_eq!(all, before);
    all.add(f64::INFINITY, 1)?; // a certainty that was wrong
    assert_eq!(all.value(), Ok(f64::INFINITY));
    all.add(f64::NEG_INFINITY, 1)?;
    assert!(matches!(
        all.value(),
        Err(EvaluationError::ScoreNotFinite { index: 3, .. })
    ));
    let mut signed = BatchMean::default();
    signed.add(-0.0, 2)?;
    assert_eq!(signed.value()?.abs(), 0.0);
    let mut opposite = BatchMean::default();
    opposite.add(f64::MAX, 7)?;
    opposite.add(-f64::MAX, 7)?;
    assert!(same_bits(opposite.value()?.abs(), 0.0).is_ok());
    Ok(())
}
