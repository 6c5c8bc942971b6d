//! Values against tables made by `golden/information.py`.

use gradus_information::{
    binary_entropy, entropy, jensen_shannon, kl_divergence, kl_normal, mutual_information,
};
use gradus_numeric::Simplex;
use gradus_probability::{JointTable, Normal};
use gradus_testkit::golden::read;
use std::error::Error;

/// Every row of the table within its bound.
fn check(
    table: &str,
    f: impl Fn(&[f64]) -> Result<f64, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    for row in read(table)? {
        row.check(f(&row.inputs)?)?;
    }
    Ok(())
}

fn simplex(p: &[f64]) -> Result<Simplex, Box<dyn Error>> {
    Ok(Simplex::new(p.to_vec())?)
}

#[test]
fn entropies() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/entropy.csv"), |p| {
        Ok(entropy(&simplex(p)?))
    })
}

#[test]
fn kl_divergences() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/kl.csv"), |x| {
        Ok(kl_divergence(&simplex(&x[..4])?, &simplex(&x[4..])?)?)
    })
}

#[test]
fn jensen_shannon_divergences() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/jensen_shannon.csv"), |x| {
        Ok(jensen_shannon(&simplex(&x[..4])?, &simplex(&x[4..])?)?)
    })
}

#[test]
fn mutual_informations() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/mutual.csv"), |p| {
        Ok(mutual_information(&JointTable::new(&[&p[..3], &p[3..]])?))
    })
}

#[test]
fn binary_entropies() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/binary_entropy.csv"), |p| {
        Ok(binary_entropy(p[0])?)
    })
}

#[test]
fn kl_divergences_of_normals() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/kl_normal.csv"), |x| {
        Ok(kl_normal(
            &Normal::new(x[0], x[1])?,
            &Normal::new(x[2], x[3])?,
        ))
    })
}
