//! The judge of `422_kl_normal`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use gradus_probability::Normal;

/// Mean and deviation of p and of q, to a divergence.
pub type KlNormal = fn((f64, f64), (f64, f64)) -> f64;

/// Judges the divergence of two normal laws.
#[must_use]
pub fn kl_normal(answer: KlNormal) -> Verdict {
    type Case = ((f64, f64), (f64, f64));
    let pair = |(m, s): (f64, f64)| format!("({}, {})", number(m), number(s));
    let call = |&(p, q): &Case| format!("kl_normal({}, {})", pair(p), pair(q));
    Judge::new(&call)
        .law(
            Law(
                "kl_of_normals_is_its_integral",
                say!(
                    "the mean by p of ln p - ln q: 0 if both are the same",
                    "ln p - ln q 按 p 的平均：两者相同时为 0"
                ),
            ),
            &[
                ((0.0, 1.0), (0.0, 1.0)),
                ((2.0, 1.0), (0.0, 1.0)),
                ((0.0, 1.0), (0.0, 2.0)),
                ((1.0, 2.0), (0.0, 1.0)),
            ],
            &((whole(), 0.25..4.0), (whole(), 0.25..4.0)),
            |&(p, q): &Case| match (Normal::new(p.0, p.1), Normal::new(q.0, q.1)) {
                (Ok(of), Ok(from)) => {
                    let right = gradus_information::kl_normal(&of, &from);
                    is(answer(p, q), right, 1e-12)
                }
                _ => Ok(()), // no law
            },
        )
        .verdict()
}
