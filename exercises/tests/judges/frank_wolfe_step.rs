//! What goes wrong in `687_frank_wolfe_step`.

use crate::{solved, told};
use gradus_judges::{Verdict, frank_wolfe_step as judge};

#[path = "../../answers/687_frank_wolfe_step.rs"]
mod answer;
#[path = "../../tasks/687_frank_wolfe_step.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::frank_wolfe_step), Verdict::ToDo);
    solved(&judge(answer::frank_wolfe_step));
}

fn towards(x: &[f64], corner: usize, gamma: f64) -> Vec<f64> {
    let at = |i: usize| if i == corner { 1.0 } else { 0.0 };
    (0..x.len())
        .map(|i| x[i] + gamma * (at(i) - x[i]))
        .collect()
}

fn lowest(g: &[f64]) -> usize {
    (0..g.len()).fold(0, |best, i| if g[i] < g[best] { i } else { best })
}

/// Leaves the simplex.
#[test]
fn down_the_gradient() {
    told(
        &judge(|x, g, k| {
            let rate = 2.0 / (k as f64 + 2.0);
            x.iter().zip(g).map(|(x, g)| x - rate * g).collect()
        }),
        "Not yet. frank_wolfe_step([1], [1], 0) is [0]; its sum is 0, not 1.",
        "还不对。frank_wolfe_step([1], [1], 0) 得到 [0]；其和是 0，应为 1。",
    );
}

#[test]
fn the_steepest_corner() {
    told(
        &judge(|x, g, k| {
            let steepest = (0..g.len()).fold(
                0,
                |best, i| if g[i].abs() > g[best].abs() { i } else { best },
            );
            towards(x, steepest, 2.0 / (k as f64 + 2.0))
        }),
        "Not yet. frank_wolfe_step([1, 0], [1, 0], 0) is [1, 0]; entry 0 is 1, not 0.",
        "还不对。frank_wolfe_step([1, 0], [1, 0], 0) 得到 [1, 0]；第 0 个分量是 1，应为 0。",
    );
}

#[test]
fn all_the_way() {
    told(
        &judge(|x, g, _| towards(x, lowest(g), 1.0)),
        "Not yet. frank_wolfe_step([1, 0], [1, 0], 2) is [0, 1]; entry 0 is 0, not 0.5.",
        "还不对。frank_wolfe_step([1, 0], [1, 0], 2) 得到 [0, 1]；第 0 个分量是 0，应为 0.5。",
    );
}

#[test]
fn steps_counted_from_one() {
    told(
        &judge(|x, g, k| towards(x, lowest(g), 2.0 / (k as f64 + 1.0).max(2.0))),
        "Not yet. frank_wolfe_step([1, 0], [1, 0], 2) is [0.333333, 0.666667]; entry 0 is 0.333333, not 0.5.",
        "还不对。frank_wolfe_step([1, 0], [1, 0], 2) 得到 [0.333333, 0.666667]；第 0 个分量是 0.333333，应为 0.5。",
    );
}
