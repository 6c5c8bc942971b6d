//! The judge of `511_focal_loss`.

use crate::judging::comparison::is_within;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use gradus_losses::{Focal, Loss, LossError, MatrixRef, Target, Weights};
use proptest::strategy::Strategy;

/// Judges the focal loss from logits.
#[must_use]
pub fn focal_loss(answer: fn(f64, bool, f64) -> f64) -> Verdict {
    type Case = (f64, f64, f64);
    let call = |&(z, y, gamma): &Case| {
        format!("focal_loss({}, {}, {})", number(z), y == 1.0, number(gamma))
    };
    let yes_or_no = proptest::bool::ANY.prop_map(|yes| f64::from(u8::from(yes)));
    Judge::new(&call)
        .law(
            Law(
                "focal_loss_is_symmetric_and_falls_with_its_focus",
                say!(
                    "(1 - p)^γ (-ln p), p the probability of the truth; finite for every finite z",
                    "(1 - p)^γ (-ln p)，p 是真实答案的概率；对任意有限的 z 都有限"
                ),
            ),
            &[
                (0.0, 1.0, 0.0),
                (0.0, 1.0, 2.0),
                (1.0, 1.0, 2.0),
                (1.0, 0.0, 2.0),
                (-1000.0, 1.0, 2.0),
                (1000.0, 0.0, 2.0),
                (1000.0, 1.0, 2.0),
                (20.0, 1.0, 1.0),
            ],
            &(
                -30.0..30.0,
                yes_or_no,
                (0..7).prop_map(|twice| 0.5 * f64::from(twice)),
            ),
            |&(z, y, gamma): &Case| match library(z, y, gamma) {
                Ok(right) => is_within(answer(z, y == 1.0, gamma), right, 1e-11 * right),
                Err(_) => Ok(()), // no truth, or a negative γ
            },
        )
        .verdict()
}

/// The library's loss.
fn library(z: f64, y: f64, gamma: f64) -> Result<f64, LossError> {
    let (z, y) = ([z], [y]);
    let target = Target::Values(MatrixRef::from_column(&y));
    Focal { gamma }.value(MatrixRef::from_column(&z), target, Weights::Equal, 1.0)
}
