//! What goes wrong in `232_dual_quotient`.

use crate::{solved, told};
use gradus_judges::{Verdict, dual_quotient as judge};

#[path = "../../answers/232_dual_quotient.rs"]
mod answer;
#[path = "../../tasks/232_dual_quotient.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::dual_quotient), Verdict::ToDo);
    solved(&judge(answer::dual_quotient));
}

#[test]
fn slopes_are_divided() {
    told(
        &judge(|a, b| (a.0 / b.0, a.1 / b.1)),
        "Not yet. dual_quotient(6 + 1ε, 3 + 0ε) is [2, ∞]; entry 1 is ∞, not 0.333333.",
        "还不对。dual_quotient(6 + 1ε, 3 + 0ε) 得到 [2, ∞]；第 1 个分量是 ∞，应为 0.333333。",
    );
}

#[test]
fn the_wrong_sign() {
    told(
        &judge(|a, b| (a.0 / b.0, (a.1 + a.0 / b.0 * b.1) / b.0)),
        "Not yet. dual_quotient(9 + 6ε, 4 + 1ε) is [2.25, 2.0625]; entry 1 is 2.0625, not 0.9375.",
        "还不对。dual_quotient(9 + 6ε, 4 + 1ε) 得到 [2.25, 2.0625]；第 1 个分量是 2.0625，应为 0.9375。",
    );
}

#[test]
fn the_divisor_is_a_constant() {
    told(
        &judge(|a, b| (a.0 / b.0, a.1 / b.0)),
        "Not yet. dual_quotient(9 + 6ε, 4 + 1ε) is [2.25, 1.5]; entry 1 is 1.5, not 0.9375.",
        "还不对。dual_quotient(9 + 6ε, 4 + 1ε) 得到 [2.25, 1.5]；第 1 个分量是 1.5，应为 0.9375。",
    );
}
