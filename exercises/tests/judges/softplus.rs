//! What goes wrong in `033_softplus`.

use crate::{solved, told};
use gradus_judges::{Verdict, softplus as judge};

#[path = "../../answers/033_softplus.rs"]
mod answer;
#[path = "../../tasks/033_softplus.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::softplus), Verdict::ToDo);
    solved(&judge(answer::softplus));
}

#[test]
fn overflows() {
    told(
        &judge(|x| (1.0 + x.exp()).ln()),
        "Not yet. softplus(1000) is ∞, not 1000.",
        "还不对。softplus(1000) 得到 ∞，应为 1000。",
    );
}

#[test]
fn digits_are_lost() {
    told(
        &judge(|x| if x > 30.0 { x } else { (1.0 + x.exp()).ln() }),
        "Not yet. softplus(-40) is 0, not 4.24835e-18.",
        "还不对。softplus(-40) 得到 0，应为 4.24835e-18。",
    );
}

#[test]
fn the_rectifier() {
    told(
        &judge(|x| x.max(0.0)),
        "Not yet. softplus(0) is 0, not 0.693147.",
        "还不对。softplus(0) 得到 0，应为 0.693147。",
    );
}
