//! The judge of `827_reweigh`.

use crate::judging::comparison::rows_are;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::rows;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Judges the weights of groups and labels.
#[must_use]
pub fn reweigh(answer: fn(&[Vec<f64>]) -> Vec<Vec<f64>>) -> Verdict {
    type Case = Vec<Vec<f64>>;
    let call = |counts: &Case| format!("reweigh({})", rows(counts));
    let check = |counts: &Case| {
        if counts.is_empty() || counts.iter().flatten().any(|&n| n < 1.0) {
            return Ok(()); // not asked for
        }
        let all: f64 = counts.iter().flatten().sum();
        let labels = counts[0].len();
        let share_of_label = |y: usize| counts.iter().map(|row| row[y]).sum::<f64>() / all;
        // What should be expected over what is there.
        let expected = |row: &Vec<f64>, y: usize| row.iter().sum::<f64>() * share_of_label(y);
        let weights = |row: &Vec<f64>| (0..labels).map(|y| expected(row, y) / row[y]).collect();
        let right: Vec<Vec<f64>> = counts.iter().map(weights).collect();
        rows_are(&answer(counts), &right, 1e-12)
    };
    let count = || (1..10).prop_map(f64::from);
    let table = (1..4_usize).prop_flat_map(move |groups| vec(vec(count(), 2), groups));
    let alike = (1..9, 1..9, 1..4_usize)
        .prop_map(|(no, yes, groups)| vec![vec![f64::from(no), f64::from(yes)]; groups]);
    Judge::new(&call)
        .law(
            Law(
                "",
                say!(
                    "of groups that are alike all weigh 1",
                    "各群体相同时，权重都是 1"
                ),
            ),
            &[
                vec![vec![1.0, 1.0]],
                vec![vec![1.0, 3.0]],
                vec![vec![1.0, 3.0], vec![1.0, 3.0]],
            ],
            &alike,
            check,
        )
        .law(
            Law(
                "reweighing_makes_group_and_label_independent",
                say!(
                    "the weighted counts are those of independent group and label",
                    "加权之后的计数，等于群体与标签独立时的计数"
                ),
            ),
            &[
                vec![vec![3.0, 1.0], vec![1.0, 3.0]],
                vec![vec![4.0, 1.0], vec![2.0, 3.0]],
            ],
            &table,
            check,
        )
        .verdict()
}
