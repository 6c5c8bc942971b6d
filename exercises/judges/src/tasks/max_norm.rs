//! The judge of `723_max_norm`.

use crate::judging::comparison::rows_are;
use crate::judging::inputs::any_matrix;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, rows};
use gradus_numeric::norm2;
use proptest::strategy::Strategy;

/// Rows and a bound, to rows.
pub type MaxNorm = fn(&[Vec<f64>], f64) -> Vec<Vec<f64>>;

/// Judges a bound on the norms of rows.
#[must_use]
pub fn max_norm(answer: MaxNorm) -> Verdict {
    type Case = (Vec<Vec<f64>>, f64);
    let call = |(w, bound): &Case| format!("max_norm({}, {})", rows(w), number(*bound));
    let check = |only_short: bool, (w, bound): &Case| {
        let long = |row: &[f64]| norm2(row) > *bound;
        if *bound <= 0.0 || (only_short && w.iter().any(|row| long(row))) {
            return Ok(()); // not asked for
        }
        let scale = |row: &Vec<f64>| if long(row) { bound / norm2(row) } else { 1.0 };
        let scaled = |row: &Vec<f64>| row.iter().map(|w| w * scale(row)).collect();
        let right: Vec<Vec<f64>> = w.iter().map(scaled).collect();
        rows_are(
            &answer(w, *bound),
            &right,
            if only_short { 0.0 } else { 1e-12 },
        )
    };
    let more = || (any_matrix(), (1..20).prop_map(f64::from));
    Judge::new(&call)
        .law(
            Law(
                "constraints_hold_and_leave_alone_what_holds_them",
                say!(
                    "rows within the bound stay as they are",
                    "不超过界限的行保持不变"
                ),
            ),
            &[
                (vec![vec![1.0]], 2.0),
                (vec![vec![3.0, 4.0]], 5.0),
                (vec![vec![0.0, 0.0]], 1.0),
                (vec![vec![3.0], vec![4.0]], 4.0),
            ],
            &more(),
            |case| check(true, case),
        )
        .law(
            Law(
                "constraints_hold_and_leave_alone_what_holds_them",
                say!(
                    "a longer row gets the length of the bound",
                    "更长的行缩短到界限的长度"
                ),
            ),
            &[
                (vec![vec![6.0, 8.0]], 5.0),
                (vec![vec![3.0], vec![1.0]], 2.0),
                (vec![vec![3.0, 4.0], vec![0.0, 1.0]], 1.0),
            ],
            &more(),
            |case| check(false, case),
        )
        .verdict()
}
