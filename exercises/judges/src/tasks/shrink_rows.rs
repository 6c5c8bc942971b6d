//! The judge of `724_shrink_rows`.

use crate::judging::comparison::rows_are;
use crate::judging::inputs::any_matrix;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, rows};
use gradus_numeric::norm2;
use proptest::strategy::Strategy;

/// Rows and a length, to rows.
pub type ShrinkRows = fn(&[Vec<f64>], f64) -> Vec<Vec<f64>>;

/// Judges the proximal map of a price on lengths of rows.
#[must_use]
pub fn shrink_rows(answer: ShrinkRows) -> Verdict {
    type Case = (Vec<Vec<f64>>, f64);
    let call = |(w, by): &Case| format!("shrink_rows({}, {})", rows(w), number(*by));
    let check = |(w, by): &Case| {
        if *by < 0.0 {
            return Ok(()); // not asked for
        }
        let right: Vec<Vec<f64>> = w.iter().map(|row| shorter(row, *by)).collect();
        let is_zero = |row: &Vec<f64>| row.iter().all(|w| *w == 0.0);
        let told = answer(w, *by);
        rows_are(&told, &right, 1e-12)?;
        match told
            .iter()
            .zip(&right)
            .position(|(row, right)| is_zero(right) && !is_zero(row))
        {
            None => Ok(()),
            Some(i) => {
                let all = rows(&told);
                Err(say!(
                    "is {all}; row {i} is not zero exactly",
                    "得到 {all}；第 {i} 行不是精确的零"
                ))
            }
        }
    };
    let more = || (any_matrix(), (0..20).prop_map(f64::from));
    Judge::new(&call)
        .law(
            Law(
                "proximal_maps_of_regularizers_obey_their_inequality",
                say!("a row gets shorter by so much", "每行缩短这么多"),
            ),
            &[
                (vec![vec![3.0]], 0.0),
                (vec![vec![3.0]], 1.0),
                (vec![vec![3.0, 4.0]], 1.0),
                (vec![vec![3.0, 4.0], vec![6.0, 8.0]], 1.0),
                (vec![vec![0.0]], 0.0),
            ],
            &(any_matrix(), 0..1).prop_map(|(w, _)| (w, 0.0)),
            check,
        )
        .law(
            Law(
                "proximal_prices_make_zeros",
                say!("a row that is shorter becomes zero", "更短的行变为零"),
            ),
            &[(vec![vec![1.0]], 2.0), (vec![vec![0.0, 0.0]], 1.0)],
            &more(),
            check,
        )
        .verdict()
}

/// A row that is shorter by so much.
fn shorter(row: &[f64], by: f64) -> Vec<f64> {
    let length = norm2(row);
    let kept = if length > by {
        (length - by) / length
    } else {
        0.0
    };
    row.iter().map(|w| w * kept).collect()
}
