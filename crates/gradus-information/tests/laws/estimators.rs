//! Information from samples.

use gradus_information::{
    InformationError, JointTable, Simplex, conditional_entropy, entropy, entropy_chao_shen,
    entropy_grassberger, entropy_miller_madow, entropy_plug_in, entropy_shrinkage,
    transfer_entropy,
};
use gradus_testkit::{at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::iter::zip;

const EPS: f64 = f64::EPSILON;

type Estimator = fn(&[u64]) -> Result<f64, InformationError>;

/// All ways in which n draws can fall on k outcomes.
fn samples(n: u64, k: usize) -> Vec<Vec<u64>> {
    if k == 1 {
        return vec![vec![n]];
    }
    (0..=n)
        .flat_map(|first| {
            samples(n - first, k - 1)
                .into_iter()
                .map(move |rest| [vec![first], rest].concat())
        })
        .collect()
}

/// The mean of an estimate over all samples of n draws from p.
fn expected(p: &[f64], n: u64, estimate: Estimator) -> Result<f64, InformationError> {
    let mut sum = 0.0;
    for counts in samples(n, p.len()) {
        // n! / ∏ nᵢ! ∏ pᵢ^nᵢ, a factor at a time
        let (mut probability, mut drawn) = (1.0, 0.0);
        for (count, p) in zip(&counts, p) {
            for i in 1..=*count {
                drawn += 1.0;
                probability *= drawn / i as f64 * p;
            }
        }
        sum += probability * estimate(&counts)?;
    }
    Ok(sum)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_plug_in_estimate_is_the_entropy_of_frequencies(counts in prop::collection::vec(0_u64..1000, 1..9)) {
        let weights: Vec<_> = counts.iter().map(|k| *k as f64).collect();
        match Simplex::from_weights(&weights) {
            Ok(p) => scaled(entropy_plug_in(&counts)?, entropy(&p), 8.0 * EPS, 1.0)?,
            Err(_) => prop_assert!(entropy_plug_in(&counts).is_err()),
        }
    }

    #[test]
    fn the_plug_in_estimate_is_too_low_by_the_term_of_miller(p in 0.25..0.75) {
        let n = 60;
        let truth = entropy(&Simplex::new(vec![p, 1.0 - p])?);
        let bias = expected(&[p, 1.0 - p], n, entropy_plug_in)? - truth;
        let n = n as f64;
        // the next term is Harris': (1 − Σ 1/p) / 12 N²
        let second = (1.0 - 1.0 / p - 1.0 / (1.0 - p)) / (12.0 * n * n);
        at_most((bias + 1.0 / (2.0 * n) - second).abs(), 2.0 / (n * n * n))?;
    }

    #[test]
    fn corrections_reduce_the_bias(w in prop::collection::vec(0.4..1.0, 4)) {
        let p = Simplex::from_weights(&w)?;
        let off = |estimate: Estimator| Ok::<_, InformationError>((expected(p.as_slice(), 8, estimate)? - entropy(&p)).abs());
        let plain = off(entropy_plug_in)?;
        for estimate in [entropy_miller_madow as Estimator, entropy_grassberger, entropy_chao_shen] {
            at_most(off(estimate)?, 0.6 * plain)?;
        }
    }

    #[test]
    fn estimates_agree_on_large_samples(counts in prop::collection::vec(100_000_000_u64..1_000_000_000, 2..9)) {
        let plain = entropy_plug_in(&counts)?;
        for estimate in [entropy_miller_madow as Estimator, entropy_grassberger, entropy_chao_shen, entropy_shrinkage] {
            scaled(estimate(&counts)?, plain, 1e-6, 1.0)?;
        }
    }

    #[test]
    fn shrinkage_lies_between_the_frequencies_and_equal_ones(counts in prop::collection::vec(0_u64..20, 1..9)) {
        if let Ok(shrunk) = entropy_shrinkage(&counts) {
            at_most(entropy_plug_in(&counts)?, shrunk + 8.0 * EPS)?;
            at_most(shrunk, (counts.len() as f64).ln())?;
        }
    }

    #[test]
    fn transfer_entropy_is_information(source in prop::collection::vec(0_u32..3, 4..60), k in 1_usize..3) {
        let noise: Vec<_> = source.iter().zip(1_u32..).map(|(s, i)| (s * 7 + i * i) % 3).collect();
        let told = transfer_entropy(&source, &noise, k)?;
        prop_assert!(told >= 0.0);
        at_most(told, 3.0_f64.ln() + 8.0 * EPS)?;
        let clock: Vec<_> = (0..source.len()).map(|i| u32::from(i % 2 == 0)).collect();
        same_bits(transfer_entropy(&source, &clock, k)?, 0.0)?;
    }

    #[test]
    fn a_late_copy_receives_the_entropy_of_its_source(source in prop::collection::vec(0_u32..3, 4..80)) {
        let late: Vec<_> = std::iter::once(0).chain(source.iter().copied()).take(source.len()).collect();
        let mut table = [[0.0; 3]; 3]; // what the copy has, what comes next
        for t in 1..source.len() {
            table[late[t - 1] as usize][late[t] as usize] += 1.0;
        }
        let expected = conditional_entropy(&JointTable::from_weights(&table)?);
        scaled(transfer_entropy(&source, &late, 1)?, expected, 32.0 * EPS, 1.0)?;
    }

    #[test]
    fn transfer_entropy_does_not_see_the_names_of_symbols(pairs in prop::collection::vec((0_u32..3, 0_u32..3), 4..60), k in 1_usize..3) {
        let (source, target): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        let renamed: Vec<_> = target.iter().map(|s| [9, 2, 4][*s as usize]).collect();
        let told = transfer_entropy(&source, &target, k)?;
        relative(transfer_entropy(&source, &renamed, k)?, told, 64.0 * EPS)?;
    }
}
