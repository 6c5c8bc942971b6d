//! Weights and thresholds.

use gradus_fairness::{Key, Parity, Thresholds, equalize, reweigh};
use gradus_testkit::strategies::labels;
use gradus_testkit::{at_least, at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::iter::zip;

const EPSILON: f64 = f64::EPSILON;
const PARITIES: [Parity; 4] = [
    Parity::Selection,
    Parity::TruePositive,
    Parity::FalsePositive,
    Parity::Odds,
];

/// Scores in eighths (with ties) or any, with truth and three groups that have both classes.
fn scored() -> impl Strategy<Value = (Vec<f64>, Vec<u32>, Vec<u32>)> {
    let score = prop_oneof![(0..9_u32).prop_map(|k| f64::from(k) / 8.0), -1e3..1e3];
    let sample = (score.clone(), 0..2_u32, 0..3_u32);
    let both = prop::collection::vec(score, 6);
    (prop::collection::vec(sample, 0..30), both).prop_map(|(samples, both)| {
        let fixed = (0..6).map(|k| (both[k as usize], k % 2, k / 2));
        let (mut scores, mut truth, mut group) = (vec![], vec![], vec![]);
        for (s, y, g) in samples.into_iter().chain(fixed) {
            scores.push(s);
            truth.push(y);
            group.push(g);
        }
        (scores, truth, group)
    })
}

/// The mean probability of being selected, over samples of a group that a test lets pass.
fn share(
    rule: &Thresholds,
    scores: &[f64],
    group: &[u32],
    g: u32,
    test: impl Fn(usize) -> bool,
) -> f64 {
    let members = (0..scores.len()).filter(|&i| group[i] == g && test(i));
    let p: Vec<f64> = members
        .filter_map(|i| rule.probability(scores[i], g as usize).ok())
        .collect();
    p.iter().sum::<f64>() / p.len() as f64
}

/// For every threshold of a group: the rates (selection, true and false positives) and the number of right answers.
fn options(scores: &[f64], truth: &[u32], group: &[u32], g: u32) -> Vec<([f64; 3], f64)> {
    let members: Vec<usize> = (0..scores.len()).filter(|&i| group[i] == g).collect();
    let mut cuts: Vec<f64> = members.iter().map(|&i| scores[i]).collect();
    cuts.push(f64::INFINITY);
    let option = |cut: f64| {
        let count =
            |test: &dyn Fn(usize) -> bool| members.iter().filter(|&&i| test(i)).count() as f64;
        let (n, p) = (members.len() as f64, count(&|i| truth[i] == 1));
        let (tp, fp) = (
            count(&|i| scores[i] >= cut && truth[i] == 1),
            count(&|i| scores[i] >= cut && truth[i] == 0),
        );
        ([(tp + fp) / n, tp / p, fp / (n - p)], tp + n - p - fp)
    };
    cuts.into_iter().map(option).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn reweighing_makes_group_and_label_independent(truth in labels(3, 1..40), group in labels(4, 40)) {
        let group = &group[..truth.len()];
        let weights = reweigh(&truth, group)?;
        let n = truth.len() as f64;
        let sum = |test: &dyn Fn(usize) -> bool| -> f64 { (0..weights.len()).filter(|&i| test(i)).map(|i| weights[i]).sum() };
        let count = |test: &dyn Fn(usize) -> bool| (0..weights.len()).filter(|&i| test(i)).count() as f64;
        for g in 0..4 {
            for y in 0..3 {
                let cell = |i: usize| group[i] == g && truth[i] == y;
                if count(&cell) > 0.0 {
                    // The weight of a cell is n Pr(g) Pr(y); a sum of k equal terms rounds k times.
                    let independent = count(&|i| group[i] == g) * count(&|i| truth[i] == y) / n;
                    relative(sum(&cell), independent, (4.0 + count(&cell)) * EPSILON)?;
                }
            }
        }
    }

    #[test]
    fn weights_of_full_tables_sum_to_the_samples((_, truth, group) in scored()) {
        let weights = reweigh(&truth, &group)?;
        let n = truth.len() as f64;
        relative(weights.iter().sum(), n, n * EPSILON)?;
        prop_assert!(weights.iter().all(|&w| w > 0.0));
    }

    #[test]
    fn what_is_independent_weighs_one(labels in labels(3, 1..10), groups in labels(3, 1..10)) {
        // Every label with every group: a product.
        let truth: Vec<u32> = groups.iter().flat_map(|_| labels.clone()).collect();
        let group: Vec<u32> = groups.iter().flat_map(|&g| vec![g; labels.len()]).collect();
        for weight in reweigh(&truth, &group)? {
            same_bits(weight, 1.0)?;
        }
    }

    #[test]
    fn expected_rates_of_equalized_thresholds_agree((scores, truth, group) in scored()) {
        for what in PARITIES {
            let rule = equalize(&scores, &truth, &group, 3, what)?;
            let rates: [&dyn Fn(usize) -> bool; 3] = [&|_| true, &|i| truth[i] == 1, &|i| truth[i] == 0];
            let equal: &[usize] = match what {
                Parity::Selection => &[0],
                Parity::TruePositive => &[1],
                Parity::FalsePositive => &[2],
                Parity::Odds => &[1, 2],
            };
            for &k in equal {
                let of = |g| share(&rule, &scores, &group, g, rates[k]);
                for g in 1..3 {
                    // A probability has four roundings, and a mean of n as many.
                    scaled(of(g), of(0), (8.0 + scores.len() as f64) * EPSILON, 1.0)?;
                }
            }
            let right = |i: usize| rule.probability(scores[i], group[i] as usize).map(|p| if truth[i] == 1 { p } else { 1.0 - p });
            let right: Result<Vec<f64>, _> = (0..scores.len()).map(right).collect();
            let accuracy = right?.iter().sum::<f64>() / scores.len() as f64;
            scaled(rule.expected_accuracy(), accuracy, (8.0 + scores.len() as f64) * EPSILON, 1.0)?;
        }
    }

    #[test]
    fn equalized_thresholds_are_never_better_than_free_ones((scores, truth, group) in scored()) {
        let best = |g| options(&scores, &truth, &group, g).into_iter().map(|(_, right)| right).fold(0.0, f64::max);
        let free = (0..3).map(best).sum::<f64>() / scores.len() as f64;
        for what in PARITIES {
            at_most(equalize(&scores, &truth, &group, 3, what)?.expected_accuracy(), free * (1.0 + 8.0 * EPSILON))?;
        }
        // One group has nothing to be equal to.
        let alone = equalize(&scores, &truth, &vec![0; scores.len()], 1, Parity::Odds)?.expected_accuracy();
        let same = options(&scores, &truth, &vec![0; scores.len()], 0).into_iter().map(|(_, right)| right).fold(0.0, f64::max);
        relative(alone, same / scores.len() as f64, 8.0 * EPSILON)?;
    }

    #[test]
    fn no_common_rate_is_more_accurate((scores, truth, group) in scored(), x in 0..=24_u32) {
        let x = f64::from(x) / 24.0;
        for (k, what) in PARITIES.into_iter().take(3).enumerate() {
            // The best of a group at the rate x: any coin between two thresholds on both sides of it.
            let best = |g| {
                let options = options(&scores, &truth, &group, g);
                let mut best = f64::NEG_INFINITY;
                for (a, right) in &options {
                    for (b, other) in &options {
                        if a[k] == x {
                            best = best.max(*right);
                        } else if a[k] < x && x < b[k] {
                            let p = (x - a[k]) / (b[k] - a[k]);
                            best = best.max((1.0 - p) * right + p * other);
                        }
                    }
                }
                best
            };
            let common = (0..3).map(best).sum::<f64>() / scores.len() as f64;
            at_least(equalize(&scores, &truth, &group, 3, what)?.expected_accuracy(), common * (1.0 - 16.0 * EPSILON))?;
        }
    }

    #[test]
    fn a_higher_score_is_selected_at_least_as_often((scores, truth, group) in scored(), s in -2e3..2e3, t in -2e3..2e3) {
        for what in PARITIES {
            let rule = equalize(&scores, &truth, &group, 3, what)?;
            for g in 0..3 {
                let (low, high) = (rule.probability(f64::min(s, t), g)?, rule.probability(f64::max(s, t), g)?);
                prop_assert!((0.0..=1.0).contains(&low) && low <= high);
                let sum: f64 = rule.of(g)?.iter().map(|t| t.probability).sum();
                scaled(sum, 1.0, 8.0 * EPSILON, 1.0)?;
            }
        }
    }
}

#[test]
fn decisions_are_keyed_and_as_frequent_as_told() -> Result<(), Box<dyn std::error::Error>> {
    // Equal selection of groups that differ: the same scores, other base rates, a coin in between.
    let scores = [0.9, 0.6, 0.3, 0.9, 0.6, 0.3, 0.1];
    let (truth, group) = ([1, 1, 0, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1, 1]);
    let rule = equalize(&scores, &truth, &group, 2, Parity::Selection)?;
    let n = 4000;
    let coin = (0..7).find(|&i| {
        let p = rule
            .probability(scores[i], group[i] as usize)
            .unwrap_or(0.0);
        p > 0.1 && p < 0.9
    });
    let coin = coin.ok_or("one of the samples is decided by a coin")?;
    let (many, of) = (vec![scores[coin]; n], vec![group[coin]; n]);
    let p = rule.probability(scores[coin], group[coin] as usize)?;
    let decisions = rule.decide(&many, &of, Key::new(3))?;
    assert_eq!(decisions, rule.decide(&many, &of, Key::new(3))?);
    assert_ne!(decisions, rule.decide(&many, &of, Key::new(4))?);
    // Sample i is decided by its own key, whoever is decided about before it.
    let (last, alone) = (n - 1, vec![scores[coin]; n]);
    assert_eq!(
        zip(&decisions, rule.decide(&alone, &of, Key::new(3))?)
            .nth(last)
            .map(|(a, b)| *a == b),
        Some(true)
    );
    let selected = f64::from(decisions.iter().sum::<u32>());
    let deviation = (n as f64 * p * (1.0 - p)).sqrt();
    at_most((selected - n as f64 * p).abs(), 5.0 * deviation)?; // once in two million keys
    Ok(())
}
