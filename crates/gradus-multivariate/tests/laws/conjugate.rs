//! What is believed of mean and covariance.

use crate::generators::{condition, covariance, law_and_point, near};
use gradus_multivariate::nalgebra::{DMatrix, DVector};
use gradus_multivariate::{MultivariateNormal, NormalInverseWishart};
use gradus_probability::{ConjugatePrior, Continuous, NormalInverseGamma};
use gradus_testkit::{all_scaled, cases, relative, scaled};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;

/// A prior and some observations of up to four entries.
fn prior_and_data() -> impl Strategy<Value = (NormalInverseWishart, DMatrix<f64>)> {
    (law_and_point(1..5), 0..9_usize, 0.1..9.0_f64, 0.1..9.0_f64).prop_flat_map(
        |((law, x), n, weight, excess)| {
            let d = law.dimension();
            let prior =
                NormalInverseWishart::new(x, weight, excess + d as f64 - 1.0, &law.covariance());
            let data = prop::collection::vec(-9.0..9.0_f64, d * n)
                .prop_map(move |x| DMatrix::from_vec(d, n, x));
            (Just(prior), data)
                .prop_filter_map("a prior", |(prior, data)| Some((prior.ok()?, data)))
        },
    )
}

/// The condition of the scale.
fn condition_of(law: &NormalInverseWishart) -> Result<f64, TestCaseError> {
    Ok(condition(&MultivariateNormal::new(
        law.location().clone(),
        &law.scale(),
    )?))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn in_one_dimension_it_is_normal_inverse_gamma(m in -9.0..9.0_f64, weight in 0.1..9.0_f64, a in 0.1..9.0_f64, b in 0.1..9.0_f64, x in prop::collection::vec(-9.0..9.0_f64, 0..9)) {
        let matrix = NormalInverseWishart::new(DVector::from_element(1, m), weight, 2.0 * a, &DMatrix::from_element(1, 1, 2.0 * b))?;
        let number = NormalInverseGamma::new(m, weight, a, b)?;
        let data = DMatrix::from_row_slice(1, x.len(), &x);
        let (found, expected) = (matrix.posterior(&data)?, number.posterior(&x)?);
        scaled(found.location()[0], expected.location(), 32.0 * EPS, 18.0)?;
        relative(found.scale()[(0, 0)], 2.0 * expected.scale(), 64.0 * EPS)?;
        relative(found.freedom(), 2.0 * expected.shape(), 8.0 * EPS)?;
        scaled(matrix.ln_evidence(&data)?, number.ln_evidence(&x)?, 256.0 * EPS, 100.0)?;
        let (t, one) = (matrix.predictive()?, number.predictive()?);
        scaled(t.ln_pdf(&DVector::from_element(1, 1.0))?, one.ln_pdf(1.0), 64.0 * EPS, 100.0)?;
        let (t, one) = (matrix.mean()?, number.mean()?);
        scaled(t.ln_pdf(&DVector::from_element(1, 1.0))?, one.ln_pdf(1.0), 64.0 * EPS, 100.0)?;
    }

    #[test]
    fn observations_of_vectors_may_come_one_by_one((prior, x) in prior_and_data()) {
        let all = prior.posterior(&x)?;
        let mut one_by_one = prior.clone();
        for j in (0..x.ncols()).rev() {
            one_by_one = one_by_one.updated(&x.column(j).into_owned())?;
        }
        near(&one_by_one.scale(), &all.scale(), 1e3 * EPS)?;
        all_scaled(one_by_one.location().as_slice(), all.location().as_slice(), 64.0 * EPS, 20.0)?;
        relative(one_by_one.weight(), all.weight(), 8.0 * EPS)?;
        relative(one_by_one.freedom(), all.freedom(), 8.0 * EPS)?;
    }

    #[test]
    fn the_evidence_of_vectors_is_the_product_of_predictions((prior, x) in prior_and_data()) {
        let (mut sum, mut belief) = (0.0, prior.clone());
        for column in x.column_iter() {
            let x = column.into_owned();
            sum += belief.ln_predictive(&x)?;
            belief = belief.updated(&x)?;
        }
        let k = condition_of(&prior)?;
        scaled(prior.ln_evidence(&x)?, sum, 256.0 * EPS * k, 500.0)?;
    }

    #[test]
    fn a_normal_inverse_wishart_posterior_is_prior_times_likelihood((prior, x) in prior_and_data(), s in covariance(4), mu in prop::collection::vec(-3.0..3.0_f64, 4)) {
        let d = prior.dimension();
        let (s, mu) = (s.view((0, 0), (d, d)).into_owned(), DVector::from_row_slice(&mu[..d]));
        let joint = |belief: &NormalInverseWishart| -> Result<f64, TestCaseError> {
            let given = MultivariateNormal::new(belief.location().clone(), &(&s / belief.weight()))?;
            Ok(belief.covariance()?.ln_pdf(&s)? + given.ln_pdf(&mu)?)
        };
        let truth = MultivariateNormal::new(mu.clone(), &s)?;
        let (mut left, mut size) = (joint(&prior)?, 100.0);
        for column in x.column_iter() {
            let term = truth.ln_pdf(&column.into_owned())?;
            (left, size) = (left + term, size + term.abs());
        }
        let right = joint(&prior.posterior(&x)?)? + prior.ln_evidence(&x)?;
        let k = condition_of(&prior)? + condition(&truth);
        scaled(left, right, 256.0 * EPS * k, size + left.abs())?;
    }
}
