//! The judge of `218_simpson`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;

/// A function, the ends of an interval and a number of pieces, to an integral.
pub type Simpson = fn(&dyn Fn(f64) -> f64, f64, f64, usize) -> f64;

/// Judges Simpson's rule on cubics, for which it is exact.
#[must_use]
pub fn simpson(answer: Simpson) -> Verdict {
    type Case = (Vec<f64>, usize);
    let call = |(c, pairs): &Case| {
        format!(
            "simpson(Σ c[k] tᵏ, 0, 2, {}), c = {},",
            2 * pairs,
            vector(c)
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "the_integral_of_a_derivative_is_the_difference",
                say!(
                    "it is exact for polynomials up to the third degree: Σ c[k] 2ᵏ⁺¹ / (k + 1)",
                    "对至多三次的多项式是精确的：Σ c[k] 2ᵏ⁺¹ / (k + 1)"
                ),
            ),
            &[
                (vec![1.0], 1),
                (vec![1.0], 2),
                (vec![0.0, 1.0], 1),
                (vec![0.0, 0.0, 3.0], 1),
                (vec![0.0, 0.0, 0.0, 1.0], 2),
            ],
            &(vec(whole(), 1..5), 1..6_usize),
            |(c, pairs): &Case| {
                if *pairs == 0 || c.len() > 4 {
                    return Ok(()); // nothing is promised
                }
                let f = |t: f64| c.iter().rev().fold(0.0, |sum, c| sum * t + c);
                let terms = c
                    .iter()
                    .zip(1..)
                    .map(|(c, k)| c * 2.0_f64.powi(k) / f64::from(k));
                is(answer(&f, 0.0, 2.0, 2 * pairs), terms.sum(), 1e-11)
            },
        )
        .verdict()
}
