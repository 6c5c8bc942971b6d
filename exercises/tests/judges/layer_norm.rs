//! What goes wrong in `728_layer_norm`.

use crate::{solved, told};
use gradus_judges::{Verdict, layer_norm as judge};

#[path = "../../answers/728_layer_norm.rs"]
mod answer;
#[path = "../../tasks/728_layer_norm.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::layer_norm), Verdict::ToDo);
    solved(&judge(answer::layer_norm));
}

/// Each row, with a divisor and what is added under and after the root.
fn rows_normalized(samples: &[Vec<f64>], lost: f64, under: f64, after: f64) -> Vec<Vec<f64>> {
    let normalized = |x: &Vec<f64>| {
        let n = x.len() as f64;
        let mean = x.iter().sum::<f64>() / n;
        let squares: f64 = x.iter().map(|x| (x - mean) * (x - mean)).sum();
        let deviation = (squares / (n - lost) + under).sqrt() + after;
        x.iter().map(|x| (x - mean) / deviation).collect()
    };
    samples.iter().map(normalized).collect()
}

fn transposed(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
    (0..a[0].len())
        .map(|j| a.iter().map(|row| row[j]).collect())
        .collect()
}

/// Batch normalization: over the samples.
#[test]
fn columns_instead_of_rows() {
    told(
        &judge(|samples| transposed(&rows_normalized(&transposed(samples), 0.0, 1e-5, 0.0))),
        "Not yet. layer_norm([[0, 0.01]]) is [[0, 0]]; row 0, column 0 has 0, not -0.845154.",
        "还不对。layer_norm([[0, 0.01]]) 得到 [[0, 0]]；第 0 行第 0 列是 0，应为 -0.845154。",
    );
}

#[test]
fn the_divisor_less_one() {
    told(
        &judge(|samples| rows_normalized(samples, 1.0, 1e-5, 0.0)),
        "Not yet. layer_norm([[0, 0.01]]) is [[-0.645497, 0.645497]]; row 0, column 0 has -0.645497, not -0.845154.",
        "还不对。layer_norm([[0, 0.01]]) 得到 [[-0.645497, 0.645497]]；第 0 行第 0 列是 -0.645497，应为 -0.845154。",
    );
}

#[test]
fn nothing_added() {
    told(
        &judge(|samples| rows_normalized(samples, 0.0, 0.0, 0.0)),
        "Not yet. layer_norm([[1, 1]]) is [[NaN, NaN]]; row 0, column 0 has NaN, not 0.",
        "还不对。layer_norm([[1, 1]]) 得到 [[NaN, NaN]]；第 0 行第 0 列是 NaN，应为 0。",
    );
}

#[test]
fn added_after_the_root() {
    told(
        &judge(|samples| rows_normalized(samples, 0.0, 0.0, 1e-5)),
        "Not yet. layer_norm([[0, 0.01]]) is [[-0.998004, 0.998004]]; row 0, column 0 has -0.998004, not -0.845154.",
        "还不对。layer_norm([[0, 0.01]]) 得到 [[-0.998004, 0.998004]]；第 0 行第 0 列是 -0.998004，应为 -0.845154。",
    );
}
