//! The judge of `647_cosine_rate`.

use crate::judging::comparison::is_within;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use gradus_optim::{Cosine, Schedule};

/// A step, their number, the first and the last rate, to a rate.
pub type CosineRate = fn(usize, usize, f64, f64) -> f64;

/// Judges a rate that falls along a cosine.
#[must_use]
pub fn cosine_rate(answer: CosineRate) -> Verdict {
    type Case = (usize, usize, (f64, f64));
    let call = |&(step, steps, (start, end)): &Case| {
        format!(
            "cosine_rate({step}, {steps}, {}, {})",
            number(start),
            number(end)
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "cosine_is_the_textbook_form",
                say!(
                    "half a cosine from the first rate to the last one, which then stays",
                    "沿半个余弦从初始学习率降到最终学习率，之后不变"
                ),
            ),
            &[
                (0, 4, (1.0, 0.0)),
                (4, 4, (1.0, 0.0)),
                (2, 4, (1.0, 0.0)),
                (1, 4, (1.0, 0.0)),
                (2, 4, (1.0, 0.5)),
                (8, 4, (1.0, 0.0)),
            ],
            &(0..30_usize, 1..20_usize, (0.0..2.0, 0.0..2.0)),
            |&(step, steps, (start, end)): &Case| {
                if steps == 0 {
                    return Ok(()); // no schedule
                }
                let schedule = Cosine {
                    start,
                    end,
                    steps: steps as u64,
                };
                let right = schedule.at(step as u64);
                is_within(
                    answer(step, steps, start, end),
                    right,
                    1e-14 * (start + end),
                )
            },
        )
        .verdict()
}
