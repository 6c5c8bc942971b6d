//! Maximum likelihood of t distributions and of Wishart's.

use crate::generators::{condition, map};
use gradus_multivariate::nalgebra::{DMatrix, DVector};
use gradus_multivariate::{Key, MultivariateNormal, MultivariateT, Wishart};
use gradus_probability::StudentT;
use gradus_testkit::{all_scaled, at_least, at_most, cases, scaled};
use proptest::prelude::*;
use std::error::Error;

fn draws(law: &MultivariateT, n: usize, key: u64) -> DMatrix<f64> {
    let mut rng = Key::new(key).rng();
    let columns: Vec<DVector<f64>> = (0..n).map(|_| law.sample(&mut rng)).collect();
    DMatrix::from_columns(&columns)
}

fn matrices(law: &Wishart, n: usize, key: u64) -> Vec<DMatrix<f64>> {
    let mut rng = Key::new(key).rng();
    (0..n).map(|_| law.sample(&mut rng)).collect()
}

fn t_law(m: &DMatrix<f64>, freedom: f64) -> Result<MultivariateT, TestCaseError> {
    let scale = m * m.transpose();
    Ok(MultivariateT::new(
        DVector::from_element(m.nrows(), 2.0),
        &scale,
        freedom,
    )?)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn no_t_law_is_more_likely_than_the_fit(m in (1..4_usize).prop_flat_map(map), turn in (1..4_usize).prop_flat_map(map), freedom in 1.0..9.0_f64, key in any::<u64>(), t in 1e-3..0.3_f64) {
        let law = t_law(&m, freedom)?;
        let (d, n) = (law.dimension(), 30);
        let x = draws(&law, n, key);
        let fit = MultivariateT::fit(freedom, &x)?;
        let found = &fit.distribution;
        let value = |law: &MultivariateT| -> Result<f64, TestCaseError> {
            let mut sum = 0.0;
            for column in x.column_iter() {
                sum += law.ln_pdf(&column.into_owned())?;
            }
            Ok(sum)
        };
        let size = 1.0 + fit.ln_likelihood.abs();
        scaled(fit.ln_likelihood, value(found)?, 1e-12, size)?;
        let width = found.scale().diagonal().map(f64::sqrt);
        let mut worse = 0.0_f64;
        // moved, wider, narrower, and mapped by one of the same dimension
        let identity = DMatrix::identity(d, d);
        let turned = if turn.nrows() == d { &identity + turn * (0.05 * t) } else { identity.clone() };
        for (step, map) in [(t, identity.clone()), (-t, identity.clone()), (0.0, &identity * (1.0 + t)), (0.0, &identity / (1.0 + t)), (0.0, turned)] {
            let center = found.location() + &width * step;
            let moved = found.affine(&map, &(center - &map * found.location()))?;
            let loss = fit.ln_likelihood - value(&moved)?;
            at_least(loss, -1e-10 * size)?;
            worse = worse.max(loss);
        }
        // a square of the step: the score is zero, and a curvature is there
        at_least(worse, 1e-3 * t * t)?;
    }

    #[test]
    fn t_fits_of_one_dimension_are_students(key in any::<u64>(), location in -5.0..5.0_f64, scale in 0.1..9.0_f64, freedom in 1.0..9.0_f64) {
        let truth = StudentT::new(location, scale, freedom)?;
        let mut rng = Key::new(key).rng();
        let x: Vec<f64> = (0..40).map(|_| gradus_probability::Continuous::sample(&truth, &mut rng)).collect();
        let student = StudentT::fit(freedom, &x)?;
        let law = student.distribution;
        let fit = MultivariateT::fit(freedom, &DMatrix::from_row_slice(1, 40, &x))?;
        let found = &fit.distribution;
        scaled(found.location()[0], law.location(), 1e-8, law.scale())?;
        scaled(found.scale()[(0, 0)].sqrt(), law.scale(), 1e-8, law.scale())?;
        scaled(fit.ln_likelihood, student.ln_likelihood, 1e-10, 1.0 + student.ln_likelihood.abs())?;
        scaled(fit.standard_errors[0], student.standard_errors[0], 1e-8, law.scale())?;
        // that of a square
        scaled(fit.standard_errors[1], 2.0 * law.scale() * student.standard_errors[1], 1e-8, law.scale().powi(2))?;
    }

    #[test]
    fn no_wishart_law_is_more_likely_than_the_fit(m in (1..4_usize).prop_flat_map(map), more in 0.5..9.0_f64, n in 1_usize..6, key in any::<u64>(), t in 1e-3..0.3_f64) {
        let d = m.nrows();
        let scale = &m * m.transpose();
        let k = condition(&MultivariateNormal::new(DVector::zeros(d), &scale)?);
        let law = Wishart::new(&scale, d as f64 + more)?;
        let w = matrices(&law, n, key);
        let fit = Wishart::fit(law.freedom(), &w)?;
        let found = fit.distribution.scale();
        let value = |scale: &DMatrix<f64>| -> Result<f64, TestCaseError> {
            let law = Wishart::new(scale, law.freedom())?;
            let mut sum = 0.0;
            for w in &w {
                sum += law.ln_pdf(w)?;
            }
            Ok(sum)
        };
        let tolerance = 1e-12 * k * (1.0 + fit.ln_likelihood.abs());
        at_most((fit.ln_likelihood - value(&found)?).abs(), tolerance)?;
        for other in [&found * (1.0 + t), &found / (1.0 + t), &found + &scale * t] {
            at_least(fit.ln_likelihood - value(&other)?, -tolerance)?;
        }
        // along the scale itself the log-likelihood is that of a gamma law: n ν d / 4 of the square of a small step
        let along = fit.ln_likelihood - value(&(&found * (1.0 + t)))?;
        let expected = 0.5 * law.freedom() * (n * d) as f64 * (t.ln_1p() - t / (1.0 + t));
        at_most((along - expected).abs(), tolerance)?;
    }

    #[test]
    fn weights_of_t_and_wishart_fits_are_repetitions(m in (1..3_usize).prop_flat_map(map), key in any::<u64>(), w in prop::collection::vec(0..4_u32, 24)) {
        let law = t_law(&m, 3.0)?;
        let x = draws(&law, 24, key);
        let weights: Vec<_> = w.iter().map(|w| f64::from(*w)).collect();
        let often = |j: usize| std::iter::repeat_n(j, w[j] as usize);
        let often: Vec<usize> = (0..24).flat_map(often).collect();
        prop_assume!(often.len() > 20);
        let (found, expected) = (MultivariateT::fit_weighted(3.0, &x, &weights)?, MultivariateT::fit(3.0, &x.select_columns(&often))?);
        let (a, b) = (&found.distribution, &expected.distribution);
        all_scaled(a.scale().as_slice(), b.scale().as_slice(), 1e-9, b.scale().amax())?;
        all_scaled(a.location().as_slice(), b.location().as_slice(), 1e-9, 2.0 + b.scale().amax().sqrt())?;
        all_scaled(&found.standard_errors, &expected.standard_errors, 1e-8, 1.0 + b.scale().amax())?;
        scaled(found.ln_likelihood, expected.ln_likelihood, 1e-10, 1.0 + expected.ln_likelihood.abs())?;

        let w = matrices(&Wishart::new(&b.scale(), 5.0)?, 24, key);
        let repeated: Vec<_> = often.iter().map(|j| w[*j].clone()).collect();
        let (found, expected) = (Wishart::fit_weighted(5.0, &w, &weights)?, Wishart::fit(5.0, &repeated)?);
        let (a, b) = (found.distribution.scale(), expected.distribution.scale());
        all_scaled(a.as_slice(), b.as_slice(), 1e-13, b.amax())?;
        all_scaled(&found.standard_errors, &expected.standard_errors, 1e-12, b.amax())?;
    }
}

#[test]
fn t_and_wishart_fits_find_the_law_of_the_draws() -> Result<(), Box<dyn Error>> {
    let scale = DMatrix::from_row_slice(2, 2, &[4.0, 1.2, 1.2, 1.0]);
    let law = MultivariateT::new(DVector::from_row_slice(&[1.0, -2.0]), &scale, 3.0)?;
    let fit = MultivariateT::fit(3.0, &draws(&law, 4000, 7))?;
    let found = fit.distribution.scale();
    let found: Vec<_> = fit
        .distribution
        .location()
        .iter()
        .chain(found.iter())
        .copied()
        .collect();
    let truth = law.location().iter().chain(scale.iter());
    for ((a, truth), error) in found.iter().zip(truth).zip(fit.standard_errors) {
        at_most((a - truth).abs(), 5.0 * error)?;
    }
    let fit = Wishart::fit(6.0, &matrices(&Wishart::new(&scale, 6.0)?, 2000, 8))?;
    let found = fit.distribution.scale();
    for ((a, truth), error) in found.iter().zip(&scale).zip(fit.standard_errors) {
        at_most((a - truth).abs(), 5.0 * error)?;
    }
    Ok(())
}

/// Over 200 samples of 200 the spread of an estimate is known to 1/√400 of itself: five of these.
#[test]
fn standard_errors_of_t_fits_are_the_spread_of_estimates() -> Result<(), Box<dyn Error>> {
    let scale = DMatrix::from_row_slice(2, 2, &[4.0, 1.2, 1.2, 1.0]);
    let law = MultivariateT::new(DVector::zeros(2), &scale, 2.5)?;
    let rounds = 200;
    let (mut sums, mut squares, mut errors) = ([0.0; 6], [0.0; 6], [0.0; 6]);
    for round in 0..rounds {
        let fit = MultivariateT::fit(2.5, &draws(&law, 200, round))?;
        let scale = fit.distribution.scale();
        let all = fit.distribution.location().iter().chain(scale.iter());
        for (i, a) in all.enumerate() {
            sums[i] += a / rounds as f64;
            squares[i] += a * a / rounds as f64;
            errors[i] += fit.standard_errors[i] / rounds as f64;
        }
    }
    for i in 0..6 {
        let spread = (squares[i] - sums[i] * sums[i]).sqrt();
        at_most((spread / errors[i] - 1.0).abs(), 5.0 / 400.0_f64.sqrt())?;
    }
    Ok(())
}
