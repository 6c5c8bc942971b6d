//! What goes wrong in `711_dense_forward`.

use crate::{solved, told};
use gradus_judges::{Verdict, dense_forward as judge};

#[path = "../../answers/711_dense_forward.rs"]
mod answer;
#[path = "../../tasks/711_dense_forward.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::dense_forward), Verdict::ToDo);
    solved(&judge(answer::dense_forward));
}

#[test]
fn without_the_bias() {
    told(
        &judge(|w, _, x| {
            w.iter()
                .map(|row| row.iter().zip(x).map(|(w, x)| w * x).sum())
                .collect()
        }),
        "Not yet. dense_forward([[2]], [1], [3]) is 6, not 7.",
        "还不对。dense_forward([[2]], [1], [3]) 得到 6，应为 7。",
    );
}

#[test]
fn the_bias_in_every_term() {
    told(
        &judge(|w, b, x| {
            w.iter()
                .zip(b)
                .map(|(row, b)| row.iter().zip(x).map(|(w, x)| w * x + b).sum())
                .collect()
        }),
        "Not yet. dense_forward([[1, 2], [3, 4]], [0, 5], [1, 0]) is [1, 13]; entry 1 is 13, not 8.",
        "还不对。dense_forward([[1, 2], [3, 4]], [0, 5], [1, 0]) 得到 [1, 13]；第 1 个分量是 13，应为 8。",
    );
}

#[test]
fn columns_for_rows() {
    fn wrong(w: &[Vec<f64>], b: &[f64], x: &[f64]) -> Vec<f64> {
        let columns = w.first().map_or(0, Vec::len);
        let sum = |j: usize| w.iter().zip(x).map(|(row, x)| row[j] * x).sum::<f64>();
        (0..columns)
            .map(|j| sum(j) + b.get(j).unwrap_or(&0.0))
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. dense_forward([[1, 2], [3, 4]], [0, 5], [1, 0]) is [1, 7]; entry 1 is 7, not 8.",
        "还不对。dense_forward([[1, 2], [3, 4]], [0, 5], [1, 0]) 得到 [1, 7]；第 1 个分量是 7，应为 8。",
    );
}
