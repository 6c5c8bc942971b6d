//! The stable functions against tables of the generator beside them, with the greatest error ever allowed.

use gradus_numeric::{
    erf, erfc, erfcinv, erfinv, log_sigmoid, log_sum_exp, log1mexp, logaddexp, logit, normal_cdf,
    normal_log_cdf, normal_quantile, sigmoid, softmax, softplus, xlogy,
};
use gradus_testkit::golden::{self, Row};
use gradus_testkit::{at_most, ulp_distance};
use std::error::Error;

/// Every row within `budget` ULP. A budget may be lowered, never raised without a reason.
fn check(table: &str, budget: u64, f: impl Fn(&[f64]) -> f64) -> Result<(), Box<dyn Error>> {
    for row in golden::read(table)? {
        let y = f(&row.inputs);
        row.check(y)?;
        let distance = ulp_distance(y, row.output);
        assert!(distance <= budget, "{distance} ULP: {row:?}");
    }
    Ok(())
}

#[test]
fn sigmoid_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/sigmoid.csv"), 1, |x| sigmoid(x[0]))
}

#[test]
fn softplus_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/softplus.csv"), 1, |x| softplus(x[0]))
}

#[test]
fn log_sigmoid_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/log_sigmoid.csv"), 1, |x| {
        log_sigmoid(x[0])
    })
}

#[test]
fn log1mexp_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/log1mexp.csv"), 1, |x| log1mexp(x[0]))
}

#[test]
fn logit_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/logit.csv"), 1, |x| logit(x[0]))
}

#[test]
fn xlogy_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/xlogy.csv"), 1, |x| xlogy(x[0], x[1]))
}

#[test]
fn the_normal_family_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/erf.csv"), 1, |x| erf(x[0]))?;
    check(include_str!("golden/erfc.csv"), 2, |x| erfc(x[0]))?;
    check(include_str!("golden/normal_cdf.csv"), 2, |x| {
        normal_cdf(x[0])
    })?;
    check(include_str!("golden/normal_log_cdf.csv"), 2, |x| {
        normal_log_cdf(x[0])
    })?;
    check(include_str!("golden/erfinv.csv"), 1, |x| erfinv(x[0]))?;
    check(include_str!("golden/erfcinv.csv"), 1, |x| erfcinv(x[0]))?;
    check(include_str!("golden/normal_quantile.csv"), 1, |x| {
        normal_quantile(x[0])
    })
}

/// Sums of logarithms are judged by the greater of the result and the greatest summand.
fn check_scaled(table: &str, budget: f64, f: impl Fn(&[f64]) -> f64) -> Result<(), Box<dyn Error>> {
    for row in golden::read(table)? {
        let top = row.inputs.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
        let scale = if top == 0.0 {
            row.output
        } else {
            top.abs().max(row.output.abs())
        };
        let error = (f(&row.inputs) - row.output).abs();
        at_most(error, budget * f64::EPSILON * scale).map_err(|v| v.within(row.class))?;
    }
    Ok(())
}

#[test]
fn logaddexp_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check_scaled(include_str!("golden/logaddexp.csv"), 1.0, |x| {
        logaddexp(x[0], x[1])
    })
}

#[test]
fn log_sum_exp_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check_scaled(include_str!("golden/log_sum_exp.csv"), 1.0, log_sum_exp)
}

#[test]
fn softmax_errs_by_the_distance_from_the_greatest_score() -> Result<(), Box<dyn Error>> {
    for Row {
        inputs: x, output, ..
    } in golden::read(include_str!("golden/softmax.csv"))?
    {
        let top = x.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
        let y = softmax(&x)?[0];
        let distance = ulp_distance(y, output) as f64;
        at_most(distance, 1.0 + (top - x[0])).map_err(|v| v.within(format!("{x:?}")))?;
    }
    Ok(())
}
