//! What goes wrong in `735_weighted_loss`.

use crate::{solved, told};
use gradus_judges::{Verdict, weighted_loss as judge};

#[path = "../../answers/735_weighted_loss.rs"]
mod answer;
#[path = "../../tasks/735_weighted_loss.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::weighted_loss), Verdict::ToDo);
    solved(&judge(answer::weighted_loss));
}

fn sums(losses: &[f64], labels: &[usize], weights: &[f64]) -> (f64, f64) {
    let each = labels.iter().map(|&label| weights[label]);
    (
        losses.iter().zip(each.clone()).map(|(l, w)| l * w).sum(),
        each.sum(),
    )
}

#[test]
fn divided_by_the_number_of_samples() {
    told(
        &judge(|losses, labels, weights| sums(losses, labels, weights).0 / losses.len() as f64),
        "Not yet. weighted_loss([3], [0], [2, 2]) is 6, not 3.",
        "还不对。weighted_loss([3], [0], [2, 2]) 得到 6，应为 3。",
    );
}

#[test]
fn not_divided() {
    told(
        &judge(|losses, labels, weights| sums(losses, labels, weights).0),
        "Not yet. weighted_loss([3], [0], [2, 2]) is 6, not 3.",
        "还不对。weighted_loss([3], [0], [2, 2]) 得到 6，应为 3。",
    );
}

/// Ignored samples still dilute the mean.
#[test]
fn divided_by_the_weights_of_the_classes() {
    told(
        &judge(|losses, labels, weights| {
            sums(losses, labels, weights).0 / weights.iter().sum::<f64>()
        }),
        "Not yet. weighted_loss([3], [0], [1, 1]) is 1.5, not 3.",
        "还不对。weighted_loss([3], [0], [1, 1]) 得到 1.5，应为 3。",
    );
}

#[test]
fn the_weights_in_the_order_of_the_samples() {
    told(
        &judge(|losses, _, weights| {
            let each: Vec<f64> = (0..losses.len()).map(|i| weights[i % 2]).collect();
            let sum: f64 = losses.iter().zip(&each).map(|(l, w)| l * w).sum();
            sum / each.iter().sum::<f64>()
        }),
        "Not yet. weighted_loss([0, 3, 3], [0, 1, 1], [2, 1]) is 1.8, not 1.5.",
        "还不对。weighted_loss([0, 3, 3], [0, 1, 1], [2, 1]) 得到 1.8，应为 1.5。",
    );
}

#[test]
fn weights_ignored() {
    told(
        &judge(|losses, _, _| losses.iter().sum::<f64>() / losses.len() as f64),
        "Not yet. weighted_loss([4, 1], [0, 1], [2, 1]) is 2.5, not 3.",
        "还不对。weighted_loss([4, 1], [0, 1], [2, 1]) 得到 2.5，应为 3。",
    );
}
