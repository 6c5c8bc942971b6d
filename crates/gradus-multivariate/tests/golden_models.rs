//! What iterations arrive at, against tables made by `golden/models.py`.

use gradus_multivariate::nalgebra::{DMatrix, DVector};
use gradus_multivariate::{BayesianRegression, CovarianceShape, GaussianMixture, MixtureSettings};
use gradus_testkit::golden::{Row, read};
use std::error::Error;

const SAMPLES: usize = 48;

/// Multiples of 1/64 in [−2, 2), as in the script.
fn numbers(count: usize) -> Vec<f64> {
    let step = |state: &mut u32| {
        *state = 1_103_515_245_u32.wrapping_mul(*state).wrapping_add(12345) % (1 << 31);
        Some(f64::from(*state / 65536 % 256) / 64.0 - 2.0)
    };
    std::iter::repeat_n((), count)
        .scan(20, |state, ()| step(state))
        .collect()
}

/// The number of a list that a row asks for.
fn asked(row: &Row, column: usize, list: &[f64]) -> Result<f64, Box<dyn Error>> {
    let found = list
        .iter()
        .zip(0_u32..)
        .find(|(_, i)| f64::from(*i) == row.inputs[column]);
    Ok(*found.ok_or("no such number")?.0)
}

#[test]
fn mixtures_from_one_start() -> Result<(), Box<dyn Error>> {
    let free = numbers(2 * SAMPLES);
    let x = DMatrix::from_fn(2, SAMPLES, |i, j| {
        free[2 * j + i] + if j % 3 == i + 1 { 3.0 } else { 0.0 }
    });
    let right = |j: usize| {
        if j.is_multiple_of(4) {
            (j + 1) % 3
        } else {
            j % 3
        }
    };
    let start = DMatrix::from_fn(3, SAMPLES, |k, j| if k == right(j) { 0.5 } else { 0.25 });
    let shapes = [
        CovarianceShape::Full,
        CovarianceShape::Diagonal,
        CovarianceShape::Spherical,
    ];
    let mut lists = Vec::new();
    for shape in shapes {
        let settings = MixtureSettings {
            shape,
            floor: 0.0,
            tolerance: 0.0,
            iterations: 12,
        };
        let fit = GaussianMixture::fit(&x, &start, &settings)?;
        let mut list = fit.ln_likelihoods;
        for (weight, law) in fit
            .mixture
            .weights()
            .as_slice()
            .iter()
            .zip(fit.mixture.components())
        {
            list.push(*weight);
            list.extend(law.mean().iter());
            list.extend(law.covariance().iter());
        }
        lists.push(list);
    }
    for row in read(include_str!("golden/mixture.csv"))? {
        let list = lists
            .iter()
            .zip(0_u32..)
            .find(|(_, i)| f64::from(*i) == row.inputs[0]);
        row.check(asked(&row, 1, list.ok_or("no such shape")?.0)?)?;
    }
    Ok(())
}

#[test]
fn precisions_with_most_evidence() -> Result<(), Box<dyn Error>> {
    let free = numbers(4 * 24);
    let x = DMatrix::from_fn(3, 24, |i, j| free[4 * j + i]);
    let y = DVector::from_fn(24, |j, _| {
        free[4 * j] - 2.0 * free[4 * j + 1] + free[4 * j + 3]
    });
    let fit = BayesianRegression::with_most_evidence(&x, &y, 1.0, 1.0, 1e-12, 1000)?;
    assert!(fit.converged);
    let best = fit.regression;
    let mut list = vec![best.alpha(), best.beta(), best.ln_evidence()];
    list.extend(best.weights().mean().iter());
    list.push(
        best.predictive(&DVector::from_element(3, 1.0))?
            .standard_deviation(),
    );
    for row in read(include_str!("golden/evidence.csv"))? {
        row.check(asked(&row, 0, &list)?)?;
    }
    Ok(())
}
