//! Laws of means over samples that come in batches.

use gradus_evaluation::{
    BatchMean, Contingency, EvaluationError, MatrixRef, Order, Shape, adjusted_mutual_information,
    adjusted_rand_index, brier_score, hinge_loss, log_loss, mean_absolute_error, mean_pinball_loss,
    mean_tweedie_deviance, normalized_mutual_information, top_k_accuracy,
};
use gradus_testkit::strategies::finite;
use gradus_testkit::{cases, relative, same_bits};
use proptest::prelude::*;
use std::ops::Range;

/// What metrics compare: labels and guesses of classes 0 to 2, their scores and shares, and positive numbers in eighths.
#[derive(Clone, Debug)]
pub(crate) struct Samples {
    pub(crate) labels: Vec<u32>,
    pub(crate) guesses: Vec<u32>,
    pub(crate) binary: Vec<u32>,
    pub(crate) distributions: Vec<[f64; 3]>,
    pub(crate) share: Vec<f64>,
    pub(crate) truth: Vec<f64>,
    pub(crate) predicted: Vec<f64>,
}

impl Samples {
    /// Some of them, in this order; one may be there twice.
    pub(crate) fn select(&self, indices: &[usize]) -> Self {
        fn of<T: Copy>(values: &[T], indices: &[usize]) -> Vec<T> {
            indices.iter().map(|&i| values[i]).collect()
        }
        Self {
            labels: of(&self.labels, indices),
            guesses: of(&self.guesses, indices),
            binary: of(&self.binary, indices),
            distributions: of(&self.distributions, indices),
            share: of(&self.share, indices),
            truth: of(&self.truth, indices),
            predicted: of(&self.predicted, indices),
        }
    }

    /// Probabilities, classes × samples.
    pub(crate) fn scores(&self) -> Result<MatrixRef<'_, f64>, EvaluationError> {
        let values = self.distributions.as_flattened();
        let shape = Shape::new(3, self.labels.len());
        MatrixRef::new(values, shape, Order::Columns).map_err(|_| EvaluationError::Empty)
    }
}

/// A number of samples from this range.
pub(crate) fn samples(count: Range<usize>) -> impl Strategy<Value = Samples> {
    let sample = (
        (0..3_u32, 0..3_u32),
        [1..9_u32, 1..9_u32, 1..9_u32],
        1..99_u32,
        1..99_u32,
    );
    prop::collection::vec(sample, count).prop_map(|samples| {
        let distribution = |weights: [u32; 3]| {
            let total: u32 = weights.iter().sum();
            weights.map(|x| f64::from(x) / f64::from(total))
        };
        Samples {
            labels: samples.iter().map(|s| s.0.0).collect(),
            guesses: samples.iter().map(|s| s.0.1).collect(),
            binary: samples.iter().map(|s| s.0.0 % 2).collect(),
            distributions: samples.iter().map(|s| distribution(s.1)).collect(),
            share: samples.iter().map(|s| f64::from(s.3) / 100.0).collect(),
            truth: samples.iter().map(|s| f64::from(s.2) / 8.0).collect(),
            predicted: samples.iter().map(|s| f64::from(s.3) / 8.0).collect(),
        }
    })
}

/// A metric of samples.
type Metric = fn(&Samples) -> Result<f64, EvaluationError>;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn batch_means_are_those_of_all_samples(samples in samples(1..40), cuts in [any::<prop::sample::Index>(), any::<prop::sample::Index>()]) {
        let n = samples.labels.len();
        let metrics: [Metric; 8] = [
            |s| log_loss(s.scores()?, &s.labels),
            |s| brier_score(&s.binary, &s.share),
            |s| hinge_loss(s.scores()?, &s.labels),
            |s| top_k_accuracy(s.scores()?, &s.labels, 2),
            |s| mean_pinball_loss(&s.truth, &s.predicted, 0.3),
            |s| mean_absolute_error(&s.truth, &s.predicted),
            |s| mean_tweedie_deviance(&s.truth, &s.predicted, 1.0),
            |s| mean_tweedie_deviance(&s.truth, &s.predicted, 2.0),
        ];
        let mut cuts = cuts.map(|cut| cut.index(n + 1));
        cuts.sort_unstable();
        let parts = || [cuts[0]..cuts[1], 0..cuts[0], cuts[1]..n].into_iter().filter(|part| !part.is_empty());
        for metric in metrics {
            let (mut added, mut merged) = (BatchMean::default(), BatchMean::default());
            for part in parts() {
                let (count, mut one) = (part.len(), BatchMean::default());
                let mean = metric(&samples.select(&part.collect::<Vec<_>>()))?;
                added.add(mean, count)?;
                one.add(mean, count)?;
                merged.merge(&one);
                merged.merge(&BatchMean::default());
            }
            prop_assert_eq!((added.count(), merged.count()), (n as u64, n as u64));
            let all = metric(&samples)?;
            for mean in [added, merged] {
                gradus_testkit::scaled(mean.value()?, all, 1e-14, 1.0_f64.max(all))?;
            }
        }
    }

    #[test]
    fn merged_contingencies_are_those_of_all_samples(pairs in prop::collection::vec((0..5_u32, 0..4_u32), 1..60), cut in any::<prop::sample::Index>()) {
        let (u, v): (Vec<u32>, Vec<u32>) = pairs.into_iter().unzip();
        let cut = cut.index(u.len());
        let of = |range: Range<usize>| Contingency::new(&u[range.clone()], &v[range]);
        // the last samples first
        let mut merged = of(cut..u.len())?;
        if cut > 0 {
            merged.merge(&of(0..cut)?)?;
        }
        prop_assert_eq!(&merged, &of(0..u.len())?);
        prop_assert_eq!(merged.cells().map(|(_, count)| count).sum::<u64>(), merged.count());
        same_bits(merged.normalized_mutual_information(), normalized_mutual_information(&u, &v)?)?;
        same_bits(merged.adjusted_mutual_information(), adjusted_mutual_information(&u, &v)?)?;
        same_bits(merged.adjusted_rand_index(), adjusted_rand_index(&u, &v)?)?;
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
    let before = all.count();
    let weighted = |weights: &[f64]| BatchMean::default().add_weighted(1.0, weights);
    let (sample, value) = (1, -1.0);
    let negative = EvaluationError::NotAWeight { sample, value };
    assert_eq!(weighted(&[1.0, -1.0]), Err(negative));
    let samples = 2;
    let none = EvaluationError::NoWeight { samples };
    assert_eq!(weighted(&[0.0, 0.0]), Err(none));
    for total in [1e-20, 1e20] {
        let far = Err(EvaluationError::WeightOutOfRange { total });
        assert_eq!(weighted(&[total]), far);
        assert_eq!(all.add_weighted(1.0, &[total]), far);
        assert_eq!(all.count(), before);
    }
    assert_eq!(weighted(&[1e-19]).and(weighted(&[1e19])), Ok(()));
    let mut signed = BatchMean::default();
    signed.add(-0.0, 2)?;
    assert_eq!(signed.value()?.abs(), 0.0);
    let mut opposite = BatchMean::default();
    opposite.add(f64::MAX, 7)?;
    opposite.add(-f64::MAX, 7)?;
    assert!(same_bits(opposite.value()?.abs(), 0.0).is_ok());
    Ok(())
}
