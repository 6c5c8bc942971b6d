//! What goes wrong in `646_clip_by_norm`.

use crate::{solved, told};
use gradus_judges::{Verdict, clip_by_norm as judge};

#[path = "../../answers/646_clip_by_norm.rs"]
mod answer;
#[path = "../../tasks/646_clip_by_norm.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::clip_by_norm), Verdict::ToDo);
    solved(&judge(answer::clip_by_norm));
}

/// That is clipping by value, and turns the gradient.
#[test]
fn each_entry_alone() {
    told(
        &judge(|g, c| g.iter().map(|g| g.clamp(-c, c)).collect()),
        "Not yet. clip_by_norm([3, 4], 1) is [1, 1]; entry 0 is 1, not 0.6.",
        "还不对。clip_by_norm([3, 4], 1) 得到 [1, 1]；第 0 个分量是 1，应为 0.6。",
    );
}

#[test]
fn short_ones_grow() {
    fn wrong(g: &[f64], c: f64) -> Vec<f64> {
        let norm = g.iter().map(|g| g * g).sum::<f64>().sqrt();
        g.iter().map(|g| g * c / norm).collect()
    }
    told(
        &judge(wrong),
        "Not yet. clip_by_norm([3, 4], 10) is [6, 8]; entry 0 is 6, not 3.",
        "还不对。clip_by_norm([3, 4], 10) 得到 [6, 8]；第 0 个分量是 6，应为 3。",
    );
}

#[test]
fn by_the_square() {
    fn wrong(g: &[f64], c: f64) -> Vec<f64> {
        let square = g.iter().map(|g| g * g).sum::<f64>();
        let factor = if square > c { c / square } else { 1.0 };
        g.iter().map(|g| factor * g).collect()
    }
    told(
        &judge(wrong),
        "Not yet. clip_by_norm([3, 4], 10) is [1.2, 1.6]; entry 0 is 1.2, not 3.",
        "还不对。clip_by_norm([3, 4], 10) 得到 [1.2, 1.6]；第 0 个分量是 1.2，应为 3。",
    );
}
