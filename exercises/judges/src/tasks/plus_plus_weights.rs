//! The judge of `381_plus_plus_weights`.

use crate::judging::comparison::are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::rows;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Samples and the numbers of the centers, to probabilities.
pub type PlusPlusWeights = fn(&[Vec<f64>], &[usize]) -> Vec<f64>;

/// Judges how the next center of k-means++ is drawn.
#[must_use]
pub fn plus_plus_weights(answer: PlusPlusWeights) -> Verdict {
    type Case = (Vec<Vec<f64>>, usize);
    let centers = |(x, count): &Case| -> Vec<usize> { (0..*count.min(&x.len())).collect() };
    let call = |case: &Case| format!("plus_plus_weights({}, {:?})", rows(&case.0), centers(case));
    let check = |case: &Case| {
        let (x, centers) = (&case.0, centers(case));
        let even = x.iter().all(|point| point.len() == x[0].len());
        if !even || !(0..x.len()).all(|i| (0..i).all(|j| x[i] != x[j])) || centers.len() >= x.len()
        {
            return Ok(()); // not asked for
        }
        are(&answer(x, &centers), &probabilities(x, &centers), 1e-12)
    };
    let point = |dimension: usize| vec(whole(), dimension);
    let more = (1..3_usize).prop_flat_map(move |d| (vec(point(d), 2..6), 0..4_usize));
    let line = |x: &[f64]| x.iter().map(|x| vec![*x]).collect::<Vec<_>>();
    Judge::new(&call)
        .law(
            Law(
                "every_sample_has_one_group_and_every_group_a_sample",
                say!(
                    "squared distances from the nearest center, divided by their sum: a center never comes twice",
                    "到最近中心的距离平方，除以总和：一个中心不会出现两次"
                ),
            ),
            &[
                (line(&[0.0, 5.0]), 0),
                (line(&[0.0, 5.0]), 1),
                (line(&[0.0, 1.0, 3.0]), 1),
                (line(&[0.0, 4.0, 1.0, 6.0]), 2),
                (vec![vec![0.0, 0.0], vec![3.0, 4.0], vec![0.0, 2.0]], 1),
            ],
            &more,
            check,
        )
        .verdict()
}

fn probabilities(x: &[Vec<f64>], centers: &[usize]) -> Vec<f64> {
    let square = |a: &[f64], b: &[f64]| -> f64 {
        let differences = a.iter().zip(b).map(|(a, b)| a - b);
        differences.map(|d| d * d).sum()
    };
    let nearest = |point: &Vec<f64>| {
        let squares = centers.iter().map(|&center| square(point, &x[center]));
        squares.reduce(f64::min).unwrap_or(1.0) // all alike without a center
    };
    let weights: Vec<f64> = x.iter().map(nearest).collect();
    let total: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / total).collect()
}
