//! What goes wrong in `109_cosine`.

use crate::{solved, told};
use gradus_judges::{Verdict, cosine as judge};

#[path = "../../answers/109_cosine.rs"]
mod answer;
#[path = "../../tasks/109_cosine.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::cosine), Verdict::ToDo);
    solved(&judge(answer::cosine));
}

#[test]
fn not_divided() {
    told(
        &judge(|x, y| x.iter().zip(y).map(|(x, y)| x * y).sum()),
        "Not yet. cosine([1], [2]) is 2, not 1.",
        "还不对。cosine([1], [2]) 得到 2，应为 1。",
    );
}

#[test]
fn one_length_is_forgotten() {
    told(
        &judge(|x, y| {
            x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>()
                / x.iter().map(|x| x * x).sum::<f64>().sqrt()
        }),
        "Not yet. cosine([1], [2]) is 2, not 1.",
        "还不对。cosine([1], [2]) 得到 2，应为 1。",
    );
}

#[test]
fn squares_of_the_lengths() {
    told(
        &judge(|x, y| {
            x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>()
                / (x.iter().map(|x| x * x).sum::<f64>() * y.iter().map(|y| y * y).sum::<f64>())
        }),
        "Not yet. cosine([1], [2]) is 0.5, not 1.",
        "还不对。cosine([1], [2]) 得到 0.5，应为 1。",
    );
}
