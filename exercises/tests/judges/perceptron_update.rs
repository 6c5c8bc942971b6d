//! What goes wrong in `643_perceptron_update`.

use crate::{solved, told};
use gradus_judges::{Verdict, perceptron_update as judge};

#[path = "../../answers/643_perceptron_update.rs"]
mod answer;
#[path = "../../tasks/643_perceptron_update.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::perceptron_update), Verdict::ToDo);
    solved(&judge(answer::perceptron_update));
}

fn moved(w: &mut [f64], b: &mut f64, x: &[f64], step: f64) {
    for (w, x) in w.iter_mut().zip(x) {
        *w += step * x;
    }
    *b += step;
}

fn decision(w: &[f64], b: f64, x: &[f64]) -> f64 {
    w.iter().zip(x).map(|(w, x)| w * x).sum::<f64>() + b
}

#[test]
fn after_every_sample() {
    told(
        &judge(moved),
        "Not yet. perceptron_update: w = [1], b = 1, x = [1], s = 1; w = [2], b = 2 come out; they should be [1] and 1.",
        "还不对。perceptron_update: w = [1], b = 1, x = [1], s = 1; 得到 w = [2]，b = 2；应为 [1] 和 1。",
    );
}

/// From zero weights this one never begins.
#[test]
fn the_plane_itself_is_no_mistake() {
    told(
        &judge(|w, b, x, s| {
            if s * decision(w, *b, x) < 0.0 {
                moved(w, b, x, s);
            }
        }),
        "Not yet. perceptron_update: w = [-1], b = 1, x = [1], s = 1; w = [-1], b = 1 come out; they should be [0] and 2.",
        "还不对。perceptron_update: w = [-1], b = 1, x = [1], s = 1; 得到 w = [-1]，b = 1；应为 [0] 和 2。",
    );
}

#[test]
fn without_the_sign() {
    told(
        &judge(|w, b, x, s| {
            if s * decision(w, *b, x) <= 0.0 {
                moved(w, b, x, 1.0);
            }
        }),
        "Not yet. perceptron_update: w = [0], b = 1, x = [2], s = -1; w = [2], b = 2 come out; they should be [-2] and 0.",
        "还不对。perceptron_update: w = [0], b = 1, x = [2], s = -1; 得到 w = [2]，b = 2；应为 [-2] 和 0。",
    );
}

#[test]
fn the_bias_stays() {
    told(
        &judge(|w, b, x, s| {
            if s * decision(w, *b, x) <= 0.0 {
                moved(w, &mut 0.0, x, s);
            }
        }),
        "Not yet. perceptron_update: w = [0], b = 1, x = [2], s = -1; w = [-2], b = 1 come out; they should be [-2] and 0.",
        "还不对。perceptron_update: w = [0], b = 1, x = [2], s = -1; 得到 w = [-2]，b = 1；应为 [-2] 和 0。",
    );
}
