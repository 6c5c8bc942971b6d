//! The judge of `637_sophia_step`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use proptest::strategy::Strategy;

/// Judges the step of Sophia.
#[must_use]
pub fn sophia_step(answer: fn(f64, f64, f64) -> f64) -> Verdict {
    type Case = (f64, f64, f64);
    let call =
        |&(m, h, rho): &Case| format!("sophia_step({}, {}, {})", number(m), number(h), number(rho));
    let check = |&(m, h, rho): &Case| {
        if rho <= 0.0 {
            return Ok(()); // not asked for
        }
        let newton = if h > 1e-12 { m / h } else { m * 1e12 };
        let right = if newton > rho {
            rho
        } else if newton < -rho {
            -rho
        } else {
            newton
        };
        is(answer(m, h, rho), right, 1e-12)
    };
    let bound = || (1..9).prop_map(|it| f64::from(it) / 2.0);
    let positive = || (1..9).prop_map(f64::from);
    let negative = || (0..9).prop_map(|it| -f64::from(it));
    Judge::new(&call)
        .law(
            Law(
                "sophia_is_newton_where_the_curvature_is_known",
                say!(
                    "m / h where that is within the bound",
                    "不超出界限时就是 m / h"
                ),
            ),
            &[(2.0, 2.0, 4.0), (-1.0, 2.0, 4.0), (0.0, 1.0, 1.0)],
            &(whole(), positive(), (20..30).prop_map(f64::from)),
            check,
        )
        .law(
            Law(
                "sophia_clips_every_entry",
                say!("never longer than ρ", "长度不超过 ρ"),
            ),
            &[(3.0, 1.0, 1.0), (-3.0, 1.0, 1.0), (2.0, 0.5, 3.0)],
            &(whole(), positive(), bound()),
            check,
        )
        .law(
            Law(
                "sophia_steps_by_the_sign_where_curvature_is_negative",
                say!(
                    "where the curvature is 0 or negative: ρ with the sign of m",
                    "曲率为 0 或负时：ρ 乘以 m 的符号"
                ),
            ),
            &[
                (1.0, 0.0, 1.0),
                (1.0, -1.0, 1.0),
                (1.0, -2.0, 1.0),
                (-2.0, -1.0, 0.5),
            ],
            &(whole(), negative(), bound()),
            check,
        )
        .verdict()
}
