//! The stable functions against tables of the generator beside them, with the largest error ever allowed.

use gradus_numeric::{
    beta_regularized, beta_regularized_inverse, cbrt, celu, digamma, elu, erf, erfc, erfcinv,
    erfinv, gamma, gamma_p, gamma_p_inverse, gamma_q, gamma_q_inverse, gelu, gelu_tanh,
    hard_sigmoid, hard_swish, hypot, ln_beta, ln_binomial, ln_gamma, log_cosh, log_sigmoid,
    log_sum_exp, log1mexp, logaddexp, logit, logsubexp, mish, normal_cdf, normal_ln_cdf,
    normal_quantile, selu, sigmoid, silu, softmax, softplus, softplus_inverse, softsign, trigamma,
    xlog1py, xlogx, xlogy,
};
use gradus_testkit::golden::{self, Row};
use gradus_testkit::{at_most, ulp_distance};
use std::error::Error;

/// Every row within `budget` ULP, which is what `docs/accuracy.md` found: the tests of the repository compare them.
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
    check(include_str!("golden/sigmoid.csv"), 2, |x| sigmoid(x[0]))
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
    check(include_str!("golden/log1mexp.csv"), 2, |x| log1mexp(x[0]))
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
    check(include_str!("golden/erfc.csv"), 3, |x| erfc(x[0]))?;
    check(include_str!("golden/normal_cdf.csv"), 3, |x| {
        normal_cdf(x[0])
    })?;
    check(include_str!("golden/normal_ln_cdf.csv"), 3, |x| {
        normal_ln_cdf(x[0])
    })?;
    check(include_str!("golden/erfinv.csv"), 1, |x| erfinv(x[0]))?;
    check(include_str!("golden/erfcinv.csv"), 2, |x| erfcinv(x[0]))?;
    check(include_str!("golden/normal_quantile.csv"), 2, |x| {
        normal_quantile(x[0])
    })
}

#[test]
fn the_gamma_family_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/gamma.csv"), 10, |x| gamma(x[0]))?;
    check(include_str!("golden/ln_gamma.csv"), 3, |x| ln_gamma(x[0]))?;
    check(include_str!("golden/trigamma.csv"), 3, |x| trigamma(x[0]))?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole numbers"
    )]
    let of_counts = |x: &[f64]| ln_binomial(x[0] as u64, x[1] as u64);
    check(include_str!("golden/ln_binomial.csv"), 2, of_counts)
}

/// Every row within its own `max_ulp`, which the generator takes from the condition of the problem, and the budget.
fn check_rows(table: &str, budget: u64, f: impl Fn(&[f64]) -> f64) -> Result<(), Box<dyn Error>> {
    for row in golden::read(table)? {
        row.check(f(&row.inputs))?;
    }
    check(table, budget, f)
}

#[test]
fn the_incomplete_gamma_functions_are_within_their_budget() -> Result<(), Box<dyn Error>> {
    check_rows(include_str!("golden/gamma_p.csv"), 778, |x| {
        gamma_p(x[0], x[1])
    })?;
    check_rows(include_str!("golden/gamma_q.csv"), 623, |x| {
        gamma_q(x[0], x[1])
    })
}

#[test]
fn the_incomplete_beta_function_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check_rows(include_str!("golden/beta_regularized.csv"), 617, |x| {
        beta_regularized(x[0], x[1], x[2])
    })
}

#[test]
fn quantiles_of_gamma_and_beta_laws_are_within_their_budget() -> Result<(), Box<dyn Error>> {
    check_rows(include_str!("golden/gamma_p_inverse.csv"), 308, |x| {
        gamma_p_inverse(x[0], x[1])
    })?;
    check_rows(include_str!("golden/gamma_q_inverse.csv"), 13, |x| {
        gamma_q_inverse(x[0], x[1])
    })?;
    check_rows(
        include_str!("golden/beta_regularized_inverse.csv"),
        203,
        |x| beta_regularized_inverse(x[0], x[1], x[2]),
    )
}

/// Every row within `budget` ε of the scale of its problem, and the rounding of the output in the table.
fn check_by(
    table: &str,
    budget: f64,
    scale: impl Fn(&Row) -> f64,
    f: impl Fn(&[f64]) -> f64,
) -> Result<(), Box<dyn Error>> {
    for row in golden::read(table)? {
        let error = (f(&row.inputs) - row.output).abs();
        let allowed = f64::EPSILON * (budget * scale(&row) + 0.5 * row.output.abs());
        at_most(error, allowed).map_err(|v| v.within(format!("{row:?}")))?;
    }
    Ok(())
}

/// Digamma below 0 is a difference of ψ(1 − x) and a cotangent, and has roots there.
#[test]
fn digamma_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    let scale = |row: &Row| match row.inputs[0] {
        x if x > 0.0 => row.output.abs(),
        x => row.output.abs().max(digamma(1.0 - x)).max(1.0),
    };
    check_by(include_str!("golden/digamma.csv"), 4.3, scale, |x| {
        digamma(x[0])
    })
}

/// The logarithm of the beta function crosses 0.
#[test]
fn ln_beta_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    let scale = |row: &Row| {
        let least = row.inputs[0].min(row.inputs[1]);
        row.output.abs().max(ln_gamma(least).abs()).max(1.0)
    };
    check_by(include_str!("golden/ln_beta.csv"), 5.3, scale, |x| {
        ln_beta(x[0], x[1])
    })
}

/// Sums of logarithms are judged by the larger of the result and the largest summand.
fn of_largest(row: &Row) -> f64 {
    let top = row.inputs.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
    if top == 0.0 {
        row.output.abs()
    } else {
        top.abs().max(row.output.abs())
    }
}

#[test]
fn logaddexp_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check_by(include_str!("golden/logaddexp.csv"), 1.0, of_largest, |x| {
        logaddexp(x[0], x[1])
    })
}

#[test]
fn log_sum_exp_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check_by(
        include_str!("golden/log_sum_exp.csv"),
        1.1,
        of_largest,
        log_sum_exp,
    )
}

#[test]
fn softmax_errs_by_the_distance_from_the_largest_score() -> Result<(), Box<dyn Error>> {
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

#[test]
fn silu_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/silu.csv"), 3, |x| silu(x[0]))
}

#[test]
fn gelu_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/gelu.csv"), 4, |x| gelu(x[0]))
}

/// The sigmoid multiplies the rounding errors of its argument 2u.
#[test]
fn gelu_tanh_errs_by_the_argument_of_its_sigmoid() -> Result<(), Box<dyn Error>> {
    for row in golden::read(include_str!("golden/gelu_tanh.csv"))? {
        let x = row.inputs[0];
        let two_u = 1.6 * x * (1.0 + 0.044715 * x * x);
        let distance = ulp_distance(gelu_tanh(x), row.output) as f64;
        at_most(distance, 3.0 + 4.0 * two_u.clamp(-745.0, 0.0).abs())?;
    }
    Ok(())
}

#[test]
fn mish_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/mish.csv"), 3, |x| mish(x[0]))
}

#[test]
fn exponential_linear_units_are_within_their_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/selu.csv"), 2, |x| selu(x[0]))?;
    check(include_str!("golden/elu.csv"), 1, |x| elu(x[0], x[1]))?;
    check(include_str!("golden/celu.csv"), 2, |x| celu(x[0], x[1]))
}

#[test]
fn softsign_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/softsign.csv"), 1, |x| softsign(x[0]))
}

#[test]
fn hard_units_are_within_their_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/hard_sigmoid.csv"), 1, |x| {
        hard_sigmoid(x[0])
    })?;
    check(include_str!("golden/hard_swish.csv"), 2, |x| {
        hard_swish(x[0])
    })
}

#[test]
fn log_cosh_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/log_cosh.csv"), 2, |x| log_cosh(x[0]))
}

#[test]
fn softplus_inverse_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/softplus_inverse.csv"), 2, |y| {
        softplus_inverse(y[0])
    })
}

#[test]
fn xlogx_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/xlogx.csv"), 1, |x| xlogx(x[0]))
}

#[test]
fn xlog1py_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/xlog1py.csv"), 2, |x| {
        xlog1py(x[0], x[1])
    })
}

#[test]
fn logsubexp_is_within_its_budget() -> Result<(), Box<dyn Error>> {
    check_by(include_str!("golden/logsubexp.csv"), 0.6, of_largest, |x| {
        logsubexp(x[0], x[1])
    })
}

#[test]
fn roots_are_within_their_budget() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/hypot.csv"), 1, |x| hypot(x[0], x[1]))?;
    check(include_str!("golden/cbrt.csv"), 0, |x| cbrt(x[0]))
}
