//! Distances of samples.

use gradus_information::{
    Simplex, energy_distance, gaussian_kernel, maximum_mean_discrepancy, total_variation,
    wasserstein,
};
use gradus_testkit::strategies::{integers, vector};
use gradus_testkit::{at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;

/// Ordinary numbers, and small whole ones with ties.
fn sample() -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![vector(1..9), integers(1..9)]
}

fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

/// Mean distance of a number of one sample from one of the other.
fn apart(x: &[f64], y: &[f64]) -> f64 {
    let distances = x.iter().flat_map(|x| y.iter().map(move |y| (x - y).abs()));
    mean(&distances.collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn wasserstein_and_energy_are_metrics(x in sample(), y in sample(), z in sample()) {
        for distance in [wasserstein, energy_distance] {
            let (xy, xz, zy) = (distance(&x, &y)?, distance(&x, &z)?, distance(&z, &y)?);
            same_bits(distance(&y, &x)?, xy)?;
            at_most(xy, (xz + zy) * (1.0 + 16.0 * EPS))?;
            let mut turned = x.clone();
            turned.reverse();
            same_bits(distance(&x, &turned)?, 0.0)?;
            prop_assert!(xy > 0.0 || mean(&x) - mean(&y) == 0.0 || (mean(&x) - mean(&y)).abs() < 1e-12);
        }
    }

    #[test]
    fn wasserstein_of_a_shift_is_its_length(x in integers(1..9), c in -50_i32..50) {
        let moved: Vec<_> = x.iter().map(|x| x + f64::from(c)).collect();
        scaled(wasserstein(&x, &moved)?, f64::from(c).abs(), 32.0 * EPS, 50.0)?;
    }

    #[test]
    fn wasserstein_pairs_ordered_numbers(pairs in prop::collection::vec((-9.0..9.0, -9.0..9.0), 1..9)) {
        let (mut x, mut y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        let distance = wasserstein(&x, &y)?;
        x.sort_by(f64::total_cmp);
        y.sort_by(f64::total_cmp);
        let gaps: Vec<_> = x.iter().zip(&y).map(|(x, y)| (x - y).abs()).collect();
        scaled(distance, mean(&gaps), 32.0 * EPS, 18.0)?;
    }

    #[test]
    fn wasserstein_is_at_most_the_range_times_total_variation(x in integers(1..9), y in integers(1..9)) {
        let of = |sample: &[f64]| {
            let count = |t: i32| sample.iter().filter(|x| **x == f64::from(t)).count() as f64;
            Simplex::from_weights(&(-9..=9).map(count).collect::<Vec<_>>())
        };
        let all = || x.iter().chain(&y).copied();
        let range = all().fold(-9.0, f64::max) - all().fold(9.0, f64::min);
        at_most(wasserstein(&x, &y)?, range * total_variation(&of(&x)?, &of(&y)?)? * (1.0 + 16.0 * EPS))?;
    }

    #[test]
    fn energy_distance_is_one_of_mean_distances(x in sample(), y in sample()) {
        let expected = 2.0 * apart(&x, &y) - apart(&x, &x) - apart(&y, &y);
        scaled(energy_distance(&x, &y)?.powi(2), expected, 64.0 * EPS, 400.0)?;
    }

    #[test]
    fn energy_distance_is_bounded_by_wasserstein(x in sample(), y in sample()) {
        at_most(energy_distance(&x, &y)?.powi(2), 2.0 * wasserstein(&x, &y)? * (1.0 + 8.0 * EPS))?;
    }

    #[test]
    fn discrepancy_is_a_distance_of_means(x in sample(), y in sample()) {
        let kernel = |a: &f64, b: &f64| gaussian_kernel(&[*a], &[*b], 3.0);
        let apart = maximum_mean_discrepancy(&x, &y, kernel)?;
        // the square is a sum of terms of size 1
        scaled(maximum_mean_discrepancy(&y, &x, kernel)?.powi(2), apart.powi(2), 16.0 * EPS, 4.0)?;
        let mut turned = x.clone();
        turned.reverse();
        at_most(maximum_mean_discrepancy(&x, &turned, kernel)?.powi(2), 16.0 * EPS)?;
        at_most(apart, 2.0_f64.sqrt() * (1.0 + 4.0 * EPS))?;
    }

    #[test]
    fn discrepancy_of_the_product_is_the_distance_of_means(x in integers(1..9), y in integers(1..9)) {
        let apart = maximum_mean_discrepancy(&x, &y, |a, b| a * b)?;
        scaled(apart.powi(2), (mean(&x) - mean(&y)).powi(2), 64.0 * EPS, 324.0)?;
    }

    #[test]
    fn discrepancy_of_distances_is_the_energy_distance(x in integers(1..9), y in integers(1..9)) {
        let kernel = |a: &f64, b: &f64| a.abs() + b.abs() - (a - b).abs();
        let apart = maximum_mean_discrepancy(&x, &y, kernel)?;
        scaled(apart.powi(2), energy_distance(&x, &y)?.powi(2), 64.0 * EPS, 36.0)?;
    }

    #[test]
    fn the_gaussian_kernel_falls_with_the_distance(a in vector(3), b in vector(3), h in 0.1..100.0, t in 0.0..1.0) {
        let value = gaussian_kernel(&a, &b, h);
        relative(gaussian_kernel(&b, &a, h), value, 0.0)?;
        same_bits(gaussian_kernel(&a, &a, h), 1.0)?;
        let between: Vec<_> = a.iter().zip(&b).map(|(a, b)| a + t * (b - a)).collect();
        at_most(value, gaussian_kernel(&a, &between, h) * (1.0 + 1e-12))?;
        prop_assert!(gaussian_kernel(&a, &b[..2], h).is_nan() && gaussian_kernel(&a, &b, -h).is_nan());
        let squares: f64 = a.iter().zip(&b).map(|(a, b)| (a - b) * (a - b)).sum();
        scaled(value, (-squares / (2.0 * h * h)).exp(), 1e-12, 1.0)?;
    }
}
