//! What goes wrong in `112_elimination`.

use crate::{solved, told};
use gradus_judges::{Verdict, elimination as judge};

#[path = "../../answers/112_elimination.rs"]
mod answer;
#[path = "../../tasks/112_elimination.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::elimination), Verdict::ToDo);
    solved(&judge(answer::elimination));
}

#[test]
fn without_pivots() {
    fn wrong(a: &[Vec<f64>], b: &[f64]) -> Vec<f64> {
        let n = b.len();
        let (mut a, mut b) = (a.to_vec(), b.to_vec());
        for k in 0..n {
            for i in k + 1..n {
                let m = a[i][k] / a[k][k];
                for j in k..n {
                    a[i][j] -= m * a[k][j];
                }
                b[i] -= m * b[k];
            }
        }
        let mut x = vec![0.0; n];
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|j| a[i][j] * x[j]).sum();
            x[i] = (b[i] - known) / a[i][i];
        }
        x
    }
    told(
        &judge(wrong),
        "Not yet. elimination([[0, 1], [1, 0]], [1, 2]) is [NaN, NaN]; equation 0 has NaN on its left side and 1 on its right.",
        "还不对。elimination([[0, 1], [1, 0]], [1, 2]) 得到 [NaN, NaN]；第 0 个方程左边是 NaN，右边是 1。",
    );
}

#[test]
fn the_right_side_is_forgotten() {
    fn wrong(a: &[Vec<f64>], b: &[f64]) -> Vec<f64> {
        let n = b.len();
        let (mut a, mut b) = (a.to_vec(), b.to_vec());
        for k in 0..n {
            let size = |i: &usize| a[*i][k].abs();
            let pivot = (k..n)
                .max_by(|i, j| size(i).total_cmp(&size(j)))
                .unwrap_or(k);
            a.swap(k, pivot);
            b.swap(k, pivot);
            for i in k + 1..n {
                let m = a[i][k] / a[k][k];
                for j in k..n {
                    a[i][j] -= m * a[k][j];
                }
            }
        }
        let mut x = vec![0.0; n];
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|j| a[i][j] * x[j]).sum();
            x[i] = (b[i] - known) / a[i][i];
        }
        x
    }
    told(
        &judge(wrong),
        "Not yet. elimination([[1, 2], [3, 4]], [5, 6]) is [-8, 7.5]; equation 0 has 7 on its left side and 5 on its right.",
        "还不对。elimination([[1, 2], [3, 4]], [5, 6]) 得到 [-8, 7.5]；第 0 个方程左边是 7，右边是 5。",
    );
}

#[test]
fn the_right_side_is_not_exchanged() {
    fn wrong(a: &[Vec<f64>], b: &[f64]) -> Vec<f64> {
        let n = b.len();
        let (mut a, mut b) = (a.to_vec(), b.to_vec());
        for k in 0..n {
            let size = |i: &usize| a[*i][k].abs();
            let pivot = (k..n)
                .max_by(|i, j| size(i).total_cmp(&size(j)))
                .unwrap_or(k);
            a.swap(k, pivot);
            for i in k + 1..n {
                let m = a[i][k] / a[k][k];
                for j in k..n {
                    a[i][j] -= m * a[k][j];
                }
                b[i] -= m * b[k];
            }
        }
        let mut x = vec![0.0; n];
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|j| a[i][j] * x[j]).sum();
            x[i] = (b[i] - known) / a[i][i];
        }
        x
    }
    told(
        &judge(wrong),
        "Not yet. elimination([[1, 2], [3, 4]], [5, 6]) is [-7, 6.5]; equation 0 has 6 on its left side and 5 on its right.",
        "还不对。elimination([[1, 2], [3, 4]], [5, 6]) 得到 [-7, 6.5]；第 0 个方程左边是 6，右边是 5。",
    );
}

/// A tiny pivot makes rounding errors large.
#[test]
fn pivots_only_where_zero() {
    fn wrong(a: &[Vec<f64>], b: &[f64]) -> Vec<f64> {
        let n = b.len();
        let (mut a, mut b) = (a.to_vec(), b.to_vec());
        for k in 0..n {
            if a[k][k] == 0.0 {
                let pivot = (k..n).find(|&i| a[i][k] != 0.0).unwrap_or(k);
                a.swap(k, pivot);
                b.swap(k, pivot);
            }
            for i in k + 1..n {
                let m = a[i][k] / a[k][k];
                for j in k..n {
                    a[i][j] -= m * a[k][j];
                }
                b[i] -= m * b[k];
            }
        }
        let mut x = vec![0.0; n];
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|j| a[i][j] * x[j]).sum();
            x[i] = (b[i] - known) / a[i][i];
        }
        x
    }
    told(
        &judge(wrong),
        "Not yet. elimination([[1e-20, 1], [1, 1]], [1, 2]) is [0, 1]; equation 1 has 1 on its left side and 2 on its right.",
        "还不对。elimination([[1e-20, 1], [1, 1]], [1, 2]) 得到 [0, 1]；第 1 个方程左边是 1，右边是 2。",
    );
}
