//! Mutual information.

use crate::generators::{channel, distribution, distribution_on, mixture, table};
use gradus_information::{
    conditional_entropy, entropy, joint_entropy, kl_divergence, mutual_information,
};
use gradus_numeric::{NumericError, Simplex};
use gradus_probability::JointTable;
use gradus_testkit::{at_most, cases, scaled};
use proptest::prelude::*;
use std::iter::zip;

const EPS: f64 = f64::EPSILON;

/// The channel that sends the output of the first through the second.
fn composed(first: &[Simplex], second: &[Simplex]) -> Result<Vec<Simplex>, NumericError> {
    let outputs = second.first().map_or(0, Simplex::len);
    let row = |y_given_x: &Simplex| {
        let z = |z| {
            zip(y_given_x.as_slice(), second)
                .map(|(p, q)| p * q.as_slice()[z])
                .sum()
        };
        Simplex::from_weights(&(0..outputs).map(z).collect::<Vec<_>>())
    };
    first.iter().map(row).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn mutual_information_is_the_overlap_of_entropies(table in table()) {
        let information = mutual_information(&table);
        let (hx, hy) = (entropy(table.marginal_x()), entropy(table.marginal_y()));
        scaled(information, hx + hy - joint_entropy(&table), 32.0 * EPS, 1.0 + hx + hy)?;
        scaled(information, hy - conditional_entropy(&table), 32.0 * EPS, 1.0 + hx + hy)?;
        let product = JointTable::product(table.marginal_x(), table.marginal_y())?;
        let divergence = kl_divergence(table.joint(), product.joint())?;
        if divergence.is_finite() { // else a product of marginals underflows
            scaled(information, divergence, 32.0 * EPS, 1.0)?;
        }
    }

    #[test]
    fn mutual_information_is_symmetric_and_non_negative(table in table(), p in distribution(), q in distribution()) {
        let information = mutual_information(&table);
        prop_assert!(information >= 0.0 && information.is_finite());
        scaled(mutual_information(&table.transposed()?), information, 8.0 * EPS, information)?;
        // a rounding of each entry is a divergence of its square
        at_most(mutual_information(&JointTable::product(&p, &q)?), 64.0 * EPS * EPS)?;
        let glued: Vec<_> = (0..p.len()).map(|i| {
            let mut row = vec![0.0; p.len()];
            row[i] = p.as_slice()[i];
            row
        }).collect();
        scaled(mutual_information(&JointTable::from_weights(&glued)?), entropy(&p), 16.0 * EPS, 1.0)?;
    }

    #[test]
    fn mutual_information_is_at_most_either_entropy(table in table(), p in distribution()) {
        let least = entropy(table.marginal_x()).min(entropy(table.marginal_y()));
        prop_assert!(mutual_information(&table) <= least);
        let glued: Vec<_> = (0..p.len()).map(|i| {
            let mut row = vec![0.0; p.len()];
            row[i] = p.as_slice()[i];
            row
        }).collect();
        let glued = JointTable::from_weights(&glued)?;
        prop_assert!(mutual_information(&glued) <= entropy(glued.marginal_x()));
    }

    #[test]
    fn processing_loses_information(x in distribution_on(3), first in channel(3, 4), second in channel(4, 3)) {
        let y = JointTable::from_conditionals(&x, &first)?;
        let z = JointTable::from_conditionals(&x, &composed(&first, &second)?)?;
        at_most(mutual_information(&z), mutual_information(&y) + 32.0 * EPS)?;
    }

    #[test]
    fn mutual_information_is_concave_in_the_input(p in distribution_on(3), q in distribution_on(3), w in channel(3, 4), v in channel(3, 4), t in 0.0..=1.0) {
        let information = |x: &Simplex, w: &[Simplex]| JointTable::from_conditionals(x, w).map(|t| mutual_information(&t));
        let mixed = information(&mixture(&p, &q, t)?, &w)?;
        at_most((1.0 - t) * information(&p, &w)? + t * information(&q, &w)?, mixed + 32.0 * EPS)?;
        let between: Vec<_> = zip(&w, &v).map(|(w, v)| mixture(w, v, t)).collect::<Result<_, _>>()?;
        let convex = (1.0 - t) * information(&p, &w)? + t * information(&p, &v)?;
        at_most(information(&p, &between)?, convex + 32.0 * EPS)?;
    }
}
