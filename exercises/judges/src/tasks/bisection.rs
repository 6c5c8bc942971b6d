//! The judge of `217_bisection`.

use crate::judging::comparison::is_within;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use proptest::strategy::Strategy;

/// A function and the ends of an interval, to a root.
pub type Bisection = fn(&dyn Fn(f64) -> f64, f64, f64) -> f64;

/// Judges bisection on lines: their root is known to the bit.
#[must_use]
pub fn bisection(answer: Bisection) -> Verdict {
    type Case = (f64, f64);
    let call = |&(slope, root): &Case| {
        let line = format!("t - {}", number(root));
        if slope == 1.0 {
            format!("bisection({line}, -1, 2)")
        } else {
            format!("bisection({} ({line}), -1, 2)", number(slope))
        }
    };
    let check = |&(slope, root): &Case| {
        if slope == 0.0 || root <= -1.0 || root >= 2.0 {
            return Ok(()); // no opposite signs
        }
        let root_found = answer(&|t| slope * (t - root), -1.0, 2.0);
        is_within(root_found, root, 2.0 * f64::EPSILON * root.abs() + 1e-300)
    };
    Judge::new(&call)
        .law(
            Law(
                "bisection_encloses_a_sign_change",
                say!(
                    "the half with opposite signs at its ends is kept, whichever way f goes and however small it is",
                    "保留两端异号的那一半，无论 f 升还是降，也无论它多小"
                ),
            ),
            &[(1.0, 1.0), (-1.0, 1.0), (1e-200, 1.0)],
            &(0.25..4.0, -0.9..1.9).prop_map(|(slope, root): Case| (slope, root)),
            check,
        )
        .law(
            Law(
                "bisection_halves",
                say!(
                    "halving goes on until no number lies between the ends",
                    "一直对分，直到两端之间再没有别的数"
                ),
            ),
            &[(1.0, 1e-9), (1.0, 0.1)],
            &(0.25..4.0, 1e-12..1e-3).prop_map(|(slope, root): Case| (slope, root)),
            check,
        )
        .verdict()
}
