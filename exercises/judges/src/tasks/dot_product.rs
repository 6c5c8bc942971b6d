//! The judge of `102_dot_product`.

use crate::judging::comparison::is;
use crate::judging::inputs::two_vectors;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;

/// Judges dot product.
#[must_use]
pub fn dot_product(answer: fn(&[f64], &[f64]) -> f64) -> Verdict {
    let call = |(x, y): &(Vec<f64>, Vec<f64>)| format!("dot_product({}, {})", vector(x), vector(y));
    let check = |(x, y): &(Vec<f64>, Vec<f64>)| {
        let right: f64 = (0..x.len()).map(|i| x[i] * y[i]).sum();
        is(answer(x, y), right, 0.0)
    };
    Judge::new(&call)
        .law(
            Law(
                "",
                say!("the products of the entries, summed", "各分量乘积之和"),
            ),
            &[(vec![2.0], vec![3.0]), (vec![1.0, 2.0], vec![3.0, 4.0])],
            &two_vectors(),
            check,
        )
        .verdict()
}
