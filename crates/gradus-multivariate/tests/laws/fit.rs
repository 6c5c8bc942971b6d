//! Maximum likelihood.

use crate::generators::{condition, map, near};
use gradus_multivariate::nalgebra::{DMatrix, DVector};
use gradus_multivariate::{Key, MultivariateNormal};
use gradus_testkit::strategies::vector;
use gradus_testkit::{all_scaled, at_least, cases, relative, scaled};
use proptest::prelude::*;
use std::error::Error;

const EPS: f64 = f64::EPSILON;

/// Samples of d features, more than d of them.
fn samples(d: std::ops::Range<usize>) -> impl Strategy<Value = DMatrix<f64>> {
    (d, 8..20_usize)
        .prop_flat_map(|(d, n)| vector(d * n).prop_map(move |x| DMatrix::from_vec(d, n, x)))
}

fn ln_likelihood(law: &MultivariateNormal, x: &DMatrix<f64>) -> Result<f64, TestCaseError> {
    let mut sum = 0.0;
    for column in x.column_iter() {
        sum += law.ln_pdf(&column.into_owned())?;
    }
    Ok(sum)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn no_normal_law_is_more_likely_than_the_fit((x, m) in samples(1..5).prop_flat_map(|x| { let d = x.nrows(); (Just(x), map(d)) }), t in 1e-4..0.5_f64) {
        let fit = MultivariateNormal::fit(&x)?;
        let law = &fit.distribution;
        let k = condition(law);
        scaled(fit.ln_likelihood, ln_likelihood(law, &x)?, 64.0 * EPS * k, 30.0 * x.len() as f64)?;
        // moved, wider, narrower, turned a little
        let l = law.cholesky_factor();
        let identity = DMatrix::identity(l.nrows(), l.nrows());
        // as the fit, its mean so many deviations away, and its root mapped
        let other = |step: f64, map: &DMatrix<f64>| {
            let mean = law.mean() + &l * DVector::from_element(l.nrows(), step);
            let b = &mean - map * law.mean();
            law.affine(map, &b)
        };
        for (step, map) in [(t, identity.clone()), (0.0, &identity * (1.0 + t)), (0.0, &identity / (1.0 + t)), (t, &identity + m * (0.05 * t))] {
            let moved = other(step, &map)?;
            at_least(fit.ln_likelihood, ln_likelihood(&moved, &x)? - 1e3 * EPS * k * x.len() as f64)?;
        }
    }

    #[test]
    fn the_fit_follows_affine_maps((x, m) in samples(1..5).prop_flat_map(|x| { let d = x.nrows(); (Just(x), map(d)) })) {
        let b = DVector::from_element(x.nrows(), -7.0);
        let law = MultivariateNormal::fit(&x)?.distribution;
        let mut image = &m * &x;
        image.column_iter_mut().for_each(|mut column| column += &b);
        let (found, expected) = (MultivariateNormal::fit(&image)?.distribution, law.affine(&m, &b)?);
        near(&found.covariance(), &expected.covariance(), 256.0 * EPS * condition(&expected))?;
        all_scaled(found.mean().as_slice(), expected.mean().as_slice(), 64.0 * EPS, 4000.0)?;
    }

    #[test]
    fn a_weight_of_two_counts_a_sample_twice(x in samples(1..5), w in prop::collection::vec(0..4_u32, 20)) {
        let weights: Vec<f64> = w[..x.ncols()].iter().map(|w| f64::from(*w)).collect();
        let often = (0..x.ncols()).flat_map(|j| std::iter::repeat_n(x.column(j).into_owned(), w[j] as usize));
        let often: Vec<DVector<f64>> = often.collect();
        prop_assume!(often.len() > 2 * x.nrows());
        let (Ok(found), Ok(expected)) = (MultivariateNormal::fit_weighted(&x, &weights), MultivariateNormal::fit(&DMatrix::from_columns(&often))) else {
            return Err(TestCaseError::reject("in a plane"));
        };
        near(&found.distribution.covariance(), &expected.distribution.covariance(), 64.0 * EPS)?;
        all_scaled(found.distribution.mean().as_slice(), expected.distribution.mean().as_slice(), 8.0 * EPS, 100.0)?;
        for (a, b) in found.standard_errors.iter().zip(&expected.standard_errors) {
            relative(*a, *b, 256.0 * EPS * condition(&expected.distribution))?;
        }
        scaled(found.ln_likelihood, expected.ln_likelihood, 64.0 * EPS * condition(&expected.distribution), 30.0 * x.len() as f64)?;
    }
}

/// Standard errors are the standard deviations of estimates from many samples.
#[test]
fn standard_errors_are_the_spread_of_estimates() -> Result<(), Box<dyn Error>> {
    let a = DMatrix::from_row_slice(2, 2, &[4.0, 1.2, 1.2, 1.0]);
    let law = MultivariateNormal::new(DVector::zeros(2), &a)?;
    let (rounds, n) = (400, 100);
    let mut estimates = vec![Vec::new(); 6];
    let mut errors = vec![0.0; 6];
    for round in 0..rounds {
        let mut rng = Key::new(5).round(round).rng();
        let x: Vec<DVector<f64>> = (0..n).map(|_| law.sample(&mut rng)).collect();
        let fit = MultivariateNormal::fit(&DMatrix::from_columns(&x))?;
        let law = fit.distribution;
        let a = law.covariance();
        let parameters = law.mean().iter().chain(a.iter()).copied();
        parameters
            .zip(&mut estimates)
            .for_each(|(p, list)| list.push(p));
        (0..6).for_each(|i| errors[i] += fit.standard_errors[i] / rounds as f64);
    }
    for (list, error) in estimates.iter().zip(errors) {
        // a standard deviation from 400 rounds errs by 1 / √800; five times that
        relative(
            gradus_numeric::variance(list, 1)?.sqrt(),
            error,
            5.0 / 800.0_f64.sqrt(),
        )?;
    }
    Ok(())
}
