//! The judge of `161_first_component`.

use crate::judging::comparison::{length, part_is};
use crate::judging::inputs::matrix;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{rows, vector};
use proptest::strategy::Strategy;

/// Judges the first principal component of points in the plane, where the largest variance has a formula.
#[must_use]
pub fn first_component(answer: fn(&[Vec<f64>]) -> Vec<f64>) -> Verdict {
    type Case = Vec<Vec<f64>>;
    let call = |samples: &Case| format!("first_component({})", rows(samples));
    let check = |samples: &Case| {
        let [a, b, c] = covariance(samples);
        let half_gap = (0.5 * (a - c)).hypot(b);
        let [most, second] = [1.0, -1.0].map(|sign| 0.5 * (a + c) + sign * half_gap);
        if second > 0.9 * most || most == 0.0 {
            return Ok(()); // not asked for
        }
        let v = answer(samples);
        length(v.len(), 2)?;
        let all = vector(&v);
        let told = |en, zh| (format!("is {all}; {en}"), format!("得到 {all}；{zh}"));
        let (en, zh) = told("its length", "长度");
        part_is((&en, &zh), v[0].hypot(v[1]), 1.0, 1e-9)?;
        let along = a * v[0] * v[0] + 2.0 * b * v[0] * v[1] + c * v[1] * v[1];
        let (en, zh) = told("the variance along it", "沿它的方差");
        part_is((&en, &zh), along, most, 1e-9)
    };
    Judge::new(&call)
        .law(
            Law(
                "explained_variances_sum_to_the_total_variance",
                say!(
                    "a vector of length 1, along which the variance is the largest eigenvalue of the covariance",
                    "长度为 1 的向量，沿它的方差等于协方差矩阵的最大特征值"
                ),
            ),
            &[
                vec![vec![1.0, 0.0], vec![-1.0, 0.0]],
                vec![vec![0.0, 2.0], vec![0.0, -2.0]],
                vec![vec![1.0, 1.0], vec![-1.0, -1.0]],
                vec![vec![9.0, 1.0], vec![9.0, -1.0]],
                vec![vec![2.0, 1.0], vec![-2.0, -1.0], vec![1.0, -1.0], vec![-1.0, 1.0]],
            ],
            &(2..5_usize).prop_flat_map(|m| matrix(m, 2)),
            check,
        )
        .verdict()
}

/// The entries of the covariance of points in the plane, with the divisor m.
fn covariance(samples: &[Vec<f64>]) -> [f64; 3] {
    let m = samples.len() as f64;
    let mean = |j: usize| samples.iter().map(|x| x[j]).sum::<f64>() / m;
    let (x, y) = (mean(0), mean(1));
    let product = |i: usize, j: usize| {
        let mean = |i| if i == 0 { x } else { y };
        let terms = samples.iter().map(|s| (s[i] - mean(i)) * (s[j] - mean(j)));
        terms.sum::<f64>() / m
    };
    [product(0, 0), product(0, 1), product(1, 1)]
}
