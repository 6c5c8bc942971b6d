//! What goes wrong in `113_cholesky`.

use crate::{solved, told};
use gradus_judges::{Verdict, cholesky as judge};

#[path = "../../answers/113_cholesky.rs"]
mod answer;
#[path = "../../tasks/113_cholesky.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::cholesky), Verdict::ToDo);
    solved(&judge(answer::cholesky));
}

fn factor(a: &[Vec<f64>], entry: impl Fn(&[Vec<f64>], usize, usize, f64) -> f64) -> Vec<Vec<f64>> {
    let n = a.len();
    let mut l = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| l[i][k] * l[j][k]).sum();
            l[i][j] = entry(&l, i, j, a[i][j] - known);
        }
    }
    l
}

#[test]
fn no_root_on_the_diagonal() {
    told(
        &judge(|a| {
            factor(
                a,
                |l, i, j, rest| if i == j { rest } else { rest / l[j][j] },
            )
        }),
        "Not yet. cholesky([[4]]) is [[4]]; row 0, column 0 has 4, not 2.",
        "还不对。cholesky([[4]]) 得到 [[4]]；第 0 行第 0 列是 4，应为 2。",
    );
}

#[test]
fn below_the_diagonal_nothing_is_divided() {
    told(
        &judge(|a| factor(a, |_, i, j, rest| if i == j { rest.sqrt() } else { rest })),
        "Not yet. cholesky([[4, 2], [2, 10]]) is [[2, 0], [2, 2.44949]]; row 1, column 0 has 2, not 1.",
        "还不对。cholesky([[4, 2], [2, 10]]) 得到 [[2, 0], [2, 2.44949]]；第 1 行第 0 列是 2，应为 1。",
    );
}

#[test]
fn nothing_known_is_subtracted() {
    fn wrong(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let n = a.len();
        let mut l = vec![vec![0.0; n]; n];
        for i in 0..n {
            for j in 0..=i {
                l[i][j] = if i == j {
                    a[i][i].sqrt()
                } else {
                    a[i][j] / l[j][j]
                };
            }
        }
        l
    }
    told(
        &judge(wrong),
        "Not yet. cholesky([[4, 2], [2, 10]]) is [[2, 0], [1, 3.162278]]; row 1, column 1 has 3.162278, not 3.",
        "还不对。cholesky([[4, 2], [2, 10]]) 得到 [[2, 0], [1, 3.162278]]；第 1 行第 1 列是 3.162278，应为 3。",
    );
}

#[test]
fn the_upper_triangle() {
    fn wrong(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let l = factor(
            a,
            |l, i, j, rest| if i == j { rest.sqrt() } else { rest / l[j][j] },
        );
        (0..l.len())
            .map(|j| l.iter().map(|row| row[j]).collect())
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. cholesky([[4, 2], [2, 10]]) is [[2, 1], [0, 3]]; row 0, column 1 has 1, not 0.",
        "还不对。cholesky([[4, 2], [2, 10]]) 得到 [[2, 1], [0, 3]]；第 0 行第 1 列是 1，应为 0。",
    );
}
