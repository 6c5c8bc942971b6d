//! The judge of `515_multiclass_hinge_gradient`.

use crate::judging::comparison::are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use gradus_losses::{CrammerSinger, Loss, MatrixMut, MatrixRef, Target, Weights};
use gradus_numeric::{Order, Shape};
use proptest::collection::vec;
use proptest::strategy::Strategy;
use std::error::Error;

/// Judges the gradient of Crammer and Singer's hinge.
#[must_use]
pub fn multiclass_hinge_gradient(answer: fn(&[f64], usize) -> Vec<f64>) -> Verdict {
    type Case = (Vec<f64>, usize);
    let call = |(z, y): &Case| format!("multiclass_hinge_gradient({}, {y})", vector(z));
    let check = |(z, y): &Case| match gradient(z, *y) {
        Ok(right) if z.len() > 1 && !at_the_margin(z, *y) => are(&answer(z, *y), &right, 0.0),
        _ => Ok(()), // no rival, no such class, or a kink
    };
    let more = (2..5_usize).prop_flat_map(|n| (vec(whole(), n), 0..n));
    Judge::new(&call)
        .law(
            Law(
                "multiclass_hinges_of_two_classes_are_the_hinge",
                say!(
                    "two classes: nothing pulls when the truth leads by 1, otherwise by 1 up and 1 down",
                    "两类：真实类别领先 1 以上时梯度为零，否则一上一下各为 1"
                ),
            ),
            &[
                (vec![2.0, 0.0], 0),
                (vec![0.0, 0.0], 0),
                (vec![0.5, 0.0], 0),
                (vec![0.0, 2.0], 0),
                (vec![0.0, 2.0], 1),
            ],
            &(vec(whole(), 2), 0..2_usize),
            check,
        )
        .law(
            Law(
                "one_rival_costs_less_than_all",
                say!("one rival pulls, however many there are", "无论有几个对手，只有最近的一个起作用"),
            ),
            &[(vec![0.0, 2.0, 1.0], 0), (vec![2.0, 1.5, 1.25], 0), (vec![1.0, 0.0, 3.0], 1)],
            &more,
            check,
        )
        .verdict()
}

/// Where two slopes are right.
fn at_the_margin(z: &[f64], y: usize) -> bool {
    let rivals = (0..z.len()).filter(|&i| i != y).map(|i| z[i]);
    rivals.fold(f64::NEG_INFINITY, f64::max) == z[y] - 1.0
}

/// The gradient of the library's loss.
fn gradient(z: &[f64], y: usize) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut gradient = vec![0.0; z.len()];
    let label = [u32::try_from(y)?];
    CrammerSinger.value_and_gradient(
        MatrixRef::from_column(z),
        Target::Labels(&label),
        Weights::Equal,
        1.0,
        MatrixMut::new(&mut gradient, Shape::new(z.len(), 1), Order::Columns)?,
    )?;
    Ok(gradient)
}
