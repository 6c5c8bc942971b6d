//! What goes wrong in `132_gram_schmidt`.

use crate::{solved, told};
use gradus_judges::{Verdict, gram_schmidt as judge};

#[path = "../../answers/132_gram_schmidt.rs"]
mod answer;
#[path = "../../tasks/132_gram_schmidt.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::gram_schmidt), Verdict::ToDo);
    solved(&judge(answer::gram_schmidt));
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

fn unit(x: &[f64]) -> Vec<f64> {
    let norm = dot(x, x).sqrt();
    x.iter().map(|x| x / norm).collect()
}

/// What is left of a vector without its parts along others.
fn rest(x: &[f64], along: &[Vec<f64>]) -> Vec<f64> {
    let parts: Vec<f64> = along.iter().map(|q| dot(q, x)).collect();
    let mut rest = x.to_vec();
    for (part, q) in parts.iter().zip(along) {
        rest.iter_mut().zip(q).for_each(|(r, q)| *r -= part * q);
    }
    rest
}

/// Classical: every dot product is taken with the vector of the beginning.
#[test]
fn all_products_first() {
    fn wrong(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let mut basis = Vec::new();
        for x in a {
            basis.push(unit(&rest(x, &basis)));
        }
        basis
    }
    told(
        &judge(wrong),
        "Not yet. gram_schmidt([[1, 1e-8, 0, 0], [1, 0, 1e-8, 0], [1, 0, 0, 1e-8]]) has vectors 1 and 2 with the dot product 0.5, not 0.",
        "还不对。gram_schmidt([[1, 1e-8, 0, 0], [1, 0, 1e-8, 0], [1, 0, 0, 1e-8]]) 得到的向量 1 与 2 的内积是 0.5，应为 0。",
    );
}

#[test]
fn lengths_are_left() {
    fn wrong(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let (mut basis, mut rests) = (Vec::new(), Vec::new());
        for x in a {
            let rest = rest(x, &basis);
            basis.push(unit(&rest));
            rests.push(rest);
        }
        rests
    }
    told(
        &judge(wrong),
        "Not yet. gram_schmidt([[3, 4]]) is [[3, 4]]; row 0, column 0 has 3, not 0.6.",
        "还不对。gram_schmidt([[3, 4]]) 得到 [[3, 4]]；第 0 行第 0 列是 3，应为 0.6。",
    );
}

/// ⟨a, x⟩ a is the part along a only if a has the length 1.
#[test]
fn parts_along_vectors_of_any_length() {
    fn wrong(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
        (0..a.len()).map(|k| unit(&rest(&a[k], &a[..k]))).collect()
    }
    told(
        &judge(wrong),
        "Not yet. gram_schmidt([[2, 0], [1, 3]]) is [[1, 0], [-0.707107, 0.707107]]; row 1, column 0 has -0.707107, not 0.",
        "还不对。gram_schmidt([[2, 0], [1, 3]]) 得到 [[1, 0], [-0.707107, 0.707107]]；第 1 行第 0 列是 -0.707107，应为 0。",
    );
}

#[test]
fn only_the_vector_before() {
    fn wrong(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let mut basis: Vec<Vec<f64>> = Vec::new();
        for x in a {
            let before = basis.len().saturating_sub(1);
            basis.push(unit(&rest(x, &basis[before..])));
        }
        basis
    }
    told(
        &judge(wrong),
        "Not yet. gram_schmidt([[1, 0, 0], [1, 1, 0], [1, 1, 1]]) is [[1, 0, 0], [0, 1, 0], [0.707107, 0, 0.707107]]; row 2, column 0 has 0.707107, not 0.",
        "还不对。gram_schmidt([[1, 0, 0], [1, 1, 0], [1, 1, 1]]) 得到 [[1, 0, 0], [0, 1, 0], [0.707107, 0, 0.707107]]；第 2 行第 0 列是 0.707107，应为 0。",
    );
}
