//! What goes wrong in `712_dense_backward`.

use crate::{solved, told};
use gradus_judges::{Verdict, dense_backward as judge};

#[path = "../../answers/712_dense_backward.rs"]
mod answer;
#[path = "../../tasks/712_dense_backward.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::dense_backward), Verdict::ToDo);
    solved(&judge(answer::dense_backward));
}

#[test]
fn the_outer_product_is_transposed() {
    fn wrong(w: &[Vec<f64>], x: &[f64], delta: &[f64]) -> (Vec<Vec<f64>>, Vec<f64>) {
        let gradient = x
            .iter()
            .map(|x| delta.iter().map(|d| d * x).collect())
            .collect();
        (gradient, answer::dense_backward(w, x, delta).1)
    }
    told(
        &judge(wrong),
        "Not yet. dense_backward([[1, 2], [3, 4]], [1, -1], [1, 0]) is [[1, 0], [-1, 0]]; row 0, column 1 has 0, not -1.",
        "还不对。dense_backward([[1, 2], [3, 4]], [1, -1], [1, 0]) 得到 [[1, 0], [-1, 0]]；第 0 行第 1 列是 0，应为 -1。",
    );
}

#[test]
fn forward_instead_of_back() {
    fn wrong(w: &[Vec<f64>], x: &[f64], delta: &[f64]) -> (Vec<Vec<f64>>, Vec<f64>) {
        let back = w
            .iter()
            .map(|row| row.iter().zip(delta).map(|(w, d)| w * d).sum())
            .collect();
        (answer::dense_backward(w, x, delta).0, back)
    }
    told(
        &judge(wrong),
        "Not yet. dense_backward([[1, 2], [3, 4]], [1, -1], [1, 0]) is [1, 3]; entry 1 is 3, not 2.",
        "还不对。dense_backward([[1, 2], [3, 4]], [1, -1], [1, 0]) 得到 [1, 3]；第 1 个分量是 3，应为 2。",
    );
}

#[test]
fn without_the_input() {
    fn wrong(w: &[Vec<f64>], x: &[f64], delta: &[f64]) -> (Vec<Vec<f64>>, Vec<f64>) {
        let gradient = delta.iter().map(|d| vec![*d; x.len()]).collect();
        (gradient, answer::dense_backward(w, x, delta).1)
    }
    told(
        &judge(wrong),
        "Not yet. dense_backward([[2]], [3], [5]) is [[5]]; row 0, column 0 has 5, not 15.",
        "还不对。dense_backward([[2]], [3], [5]) 得到 [[5]]；第 0 行第 0 列是 5，应为 15。",
    );
}
