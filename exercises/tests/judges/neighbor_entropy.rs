//! What goes wrong in `481_neighbor_entropy`.

use crate::{solved, told};
use gradus_judges::{Verdict, neighbor_entropy as judge};

#[path = "../../answers/481_neighbor_entropy.rs"]
mod answer;
#[path = "../../tasks/481_neighbor_entropy.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::neighbor_entropy), Verdict::ToDo);
    solved(&judge(answer::neighbor_entropy));
}

/// Distances of nearest neighbors.
fn radii(x: &[f64]) -> Vec<f64> {
    let nearest = |i: usize| {
        let others = (0..x.len()).filter(|j| *j != i);
        others
            .map(|j| (x[i] - x[j]).abs())
            .fold(f64::INFINITY, f64::min)
    };
    (0..x.len()).map(nearest).collect()
}

fn harmonic(n: usize) -> f64 {
    (1..=n).map(|i| 1.0 / i as f64).sum()
}

fn mean_ln(radii: &[f64]) -> f64 {
    radii.iter().map(|r| r.ln()).sum::<f64>() / radii.len() as f64
}

/// A neighborhood reaches to both sides: it is 2 r wide.
#[test]
fn the_radius_for_the_width() {
    told(
        &judge(|x| harmonic(x.len() - 1) + mean_ln(&radii(x))),
        "Not yet. neighbor_entropy([0, 1]) is 1, not 1.693147.",
        "还不对。neighbor_entropy([0, 1]) 得到 1，应为 1.693147。",
    );
}

#[test]
fn one_term_too_many() {
    told(
        &judge(|x| harmonic(x.len()) + std::f64::consts::LN_2 + mean_ln(&radii(x))),
        "Not yet. neighbor_entropy([0, 1]) is 2.193147, not 1.693147.",
        "还不对。neighbor_entropy([0, 1]) 得到 2.193147，应为 1.693147。",
    );
}

#[test]
fn the_logarithm_of_the_mean() {
    told(
        &judge(|x| {
            let radii = radii(x);
            let mean = radii.iter().sum::<f64>() / radii.len() as f64;
            harmonic(x.len() - 1) + std::f64::consts::LN_2 + mean.ln()
        }),
        "Not yet. neighbor_entropy([0, 1, 3]) is 2.480829, not 2.424196.",
        "还不对。neighbor_entropy([0, 1, 3]) 得到 2.480829，应为 2.424196。",
    );
}

/// A sample is not sorted, and a neighbor may be on the left.
#[test]
fn the_next_one_in_the_sample() {
    told(
        &judge(|x| {
            let gaps: Vec<f64> = x.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
            harmonic(x.len() - 1) + std::f64::consts::LN_2 + mean_ln(&gaps)
        }),
        "Not yet. neighbor_entropy([0, 1, 3]) is 2.539721, not 2.424196.",
        "还不对。neighbor_entropy([0, 1, 3]) 得到 2.539721，应为 2.424196。",
    );
}

/// ln n in place of ψ(n) − ψ(1): 0.58 too small.
#[test]
fn without_the_harmonic_sum() {
    told(
        &judge(|x| (x.len() as f64).ln() + std::f64::consts::LN_2 + mean_ln(&radii(x))),
        "Not yet. neighbor_entropy([0, 1]) is 1.386294, not 1.693147.",
        "还不对。neighbor_entropy([0, 1]) 得到 1.386294，应为 1.693147。",
    );
}
