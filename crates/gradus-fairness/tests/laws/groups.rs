//! Rates by group and how far apart they are.

use gradus_fairness::{Both, ByGroup, FairnessError, Groups, Rate};
use gradus_testkit::strategies::labels;
use gradus_testkit::{at_most, cases, same_bits};
use proptest::prelude::*;

pub(crate) const RATES: [Rate; 7] = [
    Rate::Selection,
    Rate::TruePositive,
    Rate::FalseNegative,
    Rate::FalsePositive,
    Rate::Precision,
    Rate::Accuracy,
    Rate::Base,
];

/// Truth, decision and group of samples, each of three groups with all four outcomes, so that every rate exists.
pub(crate) fn samples() -> impl Strategy<Value = [Vec<u32>; 3]> {
    let more = (labels(2, 60), labels(2, 60), labels(3, 60));
    (more, 0..60_usize).prop_map(|((mut truth, mut taken, mut group), more)| {
        for column in [&mut truth, &mut taken, &mut group] {
            column.truncate(more);
        }
        for outcome in 0..12 {
            truth.push(outcome % 2);
            taken.push(outcome / 2 % 2);
            group.push(outcome / 4);
        }
        [truth, taken, group]
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn constant_predictions_and_one_group_have_difference_zero([truth, taken, group] in samples(), decision in 0..2_u32) {
        let constant = Groups::new(&truth, &vec![decision; truth.len()], &group, 3)?;
        for rate in [Rate::Selection, Rate::TruePositive, Rate::FalsePositive] {
            same_bits(constant.difference(rate)?, 0.0)?;
            prop_assert_eq!(constant.ratio(rate).is_ok(), decision == 1, "0 / 0 has no ratio");
        }
        let one = Groups::new(&truth, &taken, &vec![0; truth.len()], 1)?;
        for rate in RATES {
            same_bits(one.difference(rate)?, 0.0)?;
            same_bits(one.ratio(rate)?, 1.0)?;
        }
        same_bits(one.odds_difference(Both::Worst)?, 0.0)?;
    }

    #[test]
    fn renaming_groups_changes_nothing([truth, taken, group] in samples(), shift in 0..3_u32) {
        let here = Groups::new(&truth, &taken, &group, 3)?;
        let renamed: Vec<u32> = group.iter().map(|g| (g + shift) % 3).collect();
        let there = Groups::new(&truth, &taken, &renamed, 3)?;
        for rate in RATES {
            same_bits(here.difference(rate)?, there.difference(rate)?)?;
            same_bits(here.ratio(rate)?, there.ratio(rate)?)?;
            for g in 0..3_u32 {
                let new = ((g + shift) % 3) as usize;
                prop_assert_eq!(here.counts(rate, g as usize)?, there.counts(rate, new)?);
            }
        }
    }

    #[test]
    fn difference_zero_is_ratio_one([truth, taken, group] in samples()) {
        let groups = Groups::new(&truth, &taken, &group, 3)?;
        for rate in RATES {
            prop_assert_eq!(groups.difference(rate)? == 0.0, groups.ratio(rate)? == 1.0);
        }
        // Twice the same people: equal in all.
        let twice = |column: &[u32]| [column, column].concat();
        let halves: Vec<u32> = (0..2 * truth.len()).map(|i| u32::from(i >= truth.len())).collect();
        let equal = Groups::new(&twice(&truth), &twice(&taken), &halves, 2)?;
        for rate in RATES {
            same_bits(equal.difference(rate)?, 0.0)?;
            same_bits(equal.ratio(rate)?, 1.0)?;
        }
    }

    #[test]
    fn differences_and_ratios_lie_between_zero_and_one([truth, taken, group] in samples()) {
        let groups = Groups::new(&truth, &taken, &group, 3)?;
        for rate in RATES {
            for value in [groups.difference(rate)?, groups.ratio(rate)?] {
                prop_assert!((0.0..=1.0).contains(&value));
            }
        }
        let (worst, mean) = (groups.odds_difference(Both::Worst)?, groups.odds_difference(Both::Mean)?);
        at_most(mean, worst)?;
        at_most(worst, 2.0 * mean)?;
        let (worst, mean) = (groups.odds_ratio(Both::Worst)?, groups.odds_ratio(Both::Mean)?);
        at_most(worst, mean)?;
    }

    #[test]
    fn a_rate_and_its_complement_sum_to_one([truth, taken, group] in samples()) {
        let groups = Groups::new(&truth, &taken, &group, 3)?;
        for g in 0..3 {
            let [(found, all), (missed, same)] = [groups.counts(Rate::TruePositive, g)?, groups.counts(Rate::FalseNegative, g)?];
            prop_assert_eq!((found + missed, all), (all, same));
            // Right and wrong among the positive and the negative make the accuracy.
            let (false_alarms, negative) = groups.counts(Rate::FalsePositive, g)?;
            prop_assert_eq!(groups.counts(Rate::Accuracy, g)?, (found + negative - false_alarms, all + negative));
        }
    }

    #[test]
    fn any_measure_can_be_taken_by_group([truth, taken, group] in samples()) {
        let groups = Groups::new(&truth, &taken, &group, 3)?;
        let accuracy = ByGroup::measure(&group, 3, |members| {
            let right = members.iter().filter(|&&i| truth[i] == taken[i]).count();
            Ok::<_, FairnessError>(right as f64 / members.len() as f64)
        })?;
        prop_assert_eq!(accuracy, groups.rates(Rate::Accuracy)?);
    }
}
