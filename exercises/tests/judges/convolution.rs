//! What goes wrong in `741_convolution`.

use crate::{solved, told};
use gradus_judges::{Verdict, convolution as judge};

#[path = "../../answers/741_convolution.rs"]
mod answer;
#[path = "../../tasks/741_convolution.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::convolution), Verdict::ToDo);
    solved(&judge(answer::convolution));
}

#[test]
fn turned_round() {
    told(
        &judge(|x, w| {
            x.windows(w.len())
                .map(|x| x.iter().rev().zip(w).map(|(x, w)| x * w).sum())
                .collect()
        }),
        "Not yet. convolution([1, 2, 3], [1, 0]) is [2, 3]; entry 0 is 2, not 1.",
        "还不对。convolution([1, 2, 3], [1, 0]) 得到 [2, 3]；第 0 个分量是 2，应为 1。",
    );
}

#[test]
fn the_last_place_is_forgotten() {
    told(
        &judge(|x, w| {
            x.windows(w.len())
                .take(x.len() - w.len())
                .map(|x| x.iter().zip(w).map(|(x, w)| x * w).sum())
                .collect()
        }),
        "Not yet. convolution([1, 2], [3]) has length 1, not 2.",
        "还不对。convolution([1, 2], [3]) 长度是 1，应为 2。",
    );
}

#[test]
fn in_blocks() {
    told(
        &judge(|x, w| {
            x.chunks_exact(w.len())
                .map(|x| x.iter().zip(w).map(|(x, w)| x * w).sum())
                .collect()
        }),
        "Not yet. convolution([1, 2, 3], [1, 0]) has length 1, not 2.",
        "还不对。convolution([1, 2, 3], [1, 0]) 长度是 1，应为 2。",
    );
}
