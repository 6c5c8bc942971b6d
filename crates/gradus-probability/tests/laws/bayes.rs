//! Bayes' rule.

use crate::generators::{distribution, distribution_on, values};
use gradus_numeric::Simplex;
use gradus_probability::{
    JointTable, ProbabilityError, evidence, expectation, ln_evidence, odds, posterior,
    posterior_from_ln_likelihood, probability_from_odds, variance,
};
use gradus_testkit::{all_scaled, at_most, cases, relative, scaled};
use proptest::prelude::*;
use std::iter::zip;

const EPS: f64 = f64::EPSILON;

/// A prior and so many observations, each a likelihood for every hypothesis; some impossible.
fn observations(count: usize) -> impl Strategy<Value = (Simplex, Vec<Vec<f64>>)> {
    distribution().prop_flat_map(move |prior| {
        let n = prior.len();
        let likelihood = prop_oneof![9 => 0.01..2.0, 1 => Just(0.0)];
        let observation = prop::collection::vec(likelihood, n);
        (Just(prior), prop::collection::vec(observation, count))
    })
}

/// All observations, one after the other.
fn sequential(prior: &Simplex, data: &[Vec<f64>]) -> Result<Simplex, ProbabilityError> {
    data.iter()
        .try_fold(prior.clone(), |p, likelihood| posterior(&p, likelihood))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn bayes_rule_reverses_conditioning((prior, data) in observations(1)) {
        let total = evidence(&prior, &data[0])?;
        match posterior(&prior, &data[0]) {
            Ok(after) => for i in 0..prior.len() {
                let joint = prior.as_slice()[i] * data[0][i];
                scaled(after.as_slice()[i] * total, joint, 4.0 * EPS, joint + f64::MIN_POSITIVE / EPS)?;
            },
            Err(error) => {
                prop_assert_eq!(error, ProbabilityError::ZeroEvidence);
                prop_assert!(total == 0.0);
            }
        }
    }

    #[test]
    fn posterior_is_a_distribution((prior, data) in observations(1), scale in -1000_i32..1000) {
        let likelihood: Vec<_> = data[0].iter().map(|l| l * 2.0_f64.powi(scale)).collect();
        if let Ok(after) = posterior(&prior, &likelihood) {
            for i in 0..prior.len() {
                let impossible = prior.as_slice()[i] == 0.0 || likelihood[i] == 0.0;
                prop_assert!(!impossible || after.as_slice()[i] == 0.0);
            }
            prop_assert!(Simplex::new(after.into_vec()).is_ok());
        }
    }

    /// Priors and likelihoods of every magnitude: the exponents of priors and likelihoods are exchanged.
    #[test]
    fn posterior_does_not_see_how_a_product_is_split((prior, data) in observations(1), k in -1000_i32..0) {
        let Ok(after) = posterior(&prior, &data[0]) else { return Ok(()) };
        let mut split = prior.as_slice().to_vec();
        split[0] *= 2.0_f64.powi(k);
        let total: f64 = split.iter().sum();
        if let Ok(other) = Simplex::from_weights(&split) && split[0].is_normal() {
            // what the first prior lost its likelihood gets back, where that is not too large
            let mut likelihood: Vec<f64> = data[0].iter().map(|l| l * 0.5_f64.powi(600)).collect();
            likelihood[0] *= 2.0_f64.powi(-k);
            if total > 0.0 && likelihood[0].is_finite() {
                all_scaled(posterior(&other, &likelihood)?.as_slice(), after.as_slice(), 16.0 * EPS, 1.0)?;
                relative(posterior(&other, &likelihood)?.as_slice()[0], after.as_slice()[0], 16.0 * EPS)?;
            }
        }
    }

    #[test]
    fn posterior_in_logarithms_is_the_same((prior, data) in observations(1)) {
        let logarithms: Vec<_> = data[0].iter().map(|l| l.ln()).collect();
        let after = posterior(&prior, &data[0]);
        let by_logarithms = posterior_from_ln_likelihood(&prior, &logarithms);
        if let (Ok(p), Ok(q)) = (&after, &by_logarithms) {
            // the absolute error of a logarithm is a relative error of the probability
            let sums = zip(prior.as_slice(), &logarithms).map(|(p, l)| p.ln().abs() + l.abs());
            let tolerance = EPS * (8.0 + 4.0 * sums.filter(|s| s.is_finite()).fold(0.0, f64::max));
            for (&p, &q) in zip(p.as_slice(), q.as_slice()) {
                scaled(p, q, tolerance, p + f64::MIN_POSITIVE / EPS)?;
            }
            let ln_total = ln_evidence(&prior, &logarithms)?;
            scaled(ln_total, evidence(&prior, &data[0])?.ln(), 8.0 * EPS, 1.0 + ln_total.abs())?;
        } else {
            prop_assert_eq!(after, by_logarithms);
        }
    }

    #[test]
    fn posterior_odds_are_prior_odds_times_bayes_factor(p in 1e-9..1.0, l in prop::array::uniform2(1e-9..1.0)) {
        let prior = Simplex::new(vec![p, 1.0 - p])?;
        let after = posterior(&prior, &l)?;
        let bayes_factor = l[0] / l[1];
        let ratio = |p: &Simplex| p.as_slice()[0] / p.as_slice()[1];
        if prior.as_slice()[1] > 0.0 && after.as_slice()[1] > 0.0 {
            relative(ratio(&after), ratio(&prior) * bayes_factor, 8.0 * EPS)?;
        }
        let by_odds = probability_from_odds(odds(p) * bayes_factor);
        scaled(after.as_slice()[0], by_odds, 4.0 * EPS, 1.0)?;
    }

    #[test]
    fn odds_and_probability_are_inverse(p in 0.0..=1.0, o in prop_oneof![0.0..10.0, 1e-300..1e-200]) {
        relative(probability_from_odds(odds(p)), p, 4.0 * EPS)?;
        // 1 − p has lost digits where o is great
        relative(odds(probability_from_odds(o)), o, 4.0 * EPS * (1.0 + o))?;
    }

    #[test]
    fn sequential_updates_are_one_batch_update((prior, data) in observations(4)) {
        let product = |i| data.iter().map(|likelihood| likelihood[i]).product();
        let batch: Vec<f64> = (0..prior.len()).map(product).collect();
        let mut reversed = data.clone();
        reversed.reverse();
        match posterior(&prior, &batch) {
            Ok(after) => {
                for p in [sequential(&prior, &data)?, sequential(&prior, &reversed)?] {
                    all_scaled(p.as_slice(), after.as_slice(), 32.0 * EPS, 1.0)?;
                }
            }
            Err(error) => prop_assert_eq!(sequential(&prior, &data), Err(error)),
        }
    }

    #[test]
    fn evidence_of_a_sequence_is_a_product((prior, data) in observations(2)) {
        let both: Vec<_> = zip(&data[0], &data[1]).map(|(a, b)| a * b).collect();
        if let Ok(after) = posterior(&prior, &data[0]) {
            let product = evidence(&prior, &data[0])? * evidence(&after, &data[1])?;
            scaled(evidence(&prior, &both)?, product, 16.0 * EPS, product + f64::MIN_POSITIVE / EPS)?;
        }
    }

    #[test]
    fn posterior_is_the_prior_on_average(prior in distribution_on(3..4), likelihoods in prop::collection::vec(distribution_on(4..5), 3), theta in values(3)) {
        let table = JointTable::from_conditionals(&prior, &likelihoods)?;
        let data = table.marginal_y();
        let mut average = vec![0.0; 3];
        let mut variances = vec![0.0; 4];
        for (y, &q) in data.as_slice().iter().enumerate().filter(|(_, q)| **q > 0.0) {
            let likelihood: Vec<_> = likelihoods.iter().map(|p| p.as_slice()[y]).collect();
            let after = posterior(&prior, &likelihood)?;
            all_scaled(after.as_slice(), table.x_given_y(y)?.as_slice(), 16.0 * EPS, 1.0)?;
            zip(&mut average, after.as_slice()).for_each(|(sum, p)| *sum += q * p);
            variances[y] = variance(&after, &theta)?;
        }
        all_scaled(&average, prior.as_slice(), 16.0 * EPS, 1.0)?;
        let before = variance(&prior, &theta)?;
        at_most(expectation(data, &variances)?, before + 1e-13 * (1.0 + before))?; // data reduce variance on average
    }
}
