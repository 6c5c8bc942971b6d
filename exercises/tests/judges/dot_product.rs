//! What goes wrong in `102_dot_product`.

use crate::{solved, told};
use gradus_judges::{Verdict, dot_product as judge};

#[path = "../../answers/102_dot_product.rs"]
mod answer;
#[path = "../../tasks/102_dot_product.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::dot_product), Verdict::ToDo);
    solved(&judge(answer::dot_product));
}

#[test]
fn product_of_sums() {
    told(
        &judge(|x, y| x.iter().sum::<f64>() * y.iter().sum::<f64>()),
        "Not yet. dot_product([1, 2], [3, 4]) is 21, not 11.",
        "还不对。dot_product([1, 2], [3, 4]) 得到 21，应为 11。",
    );
}

#[test]
fn the_last_is_forgotten() {
    fn wrong(x: &[f64], y: &[f64]) -> f64 {
        let n = x.len() - 1;
        (0..n).map(|i| x[i] * y[i]).sum()
    }
    told(
        &judge(wrong),
        "Not yet. dot_product([2], [3]) is 0, not 6.",
        "还不对。dot_product([2], [3]) 得到 0，应为 6。",
    );
}

#[test]
fn the_square_of_the_length() {
    told(
        &judge(|x, _| x.iter().map(|x| x * x).sum()),
        "Not yet. dot_product([2], [3]) is 4, not 6.",
        "还不对。dot_product([2], [3]) 得到 4，应为 6。",
    );
}

#[test]
fn entries_are_added() {
    told(
        &judge(|x, y| x.iter().zip(y).map(|(x, y)| x + y).sum()),
        "Not yet. dot_product([2], [3]) is 5, not 6.",
        "还不对。dot_product([2], [3]) 得到 5，应为 6。",
    );
}
