//! What many variables share.

use crate::generators::{channel, distribution_on, table};
use gradus_information::{
    JointDistribution, Normalization, conditional_entropy, conditional_mutual_information,
    dual_total_correlation, entropy, interaction_information, joint_entropy, mutual_information,
    normalized_mutual_information, total_correlation, variation_of_information,
};
use gradus_testkit::strategies::weights;
use gradus_testkit::{at_most, cases, same_bits, scaled};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;
const NAMES: [&str; 4] = ["w", "x", "y", "z"];

/// Some variables of 1 to 3 values: zeros, one outcome, all magnitudes.
fn variables(
    count: impl Into<prop::collection::SizeRange>,
) -> impl Strategy<Value = JointDistribution> {
    prop::collection::vec(1_usize..4, count)
        .prop_flat_map(|sizes| {
            let entries = sizes.iter().product::<usize>();
            (Just(sizes), weights(entries))
        })
        .prop_filter_map("weights normalize", |(sizes, w)| {
            let named: Vec<_> = NAMES.into_iter().zip(sizes).collect();
            JointDistribution::from_weights(&named, &w).ok()
        })
}

/// The entropy of some variables.
fn entropy_of(table: &JointDistribution, names: &[&str]) -> f64 {
    table
        .marginal(names)
        .map_or(f64::NAN, |part| entropy(part.joint()))
}

fn information(table: &JointDistribution, x: &str, y: &str, given: &[&str]) -> f64 {
    conditional_mutual_information(table, &[x], &[y], given).unwrap_or(f64::NAN)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn conditional_information_is_zero_for_conditional_independence(z in distribution_on(2), x in channel(2, 3), y in channel(2, 3)) {
        let mut joint = Vec::new();
        for i in 0..3 {
            for j in 0..3 {
                joint.extend((0..2).map(|k| z.as_slice()[k] * x[k].as_slice()[i] * y[k].as_slice()[j]));
            }
        }
        let table = JointDistribution::from_weights(&[("x", 3), ("y", 3), ("z", 2)], &joint)?;
        // a rounding of each entry is a divergence of its square
        at_most(information(&table, "x", "y", &["z"]), 64.0 * EPS * EPS)?;
        prop_assert!(information(&table, "x", "y", &[]) >= 0.0);
    }

    #[test]
    fn conditional_information_is_a_sum_of_entropies(table in variables(3)) {
        let h = |names: &[&str]| entropy_of(&table, names);
        let sum = h(&["w", "y"]) + h(&["x", "y"]) - h(&["w", "x", "y"]) - h(&["y"]);
        scaled(information(&table, "w", "x", &["y"]), sum, 64.0 * EPS, 1.0 + h(&["w", "x", "y"]))?;
        let pair = mutual_information(&table.pair(&["w"], &["x"])?);
        scaled(information(&table, "w", "x", &[]), pair, 32.0 * EPS, 1.0)?;
    }

    #[test]
    fn information_has_the_chain_rule(table in variables(4)) {
        let whole = conditional_mutual_information(&table, &["w"], &["x", "y"], &["z"])?;
        let (first, second) = (information(&table, "w", "y", &["z"]), information(&table, "w", "x", &["y", "z"]));
        prop_assert!(whole >= 0.0 && first >= 0.0 && second >= 0.0);
        scaled(whole, first + second, 128.0 * EPS, 1.0)?;
    }

    #[test]
    fn entropy_of_many_has_the_chain_rule(table in variables(2..5)) {
        let names: Vec<_> = table.names().iter().map(String::as_str).collect();
        let mut sum = entropy_of(&table, &names[..1]);
        for i in 1..names.len() {
            sum += conditional_entropy(&table.pair(&names[..i], &names[i..=i])?);
        }
        scaled(entropy(table.joint()), sum, 64.0 * EPS, 1.0 + sum)?;
    }

    #[test]
    fn total_correlation_is_what_a_common_code_saves(table in variables(2..5)) {
        let total = total_correlation(&table)?;
        prop_assert!(total >= 0.0);
        let names: Vec<_> = table.names().iter().map(String::as_str).collect();
        let apart: f64 = names.iter().map(|name| entropy_of(&table, &[name])).sum();
        scaled(total, apart - entropy(table.joint()), 64.0 * EPS, 1.0 + apart)?;
    }

    #[test]
    fn the_dual_is_entropy_less_what_each_has_alone(table in variables(2..5)) {
        let dual = dual_total_correlation(&table)?;
        prop_assert!(dual >= 0.0);
        let names: Vec<_> = table.names().iter().map(String::as_str).collect();
        let mut alone = 0.0;
        for name in &names {
            let others: Vec<_> = names.iter().copied().filter(|other| other != name).collect();
            alone += conditional_entropy(&table.pair(&others, &[name])?);
        }
        scaled(dual, entropy(table.joint()) - alone, 64.0 * EPS, 1.0 + alone)?;
    }

    #[test]
    fn two_variables_share_their_mutual_information(table in variables(2)) {
        let information = mutual_information(&table.pair(&["w"], &["x"])?);
        scaled(total_correlation(&table)?, information, 16.0 * EPS, 1.0)?;
        scaled(dual_total_correlation(&table)?, information, 16.0 * EPS, 1.0)?;
    }

    #[test]
    fn total_correlation_and_its_dual_bound_each_other(table in variables(2..5)) {
        let (total, dual) = (total_correlation(&table)?, dual_total_correlation(&table)?);
        let others = table.names().len() as f64 - 1.0;
        at_most(total, others * dual + 64.0 * EPS)?;
        at_most(dual, others * total + 64.0 * EPS)?;
    }

    #[test]
    fn interaction_information_is_symmetric(table in variables(3)) {
        let first = interaction_information(&table, &["w"], &["x"], &["y"])?;
        for [a, b, c] in [["w", "y", "x"], ["y", "x", "w"], ["x", "w", "y"]] {
            scaled(interaction_information(&table, &[a], &[b], &[c])?, first, 128.0 * EPS, 1.0)?;
        }
        let xor = JointDistribution::new(&[("w", 2), ("x", 2), ("y", 2)], vec![0.25, 0.0, 0.0, 0.25, 0.0, 0.25, 0.25, 0.0])?;
        same_bits(interaction_information(&xor, &["w"], &["x"], &["y"])?, 2.0_f64.ln())?;
    }

    #[test]
    fn interaction_information_lies_between_two_informations(table in variables(3)) {
        let value = interaction_information(&table, &["w"], &["x"], &["y"])?;
        for [a, b, c] in [["w", "x", "y"], ["w", "y", "x"], ["x", "y", "w"]] {
            at_most(-information(&table, a, b, &[]) - 128.0 * EPS, value)?;
            at_most(value, information(&table, a, b, &[c]) + 128.0 * EPS)?;
        }
    }

    #[test]
    fn normalized_information_is_a_share(table in table(), p in distribution_on(4)) {
        let turned = table.transposed()?;
        let mut same = vec![vec![0.0; 4]; 4];
        (0..4).for_each(|i| same[i][i] = p.as_slice()[i]);
        let same = gradus_information::JointTable::from_weights(&same)?;
        for by in ALL {
            if let Ok(share) = normalized_mutual_information(&table, by) {
                prop_assert!((0.0..=1.0).contains(&share));
                scaled(normalized_mutual_information(&turned, by)?, share, 16.0 * EPS, 1.0)?;
            }
            match normalized_mutual_information(&same, by) {
                Ok(share) => scaled(share, 1.0, 32.0 * EPS, 1.0)?,
                Err(_) => same_bits(entropy(same.marginal_x()), 0.0)?,
            }
        }
    }

    #[test]
    fn normalizations_are_ordered(table in table()) {
        let mut before = 0.0;
        for by in ALL {
            if let Ok(share) = normalized_mutual_information(&table, by) {
                at_most(before, share * (1.0 + 8.0 * EPS))?;
                before = share;
            }
        }
    }

    #[test]
    fn variation_of_information_is_what_is_not_shared(table in table()) {
        let (variation, whole) = (variation_of_information(&table)?, joint_entropy(&table));
        scaled(variation, whole - mutual_information(&table), 64.0 * EPS, 1.0 + whole)?;
        scaled(variation_of_information(&table.transposed()?)?, variation, 8.0 * EPS, 1.0)?;
        at_most(variation, whole * (1.0 + 16.0 * EPS))?;
    }

    #[test]
    fn variation_of_information_has_the_triangle_inequality(table in variables(3)) {
        let variation = |x: &str, y: &str| variation_of_information(&table.pair(&[x], &[y])?);
        at_most(variation("w", "y")?, variation("w", "x")? + variation("x", "y")? + 64.0 * EPS)?;
    }
}

/// From the largest denominator to the smallest.
const ALL: [Normalization; 5] = [
    Normalization::Joint,
    Normalization::Larger,
    Normalization::Arithmetic,
    Normalization::Geometric,
    Normalization::Smaller,
];
