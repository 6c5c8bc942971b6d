//! Values to the bit, against tables made by the scripts in `golden/`.

use gradus_probability::{Continuous, Normal};
use gradus_testkit::golden::{GoldenError, read};
use std::error::Error;

/// Every row of the table within its bound.
fn check(table: &str, f: impl Fn(f64) -> f64) -> Result<(), Box<dyn Error>> {
    for row in read(table)? {
        let [x] = row.inputs[..] else {
            return Err(GoldenError::NoColumn { name: "x0" }.into());
        };
        row.check(f(x))?;
    }
    Ok(())
}

#[test]
fn normal_pdf() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/normal_pdf.csv"), |z| {
        Normal::STANDARD.pdf(z)
    })
}

#[test]
fn normal_cdf() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/normal_cdf.csv"), |z| {
        Normal::STANDARD.cdf(z)
    })
}

#[test]
fn normal_sf() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/normal_cdf.csv"), |z| {
        Normal::STANDARD.sf(-z)
    })
}

#[test]
fn normal_ln_pdf() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/normal_ln_pdf.csv"), |z| {
        Normal::STANDARD.ln_pdf(z)
    })
}

#[test]
fn normal_ln_cdf() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/normal_ln_cdf.csv"), |z| {
        Normal::STANDARD.ln_cdf(z)
    })
}

#[test]
fn normal_quantile() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/normal_quantile.csv"), |p| {
        Normal::STANDARD.quantile(p)
    })
}
