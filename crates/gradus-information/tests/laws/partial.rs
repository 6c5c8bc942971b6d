//! Parts of the information of two sources.

use crate::generators::channel;
use gradus_information::{
    InformationError, JointDistribution, PartialInformation, conditional_mutual_information,
    interaction_information, mutual_information, partial_information_broja,
    partial_information_min,
};
use gradus_testkit::strategies::weights;
use gradus_testkit::{at_most, cases, scaled};
use proptest::prelude::*;
use std::f64::consts::LN_2;

const EPS: f64 = f64::EPSILON;

/// How far the bounds of an iteration may be apart: what some hundred steps reach.
const GAP: f64 = 1e-4;

/// A target and two sources of 1 to 3 values: zeros, one outcome, all magnitudes.
fn variables() -> impl Strategy<Value = JointDistribution> {
    let sizes = (1_usize..4, 1_usize..4, 1_usize..4);
    sizes
        .prop_flat_map(|(y, a, b)| (Just([y, a, b]), weights(y * a * b)))
        .prop_filter_map("weights normalize", |([y, a, b], w)| {
            JointDistribution::from_weights(&[("y", y), ("a", a), ("b", b)], &w).ok()
        })
}

/// Both decompositions of what `first` and `second` tell about y.
fn both(
    table: &JointDistribution,
    first: &str,
    second: &str,
) -> Result<[PartialInformation; 2], InformationError> {
    Ok([
        partial_information_min(table, &["y"], &[first], &[second])?,
        partial_information_broja(table, &["y"], &[first], &[second], GAP)?,
    ])
}

/// A target that is a function of two independent bits, with `values` values.
fn gate(
    values: usize,
    f: impl Fn(usize, usize) -> usize,
) -> Result<JointDistribution, InformationError> {
    let mut p = vec![0.0; 4 * values];
    for a in 0..2 {
        for b in 0..2 {
            p[4 * f(a, b) + 2 * a + b] = 0.25;
        }
    }
    Ok(JointDistribution::new(
        &[("y", values), ("a", 2), ("b", 2)],
        p,
    )?)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn parts_of_information_add_up(table in variables()) {
        let of = |x: &[&str]| table.pair(&["y"], x).map(|pair| mutual_information(&pair));
        let (first, second, whole) = (of(&["a"])?, of(&["b"])?, of(&["a", "b"])?);
        let interaction = interaction_information(&table, &["y"], &["a"], &["b"])?;
        for parts in both(&table, "a", "b")? {
            let PartialInformation { redundancy, first: alone, second: other, synergy } = parts;
            for part in [redundancy, alone, other, synergy] {
                prop_assert!(part >= 0.0);
            }
            scaled(redundancy + alone, first, 64.0 * EPS, 1.0)?;
            scaled(redundancy + other, second, 64.0 * EPS, 1.0)?;
            scaled(redundancy + alone + other + synergy, whole, 64.0 * EPS, 1.0)?;
            scaled(synergy - redundancy, interaction, 128.0 * EPS, 1.0)?;
        }
    }

    #[test]
    fn parts_of_information_are_symmetric(table in variables()) {
        for (i, (here, there)) in both(&table, "a", "b")?.into_iter().zip(both(&table, "b", "a")?).enumerate() {
            let tolerance = if i == 0 { 64.0 * EPS } else { GAP };
            scaled(here.redundancy, there.redundancy, tolerance, 1.0)?;
            scaled(here.first, there.second, tolerance, 1.0)?;
            scaled(here.synergy, there.synergy, tolerance, 1.0)?;
        }
        // one source twice
        let pair = table.marginal(&["y", "a"])?;
        let (sizes, p) = (pair.sizes().to_vec(), pair.joint().as_slice());
        let mut copied = vec![0.0; sizes[0] * sizes[1] * sizes[1]];
        for (at, p) in p.iter().enumerate() {
            copied[at * sizes[1] + at % sizes[1]] = *p;
        }
        let copied = JointDistribution::from_weights(&[("y", sizes[0]), ("a", sizes[1]), ("b", sizes[1])], &copied)?;
        let told = mutual_information(&pair.pair(&["y"], &["a"])?);
        for (i, parts) in both(&copied, "a", "b")?.into_iter().enumerate() {
            scaled(parts.redundancy, told, if i == 0 { 64.0 * EPS } else { GAP }, 1.0)?;
            at_most(parts.synergy, GAP)?;
        }
    }

    #[test]
    fn no_other_table_has_less_unique_information(y in weights(3), a in channel(3, 2), b in channel(3, 3), t in 0.0..=1.0, table in variables()) {
        // with the same two tables: sources that are independent once y is known, a table, and mixtures of the two
        let mut independent = Vec::new();
        for (p, (a, b)) in y.iter().zip(a.iter().zip(&b)) {
            for a in a.as_slice() {
                independent.extend(b.as_slice().iter().map(|b| p * a * b));
            }
        }
        let names = [("y", 3), ("a", 2), ("b", 3)];
        let Ok(independent) = JointDistribution::from_weights(&names, &independent) else { return Ok(()) };
        let broja = |table: &JointDistribution| partial_information_broja(table, &["y"], &["a"], &["b"], GAP);
        let alone = |table: &JointDistribution| conditional_mutual_information(table, &["y"], &["a"], &["b"]);
        let parts = broja(&independent)?;
        at_most(parts.first, alone(&independent)? + GAP)?;
        // what the two tables do not say does not matter: move probability around a rectangle of one y
        let mut p = independent.joint().as_slice().to_vec();
        let moved = t * p[0].min(p[4]); // (a, b) = (0, 0) and (1, 1) to (0, 1) and (1, 0)
        for (at, sign) in [(0, -1.0), (4, -1.0), (1, 1.0), (3, 1.0)] {
            p[at] = f64::max(p[at] + sign * moved, 0.0);
        }
        let other = JointDistribution::from_weights(&names, &p)?;
        at_most(parts.first, alone(&other)? + GAP)?;
        scaled(broja(&other)?.first, parts.first, 2.0 * GAP, 1.0)?;
        let least = conditional_mutual_information(&table, &["y"], &["a"], &["b"])?.min(mutual_information(&table.pair(&["y"], &["a"])?));
        at_most(broja(&table)?.first, least + GAP)?;
    }
}

#[test]
fn parts_of_information_of_gates() -> Result<(), Box<dyn std::error::Error>> {
    let three_quarters = 0.75 * (4.0_f64 / 3.0).log2() + 0.5; // the bits of one event in four
    let and = three_quarters - 0.5; // what each source tells about it
    // redundancy, unique, unique, synergy in bits, by Williams and Beer and by Bertschinger et al.
    for (table, least, unique) in [
        (
            gate(2, |a, b| a & b)?,
            [and, 0.0, 0.0, 0.5],
            [and, 0.0, 0.0, 0.5],
        ),
        (
            gate(2, |a, b| a ^ b)?,
            [0.0, 0.0, 0.0, 1.0],
            [0.0, 0.0, 0.0, 1.0],
        ),
        (
            gate(3, |a, b| a + b)?,
            [0.5, 0.0, 0.0, 1.0],
            [0.5, 0.0, 0.0, 1.0],
        ),
        (
            gate(2, |a, _| a)?,
            [0.0, 1.0, 0.0, 0.0],
            [0.0, 1.0, 0.0, 0.0],
        ),
        (
            gate(4, |a, b| 2 * a + b)?,
            [1.0, 0.0, 0.0, 1.0],
            [0.0, 1.0, 1.0, 0.0],
        ),
    ] {
        let found = [
            partial_information_min(&table, &["y"], &["a"], &["b"])?,
            partial_information_broja(&table, &["y"], &["a"], &["b"], 1e-9)?,
        ];
        for (parts, expected) in found.into_iter().zip([least, unique]) {
            let parts = [parts.redundancy, parts.first, parts.second, parts.synergy];
            for (part, expected) in parts.into_iter().zip(expected) {
                scaled(part / LN_2, expected, 4e-9, 1.0)?;
            }
        }
    }
    Ok(())
}
