//! What goes wrong in `816_occlusion`.

use crate::{solved, told};
use gradus_judges::{Verdict, occlusion as judge};

#[path = "../../answers/816_occlusion.rs"]
mod answer;
#[path = "../../tasks/816_occlusion.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::occlusion), Verdict::ToDo);
    solved(&judge(answer::occlusion));
}

/// What a feature brings alone.
#[test]
fn one_feature_shown() {
    told(
        &judge(|f, x, b| {
            let shown = |i: usize| {
                let mut at = b.to_vec();
                at[i] = x[i];
                f(&at) - f(b)
            };
            (0..x.len()).map(shown).collect()
        }),
        "Not yet. occlusion(…, [1, 1], [0, 0]) is [1, 1]; entry 0 is 1, not 3.",
        "还不对。occlusion(…, [1, 1], [0, 0]) 得到 [1, 1]；第 0 个分量是 1，应为 3。",
    );
}

/// What was covered stays covered.
#[test]
fn one_after_the_other() {
    told(
        &judge(|f, x, b| {
            let mut at = x.to_vec();
            let mut falls = vec![];
            for i in 0..x.len() {
                at[i] = b[i];
                falls.push(f(x) - f(&at));
            }
            falls
        }),
        "Not yet. occlusion(…, [1, 1], [0, 0]) is [1, 3]; entry 1 is 3, not 2.",
        "还不对。occlusion(…, [1, 1], [0, 0]) 得到 [1, 3]；第 1 个分量是 3，应为 2。",
    );
}

#[test]
fn the_sign_reversed() {
    told(
        &judge(|f, x, b| {
            answer::occlusion(f, x, b)
                .iter()
                .map(|fall| -fall)
                .collect()
        }),
        "Not yet. occlusion(…, [1], [0]) is -1, not 1.",
        "还不对。occlusion(…, [1], [0]) 得到 -1，应为 1。",
    );
}

#[test]
fn covered_by_zero() {
    told(
        &judge(|f, x, _| answer::occlusion(f, x, &vec![0.0; x.len()])),
        "Not yet. occlusion(…, [3], [1]) is 3, not 2.",
        "还不对。occlusion(…, [3], [1]) 得到 3，应为 2。",
    );
}
