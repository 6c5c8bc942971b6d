//! Entropy and mutual information from neighbors.

use crate::generators::uniforms;
use gradus_information::{
    Continuous, InformationError, MatrixRef, Normal, Order, Shape, entropy_nearest,
    mutual_information_ksg1, mutual_information_ksg2, mutual_information_labels,
};
use gradus_numeric::digamma;
use gradus_testkit::strategies::{integers, structured_vector, vector};
use gradus_testkit::{at_least, at_most, cases, same_bits, scaled};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;

type Estimate = fn(MatrixRef<'_, f64>, MatrixRef<'_, f64>, usize) -> Result<f64, InformationError>;

const BOTH: [Estimate; 2] = [mutual_information_ksg1, mutual_information_ksg2];

/// Samples of two numbers: ordinary, with ties, tiny, huge, mixed.
fn samples() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    let of = |n| {
        let any = || prop_oneof![vector(n), integers(n), structured_vector(n)];
        (any(), any())
    };
    (2_usize..60).prop_flat_map(of)
}

/// Samples of two small whole numbers, many of them equal.
fn whole() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    (3_usize..60).prop_flat_map(|n| (integers(n), integers(n)))
}

fn row(x: &[f64]) -> MatrixRef<'_, f64> {
    MatrixRef::from_row(x)
}

/// Of each sample, the distance of neighbor k, and the other samples that are at most as far: by looking at all.
fn neighborhoods(x: &[f64], y: &[f64], k: usize) -> Vec<(f64, Vec<usize>)> {
    let far = |i: usize, j: usize| (x[i] - x[j]).abs().max((y[i] - y[j]).abs());
    let one = |j| {
        let others = || (0..x.len()).filter(move |i| *i != j);
        let mut radii: Vec<_> = others().map(|i| far(i, j)).collect();
        radii.sort_by(f64::total_cmp);
        let near = others().filter(|i| far(*i, j) <= radii[k - 1]).collect();
        (radii[k - 1], near)
    };
    (0..x.len()).map(one).collect()
}

/// $`\frac1N \sum_j \psi(n_j + \text{own})`$ with the others that are near enough in one variable.
fn mean_digamma(x: &[f64], own: usize, near: impl Fn(usize, f64) -> bool) -> f64 {
    let others = |j: usize| (0..x.len()).filter(move |i| *i != j);
    let count = |j: usize| others(j).filter(|i| near(j, (x[*i] - x[j]).abs())).count();
    let terms = (0..x.len()).map(|j| digamma((count(j) + own) as f64));
    terms.sum::<f64>() / x.len() as f64
}

/// Independent draws of normal variables with correlation `rho`, by inversion.
fn normals(n: usize, rho: f64, seed: u64) -> Result<(Vec<f64>, Vec<f64>), InformationError> {
    let (normal, mut uniform) = (Normal::new(0.0, 1.0)?, uniforms(seed));
    let mut draw = || normal.quantile(uniform());
    let x: Vec<_> = (0..n).map(|_| draw()).collect();
    let y = x
        .iter()
        .map(|x| rho * x + (1.0 - rho * rho).sqrt() * draw());
    let y = y.collect();
    Ok((x, y))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn neighbors_in_a_tree_are_neighbors_among_all((x, y) in samples(), k in 1_usize..6) {
        let (n, k) = (x.len() as f64, k.min(x.len() - 1));
        let finite = [&x, &y].iter().all(|v| v.iter().all(|a| v.iter().all(|b| (a - b).is_finite())));
        let near = neighborhoods(&x, &y, k);
        let both: Vec<f64> = x.iter().chain(&y).copied().collect();
        let pairs = MatrixRef::new(&both, Shape::new(2, x.len()), Order::Rows)?;
        if !finite || near.iter().any(|(radius, _)| *radius == 0.0) {
            prop_assert!(entropy_nearest(pairs, k).is_err());
            for estimate in BOTH {
                prop_assert!(estimate(row(&x), row(&y), k).is_err());
            }
            return Ok(());
        }
        let (of_k, of_n) = (digamma(k as f64), digamma(n));
        let logarithms = near.iter().map(|(radius, _)| radius.ln() + 2.0_f64.ln());
        let (sum, size) = logarithms.fold((0.0, 0.0), |(sum, size), ln| (sum + ln, size + ln.abs()));
        scaled(entropy_nearest(pairs, k)?, of_n - of_k + 2.0 * sum / n, 64.0 * EPS, 8.0 + 2.0 * size)?;
        let cubes = [&x, &y].map(|v| mean_digamma(v, 1, |j, far| far < near[j].0));
        scaled(mutual_information_ksg1(row(&x), row(&y), k)?, of_k + of_n - cubes[0] - cubes[1], 64.0 * EPS, 8.0)?;
        let boxes = [&x, &y].map(|v| {
            let extent = |j: usize| near[j].1.iter().map(|i| (v[*i] - v[j]).abs()).fold(0.0, f64::max);
            mean_digamma(v, 0, |j, far| far <= extent(j))
        });
        let expected = of_k - 1.0 / k as f64 + of_n - boxes[0] - boxes[1];
        scaled(mutual_information_ksg2(row(&x), row(&y), k)?, expected, 64.0 * EPS, 8.0)?;
    }

    #[test]
    fn nearest_entropy_moves_with_the_unit((x, y) in whole(), k in 1_usize..6, c in -99_i32..99, m in -20_i32..20) {
        let k = k.min(x.len() - 1);
        let both: Vec<f64> = x.iter().chain(&y).copied().collect();
        let of = |both: &[f64]| entropy_nearest(MatrixRef::new(both, Shape::new(2, x.len()), Order::Rows)?, k);
        let unit = 2.0_f64.powi(m);
        let moved: Vec<f64> = both.iter().map(|x| unit * (x + f64::from(c))).collect();
        let mut turned = both.clone();
        turned.reverse(); // the order of the samples, and that of the variables
        if let Ok(h) = of(&both) {
            scaled(of(&moved)?, h + f64::from(2 * m) * 2.0_f64.ln(), 64.0 * EPS, 8.0 + 2.0 * f64::from(m.abs()))?;
            scaled(of(&turned)?, h, 64.0 * EPS, 16.0)?;
        } else {
            prop_assert!(of(&moved).is_err() && of(&turned).is_err());
        }
    }

    #[test]
    fn information_from_neighbors_is_symmetric((x, y) in whole(), k in 1_usize..6, turn in 0_usize..60) {
        let k = k.min(x.len() - 1);
        let (mut u, mut v) = (x.clone(), y.clone());
        u.rotate_left(turn % x.len());
        v.rotate_left(turn % x.len());
        for estimate in BOTH {
            match estimate(row(&x), row(&y), k) {
                Ok(told) => {
                    same_bits(estimate(row(&y), row(&x), k)?, told)?;
                    same_bits(estimate(row(&u), row(&v), k)?, told)?;
                }
                Err(_) => prop_assert!(estimate(row(&y), row(&x), k).is_err()),
            }
        }
    }

    #[test]
    fn information_from_neighbors_does_not_see_units((x, y) in whole(), k in 1_usize..6, c in -99_i32..99, m in -20_i32..20) {
        let k = k.min(x.len() - 1);
        let unit = 2.0_f64.powi(m);
        let moved: Vec<f64> = x.iter().map(|x| unit * (x + f64::from(c))).collect();
        let mirrored: Vec<f64> = y.iter().map(|y| -unit * y).collect();
        for estimate in BOTH {
            if let Ok(told) = estimate(row(&x), row(&y), k) {
                same_bits(estimate(row(&moved), row(&mirrored), k)?, told)?;
            }
        }
    }
}

/// Samples with two labels, each of which has more than `k` of them.
fn labelled() -> impl Strategy<Value = (Vec<f64>, Vec<u32>, usize)> {
    let labels = |n: usize| prop::collection::vec(0_u32..2, n);
    let pair =
        (8_usize..50).prop_flat_map(move |n| (prop_oneof![vector(n), integers(n)], labels(n)));
    pair.prop_map(|(x, labels)| {
        let ones = labels.iter().filter(|label| **label == 1).count();
        let fewest = ones.min(labels.len() - ones);
        (x, labels, fewest.saturating_sub(1).clamp(1, 3))
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn neighbors_with_a_label_are_neighbors_among_all((x, labels, k) in labelled()) {
        let far = |i: usize, j: usize| (x[i] - x[j]).abs();
        let others = |j: usize| (0..x.len()).filter(move |i| *i != j);
        let mut sum = digamma(k as f64) + digamma(x.len() as f64);
        let mut fails = false;
        for j in 0..x.len() {
            let mut same: Vec<_> = others(j).filter(|i| labels[*i] == labels[j]).map(|i| far(i, j)).collect();
            same.sort_by(f64::total_cmp);
            let Some(radius) = same.get(k - 1).filter(|radius| **radius > 0.0) else { fails = true; break };
            let closer = others(j).filter(|i| far(*i, j) < *radius).count();
            sum -= (digamma(same.len() as f64 + 1.0) + digamma(closer as f64 + 1.0)) / x.len() as f64;
        }
        match mutual_information_labels(row(&x), &labels, k) {
            Ok(told) => {
                prop_assert!(!fails);
                scaled(told, sum, 64.0 * EPS, 8.0)?;
            }
            Err(_) => prop_assert!(fails),
        }
    }

    #[test]
    fn labels_of_groups_that_lie_apart_are_told_in_full(x in vector(6..40), y in vector(6..40), k in 1_usize..4) {
        // the first group lies in [-100, 100], the second around 1000
        let both: Vec<f64> = x.iter().copied().chain(y.iter().map(|y| y + 1000.0)).collect();
        let labels: Vec<u32> = x.iter().map(|_| 0).chain(y.iter().map(|_| 1)).collect();
        let (m, n) = (x.len() as f64, y.len() as f64);
        let expected = digamma(m + n) - (m * digamma(m) + n * digamma(n)) / (m + n);
        if let Ok(told) = mutual_information_labels(row(&both), &labels, k) {
            let ties = |v: &[f64]| v.iter().any(|a| v.iter().filter(|b| *b == a).count() > 1);
            let equally_far = neighborhoods(&both, &both, k).iter().any(|(_, near)| near.len() > k);
            if !ties(&both) && !equally_far {
                scaled(told, expected, 64.0 * EPS, 8.0)?;
            }
        }
    }

    #[test]
    fn information_of_labels_does_not_see_names((x, labels, k) in labelled(), turn in 0_usize..50, m in -20_i32..20) {
        let unit = -(2.0_f64.powi(m));
        let (mut other, mut renamed): (Vec<f64>, Vec<u32>) = (x.iter().map(|x| unit * x).collect(), labels.iter().map(|label| 7 - 3 * label).collect());
        let turn = turn % x.len();
        other.rotate_left(turn);
        renamed.rotate_left(turn);
        if let Ok(told) = mutual_information_labels(row(&x), &labels, k) {
            same_bits(mutual_information_labels(row(&other), &renamed, k)?, told)?;
        }
    }
}

proptest! {
    // each case looks for neighbors of 600 samples
    #![proptest_config(ProptestConfig { cases: 12, ..cases() })]

    #[test]
    fn nearest_entropy_of_a_normal_law(m in -3.0..3.0, sigma in 0.1..10.0, seed: u64, k in 2_usize..6) {
        let (x, _) = normals(600, 0.0, seed)?;
        let x: Vec<f64> = x.iter().map(|x| m + sigma * x).collect();
        let expected = Normal::new(m, sigma)?.entropy();
        // the standard error is about √(½ + ψ′(k)) / √N ≤ 0.044: five of them, and a little for the bias
        at_most((entropy_nearest(row(&x), k)? - expected).abs(), 0.24)?;
    }

    #[test]
    fn information_from_neighbors_of_normal_laws(rho in -0.9..0.9, seed: u64, k in 3_usize..6) {
        for rho in [0.0, rho] {
            let (x, y) = normals(600, rho, seed)?;
            let expected = -0.5 * (-rho * rho).ln_1p();
            for estimate in BOTH {
                // 150 samples of 600 had a standard deviation of at most 0.044 and a bias of at most 0.012: five of them
                at_most((estimate(row(&x), row(&y), k)? - expected).abs(), 0.24)?;
            }
        }
    }

    #[test]
    fn information_from_neighbors_survives_monotone_maps(rho in -0.9..0.9, seed: u64) {
        let (x, y) = normals(600, rho, seed)?;
        let bent: Vec<f64> = x.iter().map(|x| x + 0.3 * x.tanh()).collect();
        let cubed: Vec<f64> = y.iter().map(|y| y + y * y * y / 9.0).collect();
        for estimate in BOTH {
            let (plain, mapped) = (estimate(row(&x), row(&y), 4)?, estimate(row(&bent), row(&cubed), 4)?);
            at_most((plain - mapped).abs(), 0.24)?;
        }
        // what determines y is told in full: as much as so many samples can show
        at_least(mutual_information_ksg1(row(&x), row(&bent), 4)?, 3.0)?;
    }
}
