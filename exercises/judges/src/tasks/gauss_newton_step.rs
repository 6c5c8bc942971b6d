//! The judge of `685_gauss_newton_step`.

use crate::judging::comparison::{is, part_is};
use crate::judging::inputs::two_vectors;
use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;

type Answer = fn(&[f64], &[f64]) -> f64;
type Case = (Vec<f64>, Vec<f64>);

/// Judges a step of Gauss and Newton.
#[must_use]
pub fn gauss_newton_step(answer: Answer) -> Verdict {
    let call = |(r, j): &Case| format!("gauss_newton_step({}, {})", vector(r), vector(j));
    Judge::new(&call)
        .law(
            Law(
                "gauss_newton_fits_a_linear_model_at_once",
                say!(
                    "residuals that can all be made 0 are",
                    "残差能全部化为 0 时，一步就化为 0"
                ),
            ),
            &[
                (vec![2.0], vec![1.0]),
                (vec![2.0], vec![-1.0]),
                (vec![6.0], vec![2.0]),
                (vec![2.0, 2.0], vec![1.0, 1.0]),
            ],
            &two_vectors(),
            |case| exact(answer, case),
        )
        .law(
            Law(
                "residuals_are_perpendicular_to_the_features",
                say!(
                    "afterwards the linear residuals are perpendicular to the slopes",
                    "之后，线性化的残差与斜率正交"
                ),
            ),
            &[
                (vec![1.0, 0.0], vec![1.0, 1.0]),
                (vec![1.0, 2.0], vec![2.0, 1.0]),
            ],
            &two_vectors(),
            |case| perpendicular(answer, case),
        )
        .verdict()
}

fn asked((r, j): &Case) -> bool {
    r.len() == j.len() && j.iter().any(|&j| j != 0.0)
}

fn exact(answer: Answer, case: &Case) -> Result<(), Text> {
    let (r, j) = case;
    let root = match (r.first(), j.first()) {
        (Some(r), Some(j)) if *j != 0.0 => -r / j,
        _ => return Ok(()),
    };
    let on_a_line: Vec<f64> = j.iter().map(|j| -root * j).collect();
    if !asked(case) || *r != on_a_line {
        return Ok(());
    }
    is(answer(r, j), root, 1e-12)
}

fn perpendicular(answer: Answer, case: &Case) -> Result<(), Text> {
    let (r, j) = case;
    if !asked(case) {
        return Ok(());
    }
    let p = answer(r, j);
    let left: f64 = r.iter().zip(j).map(|(r, j)| j * (r + j * p)).sum();
    let name = (
        "makes a step after which j · (r + j p)",
        "所得步长使 j · (r + j p) ",
    );
    part_is(name, left, 0.0, 1e-9)
}
