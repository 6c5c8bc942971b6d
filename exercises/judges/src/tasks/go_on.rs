//! The judge of `731_go_on`.

use crate::judging::comparison::parts_are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use crate::judging::words::number;

/// A checkpoint and a number of steps, to a checkpoint.
pub type GoOn = fn((f64, f64), usize) -> (f64, f64);

/// Judges a training that is stopped and goes on.
#[must_use]
pub fn go_on(answer: GoOn) -> Verdict {
    type Case = ((f64, f64), usize, usize);
    let run = |mut at: (f64, f64), steps: usize| {
        for _ in 0..steps {
            at.1 = 0.9 * at.1 + at.0;
            at.0 -= 0.1 * at.1;
        }
        at
    };
    let call = |&((theta, velocity), first, second): &Case| {
        let from = format!("({}, {})", number(theta), number(velocity));
        match second {
            0 => format!("go_on({from}, {first})"),
            _ => format!("go_on(go_on({from}, {first}), {second})"),
        }
    };
    let compare = |told: (f64, f64), right: (f64, f64), tolerance: f64| -> Result<(), Text> {
        let names = [("θ", " θ "), ("velocity", "速度")];
        parts_are(names, [told.0, told.1], [right.0, right.1], tolerance)
    };
    let start = || (whole(), whole());
    Judge::new(&call)
        .law(
            Law("", say!("so many steps with momentum", "按动量走这么多步")),
            &[
                ((1.0, 0.0), 0, 0),
                ((1.0, 0.0), 1, 0),
                ((1.0, 0.0), 2, 0),
                ((0.0, 1.0), 1, 0),
            ],
            &(start(), 0..9_usize, 0..1_usize),
            |&(from, steps, _)| compare(answer(from, steps), run(from, steps), 1e-12),
        )
        .law(
            Law(
                "a_resumed_training_ends_with_the_same_bits",
                say!(
                    "resumed, it ends where it would have ended without the stop",
                    "中断后续训，终点与不中断时相同"
                ),
            ),
            &[((1.0, 0.0), 1, 1), ((1.0, 0.0), 2, 3)],
            &(start(), 1..9_usize, 1..9_usize),
            |&(from, first, second)| {
                let resumed = answer(answer(from, first), second);
                compare(resumed, answer(from, first + second), 0.0)
            },
        )
        .verdict()
}
