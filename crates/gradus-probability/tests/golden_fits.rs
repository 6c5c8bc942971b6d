//! Maximum likelihood against 60 digits, made by `golden/fits.py` and `golden/searched_fits.py`.

use gradus_probability::{
    Beta, BetaBinomial, Cauchy, ChiSquared, Exponential, FisherF, Fit, Gamma, Gumbel, HalfNormal,
    InverseGamma, Laplace, LogNormal, Logistic, NegativeBinomial, Normal, Pareto, ProbabilityError,
    StudentT, VonMises, Weibull,
};
use gradus_testkit::golden::read;
use std::error::Error;

/// Parameters, standard errors, log-likelihood.
fn list<D>(
    fit: Result<Fit<D>, ProbabilityError>,
    parameters: impl Fn(&D) -> Vec<f64>,
) -> Result<Vec<f64>, ProbabilityError> {
    let fit = fit?;
    let mut all = parameters(&fit.distribution);
    all.extend(&fit.standard_errors);
    all.push(fit.ln_likelihood);
    Ok(all)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts"
)]
fn counts(x: &[f64]) -> Vec<u64> {
    x.iter().map(|x| *x as u64).collect()
}

/// What the families of the second script find, in its order.
fn searched(family: f64, x: &[f64], w: &[f64]) -> Result<Vec<f64>, ProbabilityError> {
    if family == 0.0 {
        list(FisherF::fit_weighted(x, w), |d| {
            vec![d.numerator(), d.denominator()]
        })
    } else {
        list(BetaBinomial::fit_weighted(12, &counts(x), w), |d| {
            vec![d.probability().a(), d.probability().b()]
        })
    }
}

/// What the families of the first script find, in its order.
fn fitted(family: f64, x: &[f64], w: &[f64]) -> Result<Vec<f64>, ProbabilityError> {
    #[allow(clippy::cast_possible_truncation, reason = "a small whole number")]
    match family as i32 {
        0 => list(Normal::fit_weighted(x, w), |d| {
            vec![d.location(), d.standard_deviation()]
        }),
        1 => list(LogNormal::fit_weighted(x, w), |d| {
            let d = d.logarithm();
            vec![d.location(), d.standard_deviation()]
        }),
        2 => list(Laplace::fit_weighted(x, w), |d| {
            vec![d.location(), d.scale()]
        }),
        3 => list(Exponential::fit_weighted(x, w), |d| vec![d.rate()]),
        4 => list(HalfNormal::fit_weighted(x, w), |d| vec![d.scale()]),
        5 => list(Pareto::fit_weighted(2.0, x, w), |d| vec![d.shape()]),
        6 | 11 => list(Gamma::fit_weighted(x, w), |d| vec![d.shape(), d.rate()]),
        7 => list(Beta::fit_weighted(x, w), |d| vec![d.a(), d.b()]),
        8 => list(Weibull::fit_weighted(x, w), |d| vec![d.shape(), d.scale()]),
        9 => list(Gumbel::fit_weighted(x, w), |d| {
            vec![d.location(), d.scale()]
        }),
        12 => list(Cauchy::fit_weighted(x, w), |d| {
            vec![d.location(), d.scale()]
        }),
        13 => list(InverseGamma::fit_weighted(x, w), |d| {
            vec![d.shape(), d.scale()]
        }),
        14 => list(ChiSquared::fit_weighted(x, w), |d| vec![d.freedom()]),
        15 => list(StudentT::fit_weighted(4.0, x, w), |d| {
            vec![d.location(), d.scale()]
        }),
        16 => list(VonMises::fit_weighted(x, w), |d| {
            vec![d.location(), d.concentration()]
        }),
        17 => list(NegativeBinomial::fit_weighted(&counts(x), w), |d| {
            vec![d.successes(), d.probability()]
        }),
        18 => list(StudentT::fit_freedom_weighted(x, w), |d| {
            vec![d.location(), d.scale(), d.freedom()]
        }),
        _ => list(Logistic::fit_weighted(x, w), |d| {
            vec![d.location(), d.scale()]
        }),
    }
}

/// Compares every row of a table.
fn check(
    table: &str,
    fitted: impl Fn(f64, &[f64], &[f64]) -> Result<Vec<f64>, ProbabilityError>,
) -> Result<(), Box<dyn Error>> {
    for row in read(table)? {
        let (x, w) = row.inputs[2..].split_at(8);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small whole number"
        )]
        let which = row.inputs[1] as usize;
        row.check(fitted(row.inputs[0], x, w)?[which])?;
    }
    Ok(())
}

#[test]
fn fits_of_small_samples() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/fits.csv"), fitted)
}

#[test]
fn searched_fits_of_small_samples() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/searched_fits.csv"), searched)
}
