//! Laws of ridge regression and the elastic net.

use super::samples::{TOLERANCE, centered, dot, matrix, sampled};
use gradus_models::linalg::nalgebra::DMatrix;
use gradus_models::linalg::view;
use gradus_models::{
    ElasticNet, Fit, LinearModel, LinearRegression, MatrixRef, ModelError, Predict, Ridge,
    RidgePath, elastic_net_path, largest_penalty,
};
use gradus_testkit::{all_scaled, at_least, at_most, cases, scaled};
use proptest::prelude::*;

/// $`x_j^\top r`$ of every feature, centered.
fn slopes(model: &LinearModel, x: MatrixRef<'_, f64>, y: &[f64]) -> Result<Vec<f64>, ModelError> {
    let predicted = model.predict(x)?;
    let r: Vec<f64> = y.iter().zip(predicted).map(|(y, p)| y - p).collect();
    Ok((0..x.rows()).map(|i| dot(&centered(x, i), &r)).collect())
}

fn squares(model: &LinearModel, x: MatrixRef<'_, f64>, y: &[f64]) -> Result<f64, ModelError> {
    let predicted = model.predict(x)?;
    Ok(y.iter()
        .zip(predicted)
        .map(|(y, p)| (y - p) * (y - p))
        .sum())
}

/// The lasso or an elastic net, down to rounding.
fn net(penalty: f64, l1_ratio: f64) -> ElasticNet {
    ElasticNet {
        penalty,
        l1_ratio,
        tolerance: 1e-14,
        ..ElasticNet::default()
    }
}

/// A gap of 1e-14 mean squares is a distance of its root, 1e-7, times the condition of the samples.
const OF_THE_GAP: f64 = 1e-5;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn ridge_balances_errors_and_weights(data in sampled(), penalty in 0.01_f64..100.0) {
        let ridge = Ridge { penalty, ..Ridge::default() };
        let model = ridge.fit(data.view(), &data.y)?;
        let pull: Vec<f64> = model.weights().iter().map(|w| penalty * w).collect();
        all_scaled(&slopes(&model, data.view(), &data.y)?, &pull, TOLERANCE, 10.0)?;
    }

    #[test]
    fn a_larger_penalty_gives_smaller_weights(data in sampled(), penalty in 0.01_f64..10.0, factor in 1.1_f64..9.0) {
        let path = RidgePath::new(data.view(), &data.y, true)?;
        let (free, tight) = (path.at(penalty)?, path.at(factor * penalty)?);
        at_most(dot(tight.weights(), tight.weights()), dot(free.weights(), free.weights()))?;
        at_least(squares(&tight, data.view(), &data.y)?, squares(&free, data.view(), &data.y)? - TOLERANCE)?;
    }

    #[test]
    fn ridge_without_a_penalty_is_linear_regression(data in sampled(), intercept in any::<bool>()) {
        let ridge = Ridge { penalty: 0.0, intercept }.fit(data.view(), &data.y);
        let linear = LinearRegression { intercept }.fit(data.view(), &data.y);
        prop_assume!(linear.is_ok());
        let (ridge, linear) = (ridge?, linear?);
        all_scaled(ridge.weights(), linear.weights(), TOLERANCE, 1.0)?;
        scaled(ridge.intercept(), linear.intercept(), TOLERANCE, 10.0)?;
    }

    #[test]
    fn ridge_is_linear_regression_with_more_samples(data in sampled(), penalty in 0.01_f64..10.0) {
        let (p, n) = data.x.shape();
        let root = penalty.sqrt();
        let more = |i: usize, j: usize| if i == j - n { root } else { 0.0 };
        let x = DMatrix::from_fn(p, n + p, |i, j| if j < n { data.x[(i, j)] } else { more(i, j) });
        let y = [&data.y[..], &vec![0.0; p]].concat();
        let ridge = Ridge { penalty, intercept: false }.fit(data.view(), &data.y)?;
        let linear = LinearRegression { intercept: false }.fit(view(&x), &y)?;
        all_scaled(ridge.weights(), linear.weights(), TOLERANCE, 1.0)?;
    }

    #[test]
    fn degrees_of_freedom_fall_with_the_penalty(data in sampled(), penalty in 1e-3_f64..1e3) {
        let path = RidgePath::new(data.view(), &data.y, true)?;
        let df = |penalty| path.degrees_of_freedom(penalty);
        prop_assert!(df(2.0 * penalty)? < df(penalty)?);
        at_most(df(penalty)?, data.x.nrows() as f64)?;
        at_most(df(1e12)?, 1e-6)?; // squares of centered features are below 1e5
        if let Ok(free) = df(0.0) {
            scaled(free, data.x.nrows() as f64, TOLERANCE, 1.0)?;
        }
    }

    #[test]
    fn elastic_net_weights_are_optimal(data in sampled(), share in 0.01_f64..1.2, l1_ratio in 0.1_f64..=1.0) {
        let n = data.y.len() as f64;
        let penalty = share * largest_penalty(data.view(), &data.y, &net(1.0, l1_ratio))?;
        prop_assume!(penalty > 1e-3);
        let model = net(penalty, l1_ratio).fit(data.view(), &data.y)?;
        for (slope, &w) in slopes(&model, data.view(), &data.y)?.iter().zip(model.weights()) {
            let (slope, bound) = (slope / n - penalty * (1.0 - l1_ratio) * w, penalty * l1_ratio);
            if w == 0.0 {
                at_most(slope.abs(), bound + OF_THE_GAP)?;
            } else {
                scaled(slope, bound * w.signum(), OF_THE_GAP, 1.0)?;
            }
        }
    }

    #[test]
    fn the_largest_penalty_is_the_first_without_weights(data in sampled(), l1_ratio in 0.1_f64..=1.0) {
        let largest = largest_penalty(data.view(), &data.y, &net(1.0, l1_ratio))?;
        prop_assume!(largest > 1e-3);
        let at = |penalty| net(penalty, l1_ratio).fit(data.view(), &data.y);
        prop_assert!(at(largest * (1.0 + 1e-12))?.weights().iter().all(|&w| w == 0.0));
        prop_assert!(at(largest * 0.99)?.weights().iter().any(|&w| w != 0.0));
    }

    #[test]
    fn the_order_of_features_does_not_matter(data in sampled(), l1_ratio in 0.1_f64..0.9) {
        let reversed: Vec<usize> = (0..data.x.nrows()).rev().collect();
        let model = net(0.1, l1_ratio).fit(data.view(), &data.y)?;
        let other = net(0.1, l1_ratio).fit(view(&data.x.select_rows(&reversed)), &data.y)?;
        let back: Vec<f64> = other.weights().iter().rev().copied().collect();
        all_scaled(model.weights(), &back, OF_THE_GAP, 1.0)?;
    }

    #[test]
    fn a_path_leads_through_the_models_of_its_penalties(data in sampled(), l1_ratio in 0.1_f64..0.9) {
        let penalties = [1.0, 0.3, 0.1, 0.03];
        let path = elastic_net_path(data.view(), &data.y, &net(1.0, l1_ratio), &penalties)?;
        prop_assert_eq!(path.len(), 4);
        for (model, penalty) in path.iter().zip(penalties) {
            let alone = net(penalty, l1_ratio).fit(data.view(), &data.y)?;
            all_scaled(model.weights(), alone.weights(), OF_THE_GAP, 1.0)?;
        }
    }

    #[test]
    fn penalties_need_no_units_of_their_own(seed in 0_u32..100) {
        // Features without variance, and more features than samples.
        let x: Vec<f64> = (0..12).map(|i| f64::from(i % 4 * (seed % 7))).collect();
        let model = ElasticNet::lasso(0.5).fit(matrix(&x, 4), &[1.0, 2.0, 4.0])?;
        prop_assert!(model.weights().iter().all(|&w| w == 0.0));
        scaled(model.intercept(), 7.0 / 3.0, TOLERANCE, 1.0)?;
    }
}
