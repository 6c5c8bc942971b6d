//! Log-densities against tables made by the scripts in `golden/`.

use gradus_multivariate::nalgebra::{DMatrix, DVector};
use gradus_multivariate::{InverseWishart, MultivariateNormal, MultivariateT, Wishart};
use gradus_testkit::golden::read;
use std::error::Error;

/// Entries of a padded vector, and of a padded lower triangle.
const VECTOR: usize = 4;
const TRIANGLE: usize = 10;

fn dimension(d: f64) -> Result<usize, Box<dyn Error>> {
    let found = (1..=VECTOR).find(|n| *n as f64 == d);
    Ok(found.ok_or("no such dimension")?)
}

fn vector(d: usize, entries: &[f64]) -> DVector<f64> {
    DVector::from_row_slice(&entries[..d])
}

/// The symmetric matrix whose lower triangle is given row by row.
fn matrix(d: usize, entries: &[f64]) -> DMatrix<f64> {
    let entry = |i: usize, j: usize| entries[i.max(j) * (i.max(j) + 1) / 2 + i.min(j)];
    DMatrix::from_fn(d, d, entry)
}

/// Every row of a table of vectors within its bound; the function gets the degrees of freedom, center, matrix and point.
fn check_vectors(
    table: &str,
    f: impl Fn(f64, DVector<f64>, &DMatrix<f64>, &DVector<f64>) -> Result<f64, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    for row in read(table)? {
        let (d, x) = (dimension(row.inputs[0])?, &row.inputs[2..]);
        let a = matrix(d, &x[VECTOR..]);
        let value = f(
            row.inputs[1],
            vector(d, x),
            &a,
            &vector(d, &x[VECTOR + TRIANGLE..]),
        )?;
        row.check(value)?;
    }
    Ok(())
}

#[test]
fn normal_ln_pdf() -> Result<(), Box<dyn Error>> {
    check_vectors(include_str!("golden/normal_ln_pdf.csv"), |_, mean, a, x| {
        Ok(MultivariateNormal::new(mean, a)?.ln_pdf(x)?)
    })
}

#[test]
fn t_ln_pdf() -> Result<(), Box<dyn Error>> {
    check_vectors(
        include_str!("golden/t_ln_pdf.csv"),
        |freedom, location, a, x| Ok(MultivariateT::new(location, a, freedom)?.ln_pdf(x)?),
    )
}

/// Every row of a table of matrices within its bound; the function gets the degrees of freedom, scale and point.
fn check_matrices(
    table: &str,
    f: impl Fn(f64, &DMatrix<f64>, &DMatrix<f64>) -> Result<f64, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    for row in read(table)? {
        let (d, x) = (dimension(row.inputs[0])?, &row.inputs[2..]);
        row.check(f(row.inputs[1], &matrix(d, x), &matrix(d, &x[TRIANGLE..]))?)?;
    }
    Ok(())
}

#[test]
fn wishart_ln_pdf() -> Result<(), Box<dyn Error>> {
    check_matrices(
        include_str!("golden/wishart_ln_pdf.csv"),
        |freedom, v, w| Ok(Wishart::new(v, freedom)?.ln_pdf(w)?),
    )
}

#[test]
fn inverse_wishart_ln_pdf() -> Result<(), Box<dyn Error>> {
    check_matrices(
        include_str!("golden/inverse_wishart_ln_pdf.csv"),
        |freedom, v, s| Ok(InverseWishart::new(v, freedom)?.ln_pdf(s)?),
    )
}

#[test]
fn entropies_and_divergences_of_matrices() -> Result<(), Box<dyn Error>> {
    for row in read(include_str!("golden/wishart_information.csv"))? {
        let d = dimension(row.inputs[1])?;
        let freedom = |excess: f64| excess + (d as f64 - 1.0);
        let (nu, other) = (freedom(row.inputs[2]), freedom(row.inputs[3]));
        let (v, w) = (
            matrix(d, &row.inputs[4..]),
            matrix(d, &row.inputs[4 + TRIANGLE..]),
        );
        let value = match row.inputs[0] {
            0.0 => Wishart::new(&v, nu)?.entropy(),
            1.0 => InverseWishart::new(&v, nu)?.entropy(),
            2.0 => Wishart::new(&v, nu)?.kl(&Wishart::new(&w, other)?)?,
            _ => InverseWishart::new(&v, nu)?.kl(&InverseWishart::new(&w, other)?)?,
        };
        row.check(value)?;
    }
    Ok(())
}
