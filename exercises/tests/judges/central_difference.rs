//! What goes wrong in `211_central_difference`.

use crate::{solved, told};
use gradus_judges::{Verdict, central_difference as judge};

#[path = "../../answers/211_central_difference.rs"]
mod answer;
#[path = "../../tasks/211_central_difference.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::central_difference), Verdict::ToDo);
    solved(&judge(answer::central_difference));
}

#[test]
fn a_forward_difference() {
    told(
        &judge(|f, x, h| (f(x + h) - f(x)) / h),
        "Not yet. central_difference(t², 0, 1) is 1, not 0.",
        "还不对。central_difference(t², 0, 1) 得到 1，应为 0。",
    );
}

#[test]
fn divided_by_h() {
    told(
        &judge(|f, x, h| (f(x + h) - f(x - h)) / h),
        "Not yet. central_difference(t², 1, 1) is 4, not 2.",
        "还不对。central_difference(t², 1, 1) 得到 4，应为 2。",
    );
}

#[test]
fn the_wrong_sign() {
    told(
        &judge(|f, x, h| (f(x - h) - f(x + h)) / (2.0 * h)),
        "Not yet. central_difference(t², 1, 1) is -2, not 2.",
        "还不对。central_difference(t², 1, 1) 得到 -2，应为 2。",
    );
}
