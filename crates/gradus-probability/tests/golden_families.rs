//! Families against tables of 50 digits, made by `golden/families.py` and `golden/family_tables.py`.

use gradus_probability::{
    Binomial, Continuous, Discrete, Gamma, Poisson, ProbabilityError, StudentT,
};
use gradus_testkit::golden::read;
use std::error::Error;

/// Every row of the table within its bound.
fn check<D>(
    table: &str,
    law: impl Fn(&[f64]) -> Result<D, ProbabilityError>,
    f: impl Fn(&D, f64) -> f64,
) -> Result<(), Box<dyn Error>> {
    for row in read(table)? {
        let (x, parameters) = row.inputs.split_last().ok_or("no columns")?;
        row.check(f(&law(parameters)?, *x))?;
    }
    Ok(())
}

fn gamma(p: &[f64]) -> Result<Gamma, ProbabilityError> {
    Gamma::new(p[0], p[1])
}

fn student(p: &[f64]) -> Result<StudentT, ProbabilityError> {
    StudentT::new(0.0, 1.0, p[0])
}

fn poisson(p: &[f64]) -> Result<Poisson, ProbabilityError> {
    Poisson::new(p[0])
}

fn binomial(p: &[f64]) -> Result<Binomial, ProbabilityError> {
    Binomial::new(count(p[0]), p[1])
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of a table"
)]
fn count(x: f64) -> u64 {
    x as u64
}

#[test]
fn gamma_law() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/gamma_ln_pdf.csv"), gamma, |d, x| {
        d.ln_pdf(x)
    })?;
    check(include_str!("golden/gamma_cdf.csv"), gamma, Continuous::cdf)?;
    check(include_str!("golden/gamma_sf.csv"), gamma, Continuous::sf)?;
    check(include_str!("golden/gamma_ln_cdf.csv"), gamma, |d, x| {
        d.ln_cdf(x)
    })?;
    check(include_str!("golden/gamma_ln_sf.csv"), gamma, |d, x| {
        d.ln_sf(x)
    })?;
    check(include_str!("golden/gamma_quantile.csv"), gamma, |d, p| {
        d.quantile(p)
    })
}

#[test]
fn student_law() -> Result<(), Box<dyn Error>> {
    check(
        include_str!("golden/student_ln_pdf.csv"),
        student,
        Continuous::ln_pdf,
    )?;
    check(include_str!("golden/student_cdf.csv"), student, |d, x| {
        d.cdf(x)
    })?;
    check(include_str!("golden/student_sf.csv"), student, |d, x| {
        d.sf(x)
    })?;
    check(
        include_str!("golden/student_ln_cdf.csv"),
        student,
        Continuous::ln_cdf,
    )?;
    check(include_str!("golden/student_ln_sf.csv"), student, |d, x| {
        d.ln_sf(x)
    })?;
    check(
        include_str!("golden/student_quantile.csv"),
        student,
        Continuous::quantile,
    )
}

#[test]
fn poisson_law() -> Result<(), Box<dyn Error>> {
    check(
        include_str!("golden/poisson_ln_pdf.csv"),
        poisson,
        |d, k| d.ln_pmf(count(k)),
    )?;
    check(include_str!("golden/poisson_cdf.csv"), poisson, |d, k| {
        d.cdf(count(k))
    })?;
    check(include_str!("golden/poisson_sf.csv"), poisson, |d, k| {
        d.sf(count(k))
    })?;
    check(
        include_str!("golden/poisson_ln_cdf.csv"),
        poisson,
        |d, k| d.ln_cdf(count(k)),
    )?;
    check(include_str!("golden/poisson_ln_sf.csv"), poisson, |d, k| {
        d.ln_sf(count(k))
    })
}

#[test]
fn binomial_law() -> Result<(), Box<dyn Error>> {
    check(
        include_str!("golden/binomial_ln_pdf.csv"),
        binomial,
        |d, k| d.ln_pmf(count(k)),
    )?;
    check(include_str!("golden/binomial_cdf.csv"), binomial, |d, k| {
        d.cdf(count(k))
    })?;
    check(include_str!("golden/binomial_sf.csv"), binomial, |d, k| {
        d.sf(count(k))
    })?;
    check(
        include_str!("golden/binomial_ln_cdf.csv"),
        binomial,
        |d, k| d.ln_cdf(count(k)),
    )?;
    check(
        include_str!("golden/binomial_ln_sf.csv"),
        binomial,
        |d, k| d.ln_sf(count(k)),
    )
}
