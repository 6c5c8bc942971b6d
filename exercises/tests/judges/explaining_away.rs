//! What goes wrong in `313_explaining_away`.

use crate::{solved, told};
use gradus_judges::{Verdict, explaining_away as judge};

#[path = "../../answers/313_explaining_away.rs"]
mod answer;
#[path = "../../tasks/313_explaining_away.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::explaining_away), Verdict::ToDo);
    solved(&judge(answer::explaining_away));
}

/// p(r) p(s) p(wet | r, s).
fn joint(rain: f64, sprinkler: f64, wet: [[f64; 2]; 2], r: usize, s: usize) -> f64 {
    [1.0 - rain, rain][r] * [1.0 - sprinkler, sprinkler][s] * wet[r][s]
}

/// Causes are independent, until the effect is seen.
#[test]
fn the_prior() {
    told(
        &judge(|_, sprinkler, _| (sprinkler, sprinkler)),
        "Not yet. explaining_away(0.5, 0.5, [[0.2, 0.8], [0.8, 0.8]]) is (0.5, 0.5); its first number is 0.5, not 0.615385.",
        "还不对。explaining_away(0.5, 0.5, [[0.2, 0.8], [0.8, 0.8]]) 得到 (0.5, 0.5)；其中第一个数是 0.5，应为 0.615385。",
    );
}

/// p(wet | sprinkler) in place of p(sprinkler | wet).
#[test]
fn the_likelihood() {
    told(
        &judge(|rain, _, wet| ((1.0 - rain) * wet[0][1] + rain * wet[1][1], wet[1][1])),
        "Not yet. explaining_away(0.5, 0.5, [[0.2, 0.8], [0.8, 0.8]]) is (0.8, 0.8); its first number is 0.8, not 0.615385.",
        "还不对。explaining_away(0.5, 0.5, [[0.2, 0.8], [0.8, 0.8]]) 得到 (0.8, 0.8)；其中第一个数是 0.8，应为 0.615385。",
    );
}

#[test]
fn not_divided() {
    told(
        &judge(|rain, sprinkler, wet| {
            let p = |r| joint(rain, sprinkler, wet, r, 1);
            (p(0) + p(1), p(1))
        }),
        "Not yet. explaining_away(0.5, 0.5, [[0.5, 0.5], [0.5, 0.5]]) is (0.25, 0.125); its first number is 0.25, not 0.5.",
        "还不对。explaining_away(0.5, 0.5, [[0.5, 0.5], [0.5, 0.5]]) 得到 (0.25, 0.125)；其中第一个数是 0.25，应为 0.5。",
    );
}

#[test]
fn rain_known_in_both() {
    told(
        &judge(|rain, sprinkler, wet| {
            let p = |s| joint(rain, sprinkler, wet, 1, s);
            (p(1) / (p(0) + p(1)), p(1) / (p(0) + p(1)))
        }),
        "Not yet. explaining_away(0.5, 0.5, [[0.2, 0.8], [0.8, 0.8]]) is (0.5, 0.5); its first number is 0.5, not 0.615385.",
        "还不对。explaining_away(0.5, 0.5, [[0.2, 0.8], [0.8, 0.8]]) 得到 (0.5, 0.5)；其中第一个数是 0.5，应为 0.615385。",
    );
}

/// The table read with its indices exchanged.
#[test]
fn rain_for_the_sprinkler() {
    told(
        &judge(|rain, sprinkler, wet| {
            let turned = [[wet[0][0], wet[1][0]], [wet[0][1], wet[1][1]]];
            let p = |r, s| joint(rain, sprinkler, turned, r, s);
            let on = p(0, 1) + p(1, 1);
            (on / (on + p(0, 0) + p(1, 0)), p(1, 1) / (p(1, 0) + p(1, 1)))
        }),
        "Not yet. explaining_away(0.5, 0.25, [[0.1, 0.5], [0.9, 0.9]]) is (0.5, 0.375); its first number is 0.5, not 0.318182.",
        "还不对。explaining_away(0.5, 0.25, [[0.1, 0.5], [0.9, 0.9]]) 得到 (0.5, 0.375)；其中第一个数是 0.5，应为 0.318182。",
    );
}
