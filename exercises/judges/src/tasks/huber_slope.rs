//! The judge of `507_huber_slope`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use gradus_losses::{Huber, Loss, MatrixMut, MatrixRef, Target, Weights};
use gradus_numeric::{Order, Shape};
use proptest::strategy::Strategy;
use std::error::Error;

/// Judges the slope of Huber's loss.
#[must_use]
pub fn huber_slope(answer: fn(f64, f64) -> f64) -> Verdict {
    type Case = (f64, f64);
    let call = |&(e, delta): &Case| format!("huber_slope({}, {})", number(e), number(delta));
    Judge::new(&call)
        .law(
            Law(
                "huber_lies_between_square_and_absolute_value",
                say!(
                    "the error itself up to δ, then δ with the sign of the error",
                    "误差不超过 δ 时是误差本身，超过后是 δ 乘以误差的符号"
                ),
            ),
            &[
                (1.0, 2.0),
                (3.0, 2.0),
                (-3.0, 2.0),
                (-1.0, 2.0),
                (0.0, 1.0),
                (1.0, 0.5),
            ],
            &(whole(), 1..9).prop_map(|(e, twice)| (e, 0.5 * f64::from(twice))),
            |&(e, delta): &Case| match slope(e, delta) {
                Ok(right) => is(answer(e, delta), right, 0.0),
                Err(_) => Ok(()), // δ is not positive
            },
        )
        .verdict()
}

/// The slope of the library's loss.
fn slope(e: f64, delta: f64) -> Result<f64, Box<dyn Error>> {
    let mut gradient = [0.0];
    let (prediction, target) = ([e], [0.0]);
    Huber { delta }.value_and_gradient(
        MatrixRef::from_column(&prediction),
        Target::Values(MatrixRef::from_column(&target)),
        Weights::Equal,
        1.0,
        MatrixMut::new(&mut gradient, Shape::new(1, 1), Order::Columns)?,
    )?;
    Ok(gradient[0])
}
