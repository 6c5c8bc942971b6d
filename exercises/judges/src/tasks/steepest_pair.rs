//! The judge of `826_steepest_pair`.

use crate::judging::comparison::is;
use crate::judging::inputs::{two_vectors, whole};
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Judges the search for the pair that is treated most unlike.
#[must_use]
pub fn steepest_pair(answer: fn(&[f64], &[f64]) -> f64) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(s, x): &Case| format!("steepest_pair({}, {})", vector(s), vector(x));
    let check = |(s, x): &Case| {
        if s.len() < 2 || s.len() != x.len() {
            return Ok(()); // no pair
        }
        is(answer(s, x), steepest(s, x), 1e-12)
    };
    let line = (-4..5, vec(whole(), 2..5)).prop_map(|(slope, x)| {
        let scores = x.iter().map(|x| f64::from(slope) * x).collect();
        (scores, x)
    });
    Judge::new(&call)
        .law(
            Law(
                "a_line_is_no_steeper_than_its_slope",
                say!(
                    "on a line it is the size of the slope",
                    "在一条直线上就是斜率的绝对值"
                ),
            ),
            &[
                (vec![0.0, 1.0], vec![0.0, 1.0]),
                (vec![0.0, -2.0], vec![0.0, 1.0]),
                (vec![0.0, 4.0], vec![0.0, 2.0]),
                (vec![1.0, 1.0], vec![2.0, 2.0]),
            ],
            &line,
            check,
        )
        .law(
            Law(
                "",
                say!(
                    "the largest of all pairs, neighbors in the list or not",
                    "取遍所有的对，不论在列表中是否相邻"
                ),
            ),
            &[
                (vec![0.0, 1.0, 3.0], vec![0.0, 1.0, 2.0]),
                (vec![0.0, 0.0, 4.0], vec![0.0, 8.0, 1.0]),
                (vec![0.0, 1.0], vec![2.0, 2.0]),
            ],
            &two_vectors(),
            check,
        )
        .verdict()
}

/// On a line the steepest pair are neighbors by place.
fn steepest(s: &[f64], x: &[f64]) -> f64 {
    let mut order: Vec<usize> = (0..s.len()).collect();
    order.sort_by(|&i, &j| x[i].total_cmp(&x[j]).then(s[i].total_cmp(&s[j])));
    let step = |pair: &[usize]| {
        let rise = (s[pair[1]] - s[pair[0]]).abs();
        let run = x[pair[1]] - x[pair[0]];
        if rise == 0.0 { 0.0 } else { rise / run }
    };
    order.windows(2).map(step).fold(0.0, f64::max)
}
