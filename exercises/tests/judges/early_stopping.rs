//! What goes wrong in `541_early_stopping`.

use crate::{solved, told};
use gradus_judges::{Verdict, early_stopping as judge};

#[path = "../../answers/541_early_stopping.rs"]
mod answer;
#[path = "../../tasks/541_early_stopping.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::early_stopping), Verdict::ToDo);
    solved(&judge(answer::early_stopping));
}

/// Waits for an epoch that is not better than what `than` says of the losses before.
fn stopped(
    losses: &[f64],
    patience: usize,
    better: impl Fn(f64, &[f64]) -> bool,
) -> (usize, usize) {
    let (mut waited, mut kept) = (0, 0);
    for (i, &loss) in losses.iter().enumerate() {
        if better(loss, &losses[..i]) {
            (waited, kept) = (0, i + 1);
        } else {
            waited += 1;
            if waited == patience {
                return (i + 1, kept);
            }
        }
    }
    (losses.len(), kept)
}

fn smallest(losses: &[f64]) -> f64 {
    losses.iter().copied().fold(f64::INFINITY, f64::min)
}

#[test]
fn better_than_the_epoch_before() {
    told(
        &judge(|losses, patience| {
            stopped(losses, patience, |loss, before| {
                before.last().is_none_or(|it| loss < *it)
            })
        }),
        "Not yet. early_stopping([3, 1, 2, 1.5, 0.5], 2) runs 5 epochs and keeps number 5; it should run 4 and keep 2.",
        "还不对。early_stopping([3, 1, 2, 1.5, 0.5], 2) 运行了 5 轮，保留第 5 轮；应运行 4 轮，保留第 2 轮。",
    );
}

#[test]
fn an_equal_loss_is_a_new_best() {
    told(
        &judge(|losses, patience| {
            stopped(losses, patience, |loss, before| loss <= smallest(before))
        }),
        "Not yet. early_stopping([1, 1, 0], 1) runs 3 epochs and keeps number 3; it should run 2 and keep 1.",
        "还不对。early_stopping([1, 1, 0], 1) 运行了 3 轮，保留第 3 轮；应运行 2 轮，保留第 1 轮。",
    );
}

#[test]
fn one_epoch_too_many() {
    told(
        &judge(|losses, patience| {
            stopped(losses, patience + 1, |loss, before| loss < smallest(before))
        }),
        "Not yet. early_stopping([1, 2, 3], 1) runs 3 epochs and keeps number 1; it should run 2 and keep 1.",
        "还不对。early_stopping([1, 2, 3], 1) 运行了 3 轮，保留第 1 轮；应运行 2 轮，保留第 1 轮。",
    );
}

#[test]
fn the_last_parameters() {
    told(
        &judge(|losses, patience| {
            let (runs, _) = stopped(losses, patience, |loss, before| loss < smallest(before));
            (runs, runs)
        }),
        "Not yet. early_stopping([1, 2], 1) runs 2 epochs and keeps number 2; it should run 2 and keep 1.",
        "还不对。early_stopping([1, 2], 1) 运行了 2 轮，保留第 2 轮；应运行 2 轮，保留第 1 轮。",
    );
}
