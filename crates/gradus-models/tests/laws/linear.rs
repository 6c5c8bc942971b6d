//! Laws of linear regression and its standard errors.

use super::samples::{Counted, Sampled, TOLERANCE, centered, counted, dot, mean, sampled};
use gradus_models::linalg::nalgebra::DMatrix;
use gradus_models::linalg::view;
use gradus_models::{Fit, FitWeighted, LinearRegression, ModelError, Predict};
use gradus_testkit::{all_scaled, at_least, at_most, cases, scaled};
use proptest::prelude::*;

/// A model, unless features happen to depend on each other.
fn fitted<T>(model: Result<T, ModelError>) -> Result<T, TestCaseError> {
    match model {
        Err(ModelError::Collinear { .. }) => Err(TestCaseError::reject("collinear")),
        other => Ok(other?),
    }
}

fn residuals(data: &Sampled, predicted: &[f64]) -> Vec<f64> {
    data.y.iter().zip(predicted).map(|(y, p)| y - p).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn residuals_are_perpendicular_to_the_features(data in sampled()) {
        let model = fitted(LinearRegression::default().fit(data.view(), &data.y))?;
        let r = residuals(&data, &model.predict(data.view())?);
        scaled(r.iter().sum(), 0.0, TOLERANCE, 1.0)?;
        for i in 0..data.x.nrows() {
            let feature: Vec<f64> = data.view().row(i).collect();
            scaled(dot(&feature, &r), 0.0, TOLERANCE, 1.0)?;
        }
        // Through the origin, they need not sum to 0.
        let model = fitted(LinearRegression { intercept: false }.fit(data.view(), &data.y))?;
        let r = residuals(&data, &model.predict(data.view())?);
        let feature: Vec<f64> = data.view().row(0).collect();
        scaled(dot(&feature, &r), 0.0, TOLERANCE, 1.0)?;
    }

    #[test]
    fn linear_regression_follows_its_data(data in sampled(), c in 0.25_f64..4.0, slope in -3.0_f64..3.0) {
        let linear = LinearRegression::default();
        let model = fitted(linear.fit(data.view(), &data.y))?;
        let wider = linear.fit(view(&(&data.x * c)), &data.y)?;
        let narrowed: Vec<f64> = wider.weights().iter().map(|w| w * c).collect();
        all_scaled(model.weights(), &narrowed, TOLERANCE, 1.0)?;
        // y ↦ c y + slope · x₁ + 1
        let y: Vec<f64> = data.y.iter().zip(data.view().row(0)).map(|(y, x)| c * y + slope * x + 1.0).collect();
        let other = linear.fit(data.view(), &y)?;
        let mut expected: Vec<f64> = model.weights().iter().map(|w| c * w).collect();
        expected[0] += slope;
        all_scaled(other.weights(), &expected, TOLERANCE, 1.0)?;
        scaled(other.intercept(), c * model.intercept() + 1.0, TOLERANCE, 10.0)?;
    }

    #[test]
    fn weights_count_samples(data in sampled()) {
        let Counted { weights, repeated } = counted(data.y.len());
        let x = data.x.select_columns(&repeated);
        let y: Vec<f64> = repeated.iter().map(|&j| data.y[j]).collect();
        let linear = LinearRegression::default();
        let weighted = fitted(linear.fit_weighted(data.view(), &data.y, &weights))?;
        let repeated = linear.fit(view(&x), &y)?;
        all_scaled(weighted.weights(), repeated.weights(), TOLERANCE, 1.0)?;
        // Samples of weight 0 add no degree of freedom.
        let summary = linear.summarize_weighted(data.view(), &data.y, &weights)?;
        let present = weights.iter().filter(|w| **w > 0.0).count();
        prop_assert_eq!(summary.degrees_of_freedom(), present - data.x.nrows() - 1);
    }

    #[test]
    fn standard_errors_fall_with_the_root_of_samples(data in sampled(), times in 2_usize..5) {
        let linear = LinearRegression::default();
        let once = fitted(linear.summarize(data.view(), &data.y))?;
        let (n, k) = (data.y.len(), data.x.nrows() + 1);
        let x = DMatrix::from_fn(k - 1, n * times, |i, j| data.x[(i, j % n)]);
        let many = linear.summarize(view(&x), &data.y.repeat(times))?;
        let factor = ((n - k) as f64 / (n * times - k) as f64).sqrt();
        for (a, b) in once.coefficients().iter().zip(many.coefficients()) {
            scaled(a.estimate, b.estimate, TOLERANCE, 10.0)?;
            scaled(a.standard_error * factor, b.standard_error, TOLERANCE, 10.0)?;
        }
    }

    #[test]
    fn intervals_are_nested(data in sampled(), level in 0.01_f64..0.98) {
        let summary = fitted(LinearRegression::default().summarize(data.view(), &data.y))?;
        for (j, of) in summary.coefficients().iter().enumerate() {
            let ([a, b], [c, d]) = (summary.interval(j, level)?, summary.interval(j, level + 0.01)?);
            prop_assert!(c < a && a <= of.estimate && of.estimate <= b && b < d);
        }
        prop_assert!(summary.interval(0, 1.0).is_err() && summary.interval(99, 0.5).is_err());
    }

    #[test]
    fn an_interval_of_the_complement_of_p_ends_at_zero(data in sampled()) {
        let summary = fitted(LinearRegression::default().summarize(data.view(), &data.y))?;
        for (j, of) in summary.coefficients().iter().enumerate() {
            prop_assume!(of.p_value > 1e-6 && of.p_value < 1.0 - 1e-6); // digits of 1 − p
            let [low, high] = summary.interval(j, 1.0 - of.p_value)?;
            let end = if of.estimate > 0.0 { low } else { high };
            scaled(end, 0.0, 1e10 * f64::EPSILON, of.estimate.abs())?; // p loses six digits, its quantile a few more
        }
    }

    #[test]
    fn r_squared_of_a_fit_is_a_share(data in sampled()) {
        let linear = LinearRegression::default();
        let summary = fitted(linear.summarize(data.view(), &data.y))?;
        let r2 = summary.r_squared()?;
        at_least(r2, -TOLERANCE)?;
        at_most(r2, 1.0)?;
        at_most(summary.adjusted_r_squared()?, r2)?;
        scaled(r2, summary.model().score(data.view(), &data.y)?, TOLERANCE, 1.0)?;
        let total = centered(super::samples::matrix(&data.y, 1), 0);
        let (y, n) = (&data.y, data.y.len());
        scaled(dot(&total, &total), dot(y, y) - n as f64 * mean(y) * mean(y), TOLERANCE, 1e3)?;
    }
}
