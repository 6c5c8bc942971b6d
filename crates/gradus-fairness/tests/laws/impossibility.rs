//! What cannot be had together.

use crate::groups::samples;
use gradus_fairness::{
    Groups, Rate, calibration_by_group, implied_false_positive_rate, implied_negative_score,
    mean_scores,
};
use gradus_testkit::{cases, relative, scaled};
use proptest::prelude::*;
use std::iter::repeat_n;

const EPSILON: f64 = f64::EPSILON;

/// Truth, decision and group of so many samples of each outcome (true and false positives and negatives).
fn counted(groups: &[[usize; 4]]) -> [Vec<u32>; 3] {
    let mut columns = [vec![], vec![], vec![]];
    for (group, counts) in (0..).zip(groups) {
        for ((truth, taken), &count) in [(1, 1), (0, 1), (1, 0), (0, 0)].into_iter().zip(counts) {
            for (column, value) in columns.iter_mut().zip([truth, taken, group]) {
                column.extend(repeat_n(value, count));
            }
        }
    }
    columns
}

/// Scores in eighths, calibrated: of `8 n` samples with the score `k / 8`, `k n` are positive.
fn calibrated(groups: &[[usize; 9]]) -> (Vec<u32>, Vec<f64>, Vec<u32>) {
    let (mut truth, mut scores, mut members) = (vec![], vec![], vec![]);
    for (group, counts) in (0..).zip(groups) {
        for (k, &n) in counts.iter().enumerate() {
            truth.extend(repeat_n(1, k * n).chain(repeat_n(0, (8 - k) * n)));
            scores.extend(repeat_n(k as f64 / 8.0, 8 * n));
            members.extend(repeat_n(group, 8 * n));
        }
    }
    (truth, scores, members)
}

/// How often each score comes in a group: not only 0 and not only 1.
fn counts() -> impl Strategy<Value = [usize; 9]> {
    prop_oneof![
        prop::array::uniform9(0..4_usize),
        (0..4_usize, 1..4_usize, 1..4_usize).prop_map(|(middle, none, all)| {
            let mut counts = [0; 9];
            (counts[0], counts[4], counts[8]) = (none, middle, all); // perfect if there is no middle
            counts
        })
    ]
    .prop_filter("both classes", |c| {
        c[1..].iter().any(|&n| n > 0) && c[..8].iter().any(|&n| n > 0)
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn false_alarms_follow_from_base_rate_precision_and_recall([truth, taken, group] in samples()) {
        let groups = Groups::new(&truth, &taken, &group, 3)?;
        for g in 0..3 {
            let [p, ppv, tpr, fpr] = [Rate::Base, Rate::Precision, Rate::TruePositive, Rate::FalsePositive].map(|rate| groups.rate(rate, g));
            let (p, ppv) = (p?, ppv?);
            let implied = implied_false_positive_rate(p, ppv, tpr?)?;
            // Eight roundings, and those of p and PPV magnified by the differences from 1.
            let condition = 8.0 + 1.0 / (1.0 - p) + 1.0 / (1.0 - ppv);
            relative(implied, fpr?, condition * EPSILON)?;
        }
    }

    #[test]
    fn equal_precision_and_recall_forbid_equal_false_alarms(
        (a, b) in (1..4_usize, 1..4_usize), (c, d) in (1..4_usize, 0..4_usize), times in prop::array::uniform2(1..4_usize), rest in prop::array::uniform2(0..30_usize)
    ) {
        // Precision a / (a + b) and recall c / (c + d) in both groups, whatever their sizes; b > 0: not perfect.
        let group = |k: usize| [times[k] * a * c, times[k] * b * c, times[k] * a * d, rest[k]];
        let tables = [group(0), group(1)];
        let [truth, taken, members] = counted(&tables);
        let groups = Groups::new(&truth, &taken, &members, 2)?;
        prop_assert_eq!(groups.difference(Rate::Precision)?, 0.0);
        prop_assert_eq!(groups.difference(Rate::TruePositive)?, 0.0);
        let equal_base = groups.difference(Rate::Base)? == 0.0;
        let equal_alarms = groups.difference(Rate::FalsePositive)? == 0.0;
        prop_assert_eq!(equal_base, equal_alarms);
    }

    #[test]
    fn scores_of_negatives_follow_from_calibration(table in counts()) {
        let (truth, scores, group) = calibrated(&[table]);
        let n = truth.len() as f64;
        let base = f64::from(truth.iter().sum::<u32>()) / n;
        let of = |class| mean_scores(&truth, &scores, &group, 1, class).map(|means| means.values()[0]);
        // The means are within a few roundings; the differences from 1 magnify those of the base rate and the mean.
        let implied = implied_negative_score(base, of(1)?)?;
        scaled(implied, of(0)?, 8.0 * EPSILON, 1.0 / (1.0 - base))?;
    }

    #[test]
    fn calibration_and_balance_need_equal_base_rates(tables in prop::array::uniform2(counts())) {
        let (truth, scores, group) = calibrated(&tables);
        for calibration in calibration_by_group(&truth, &scores, &group, 2, 8)? {
            prop_assert_eq!(calibration.expected_error(), 0.0); // eighths: exact
        }
        // Sums of eighths over counts: equal means are equal bits, because both are divisions of the same two integers.
        let [positive, negative] = [1, 0].map(|class| mean_scores(&truth, &scores, &group, 2, class));
        let (positive, negative) = (positive?, negative?);
        let base = Groups::new(&truth, &truth, &group, 2)?.difference(Rate::Base)?;
        let perfect = positive.values() == [1.0, 1.0] && negative.values() == [0.0, 0.0];
        if positive.difference() == 0.0 && negative.difference() == 0.0 {
            prop_assert!(base == 0.0 || perfect, "balanced, calibrated, and base rates {base} apart");
        }
        // And not for nothing: copies of a group have everything.
        let (truth, scores, group) = calibrated(&[tables[0], tables[0]]);
        prop_assert_eq!(mean_scores(&truth, &scores, &group, 2, 1)?.difference(), 0.0);
    }
}
