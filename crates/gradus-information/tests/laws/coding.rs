//! Codes and the rates that bound them.

use crate::generators::{channel, distribution, distribution_on, table};
use gradus_information::{
    InformationError, JointTable, PrefixCode, Simplex, arithmetic_decode, arithmetic_encode,
    binary_entropy, bits, channel_capacity, entropy, huffman_code, information_bottleneck,
    kl_divergence, maximum_entropy, mutual_information, rate_distortion, shannon_code,
};
use gradus_testkit::{at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::iter::zip;

const EPS: f64 = f64::EPSILON;

/// Counts, some of them 0 or huge, and a message of symbols with a count.
fn message() -> impl Strategy<Value = (Vec<u32>, Vec<usize>)> {
    let count = prop_oneof![3 => 1_u32..20, 1 => Just(0), 1 => 100_000_u32..1_000_000];
    (
        prop::collection::vec(count, 1..7),
        prop::collection::vec(0_usize..100, 0..60),
    )
        .prop_filter_map("something can happen", |(counts, draws)| {
            let possible: Vec<_> = (0..counts.len()).filter(|i| counts[*i] > 0).collect();
            let message = draws
                .iter()
                .map(|d| possible.get(d % possible.len().max(1)).copied());
            message
                .collect::<Option<Vec<_>>>()
                .filter(|_| !possible.is_empty())
                .map(|m| (counts, m))
        })
}

/// The smallest expected length of any lengths that obey Kraft's inequality.
fn shortest(p: &[f64], lengths: &mut Vec<i32>) -> f64 {
    if lengths.len() == p.len() {
        let kraft: f64 = lengths.iter().map(|l| 0.5_f64.powi(*l)).sum();
        let length = zip(p, lengths).map(|(p, l)| p * f64::from(*l)).sum();
        return if kraft <= 1.0 { length } else { f64::INFINITY };
    }
    let tried = (0..p.len()).map(|l| {
        lengths.push(i32::try_from(l).unwrap_or(0));
        let best = shortest(p, lengths);
        lengths.pop();
        best
    });
    tried.fold(f64::INFINITY, f64::min)
}

fn lengths(code: &PrefixCode) -> Vec<usize> {
    code.words().iter().map(Vec::len).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn kraft_decides_which_lengths_have_a_code(wanted in prop::collection::vec(0_usize..6, 1..9)) {
        let kraft: f64 = wanted.iter().map(|l| 0.5_f64.powi(i32::try_from(*l).unwrap_or(0))).sum();
        match PrefixCode::from_lengths(&wanted) {
            Ok(code) => {
                prop_assert!(kraft <= 1.0);
                prop_assert_eq!(lengths(&code), wanted);
            }
            Err(error) => {
                prop_assert!(kraft > 1.0);
                prop_assert_eq!(error, InformationError::Kraft);
            }
        }
    }

    #[test]
    fn messages_are_decoded(p in distribution(), draws in prop::collection::vec(0_usize..7, 0..30)) {
        let code = huffman_code(&p)?;
        let message: Vec<_> = draws.iter().map(|d| d % p.len()).collect();
        let sent = code.encode(&message)?;
        prop_assert_eq!(code.decode(&sent, message.len())?, message);
        for (i, word) in code.words().iter().enumerate() {
            let begins = code.words().iter().enumerate().any(|(j, other)| i != j && other.starts_with(word));
            prop_assert!(!begins);
        }
    }

    #[test]
    fn huffman_codes_lie_within_a_bit_of_entropy(p in distribution(), parts in prop::collection::vec(0_usize..8, 0..6)) {
        let (length, h) = (huffman_code(&p)?.expected_length(&p)?, bits(entropy(&p)));
        at_most(h, length + 8.0 * EPS)?;
        at_most(length, h + 1.0)?;
        // halve some part again and again: powers of one half
        let mut dyadic = vec![1.0];
        for part in parts {
            let i = part % dyadic.len();
            dyadic[i] *= 0.5;
            dyadic.push(dyadic[i]);
        }
        let p = Simplex::new(dyadic)?;
        relative(huffman_code(&p)?.expected_length(&p)?, bits(entropy(&p)), 4.0 * EPS)?;
    }

    #[test]
    fn no_prefix_code_is_shorter_than_huffmans(p in (1_usize..6).prop_flat_map(distribution_on)) {
        let length = huffman_code(&p)?.expected_length(&p)?;
        scaled(length, shortest(p.as_slice(), &mut Vec::new()), 8.0 * EPS, 4.0)?;
        if let Ok(code) = shannon_code(&p) {
            at_most(length, code.expected_length(&p)? + 8.0 * EPS)?;
        }
    }

    #[test]
    fn huffman_codes_are_complete(p in distribution()) {
        let kraft: f64 = lengths(&huffman_code(&p)?).iter().map(|l| 0.5_f64.powi(i32::try_from(*l).unwrap_or(0))).sum();
        same_bits(kraft, 1.0)?;
    }

    #[test]
fn shannon_words_are_as_long_as_their_surprise(p in distribution()) {
        let power = |l: usize| 0.5_f64.powi(i32::try_from(l).unwrap_or(0));
        let Ok(code) = shannon_code(&p) else {
            prop_assert!(p.as_slice().contains(&0.0));
            return Ok(());
        };
        // a bit more where the sum of the rounded probabilities is above 1
        let mut longer = 0;
        for (word, p) in zip(code.words(), p.as_slice()) {
            prop_assert!(power(word.len()) <= *p);
            longer += usize::from(!word.is_empty() && power(word.len() - 1) <= *p);
        }
        let rounded = code.words().iter().map(|word| power(word.len())).sum::<f64>() + p.as_slice().iter().fold(0.0, |a, b| f64::max(a, *b)) / 2.0 > 1.0 - EPS;
        prop_assert!(longer == 0 || longer == 1 && rounded);
    }

    #[test]
    fn arithmetic_codes_are_decoded((counts, message) in message()) {
        let sent = arithmetic_encode(&counts, &message)?;
        prop_assert_eq!(arithmetic_decode(&counts, &sent, message.len())?, message);
    }

    #[test]
    fn arithmetic_codes_are_as_long_as_their_surprise((counts, message) in message()) {
        let total: f64 = counts.iter().map(|n| f64::from(*n)).sum();
        let surprise: f64 = message.iter().map(|i| (total / f64::from(counts[*i])).log2()).sum();
        let length = arithmetic_encode(&counts, &message)?.len() as f64;
        at_most(length, surprise + 2.0 + message.len() as f64 / 32.0)?;
        at_most(surprise, length + 1e-9)?; // on average no code is shorter; this one never is
    }

    #[test]
    fn capacity_of_textbook_channels(e in 0.01..0.45) {
        let of = |rows: &[Vec<f64>]| -> Result<f64, InformationError> {
            let rows: Vec<_> = rows.iter().cloned().map(Simplex::new).collect::<Result<_, _>>()?;
            Ok(channel_capacity(&rows, 1e-12)?.nats)
        };
        let ln_2 = 2.0_f64.ln();
        scaled(of(&[vec![1.0 - e, e], vec![e, 1.0 - e]])?, ln_2 - binary_entropy(e)?, 2e-12, 1.0)?;
        scaled(of(&[vec![1.0 - e, e, 0.0], vec![0.0, e, 1.0 - e]])?, ln_2 * (1.0 - e), 2e-12, 1.0)?;
        let z = ((1.0 - e) * e.powf(e / (1.0 - e))).ln_1p();
        scaled(of(&[vec![1.0, 0.0], vec![e, 1.0 - e]])?, z, 2e-12, 1.0)?;
        // a typewriter that hits the key or the next one
        let typewriter = |i: usize| (0..6).map(|j| if j == i || j == (i + 1) % 6 { 0.5 } else { 0.0 }).collect();
        scaled(of(&(0..6).map(typewriter).collect::<Vec<_>>())?, 3.0_f64.ln(), 2e-12, 1.0)?;
    }

    #[test]
    fn no_input_tells_more_than_the_capacity(noise in channel(3, 4), p in distribution_on(3)) {
        if let Ok(capacity) = channel_capacity(&noise, 1e-4) {
            let told = mutual_information(&JointTable::from_conditionals(&p, &noise)?);
            at_most(told, capacity.at_most + 1e-12)?;
            at_most(capacity.at_most, capacity.nats + 1e-4)?;
        }
    }

    #[test]
    fn capacity_is_at_most_the_alphabet(noise in (1_usize..5, 1_usize..5).prop_flat_map(|(m, n)| channel(m, n))) {
        if let Ok(capacity) = channel_capacity(&noise, 1e-3) {
            let (inputs, outputs) = (noise.len() as f64, noise[0].len() as f64);
            at_most(capacity.nats, inputs.ln().min(outputs.ln()))?;
            prop_assert!(capacity.nats >= 0.0);
        }
    }

    #[test]
    fn rate_of_a_bit_with_errors(slope in 0.05..8.0) {
        let point = rate_distortion(&Simplex::uniform(2)?, &[[0.0, 1.0], [1.0, 0.0]], slope, 1e-12)?;
        let errors = 1.0 / (1.0 + f64::exp(slope));
        scaled(point.distortion, errors, 1e-11, 1.0)?;
        scaled(point.nats, 2.0_f64.ln() - binary_entropy(errors)?, 1e-11, 1.0)?;
    }

    #[test]
    fn precision_costs_rate(p in distribution_on(4), low in 0.1..2.0, more in 0.5..4.0) {
        let squares: Vec<Vec<f64>> = (0..4).map(|i| (0..4).map(|j| f64::from(i - j).powi(2)).collect()).collect();
        let points = (rate_distortion(&p, &squares, low, 1e-6), rate_distortion(&p, &squares, low + more, 1e-6));
        if let (Ok(coarse), Ok(fine)) = points {
            at_most(coarse.nats, fine.nats + 1e-5)?;
            at_most(fine.distortion, coarse.distortion + 1e-5 / low)?;
            prop_assert!(coarse.nats >= 0.0);
            at_most(fine.nats, entropy(&p) + 1e-5)?;
        }
    }

    #[test]
    fn the_bottleneck_never_gets_worse(table in table(), worth in 0.5..20.0, seed in prop::collection::vec(distribution_on(3), 4)) {
        let encoder = &seed[..table.shape().rows];
        let objective = |step: &gradus_information::Bottleneck| step.cost - worth * step.relevance;
        // a tolerance of 1 takes one step, 0.9 … as many as it needs
        let steps = [1.0, 1e-2, 1e-4].map(|t| information_bottleneck(&table, encoder, worth, t));
        let values: Vec<_> = steps.iter().flatten().map(objective).collect();
        for pair in values.windows(2) {
            at_most(pair[1], pair[0] + 1e-12 * (1.0 + worth))?;
        }
    }

    #[test]
    fn a_description_tells_no_more_than_what_it_describes(table in table(), worth in 0.5..20.0, seed in prop::collection::vec(distribution_on(3), 4)) {
        if let Ok(words) = information_bottleneck(&table, &seed[..table.shape().rows], worth, 1e-3) {
            at_most(words.relevance, mutual_information(&table) + 64.0 * EPS)?;
            at_most(words.relevance, words.cost + 64.0 * EPS)?;
            let again = JointTable::from_conditionals(table.marginal_x(), &words.encoder)?;
            scaled(words.cost, mutual_information(&again), 64.0 * EPS, 1.0)?;
        }
    }

    #[test]
    fn a_small_worth_buys_nothing(p in distribution_on(3), noise in channel(3, 3), worth in 0.0..0.5) {
        let first = [0.7, 0.5, 0.2].map(|p| Simplex::new(vec![p, 1.0 - p]));
        let first: Vec<_> = first.into_iter().collect::<Result<_, _>>()?;
        let table = JointTable::from_conditionals(&p, &noise)?;
        let words = information_bottleneck(&table, &first, worth, 1e-9)?;
        at_most(words.cost, 1e-12)?;
    }

    #[test]
    fn maximum_entropy_is_an_exponential_family(f in prop::collection::vec(-3.0..3.0, 5), g in prop::collection::vec(-3.0..3.0, 5), p in prop::collection::vec(0.1..1.0, 5)) {
        let p = Simplex::from_weights(&p)?;
        let mean = |f: &[f64]| zip(p.as_slice(), f).map(|(p, f)| p * f).sum::<f64>();
        if let Ok(found) = maximum_entropy(&[&f, &g], &[mean(&f), mean(&g)], 1e-10) {
            let q = found.distribution.as_slice();
            let score = |i: usize| found.multipliers[0] * f[i] + found.multipliers[1] * g[i];
            for i in 1..5 {
                scaled(q[i].ln() - q[0].ln(), score(i) - score(0), 1e-9, 1.0 + score(i).abs() + score(0).abs())?;
            }
            let range = |f: &[f64]| f.iter().copied().fold(-9.0, f64::max) - f.iter().copied().fold(9.0, f64::min);
            scaled(zip(q, &f).map(|(q, f)| q * f).sum(), mean(&f), 2e-10, range(&f))?;
            scaled(zip(q, &g).map(|(q, g)| q * g).sum(), mean(&g), 2e-10, range(&g))?;
        }
    }

    #[test]
    fn no_other_distribution_has_more_entropy(f in prop::collection::vec(-3.0..3.0, 5), p in prop::collection::vec(0.01..1.0, 5)) {
        let p = Simplex::from_weights(&p)?;
        let moment = zip(p.as_slice(), &f).map(|(p, f)| p * f).sum();
        let found = maximum_entropy(&[&f], &[moment], 1e-13)?.distribution;
        at_most(entropy(&p), entropy(&found) + 1e-10)?;
        // what is missing is the divergence from it (Pythagoras)
        scaled(entropy(&found) - entropy(&p), kl_divergence(&p, &found)?, 1e-9, 1.0)?;
    }
}
