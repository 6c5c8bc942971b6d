//! The judge of `431_mutual_information`.

use crate::judging::comparison::is;
use crate::judging::inputs::distribution;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::rows;
use proptest::strategy::Strategy;

/// Judges mutual information.
#[must_use]
pub fn mutual_information(answer: fn(&[Vec<f64>]) -> f64) -> Verdict {
    type Case = Vec<Vec<f64>>;
    let call = |joint: &Case| format!("mutual_information({})", rows(joint));
    let information = |joint: &[Vec<f64>]| -> f64 {
        let plogp = |p: f64| if p > 0.0 { p * p.ln() } else { 0.0 };
        let columns = joint.first().map_or(0, Vec::len);
        let x: f64 = joint.iter().map(|row| plogp(row.iter().sum())).sum();
        let column = |y: usize| joint.iter().map(|row| row[y]).sum();
        let y: f64 = (0..columns).map(|y| plogp(column(y))).sum();
        joint.iter().flatten().map(|p| plogp(*p)).sum::<f64>() - x - y
    };
    Judge::new(&call)
        .law(
            Law(
                "mutual_information_is_symmetric_and_non_negative",
                say!(
                    "zero for independent variables, ln 2 for two equal fair coins",
                    "相互独立时为零；两枚总是相同的均匀硬币为 ln 2"
                ),
            ),
            &[
                vec![vec![1.0]],
                vec![vec![0.25, 0.25], vec![0.25, 0.25]],
                vec![vec![0.5, 0.0], vec![0.0, 0.5]],
                vec![vec![0.125, 0.375], vec![0.375, 0.125]],
            ],
            &distribution(6).prop_map(|p| p.chunks(3).map(<[f64]>::to_vec).collect::<Vec<_>>()),
            |joint: &Case| {
                let total: f64 = joint.iter().flatten().sum();
                if (total - 1.0).abs() > 1e-9 {
                    return Ok(()); // no distribution: nothing is asked
                }
                is(answer(joint), information(joint), 1e-12)
            },
        )
        .verdict()
}
