//! The judge of `371_mahalanobis`.

use crate::judging::comparison::is;
use crate::judging::inputs::{matrix, whole};
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{rows, vector};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// A point, a mean and a factor of the covariance, to a distance.
pub type Mahalanobis = fn(&[f64], &[f64], &[Vec<f64>]) -> f64;

/// The standard normal numbers that the point is made of, the mean, the factor.
type Case = (Vec<f64>, Vec<f64>, Vec<Vec<f64>>);

/// Judges the distance of Mahalanobis.
#[must_use]
pub fn mahalanobis(answer: Mahalanobis) -> Verdict {
    let call = |case: &Case| {
        let (_, mean, l) = case;
        let x = vector(&point(case));
        format!("mahalanobis({x}, {}, {})", vector(mean), rows(l))
    };
    let check = |case: &Case| {
        let (z, mean, l) = case;
        let n = z.len();
        let square = l.len() == n && l.iter().all(|row| row.len() == n) && mean.len() == n;
        let triangle = |i: usize| l[i][i] > 0.0 && l[i][i + 1..].iter().all(|l| *l == 0.0);
        if !square || !(0..n).all(triangle) {
            return Ok(()); // no factor
        }
        let length = z.iter().map(|z| z * z).sum::<f64>().sqrt();
        is(answer(&point(case), mean, l), length, 1e-9)
    };
    let more = (1..4_usize).prop_flat_map(|n| {
        let l = matrix(n, n).prop_map(|mut l| {
            for (i, row) in l.iter_mut().enumerate() {
                row[i] = row[i].abs().max(1.0);
                row[i + 1..].fill(0.0);
            }
            l
        });
        (vec(whole(), n), vec(whole(), n), l)
    });
    let round = vec![vec![1.0, 0.0], vec![0.0, 1.0]];
    let bent = vec![vec![2.0, 0.0], vec![1.0, 1.0]];
    Judge::new(&call)
        .law(
            Law(
                "squared_distances_of_draws_are_chi_squared",
                say!(
                    "x = mean + L z has the distance |z|, whatever L is",
                    "x = mean + L z 的距离就是 |z|，与 L 无关"
                ),
            ),
            &[
                (vec![2.0], vec![0.0], vec![vec![1.0]]),
                (vec![2.0], vec![1.0], vec![vec![3.0]]),
                (vec![3.0, 4.0], vec![0.0, 0.0], round),
                (vec![1.0, 0.0], vec![0.0, 0.0], bent.clone()),
                (vec![1.0, 1.0], vec![1.0, 0.0], bent),
            ],
            &more,
            check,
        )
        .verdict()
}

/// mean + L z.
fn point((z, mean, l): &Case) -> Vec<f64> {
    let image = |row: &Vec<f64>| row.iter().zip(z).map(|(l, z)| l * z).sum::<f64>();
    mean.iter().zip(l).map(|(m, row)| m + image(row)).collect()
}
