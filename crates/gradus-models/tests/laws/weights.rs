//! Laws of samples that count differently.

use super::samples::{Counted, TOLERANCE, counted, sampled};
use gradus_models::evaluation::EvaluationError;
use gradus_models::linalg::nalgebra::DMatrix;
use gradus_models::linalg::view;
use gradus_models::{
    BernoulliNaiveBayes, ElasticNet, Fit, FitWeighted, GaussianNaiveBayes, LogisticRegression,
    ModelError, MultinomialNaiveBayes, Ridge, SoftmaxModel, SoftmaxRegression, Target,
};
use gradus_testkit::{all_same_bits, all_scaled, cases, scaled};
use proptest::prelude::*;

/// Parameters of a fit with weights, and of one in which each sample stands as often as its weight says.
type Both = (Vec<f64>, Vec<f64>);

fn linear<S: FitWeighted<f64, Model = gradus_models::LinearModel>>(
    settings: &S,
    x: &DMatrix<f64>,
    y: &[f64],
) -> Result<Both, ModelError> {
    let Counted { weights, repeated } = counted(y.len());
    let weighted = settings.fit_weighted(view(x), y, &weights)?;
    let again: Vec<f64> = repeated.iter().map(|&j| y[j]).collect();
    let plain = settings.fit(view(&x.select_columns(&repeated)), &again)?;
    let all = |model: &gradus_models::LinearModel| [model.weights(), &[model.intercept()]].concat();
    Ok((all(&weighted), all(&plain)))
}

fn softmax<S: FitWeighted<u32, Model = SoftmaxModel>>(
    settings: &S,
    x: &DMatrix<f64>,
    labels: &[u32],
) -> Result<Both, ModelError> {
    let Counted { weights, repeated } = counted(labels.len());
    let weighted = settings.fit_weighted(view(x), labels, &weights)?;
    let again: Vec<u32> = repeated.iter().map(|&j| labels[j]).collect();
    let plain = settings.fit(view(&x.select_columns(&repeated)), &again)?;
    let all = |model: &SoftmaxModel| [model.weights().as_slice(), model.intercepts()].concat();
    Ok((all(&weighted), all(&plain)))
}

/// Labels of which every class is among the samples that count.
fn labels(n: usize, classes: u32, y: &[f64]) -> Vec<u32> {
    let drawn = |j: usize| u32::try_from(y[j].to_bits() % u64::from(classes)).unwrap_or(0);
    let of = |j: usize| {
        if j.is_multiple_of(4) {
            u32::try_from(j / 4).unwrap_or(0) % classes
        } else {
            drawn(j)
        }
    };
    (0..n).map(of).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn penalized_models_count_weights(data in sampled(), penalty in 0.01_f64..10.0, intercept in any::<bool>()) {
        let (weighted, repeated) = linear(&Ridge { penalty, intercept }, &data.x, &data.y)?;
        all_scaled(&weighted, &repeated, TOLERANCE, 10.0)?;
        let net = ElasticNet { penalty: 0.1 * penalty, intercept, tolerance: 1e-14, ..ElasticNet::default() };
        let (weighted, repeated) = linear(&net, &data.x, &data.y)?;
        all_scaled(&weighted, &repeated, 1e-5, 10.0)?; // the root of the gap, times the condition
    }

    #[test]
    fn classifiers_count_weights(data in sampled(), penalty in 0.1_f64..10.0, intercept in any::<bool>()) {
        let two = labels(data.y.len(), 2, &data.y);
        let logistic = LogisticRegression { penalty, intercept, ..LogisticRegression::default() };
        let Counted { weights, repeated } = counted(data.y.len());
        let weighted = logistic.fit_weighted(data.view(), &two, &weights)?;
        let again: Vec<u32> = repeated.iter().map(|&j| two[j]).collect();
        let plain = logistic.fit(view(&data.x.select_columns(&repeated)), &again)?;
        all_scaled(weighted.linear().weights(), plain.linear().weights(), TOLERANCE, 10.0)?;

        let three = labels(data.y.len(), 3, &data.y);
        let settings = SoftmaxRegression { penalty, intercept, ..SoftmaxRegression::default() };
        let (weighted, repeated) = softmax(&settings, &data.x, &three)?;
        all_scaled(&weighted, &repeated, TOLERANCE, 10.0)?;
        let counts = data.x.map(|x| x.abs().round());
        let (weighted, repeated) = softmax(&MultinomialNaiveBayes { smoothing: penalty }, &counts, &three)?;
        all_scaled(&weighted, &repeated, TOLERANCE, 10.0)?;
        let ink = data.x.map(|x| f64::from(x > 0.5));
        let (weighted, repeated) = softmax(&BernoulliNaiveBayes { smoothing: penalty }, &ink, &three)?;
        all_scaled(&weighted, &repeated, TOLERANCE, 10.0)?;
    }

    #[test]
    fn gaussian_naive_bayes_counts_weights(data in sampled(), smoothing in 0.0_f64..1.0) {
        let two = labels(data.y.len(), 2, &data.y);
        let bayes = GaussianNaiveBayes { smoothing };
        let Counted { weights, repeated } = counted(data.y.len());
        let again: Vec<u32> = repeated.iter().map(|&j| two[j]).collect();
        let plain = bayes.fit(view(&data.x.select_columns(&repeated)), &again);
        prop_assume!(plain.is_ok()); // ties may make a feature constant within a class
        let (plain, weighted) = (plain?, bayes.fit_weighted(data.view(), &two, &weights)?);
        // A mean is exact to units of the numbers; a variance to those times their distance from 0, as means are about 8.
        all_scaled(weighted.means().as_slice(), plain.means().as_slice(), 64.0 * f64::EPSILON, 20.0)?;
        all_scaled(weighted.variances().as_slice(), plain.variances().as_slice(), 64.0 * f64::EPSILON, 200.0)?;
        let ones = bayes.fit_weighted(data.view(), &two, &vec![1.0; two.len()])?;
        prop_assert_eq!(ones, bayes.fit(data.view(), &two)?);
    }

    #[test]
    fn weighted_scores_count_samples(data in sampled(), seed in any::<u64>()) {
        let Counted { weights, repeated } = counted(data.y.len());
        let times = |y: &[f64]| repeated.iter().map(|&j| y[j]).collect::<Vec<f64>>();
        let guess: Vec<f64> = data.y.iter().map(|y| 0.5 * y + f64::from(u8::try_from(seed % 7).unwrap_or(0))).collect();
        let weighted = f64::score_weighted(&data.y, &guess, &weights)?;
        scaled(weighted, f64::score(&times(&data.y), &times(&guess))?, TOLERANCE, weighted.abs().max(1.0))?;
        let (truth, guess) = (labels(data.y.len(), 3, &data.y), labels(data.y.len(), 2, &data.y));
        let times = |y: &[u32]| repeated.iter().map(|&j| y[j]).collect::<Vec<u32>>();
        let weighted = u32::score_weighted(&truth, &guess, &weights)?;
        scaled(weighted, u32::score(&times(&truth), &times(&guess))?, TOLERANCE, 1.0)?;
        // Huge and tiny numbers alike, where squares are none.
        for unit in [1e200, 1e-200] {
            let of = |y: &[f64]| y.iter().map(|y| y * unit).collect::<Vec<f64>>();
            let half: Vec<f64> = data.y.iter().map(|y| 0.5 * y).collect();
            let (small, large) = (f64::score_weighted(&data.y, &half, &weights)?, f64::score_weighted(&of(&data.y), &of(&half), &weights)?);
            scaled(small, large, TOLERANCE, small.abs().max(1.0))?;
        }
        let constant = f64::score_weighted(&[1.0, 2.0, 1.0], &[1.0; 3], &[1.0, 0.0, 3.0]);
        prop_assert!(constant.is_err(), "{:?}", constant);
    }

    #[test]
    fn scores_do_not_see_samples_of_weight_0(data in sampled(), at in 0_usize..12, far in prop_oneof![Just(1.0), Just(1e300), Just(-1e308), Just(1e-300)]) {
        let guess: Vec<f64> = data.y.iter().map(|y| 0.5 * y).collect();
        let (one, two) = (labels(data.y.len(), 3, &data.y), labels(data.y.len(), 2, &data.y));
        let Counted { weights, .. } = counted(data.y.len());
        let (numbers, shares) = (f64::score_weighted(&data.y, &guess, &weights)?, u32::score_weighted(&one, &two, &weights)?);
        let with = |y: &[f64], more: f64| [&y[..at], &[more], &y[at..]].concat();
        let weights = with(&weights, 0.0);
        for (truth, predicted) in [(far, 0.0), (0.0, far), (far, far), (far, -far)] {
            let seen = f64::score_weighted(&with(&data.y, truth), &with(&guess, predicted), &weights)?;
            all_same_bits(&[seen], &[numbers])?;
        }
        let with = |y: &[u32], more: u32| [&y[..at], &[more], &y[at..]].concat();
        for other in [2, u32::MAX] {
            let seen = u32::score_weighted(&with(&one, 2), &with(&two, other), &weights)?;
            all_same_bits(&[seen], &[shares])?;
        }
        prop_assert_eq!(f64::score_weighted(&[1.0, 2.0, 1e300], &[1.0, 2.0, 0.0], &[1.0, 1.0, 0.0])?, 1.0);
        // A share that no double has is not taken for none: the huge error counts.
        let far = f64::score_weighted(&[1.0, 2.0, 1e300], &[1.0, 2.0, 0.0], &[1e200, 1e200, 1e-200]);
        prop_assert!(matches!(far, Err(ModelError::Evaluation(EvaluationError::WeightsFarApart { .. }))), "{far:?}");
    }

    #[test]
    fn weights_a_model_cannot_take_are_refused(data in sampled(), at in 0_usize..12, bad in prop_oneof![Just(-1.0), Just(f64::NAN), Just(f64::INFINITY)]) {
        let n = data.y.len();
        let fit = |weights: &[f64]| Ridge::default().fit_weighted(data.view(), &data.y, weights).map(|_| ());
        let mut weights = vec![1.0; n];
        weights[at] = bad;
        let refused = matches!(fit(&weights), Err(ModelError::NotAWeight { sample, .. }) if sample == at);
        prop_assert!(refused);
        prop_assert_eq!(fit(&vec![0.0; n]), Err(ModelError::NoWeight { samples: n }));
        let (samples, targets) = (n, n - 1);
        prop_assert_eq!(fit(&vec![1.0; n - 1]), Err(ModelError::TargetCount { samples, targets }));
    }
}
