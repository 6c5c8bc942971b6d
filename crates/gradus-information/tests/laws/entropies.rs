//! Entropy, joint and conditional entropy, perplexity.

use crate::generators::{distribution, mixture, table, two_distributions, uniforms};
use gradus_information::{
    binary_entropy, bits, conditional_entropy, entropy, joint_entropy, nats, perplexity,
};
use gradus_numeric::Simplex;
use gradus_probability::JointTable;
use gradus_testkit::strategies::finite;
use gradus_testkit::{at_most, cases, same_bits, scaled, within_ulps};
use proptest::prelude::*;
use std::f64::consts::LN_2;

const EPS: f64 = f64::EPSILON;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn entropy_lies_between_zero_and_ln_n(p in distribution(), n in 1_usize..9, i in 0_usize..9) {
        let h = entropy(&p);
        let possible = p.as_slice().iter().filter(|p| **p > 0.0).count();
        prop_assert!(h >= 0.0 && h <= (possible as f64).ln());
        let mut one_hot = vec![0.0; n];
        one_hot[i % n] = 1.0;
        same_bits(entropy(&Simplex::new(one_hot)?), 0.0)?;
        let n_or_less = entropy(&Simplex::uniform(n)?);
        scaled(n_or_less, (n as f64).ln(), 4.0 * EPS, (n as f64).ln())?;
    }

    #[test]
    fn entropy_sees_only_the_probabilities(p in distribution(), turn in 0_usize..7, zeros in 1_usize..4) {
        let mut turned = p.as_slice().to_vec();
        let n = turned.len();
        turned.rotate_left(turn % n);
        turned.reverse();
        within_ulps(entropy(&Simplex::new(turned)?), entropy(&p), 4)?;
        let mut longer = p.as_slice().to_vec();
        longer.extend(vec![0.0; zeros]);
        same_bits(entropy(&Simplex::new(longer)?), entropy(&p))?;
    }

    #[test]
    fn entropy_of_groups_adds_up(p in distribution(), members: u8) {
        let in_first = |i: usize| members >> i & 1 == 1;
        let group = |first: bool| -> Vec<f64> {
            p.as_slice().iter().enumerate().filter(|&(i, _)| in_first(i) == first).map(|(_, &p)| p).collect()
        };
        let mut sum = 0.0;
        let mut shares = Vec::new();
        for members in [group(true), group(false)] {
            let share: f64 = members.iter().sum();
            shares.push(share);
            if share > 0.0 {
                sum += share * entropy(&Simplex::from_weights(&members)?);
            }
        }
        sum += entropy(&Simplex::from_weights(&shares)?);
        scaled(entropy(&p), sum, 16.0 * EPS, 1.0 + sum)?;
    }

    #[test]
    fn entropy_is_concave((p, q) in two_distributions(), t in 0.0..=1.0) {
        let mixed = entropy(&mixture(&p, &q, t)?);
        at_most((1.0 - t) * entropy(&p) + t * entropy(&q), mixed + 16.0 * EPS)?;
    }

    #[test]
    fn binary_entropy_is_symmetric(k in 0_u32..=1024) {
        let p = f64::from(k) / 1024.0; // 1 − p is exact
        within_ulps(binary_entropy(p)?, binary_entropy(1.0 - p)?, 2)?;
    }

    #[test]
    fn binary_entropy_lies_between_two_parabolas(p in 0.0..=1.0) {
        let (h, parabola) = (bits(binary_entropy(p)?), 4.0 * p * (1.0 - p));
        at_most(parabola, h * (1.0 + 4.0 * EPS))?;
        at_most(h, parabola.powf(1.0 / 4.0_f64.ln()) * (1.0 + 8.0 * EPS))?;
    }

    #[test]
    fn binary_entropy_is_the_entropy_of_two_outcomes(k in 0_u32..=1024) {
        let p = f64::from(k) / 1024.0;
        let two = Simplex::new(vec![1.0 - p, p])?;
        within_ulps(binary_entropy(p)?, entropy(&two), 4)?;
    }

    #[test]
    fn joint_entropy_has_the_chain_rule(table in table()) {
        let both = joint_entropy(&table);
        let sum = entropy(table.marginal_x()) + conditional_entropy(&table);
        scaled(both, sum, 16.0 * EPS, 1.0 + both)?;
        let sum = entropy(table.marginal_y()) + conditional_entropy(&table.transposed()?);
        scaled(both, sum, 16.0 * EPS, 1.0 + both)?;
    }

    #[test]
    fn joint_entropy_is_at_most_the_sum(table in table()) {
        let sum = entropy(table.marginal_x()) + entropy(table.marginal_y());
        at_most(joint_entropy(&table), sum + 16.0 * EPS * (1.0 + sum))?;
        let independent = JointTable::product(table.marginal_x(), table.marginal_y())?;
        scaled(joint_entropy(&independent), sum, 16.0 * EPS, 1.0 + sum)?;
    }

    #[test]
    fn conditioning_reduces_entropy(table in table()) {
        let left = conditional_entropy(&table);
        prop_assert!(left >= 0.0);
        prop_assert!(left <= entropy(table.marginal_y()));
    }

    /// Each x has one y: with counts, whose roundings differ from row to row.
    #[test]
    fn a_function_of_x_has_no_entropy_given_x(w in prop::collection::vec(1e-9..1.0, 1..9), y in prop::collection::vec(0_usize..4, 9)) {
        let rows: Vec<_> = w.iter().zip(y).map(|(&w, y)| {
            let mut row = [0.0; 4];
            row[y] = w;
            row
        }).collect();
        same_bits(conditional_entropy(&JointTable::from_weights(&rows)?), 0.0)?;
    }

    #[test]
    fn conditional_entropy_is_a_mean_of_entropies(table in table()) {
        let mut mean = 0.0;
        for (x, &p) in table.marginal_x().as_slice().iter().enumerate().filter(|(_, p)| **p > 0.0) {
            mean += p * entropy(&table.y_given_x(x)?);
        }
        scaled(conditional_entropy(&table), mean, 16.0 * EPS, 1.0)?;
    }

    #[test]
    fn fano_bounds_the_error_of_a_guess(table in table()) {
        let (rows, columns) = (table.shape().rows, table.shape().columns);
        let best = |y| (0..rows).filter_map(|x| table.get(x, y)).fold(0.0, f64::max);
        let hit: f64 = (0..columns).map(best).sum();
        let error = (1.0 - hit).clamp(0.0, 1.0);
        let wrong = if rows > 1 { error * (rows as f64 - 1.0).ln() } else { 0.0 };
        let bound = binary_entropy(error)? + wrong;
        // the error itself is known to a few ε, where h has the slope −ln ε
        at_most(conditional_entropy(&table.transposed()?), bound + 1e-13)?;
    }

    #[test]
    fn perplexity_counts_outcomes(p in distribution(), n in 1_usize..99) {
        let count = perplexity(&p);
        prop_assert!(count >= 1.0 && count <= p.len() as f64);
        let (uniform, n) = (perplexity(&Simplex::uniform(n)?), n as f64);
        scaled(uniform, n, 4.0 * EPS * (1.0 + n.ln()), n)?;
    }

    #[test]
    fn bits_and_nats_are_inverse(x in finite()) {
        if (x / LN_2).is_finite() && (x * LN_2).is_normal() {
            within_ulps(nats(bits(x)), x, 2)?;
            within_ulps(bits(nats(x)), x, 2)?;
        }
    }

    /// The asymptotic equipartition property: $`-\tfrac1n \ln p(x_1, \dots, x_n)`$ is near H, by the central limit theorem.
    #[test]
    fn long_messages_have_the_surprise_of_entropy(p in distribution(), seed: u64) {
        let n = 4000_u32;
        let mut uniform = uniforms(seed);
        let mut draw = || {
            let mut left = uniform();
            p.as_slice().iter().copied().find(|p| { left -= p; left < 0.0 }).unwrap_or(1.0)
        };
        let h = entropy(&p);
        let surprise: f64 = (0..n).map(|_| -draw().ln()).sum();
        let squares: f64 = p.as_slice().iter().filter(|p| **p > 0.0).map(|p| p * (-p.ln() - h).powi(2)).sum();
        let rare = p.as_slice().iter().filter(|p| **p > 0.0 && **p < 0.01).count();
        // where a rare outcome matters, the sum of 4000 is not normal yet
        if rare == 0 {
            at_most((surprise / f64::from(n) - h).abs(), 5.0 * (squares / f64::from(n)).sqrt() + 1e-12)?;
        }
    }
}
