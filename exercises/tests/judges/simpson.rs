//! What goes wrong in `218_simpson`.

use crate::{solved, told};
use gradus_judges::{Verdict, simpson as judge};

#[path = "../../answers/218_simpson.rs"]
mod answer;
#[path = "../../tasks/218_simpson.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::simpson), Verdict::ToDo);
    solved(&judge(answer::simpson));
}

fn weighted(
    f: &dyn Fn(f64) -> f64,
    (a, b, n): (f64, f64, usize),
    weight: impl Fn(usize) -> f64,
) -> f64 {
    let h = (b - a) / n as f64;
    let sum: f64 = (0..=n).map(|i| weight(i) * f(a + i as f64 * h)).sum();
    h * sum
}

#[test]
fn the_trapezoid_rule() {
    told(
        &judge(|f, a, b, n| {
            weighted(
                f,
                (a, b, n),
                |i| if [0, n].contains(&i) { 0.5 } else { 1.0 },
            )
        }),
        "Not yet. simpson(Σ c[k] tᵏ, 0, 2, 2), c = [0, 0, 3], is 9, not 8.",
        "还不对。simpson(Σ c[k] tᵏ, 0, 2, 2), c = [0, 0, 3], 得到 9，应为 8。",
    );
}

#[test]
fn the_last_end_is_forgotten() {
    told(
        &judge(|f, a, b, n| {
            let inner = |i: usize| if i % 2 == 1 { 4.0 } else { 2.0 } / 3.0;
            weighted(f, (a, b, n), |i| match i {
                0 => 1.0 / 3.0,
                i if i == n => 0.0,
                i => inner(i),
            })
        }),
        "Not yet. simpson(Σ c[k] tᵏ, 0, 2, 2), c = [1], is 1.666667, not 2.",
        "还不对。simpson(Σ c[k] tᵏ, 0, 2, 2), c = [1], 得到 1.666667，应为 2。",
    );
}

#[test]
fn weights_exchanged() {
    told(
        &judge(|f, a, b, n| {
            let inner = |i: usize| if i.is_multiple_of(2) { 4.0 } else { 2.0 };
            weighted(
                f,
                (a, b, n),
                |i| if [0, n].contains(&i) { 1.0 } else { inner(i) } / 3.0,
            )
        }),
        "Not yet. simpson(Σ c[k] tᵏ, 0, 2, 2), c = [1], is 1.333333, not 2.",
        "还不对。simpson(Σ c[k] tᵏ, 0, 2, 2), c = [1], 得到 1.333333，应为 2。",
    );
}

/// Both ends count twice, as if they lay inside.
#[test]
fn ends_like_inner_points() {
    told(
        &judge(|f, a, b, n| weighted(f, (a, b, n), |i| if i % 2 == 1 { 4.0 } else { 2.0 } / 3.0)),
        "Not yet. simpson(Σ c[k] tᵏ, 0, 2, 2), c = [1], is 2.666667, not 2.",
        "还不对。simpson(Σ c[k] tᵏ, 0, 2, 2), c = [1], 得到 2.666667，应为 2。",
    );
}
