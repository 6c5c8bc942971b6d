//! What goes wrong in `111_back_substitution`.

use crate::{solved, told};
use gradus_judges::{Verdict, back_substitution as judge};

#[path = "../../answers/111_back_substitution.rs"]
mod answer;
#[path = "../../tasks/111_back_substitution.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::back_substitution), Verdict::ToDo);
    solved(&judge(answer::back_substitution));
}

#[test]
fn from_the_top() {
    fn wrong(u: &[Vec<f64>], c: &[f64]) -> Vec<f64> {
        let n = c.len();
        let mut x = vec![0.0; n];
        for i in 0..n {
            let known: f64 = (i + 1..n).map(|j| u[i][j] * x[j]).sum();
            x[i] = (c[i] - known) / u[i][i];
        }
        x
    }
    told(
        &judge(wrong),
        "Not yet. back_substitution([[1, 2], [0, -2]], [5, -9]) is [5, 4.5]; equation 0 has 14 on its left side and 5 on its right.",
        "还不对。back_substitution([[1, 2], [0, -2]], [5, -9]) 得到 [5, 4.5]；第 0 个方程左边是 14，右边是 5。",
    );
}

#[test]
fn not_divided() {
    fn wrong(u: &[Vec<f64>], c: &[f64]) -> Vec<f64> {
        let n = c.len();
        let mut x = vec![0.0; n];
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|j| u[i][j] * x[j]).sum();
            x[i] = c[i] - known;
        }
        x
    }
    told(
        &judge(wrong),
        "Not yet. back_substitution([[2]], [6]) is [6]; equation 0 has 12 on its left side and 6 on its right.",
        "还不对。back_substitution([[2]], [6]) 得到 [6]；第 0 个方程左边是 12，右边是 6。",
    );
}

#[test]
fn only_the_diagonal() {
    told(
        &judge(|u, c| (0..c.len()).map(|i| c[i] / u[i][i]).collect()),
        "Not yet. back_substitution([[1, 2], [0, -2]], [5, -9]) is [5, 4.5]; equation 0 has 14 on its left side and 5 on its right.",
        "还不对。back_substitution([[1, 2], [0, -2]], [5, -9]) 得到 [5, 4.5]；第 0 个方程左边是 14，右边是 5。",
    );
}

#[test]
fn known_terms_are_added() {
    fn wrong(u: &[Vec<f64>], c: &[f64]) -> Vec<f64> {
        let n = c.len();
        let mut x = vec![0.0; n];
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|j| u[i][j] * x[j]).sum();
            x[i] = (c[i] + known) / u[i][i];
        }
        x
    }
    told(
        &judge(wrong),
        "Not yet. back_substitution([[1, 2], [0, -2]], [5, -9]) is [14, 4.5]; equation 0 has 23 on its left side and 5 on its right.",
        "还不对。back_substitution([[1, 2], [0, -2]], [5, -9]) 得到 [14, 4.5]；第 0 个方程左边是 23，右边是 5。",
    );
}
