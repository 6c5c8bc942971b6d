//! Laws of pipelines and of judging by samples that were not seen.

use super::samples::{TOLERANCE, sampled};
use gradus_models::data::Scaler;
use gradus_models::evaluation::{folds, stratified_folds};
use gradus_models::linalg::view;
use gradus_models::{
    Fit, FitWeighted, Fold, GaussianNaiveBayes, Key, LinearRegression, LogisticRegression,
    MatrixRef, NearestNeighbors, Order, Pipeline, Predict, Preparation, Ridge, ScoreWeights,
    Target, cross_predict, cross_validate, cross_validate_weighted, learning_curve,
    validation_curve,
};
use gradus_testkit::{all_same_bits, all_scaled, cases};
use proptest::prelude::*;

fn three(n: usize, seed: u64) -> Result<Vec<Fold>, Box<dyn std::error::Error>> {
    Ok(folds(u32::try_from(n)?, 3, &mut Key::new(seed).rng())?)
}

fn steps() -> impl Strategy<Value = Vec<Preparation>> {
    let step = prop_oneof![
        Just(Preparation::Standardize),
        Just(Preparation::MinMax),
        Just(Preparation::Robust),
        Just(Preparation::Pca(1)),
    ];
    prop::collection::vec(step, 0..3)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn test_samples_change_nothing_of_the_fit(data in sampled(), steps in steps(), seed in any::<u64>()) {
        let pipeline = Pipeline { steps, model: Ridge::default() };
        let folds = three(data.y.len(), seed).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let before = cross_predict(&pipeline, data.view(), &data.y, &folds[..1])?;
        // All validation samples of the fold but the first become outliers.
        let mut x = data.x.clone();
        for &j in &folds[0].validation[1..] {
            x.column_mut(j as usize).fill(1e6);
        }
        let after = cross_predict(&pipeline, view(&x), &data.y, &folds[..1])?;
        let first = folds[0].validation[0] as usize;
        prop_assert!(before[first].is_some());
        prop_assert_eq!(before[first].map(f64::to_bits), after[first].map(f64::to_bits));
    }

    #[test]
    fn what_is_judged_is_not_learned(data in sampled(), steps in steps(), seed in any::<u64>()) {
        let pipeline = Pipeline { steps, model: NearestNeighbors { neighbors: 2, ..NearestNeighbors::default() } };
        let folds = three(data.y.len(), seed).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let before = cross_predict(&pipeline, data.view(), &data.y, &folds[..1])?;
        let mut y = data.y.clone();
        folds[0].validation.iter().for_each(|&j| y[j as usize] = 1e9);
        prop_assert_eq!(before, cross_predict(&pipeline, data.view(), &y, &folds[..1])?);
    }

    #[test]
    fn a_pipeline_without_preparations_is_its_model(data in sampled(), penalty in 0.1_f64..9.0) {
        let model = Ridge { penalty, ..Ridge::default() };
        let alone = model.fit(data.view(), &data.y)?;
        let piped = Pipeline { steps: vec![], model }.fit(data.view(), &data.y)?;
        prop_assert_eq!(piped.model(), &alone);
        all_same_bits(&piped.predict(data.view())?, &alone.predict(data.view())?)?;
    }

    #[test]
    fn a_standardized_pipeline_does_not_see_units(data in sampled(), unit in 0.1_f64..10.0, shift in -5.0_f64..5.0) {
        let labels = data.labels(2);
        let pipeline = Pipeline { steps: vec![Preparation::Standardize], model: LogisticRegression::default() };
        let moved = data.x.map(|x| unit * x + shift);
        let model = pipeline.fit(data.view(), &labels)?;
        let other = pipeline.fit(view(&moved), &labels)?;
        let (a, b) = (model.model().linear(), other.model().linear());
        all_scaled(a.weights(), b.weights(), TOLERANCE, 1.0)?;
        prop_assert_eq!(model.predict(data.view())?.len(), labels.len());
    }

    #[test]
    fn cross_validation_is_fitting_and_scoring(data in sampled(), seed in any::<u64>()) {
        let labels: Vec<u32> = (0..2).cycle().take(data.y.len()).collect();
        let folds = stratified_folds(&labels, 3, &mut Key::new(seed).rng())?;
        let settings = GaussianNaiveBayes { smoothing: 0.1 };
        let scores = cross_validate(&settings, data.view(), &labels, &folds)?;
        for (score, fold) in scores.iter().zip(&folds) {
            let columns = |index: &[u32]| data.x.select_columns(index.iter().map(|&j| j as usize).collect::<Vec<_>>().iter());
            let of = |index: &[u32]| index.iter().map(|&j| labels[j as usize]).collect::<Vec<_>>();
            let model = settings.fit(view(&columns(&fold.train)), &of(&fold.train))?;
            let right = model.score(view(&columns(&fold.validation)), &of(&fold.validation))?;
            prop_assert_eq!(*score, right);
        }
        let missing = Fold { train: vec![0], validation: vec![1000] };
        prop_assert!(cross_predict(&settings, data.view(), &labels, &[missing]).is_err());
    }

    #[test]
    fn weights_go_through_a_pipeline_to_its_model(data in sampled(), penalty in 0.1_f64..9.0) {
        let model = Ridge { penalty, ..Ridge::default() };
        let pipeline = Pipeline { steps: vec![Preparation::Standardize], model };
        let weights: Vec<f64> = (0..data.y.len()).map(|j| [0.5, 2.0, 0.0][j % 3]).collect();
        let piped = pipeline.fit_weighted(data.view(), &data.y, &weights);
        prop_assume!(piped.is_ok()); // ties may make a feature constant
        let samples = Scaler::standard(data.view())?.scale_samples(data.view())?;
        let scaled = MatrixRef::new(&samples, data.view().shape(), Order::Columns)?;
        let (piped, alone) = (piped?, model.fit_weighted(scaled, &data.y, &weights)?);
        prop_assert_eq!(piped.model(), &alone);
        prop_assert!(pipeline.fit_weighted(data.view(), &data.y, &weights[1..]).is_err());
    }

    #[test]
    fn weighted_cross_validation_is_fitting_and_scoring(data in sampled(), seed in any::<u64>()) {
        let folds = three(data.y.len(), seed).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let weights: Vec<f64> = (0..data.y.len()).map(|j| [0.5, 2.0, 1.0][j % 3]).collect();
        let settings = Ridge::default();
        let scores = |how| cross_validate_weighted(&settings, data.view(), &data.y, &weights, &folds, how);
        let (counted, ignored) = (scores(ScoreWeights::Counted)?, scores(ScoreWeights::Ignored)?);
        for (fold, (counted, ignored)) in folds.iter().zip(counted.iter().zip(&ignored)) {
            let columns = |index: &[u32]| data.x.select_columns(index.iter().map(|&j| j as usize).collect::<Vec<_>>().iter());
            let of = |all: &[f64], index: &[u32]| index.iter().map(|&j| all[j as usize]).collect::<Vec<f64>>();
            let (train, validation) = (&fold.train, &fold.validation);
            let model = settings.fit_weighted(view(&columns(train)), &of(&data.y, train), &of(&weights, train))?;
            let truth = of(&data.y, validation);
            let predicted = model.predict(view(&columns(validation)))?;
            prop_assert_eq!(*ignored, f64::score(&truth, &predicted)?);
            prop_assert_eq!(*counted, f64::score_weighted(&truth, &predicted, &of(&weights, validation))?);
        }
        let ones = vec![1.0; data.y.len()];
        let plain = cross_validate(&settings, data.view(), &data.y, &folds)?;
        let weighted = cross_validate_weighted(&settings, data.view(), &data.y, &ones, &folds, ScoreWeights::Ignored)?;
        all_scaled(&plain, &weighted, TOLERANCE, plain.iter().fold(1.0, |m, s| f64::max(m, s.abs())))?;
    }

    #[test]
    fn the_last_point_of_a_learning_curve_is_cross_validation(data in sampled(), seed in any::<u64>()) {
        let folds = three(data.y.len(), seed).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let all = folds.iter().map(|fold| fold.train.len()).min().unwrap_or(0);
        let same: Vec<Fold> = folds.iter().filter(|fold| fold.train.len() == all).cloned().collect();
        let curve = learning_curve(&Ridge::default(), data.view(), &data.y, &same, &[all / 2, all])?;
        prop_assert_eq!(curve.len(), 2);
        prop_assert_eq!(curve[1].at, all as f64);
        let scores = cross_validate(&Ridge::default(), data.view(), &data.y, &same)?;
        all_same_bits(&curve[1].validation, &scores)?;
        prop_assert!(curve[0].train != curve[1].train);
        prop_assert!(learning_curve(&Ridge::default(), data.view(), &data.y, &same, &[all + 1]).is_err());
    }

    #[test]
    fn a_validation_curve_is_cross_validations(data in sampled(), seed in any::<u64>()) {
        let folds = three(data.y.len(), seed).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let ridge = |penalty| Ridge { penalty, ..Ridge::default() };
        let curve = validation_curve(&[0.1, 10.0], ridge, data.view(), &data.y, &folds)?;
        for point in curve {
            let scores = cross_validate(&ridge(point.at), data.view(), &data.y, &folds)?;
            all_same_bits(&point.validation, &scores)?;
        }
    }

    #[test]
    fn collinear_features_are_told_with_their_rank(data in sampled()) {
        let twice = data.x.clone().insert_row(0, 0.0).map_with_location(|i, j, x| if i == 0 { data.x[(0, j)] } else { x });
        let told = LinearRegression::default().fit(view(&twice), &data.y);
        prop_assert!(matches!(told, Err(gradus_models::ModelError::Collinear { rank, columns }) if rank < columns), "{told:?}");
        let free = LogisticRegression { penalty: 0.0, ..LogisticRegression::default() };
        let told = free.fit(view(&twice), &data.labels(2));
        prop_assert!(matches!(told, Err(gradus_models::ModelError::Collinear { .. })), "{told:?}");
    }
}
