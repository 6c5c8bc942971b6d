//! Bayesian linear regression, and Laplace's approximation.

use crate::generators::{condition, law_and_point, near};
use gradus_multivariate::nalgebra::{DMatrix, DVector};
use gradus_multivariate::{BayesianRegression, MultivariateNormal, laplace};
use gradus_probability::{Continuous, Normal};
use gradus_testkit::{all_scaled, at_least, at_most, cases, relative, scaled};
use proptest::prelude::*;
use std::error::Error;

const EPS: f64 = f64::EPSILON;

/// Features p × n, also fewer samples than features and equal ones; targets.
fn data() -> impl Strategy<Value = (DMatrix<f64>, DVector<f64>)> {
    (1..5_usize, 1..9_usize).prop_flat_map(|(p, n)| {
        let free = prop::collection::vec(-3.0..3.0_f64, p * n);
        let whole = prop::collection::vec((-1..2_i32).prop_map(f64::from), p * n);
        let x = prop_oneof![3 => free, 1 => whole].prop_map(move |x| DMatrix::from_vec(p, n, x));
        (
            x,
            prop::collection::vec(-9.0..9.0_f64, n).prop_map(DVector::from_vec),
        )
    })
}

/// The condition of the precision of the weights.
fn spread(x: &DMatrix<f64>, alpha: f64, beta: f64) -> f64 {
    1.0 + beta * x.iter().map(|x| x * x).sum::<f64>() / alpha
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_mean_of_weights_is_ridge_regression((x, y) in data(), alpha in 0.01..9.0_f64, beta in 0.01..9.0_f64) {
        let fit = BayesianRegression::fit(&x, &y, alpha, beta)?;
        let ridge = &x * x.transpose() + DMatrix::identity(x.nrows(), x.nrows()) * (alpha / beta);
        let expected = gradus_linalg::solve_positive_definite(&ridge, &(&x * &y))?;
        let k = spread(&x, alpha, beta);
        all_scaled(fit.weights().mean().as_slice(), expected.as_slice(), 64.0 * EPS * k, 1.0 + 10.0 * y.amax())?;
        let covariance = gradus_linalg::inverse(&(ridge * beta))?;
        near(&fit.weights().covariance(), &covariance, 256.0 * EPS * k)?;
        at_most(fit.determined(), x.nrows().min(x.ncols()) as f64 * (1.0 + 8.0 * EPS))?;
        at_least(fit.determined(), 0.0)?;
        // γ = p − α tr S
        scaled(fit.determined(), x.nrows() as f64 - alpha * covariance.trace(), 256.0 * EPS * k, 4.0)?;
    }

    #[test]
    fn the_posterior_of_weights_is_prior_times_likelihood((x, y) in data(), alpha in 0.01..9.0_f64, beta in 0.01..9.0_f64, w in prop::collection::vec(-3.0..3.0_f64, 5)) {
        let fit = BayesianRegression::fit(&x, &y, alpha, beta)?;
        let (prior, noise) = (Normal::new(0.0, 1.0 / alpha.sqrt())?, Normal::new(0.0, 1.0 / beta.sqrt())?);
        let w = DVector::from_row_slice(&w[..x.nrows()]);
        let left: f64 = w.iter().map(|w| prior.ln_pdf(*w)).sum();
        let misses = x.transpose() * &w - &y;
        let likelihood: f64 = misses.iter().map(|miss| noise.ln_pdf(*miss)).sum();
        let right = fit.weights().ln_pdf(&w)? + fit.ln_evidence();
        scaled(left + likelihood, right, 256.0 * EPS * spread(&x, alpha, beta), 1e3 + likelihood.abs())?;
    }

    #[test]
    fn the_evidence_is_the_density_of_the_observations((x, y) in data(), alpha in 0.01..9.0_f64, beta in 0.01..9.0_f64) {
        let fit = BayesianRegression::fit(&x, &y, alpha, beta)?;
        let n = y.len();
        let covariance = x.transpose() * &x / alpha + DMatrix::identity(n, n) / beta;
        let law = MultivariateNormal::new(DVector::zeros(n), &covariance)?;
        scaled(fit.ln_evidence(), law.ln_pdf(&y)?, 256.0 * EPS * spread(&x, alpha, beta), 1e3 + fit.ln_evidence().abs())?;
    }

    #[test]
    fn predictions_are_conditional_laws((x, y) in data(), alpha in 0.01..9.0_f64, beta in 0.01..9.0_f64, next in prop::collection::vec(-3.0..3.0_f64, 5)) {
        let fit = BayesianRegression::fit(&x, &y, alpha, beta)?;
        let (p, n) = x.shape();
        let next = DVector::from_row_slice(&next[..p]);
        // the law of all targets, that of the next sample last
        let all = x.clone().insert_columns(n, 1, 0.0);
        let all = DMatrix::from_fn(p, n + 1, |i, j| if j == n { next[i] } else { all[(i, j)] });
        let covariance = all.transpose() * &all / alpha + DMatrix::identity(n + 1, n + 1) / beta;
        let law = MultivariateNormal::new(DVector::zeros(n + 1), &covariance)?;
        let known: Vec<usize> = (0..n).collect();
        let expected = law.conditional(&known, &y)?;
        let found = fit.predictive(&next)?;
        let k = spread(&all, alpha, beta);
        scaled(found.location(), expected.mean()[0], 256.0 * EPS * k, 100.0)?;
        relative(found.standard_deviation(), expected.cholesky_factor()[(0, 0)], 256.0 * EPS * k)?;
    }

    #[test]
    fn no_precisions_near_by_have_more_evidence((x, y) in data(), t in 0.001..0.05_f64) {
        let Ok(fit) = BayesianRegression::with_most_evidence(&x, &y, 1.0, 1.0, 1e-10, 2000) else {
            return Err(TestCaseError::reject("no maximum"));
        };
        prop_assume!(fit.converged);
        let best = &fit.regression;
        let (alpha, beta) = (best.alpha(), best.beta());
        for (a, b) in [(1.0 + t, 1.0), (1.0 - t, 1.0), (1.0, 1.0 + t), (1.0, 1.0 - t), (1.0 + t, 1.0 - t)] {
            let other = BayesianRegression::fit(&x, &y, alpha * a, beta * b)?;
            at_least(best.ln_evidence(), other.ln_evidence() - 1e4 * EPS * (1.0 + best.ln_evidence().abs()))?;
        }
        // stationary: the squares of the weights are worth γ
        let squares: f64 = best.weights().mean().iter().map(|m| m * m).sum();
        relative(alpha * squares, best.determined(), 1e-9 * spread(&x, alpha, beta))?;
    }

    #[test]
    fn precisions_are_measured_in_units_of_the_targets((x, y) in data(), e in -40..40_i32) {
        let unit = 2_f64.powi(e);
        let of = |y: &DVector<f64>, alpha: f64, beta: f64| BayesianRegression::with_most_evidence(&x, y, alpha, beta, 1e-6, 50);
        let (one, other) = (of(&y, 1.0, 1.0), of(&(&y * unit), 1.0 / (unit * unit), 1.0 / (unit * unit)));
        prop_assert_eq!(one.is_ok(), other.is_ok());
        if let (Ok(one), Ok(other)) = (one, other) {
            prop_assert_eq!(one.ln_evidences.len(), other.ln_evidences.len());
            relative(other.regression.alpha() * unit * unit, one.regression.alpha(), 4.0 * EPS)?;
            relative(other.regression.beta() * unit * unit, one.regression.beta(), 4.0 * EPS)?;
        }
    }

    #[test]
    fn laplace_is_exact_for_a_normal_law((law, _) in law_and_point(1..6), ln_mass in -99.0..99.0_f64) {
        let at_mode = law.ln_pdf(law.mean())? + ln_mass;
        let peak = laplace(law.mean().clone(), at_mode, &law.precision())?;
        let k = condition(&law);
        scaled(peak.ln_integral, ln_mass, 64.0 * EPS * k, 100.0)?;
        near(&peak.law.covariance(), &law.covariance(), 64.0 * EPS * k)?;
        prop_assert_eq!(peak.law.mean(), law.mean());
    }

    #[test]
    fn laplace_gives_the_evidence_of_a_linear_regression((x, y) in data(), alpha in 0.01..9.0_f64, beta in 0.01..9.0_f64) {
        let fit = BayesianRegression::fit(&x, &y, alpha, beta)?;
        let (prior, noise) = (Normal::new(0.0, 1.0 / alpha.sqrt())?, Normal::new(0.0, 1.0 / beta.sqrt())?);
        let mode = fit.weights().mean().clone();
        let misses = x.transpose() * &mode - &y;
        let ln_density = mode.iter().map(|w| prior.ln_pdf(*w)).sum::<f64>() + misses.iter().map(|miss| noise.ln_pdf(*miss)).sum::<f64>();
        let hessian = DMatrix::identity(x.nrows(), x.nrows()) * alpha + &x * x.transpose() * beta;
        let peak = laplace(mode, ln_density, &hessian)?;
        scaled(peak.ln_integral, fit.ln_evidence(), 256.0 * EPS * spread(&x, alpha, beta), 1e3 + ln_density.abs())?;
    }
}

#[test]
fn laplace_of_the_gamma_integral_is_stirlings_formula() -> Result<(), Box<dyn Error>> {
    for n in [1.0_f64, 10.0, 1e3, 1e6] {
        let peak = laplace(
            DVector::from_element(1, n),
            n * n.ln() - n,
            &DMatrix::from_element(1, 1, 1.0 / n),
        )?;
        // ln n! = Stirling + 1 / 12 n − 1 / 360 n³ + …
        let series = 1.0 / (12.0 * n) - 1.0 / (360.0 * n.powi(3));
        let exact = gradus_numeric::ln_gamma(n + 1.0);
        scaled(
            exact - peak.ln_integral,
            series,
            1.0,
            1.0 / (1000.0 * n.powi(5)) + 16.0 * EPS * (1.0 + exact),
        )?;
    }
    Ok(())
}
