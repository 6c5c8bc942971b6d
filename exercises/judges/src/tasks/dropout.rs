//! The judge of `721_dropout`.

use crate::judging::comparison::are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use proptest::collection::vec;

/// Judges dropout.
#[must_use]
pub fn dropout(answer: fn(&[f64], &[bool], f64) -> Vec<f64>) -> Verdict {
    type Case = (Vec<f64>, f64);
    let call = |(x, p): &Case| {
        format!(
            "dropout({}, {:?}, {})",
            vector(x),
            every_second(x.len()),
            number(*p)
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "dropout_keeps_the_mean",
                say!(
                    "kept entries are divided by 1 - p, dropped ones are 0",
                    "保留的分量除以 1 - p，丢弃的为 0"
                ),
            ),
            &[
                (vec![1.0], 0.5),
                (vec![1.0, 2.0], 0.5),
                (vec![1.0, 2.0], 0.0),
                (vec![3.0], 0.25),
            ],
            &(vec(whole(), 1..5), 0.0..0.9),
            |(x, p): &Case| {
                let keep = every_second(x.len());
                let right = x
                    .iter()
                    .zip(&keep)
                    .map(|(x, k)| if *k { x / (1.0 - p) } else { 0.0 });
                are(&answer(x, &keep, *p), &right.collect::<Vec<f64>>(), 1e-12)
            },
        )
        .verdict()
}

/// true, false, true, …
fn every_second(n: usize) -> Vec<bool> {
    (0..n).map(|i| i % 2 == 0).collect()
}
