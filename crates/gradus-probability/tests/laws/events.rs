//! Events and joint distributions of named variables.

use crate::generators::{distribution_on, dyadic};
use gradus_probability::{Event, JointDistribution, ProbabilityError, Simplex};
use gradus_testkit::strategies::weights;
use gradus_testkit::{all_scaled, at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;

/// Some outcomes out of so many.
fn event(outcomes: usize) -> impl Strategy<Value = Event> {
    prop::collection::vec(any::<bool>(), outcomes)
        .prop_map(|members| Event::new(members.len(), |i| members[i]))
}

/// Three variables of 1 to 3 values: zeros, one outcome, all magnitudes.
fn three() -> impl Strategy<Value = JointDistribution> {
    (1_usize..4, 1_usize..4, 1_usize..4)
        .prop_flat_map(|(x, y, z)| (Just([x, y, z]), weights(x * y * z)))
        .prop_filter_map("weights normalize", |([x, y, z], w)| {
            JointDistribution::from_weights(&[("x", x), ("y", y), ("z", z)], &w).ok()
        })
}

/// Values of a function of up to 27 outcomes.
fn function() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(prop_oneof![-9.0..9.0, Just(1.0)], 27)
}

/// The function of three values with these values.
fn of(values: &[f64]) -> impl Fn(&[usize]) -> f64 {
    |x| values[9 * x[0] + 3 * x[1] + x[2]]
}

/// Every value of Z that can happen, its probability, and what is known of X and Y then.
fn cases_of_z(
    table: &JointDistribution,
) -> Result<Vec<(usize, f64, JointDistribution)>, ProbabilityError> {
    let mut cases = Vec::new();
    for z in 0..table.sizes()[2] {
        let probability = table.probability(&[("z", z)])?;
        if probability > 0.0 {
            cases.push((z, probability, table.given(&[("z", z)])?));
        }
    }
    Ok(cases)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn events_include_and_exclude(p in dyadic(), a in event(8), b in event(8)) {
        let (or, and) = (a.union(&b)?.probability(&p)?, a.intersection(&b)?.probability(&p)?);
        same_bits(or, a.probability(&p)? + b.probability(&p)? - and)?; // sums of 64ths are exact
        same_bits(a.complement().probability(&p)?, 1.0 - a.probability(&p)?)?;
    }

    #[test]
    fn complements_exchange_or_and_and(a in event(8), b in event(8)) {
        prop_assert_eq!(a.union(&b)?.complement(), a.complement().intersection(&b.complement())?);
        prop_assert_eq!(a.complement().complement(), a.clone());
        prop_assert_eq!(a.union(&a)?, a.intersection(&a)?);
    }

    #[test]
    fn an_event_is_the_sum_of_its_cases(p in distribution_on(8..9), a in event(8), case in prop::collection::vec(0_usize..3, 8)) {
        let mut sum = 0.0;
        for j in 0..3 {
            let b = Event::new(8, |i| case[i] == j);
            match a.probability_given(&b, &p) {
                Ok(q) => {
                    prop_assert!((0.0..=1.0).contains(&q));
                    sum += q * b.probability(&p)?;
                }
                Err(error) => prop_assert_eq!(error, ProbabilityError::ZeroEvidence),
            }
        }
        scaled(sum, a.probability(&p)?, 8.0 * EPS, 1.0)?;
    }

    #[test]
    fn conditions_of_events_can_be_exchanged(p in distribution_on(8..9), a in event(8), b in event(8)) {
        if let (Ok(given_b), Ok(given_a)) = (a.probability_given(&b, &p), b.probability_given(&a, &p)) {
            let (left, right) = (given_b * b.probability(&p)?, given_a * a.probability(&p)?);
            scaled(left, right, 4.0 * EPS, left + f64::MIN_POSITIVE / EPS)?;
            let after = b.condition(&p)?;
            scaled(a.probability(&after)?, given_b, 16.0 * EPS, 1.0)?;
        }
    }

    #[test]
    fn evidence_times_posterior_is_the_joint(table in three()) {
        for x in table.outcomes() {
            let known = [("z", x[2]), ("x", x[0])];
            let both = table.probability(&[("z", x[2]), ("y", x[1]), ("x", x[0])])?;
            match table.given(&known) {
                Ok(rest) => scaled(rest.probability(&[("y", x[1])])? * table.probability(&known)?, both, 8.0 * EPS, both + f64::MIN_POSITIVE / EPS)?,
                Err(_) => same_bits(both, 0.0)?,
            }
        }
    }

    #[test]
    fn the_chain_rule_rebuilds_the_joint(table in three()) {
        for (x, &p) in table.outcomes().zip(table.joint().as_slice()).filter(|(_, p)| **p > f64::MIN_POSITIVE / EPS) {
            let first = table.distribution("x")?.as_slice()[x[0]];
            let second = table.given(&[("x", x[0])])?.distribution("y")?.as_slice()[x[1]];
            let third = table.given(&[("x", x[0]), ("y", x[1])])?.joint().as_slice()[x[2]];
            if third > f64::MIN_POSITIVE / EPS && second > f64::MIN_POSITIVE / EPS {
                relative(first * second * third, p, 32.0 * EPS)?;
            }
        }
    }

    #[test]
    fn marginals_of_marginals_are_marginals(table in three()) {
        let (there, direct) = (table.marginal(&["z", "x"])?, table.marginal(&["x"])?);
        all_scaled(there.marginal(&["x"])?.joint().as_slice(), direct.joint().as_slice(), 8.0 * EPS, 1.0)?;
        let turned = table.marginal(&["z", "y", "x"])?;
        prop_assert_eq!(turned.names(), ["z", "y", "x"]);
        for x in table.outcomes() {
            let asked = [("x", x[0]), ("y", x[1]), ("z", x[2])];
            scaled(turned.probability(&asked)?, table.probability(&asked)?, 4.0 * EPS, 1.0)?;
        }
        prop_assert!(table.dependence(&["x"], &["y"], &["z"])? == turned.dependence(&["x"], &["y"], &["z"])?
            || (table.dependence(&["x"], &["y"], &["z"])? - turned.dependence(&["x"], &["y"], &["z"])?).abs() < 8.0 * EPS);
    }

    #[test]
    fn a_common_cause_explains_its_effects(z in distribution_on(2..3), x in prop::array::uniform2(distribution_on(3..4)), y in prop::array::uniform2(distribution_on(2..3))) {
        let mut joint = Vec::new();
        for i in 0..3 {
            for j in 0..2 {
                joint.extend((0..2).map(|k| z.as_slice()[k] * x[k].as_slice()[i] * y[k].as_slice()[j]));
            }
        }
        let table = JointDistribution::from_weights(&[("x", 3), ("y", 2), ("z", 2)], &joint)?;
        prop_assert!(table.is_independent(&["x"], &["y"], &["z"], 8.0 * EPS)?);
        // and without the cause as far as the pair of the two says
        let pair = table.pair(&["x"], &["y"])?;
        scaled(table.dependence(&["x"], &["y"], &[])?, pair.dependence(), 8.0 * EPS, 1.0)?;
    }

    #[test]
    fn expectations_of_conditional_expectations_are_expectations(table in three(), f in function()) {
        let mut means = 0.0;
        for (z, probability, rest) in cases_of_z(&table)? {
            means += probability * rest.expectation(|x| of(&f)(&[x[0], x[1], z]))?;
        }
        scaled(means, table.expectation(of(&f))?, 32.0 * EPS, 9.0)?;
    }

    #[test]
    fn variance_is_within_plus_between(table in three(), f in function()) {
        let (mut within, mut means, mut weights) = (0.0, Vec::new(), Vec::new());
        for (z, probability, rest) in cases_of_z(&table)? {
            within += probability * rest.variance(|x| of(&f)(&[x[0], x[1], z]))?;
            means.push(rest.expectation(|x| of(&f)(&[x[0], x[1], z]))?);
            weights.push(probability);
        }
        let between = gradus_probability::variance(&Simplex::from_weights(&weights)?, &means)?;
        scaled(within + between, table.variance(of(&f))?, 64.0 * EPS, 81.0)?;
    }

    #[test]
    fn covariance_of_functions_is_bilinear(table in three(), f in function(), g in function(), a in -4.0..4.0, b in -4.0..4.0) {
        let covariance = table.covariance(of(&f), of(&g))?;
        let moved = table.covariance(|x| a * of(&f)(x) + b, of(&g))?;
        scaled(moved, a * covariance, 32.0 * EPS, 400.0)?;
        scaled(table.covariance(of(&g), of(&f))?, covariance, 4.0 * EPS, 81.0)?;
        relative(table.covariance(of(&f), of(&f))?, table.variance(of(&f))?, 4.0 * EPS)?;
        let sum = table.variance(|x| of(&f)(x) + of(&g)(x))?;
        scaled(sum, table.variance(of(&f))? + table.variance(of(&g))? + 2.0 * covariance, 64.0 * EPS, 324.0)?;
        let product = table.variance(of(&f))? * table.variance(of(&g))?;
        at_most(covariance * covariance, product * (1.0 + 32.0 * EPS) + (324.0 * EPS).powi(2))?;
    }
}
