//! The judge of `548_standardize_apart`.

use crate::judging::comparison::{are, length};
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use gradus_numeric::{mean, variance};
use proptest::collection::vec;

/// Judges how test samples are standardized.
#[must_use]
pub fn standardize_apart(answer: fn(&[f64], &[f64]) -> Vec<f64>) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call =
        |(train, test): &Case| format!("standardize_apart({}, {})", vector(train), vector(test));
    let right = |(train, test): &Case| match (mean(train), variance(train, 0)) {
        (Ok(mean), Ok(variance)) if variance > 0.0 && !test.is_empty() => {
            let right: Vec<f64> = test.iter().map(|x| (x - mean) / variance.sqrt()).collect();
            Some(right)
        }
        _ => None, // not asked for
    };
    let alone = |case: &Case| -> Result<(), Text> {
        let Some(right) = right(case) else {
            return Ok(());
        };
        let (train, test) = case;
        let together = answer(train, test);
        length(together.len(), test.len())?;
        are(&answer(train, &test[..1]), &right[..1], 1e-12)
    };
    let all = |case: &Case| match right(case) {
        Some(right) => are(&answer(&case.0, &case.1), &right, 1e-12),
        None => Ok(()),
    };
    let more = (vec(whole(), 2..6), vec(whole(), 1..4));
    Judge::new(&call)
        .law(
            Law(
                "test_samples_change_nothing_of_the_fit",
                say!(
                    "a test sample alone is standardized as it is among others",
                    "单独一个测试样本与它在一批中时，标准化的结果相同"
                ),
            ),
            &[
                (vec![-1.0, 1.0], vec![3.0]),
                (vec![0.0, 2.0], vec![3.0]),
                (vec![0.0, 4.0], vec![6.0]),
            ],
            &more,
            alone,
        )
        .law(
            Law(
                "a_standardized_pipeline_does_not_see_units",
                say!(
                    "mean and deviation are those of the training samples",
                    "平均值与标准差都取自训练样本"
                ),
            ),
            &[
                (vec![0.0, 4.0], vec![2.0, 6.0]),
                (vec![1.0, 2.0, 3.0], vec![2.0, 0.0]),
            ],
            &more,
            all,
        )
        .verdict()
}
