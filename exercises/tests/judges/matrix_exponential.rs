//! What goes wrong in `146_matrix_exponential`.

use crate::{solved, told};
use gradus_judges::{Verdict, matrix_exponential as judge};

#[path = "../../answers/146_matrix_exponential.rs"]
mod answer;
#[path = "../../tasks/146_matrix_exponential.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::matrix_exponential), Verdict::ToDo);
    solved(&judge(answer::matrix_exponential));
}

type Matrix = Vec<Vec<f64>>;

fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Matrix {
    let entry = |row: &Vec<f64>, j: usize| row.iter().zip(b).map(|(x, other)| x * other[j]).sum();
    a.iter()
        .map(|row| (0..b.len()).map(|j| entry(row, j)).collect())
        .collect()
}

/// A power from `first` on, the number of terms, and what divides each from the one before.
fn series(a: &[Vec<f64>], first: f64, terms: u32, divisor: fn(u32) -> u32) -> Matrix {
    let n = a.len();
    let one = |i: usize, j: usize| if i == j { 1.0 } else { 0.0 };
    let mut term: Matrix = (0..n)
        .map(|i| (0..n).map(|j| one(i, j)).collect())
        .collect();
    let mut sum: Matrix = term
        .iter()
        .map(|row| row.iter().map(|x| first * x).collect())
        .collect();
    for k in 1..terms {
        term = product(&term, a);
        term.iter_mut()
            .flatten()
            .for_each(|x| *x /= f64::from(divisor(k)));
        sum.iter_mut()
            .flatten()
            .zip(term.iter().flatten())
            .for_each(|(s, t)| *s += t);
    }
    sum
}

#[test]
fn every_entry_by_itself() {
    told(
        &judge(|a| {
            a.iter()
                .map(|row| row.iter().map(|x| x.exp()).collect())
                .collect()
        }),
        "Not yet. matrix_exponential([[0, 1], [0, 0]]) is [[1, 2.718282], [1, 1]]; row 0, column 1 has 2.718282, not 1.",
        "还不对。matrix_exponential([[0, 1], [0, 0]]) 得到 [[1, 2.718282], [1, 1]]；第 0 行第 1 列是 2.718282，应为 1。",
    );
}

#[test]
fn without_the_identity() {
    told(
        &judge(|a| series(a, 0.0, 100, |k| k)),
        "Not yet. matrix_exponential([[0]]) is [[0]]; row 0, column 0 has 0, not 1.",
        "还不对。matrix_exponential([[0]]) 得到 [[0]]；第 0 行第 0 列是 0，应为 1。",
    );
}

#[test]
fn without_factorials() {
    told(
        &judge(|a| series(a, 1.0, 100, |_| 1)),
        "Not yet. matrix_exponential([[1]]) is [[100]]; row 0, column 0 has 100, not 2.718282.",
        "还不对。matrix_exponential([[1]]) 得到 [[100]]；第 0 行第 0 列是 100，应为 2.718282。",
    );
}

/// Right for small matrices; the terms of −20 grow to 4e7.
#[test]
fn terms_that_cancel() {
    told(
        &judge(|a| series(a, 1.0, 100, |k| k)),
        "Not yet. matrix_exponential([[-20]]) is [[5.62188e-9]]; row 0, column 0 has 5.62188e-9, not 2.06115e-9.",
        "还不对。matrix_exponential([[-20]]) 得到 [[5.62188e-9]]；第 0 行第 0 列是 5.62188e-9，应为 2.06115e-9。",
    );
}

#[test]
fn ten_terms() {
    told(
        &judge(|a| series(a, 1.0, 10, |k| k)),
        "Not yet. matrix_exponential([[1]]) is [[2.718282]]; row 0, column 0 has 2.7182815255731922, not 2.718281828459033.",
        "还不对。matrix_exponential([[1]]) 得到 [[2.718282]]；第 0 行第 0 列是 2.7182815255731922，应为 2.718281828459033。",
    );
}
