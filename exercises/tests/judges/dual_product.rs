//! What goes wrong in `231_dual_product`.

use crate::{solved, told};
use gradus_judges::{Verdict, dual_product as judge};

#[path = "../../answers/231_dual_product.rs"]
mod answer;
#[path = "../../tasks/231_dual_product.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::dual_product), Verdict::ToDo);
    solved(&judge(answer::dual_product));
}

#[test]
fn slopes_are_multiplied() {
    told(
        &judge(|a, b| (a.0 * b.0, a.1 * b.1)),
        "Not yet. dual_product(2 + 1ε, 3 + 0ε) is [6, 0]; entry 1 is 0, not 3.",
        "还不对。dual_product(2 + 1ε, 3 + 0ε) 得到 [6, 0]；第 1 个分量是 0，应为 3。",
    );
}

#[test]
fn half_of_the_rule() {
    told(
        &judge(|a, b| (a.0 * b.0, a.1 * b.0)),
        "Not yet. dual_product(2 + 1ε, 3 + 5ε) is [6, 3]; entry 1 is 3, not 13.",
        "还不对。dual_product(2 + 1ε, 3 + 5ε) 得到 [6, 3]；第 1 个分量是 3，应为 13。",
    );
}

#[test]
fn as_complex_numbers() {
    told(
        &judge(|a, b| (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)),
        "Not yet. dual_product(2 + 1ε, 3 + 5ε) is [1, 13]; entry 0 is 1, not 6.",
        "还不对。dual_product(2 + 1ε, 3 + 5ε) 得到 [1, 13]；第 0 个分量是 1，应为 6。",
    );
}
