//! What a sample says: intervals, tests, correlation.

use gradus_probability::{
    Key, Multinomial, Normal, Simplex, Uniform, chi_squared_test, independence_test, kendall,
    kolmogorov_test, mean_interval, pearson, permutation_test, spearman, t_test, welch_test,
};
use gradus_testkit::strategies::integers;
use gradus_testkit::{at_least, at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::error::Error;
use std::iter::zip;

const EPS: f64 = f64::EPSILON;

/// Two samples of the same length, with ties.
fn pair() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    (2_usize..30).prop_flat_map(|n| (integers(n), integers(n)))
}

fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

fn difference(x: &[f64], y: &[f64]) -> f64 {
    mean(x) - mean(y)
}

/// $`\tau_b`$ by its definition.
fn pairs_one_by_one(x: &[f64], y: &[f64]) -> f64 {
    let (mut sum, mut in_x, mut in_y) = (0.0, 0.0, 0.0);
    for i in 0..x.len() {
        for j in 0..i {
            let sign = |z: &[f64]| {
                if z[i] == z[j] {
                    0.0
                } else {
                    (z[i] - z[j]).signum()
                }
            };
            sum += sign(x) * sign(y);
            in_x += sign(x).abs();
            in_y += sign(y).abs();
        }
    }
    sum / f64::sqrt(in_x) / f64::sqrt(in_y)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn intervals_hold_what_tests_do_not_reject(x in integers(2..20), level in 0.01..0.99, t in -3.0..3.0) {
        let (low, high) = mean_interval(&x, level)?;
        prop_assert!(low <= mean(&x) && mean(&x) <= high);
        let expected = mean(&x) + t * (high - low);
        if let Ok(test) = t_test(&x, expected) {
            let inside = (expected - low).min(high - expected) / (high - low);
            if inside.abs() > 1e-9 {
                prop_assert_eq!(test.p_value > 1.0 - level, inside > 0.0);
            }
        } else {
            prop_assert!(low == high);
        }
    }

    #[test]
    fn t_tests_do_not_see_units((x, y) in pair(), scale in -20_i32..20, origin in -99_i32..99) {
        let unit = 2.0_f64.powi(scale);
        let moved = |x: &[f64]| x.iter().map(|x| unit * (x + f64::from(origin))).collect::<Vec<_>>();
        if let (Ok(one), Ok(two)) = (t_test(&x, 1.0), welch_test(&x, &y)) {
            let other = t_test(&moved(&x), unit * (1.0 + f64::from(origin)))?;
            scaled(other.statistic, one.statistic, 256.0 * EPS, 100.0 + one.statistic.abs())?;
            scaled(other.p_value, one.p_value, 1e-12, 1.0)?;
            let (same, turned) = (welch_test(&moved(&x), &moved(&y))?, welch_test(&y, &x)?);
            scaled(same.statistic, two.statistic, 256.0 * EPS, 100.0 + two.statistic.abs())?;
            scaled(turned.statistic, -two.statistic, 8.0 * EPS, 1.0 + two.statistic.abs())?;
            scaled(turned.p_value, two.p_value, 1e-12, 1.0)?;
        }
    }

    #[test]
    fn welch_has_fewer_degrees_of_freedom(x in integers(2..20), y in integers(2..20)) {
        if let Ok(test) = welch_test(&x, &y) {
            let freedom = test.freedom.unwrap_or(f64::NAN);
            let (m, n) = (x.len() as f64, y.len() as f64);
            at_most(f64::min(m, n) - 1.0, freedom * (1.0 + 8.0 * EPS))?;
            at_most(freedom, (m + n - 2.0) * (1.0 + 8.0 * EPS))?;
        }
    }

    #[test]
    fn chi_squared_tests_see_only_pairs(w in prop::collection::vec(1_u64..9, 2..7), times in 1_u64..50, extra in prop::collection::vec(0_u64..9, 7)) {
        let p = Simplex::from_weights(&w.iter().map(|w| *w as f64).collect::<Vec<_>>())?;
        let exact: Vec<_> = w.iter().map(|w| w * times).collect();
        at_most(chi_squared_test(&exact, &p)?.statistic, 1e-12)?;
        let counts: Vec<_> = zip(&exact, &extra).map(|(k, e)| k + e).collect();
        let test = chi_squared_test(&counts, &p)?;
        let padded = Simplex::new([p.as_slice(), &[0.0]].concat())?;
        let with = chi_squared_test(&[counts.as_slice(), &[0]].concat(), &padded)?;
        same_bits(with.statistic, test.statistic)?;
        same_bits(with.p_value, test.p_value)?;
        prop_assert!(chi_squared_test(&[counts.as_slice(), &[1]].concat(), &padded).is_err());
        let mut turned = (counts, p.into_vec());
        turned.0.reverse();
        turned.1.reverse();
        relative(chi_squared_test(&turned.0, &Simplex::new(turned.1)?)?.statistic, test.statistic, 1e-12)?;
    }

    #[test]
    fn the_mean_of_chi_squared_is_its_freedom(w in prop::collection::vec(0.1..1.0, 3), n in 1_u64..12) {
        let p = Simplex::from_weights(&w)?;
        let law = Multinomial::new(n, p.clone());
        let mut sum = 0.0;
        for i in 0..=n {
            for j in 0..=n - i {
                let counts = [i, j, n - i - j];
                sum += law.pmf(&counts)? * chi_squared_test(&counts, &p)?.statistic;
            }
        }
        relative(sum, 2.0, 1e-12)?;
    }

    #[test]
    fn tests_of_independence_see_products(a in prop::collection::vec(1_u64..9, 2..4), b in prop::collection::vec(1_u64..9, 2..4), extra in 0_u64..99) {
        let mut counts: Vec<Vec<u64>> = a.iter().map(|a| b.iter().map(|b| a * b).collect()).collect();
        at_most(independence_test(&counts)?.statistic, 1e-12)?;
        counts[0][0] += extra;
        counts.push(vec![0; b.len()]); // says nothing
        let test = independence_test(&counts)?;
        let turned: Vec<Vec<_>> = (0..b.len()).map(|j| counts.iter().map(|row| row[j]).collect()).collect();
        let other = independence_test(&turned)?;
        scaled(other.statistic, test.statistic, 1e-12, 1.0 + test.statistic)?;
        prop_assert_eq!(other.freedom, Some(((a.len() - 1) * (b.len() - 1)) as f64));
    }

    #[test]
    fn correlations_lie_between_minus_one_and_one((x, y) in pair(), a in -9_i32..9) {
        for f in [pearson, spearman, kendall] {
            if let Ok(r) = f(&x, &y) {
                prop_assert!((-1.0..=1.0).contains(&r));
                scaled(f(&y, &x)?, r, 8.0 * EPS, 1.0)?;
            }
        }
        let line: Vec<_> = x.iter().map(|x| f64::from(a) * x + 1.0).collect();
        if let Ok(r) = pearson(&x, &line) {
            scaled(r, f64::from(a).signum(), 8.0 * EPS, 1.0)?;
        }
    }

    #[test]
    fn spearman_is_pearson_of_ranks(order in (2_usize..30).prop_flat_map(|n| Just((0..n).collect::<Vec<_>>()).prop_shuffle())) {
        let n = order.len() as f64;
        let (x, y): (Vec<_>, Vec<_>) = order.iter().enumerate().map(|(i, j)| (i as f64, (*j as f64).powi(3))).unzip();
        let squares: f64 = order.iter().enumerate().map(|(i, j)| (i as f64 - *j as f64).powi(2)).sum();
        scaled(spearman(&x, &y)?, 1.0 - 6.0 * squares / (n * n * n - n), 64.0 * EPS, 1.0)?;
        let ranks: Vec<_> = order.iter().map(|j| *j as f64).collect();
        scaled(spearman(&x, &y)?, pearson(&x, &ranks)?, 8.0 * EPS, 1.0)?;
    }

    #[test]
    fn rank_correlations_do_not_see_increasing_functions((x, y) in pair()) {
        let bent: Vec<_> = y.iter().map(|y| y.exp() + y).collect();
        for f in [spearman, kendall] {
            if let Ok(r) = f(&x, &y) {
                same_bits(f(&x, &bent)?, r)?;
            }
        }
    }

    #[test]
    fn kendall_counts_pairs((x, y) in pair()) {
        if let Ok(tau) = kendall(&x, &y) {
            scaled(tau, pairs_one_by_one(&x, &y), 8.0 * EPS, 1.0)?;
        }
    }

    #[test]
    fn permutation_tests_count_exchanges(x in integers(1..9), y in integers(1..9), seed in 0_u64..1000, rounds in 1_u32..50) {
        let test = permutation_test(&x, &y, difference, rounds, &mut Key::new(seed).rng())?;
        let floor = 1.0 / (1.0 + f64::from(rounds));
        prop_assert!(floor <= test.p_value && test.p_value <= 1.0);
        same_bits(test.statistic, difference(&x, &y))?;
        prop_assert_eq!(permutation_test(&x, &y, difference, rounds, &mut Key::new(seed).rng())?, test);
        same_bits(permutation_test(&x, &y, |_, _| 1.0, rounds, &mut Key::new(seed).rng())?.p_value, 1.0)?;
    }
}

/// The share of all exchanges of five numbers with two that are as far out as what was seen.
#[test]
fn permutation_tests_go_to_the_exact_p_value() -> Result<(), Box<dyn Error>> {
    let (x, y) = ([1.0, 4.0], [2.0, 9.0, 7.0]);
    let both = [1.0, 4.0, 2.0, 9.0, 7.0];
    let (mut far, mut all) = (0.0, 0.0);
    for i in 0..5 {
        for j in 0..i {
            let left = [both[i], both[j]];
            let right: Vec<_> = (0..5)
                .filter(|k| *k != i && *k != j)
                .map(|k| both[k])
                .collect();
            all += 1.0;
            far += f64::from(u8::from(
                difference(&left, &right).abs() >= difference(&x, &y).abs() - 1e-12,
            ));
        }
    }
    let rounds = 40_000;
    let test = permutation_test(&x, &y, difference, rounds, &mut Key::new(5).rng())?;
    let exact: f64 = far / all;
    // five standard deviations of a share
    let bound = 5.0 * (exact * (1.0 - exact) / f64::from(rounds)).sqrt() + 1.0 / f64::from(rounds);
    Ok(at_most((test.p_value - exact).abs(), bound)?)
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() -> Result<(), Box<dyn Error>> {
    use gradus_probability::Continuous;
    let (law, mut rng) = (Normal::new(3.0, 2.0)?, Key::new(6).rng());
    let (samples, mut held) = (20_000, 0.0);
    for _ in 0..samples {
        let x: Vec<_> = (0..5).map(|_| law.sample(&mut rng)).collect();
        let (low, high) = mean_interval(&x, 0.9)?;
        held += f64::from(u8::from(low <= 3.0 && 3.0 <= high));
    }
    let n = f64::from(samples);
    Ok(at_most((held / n - 0.9).abs(), 5.0 * (0.09 / n).sqrt())?)
}

#[test]
fn p_values_are_uniform_under_the_hypothesis() -> Result<(), Box<dyn Error>> {
    use gradus_probability::Continuous;
    let (law, mut rng) = (Normal::new(-1.0, 0.5)?, Key::new(8).rng());
    let samples = 20_000;
    let mut p = Vec::new();
    for _ in 0..samples {
        let x: Vec<_> = (0..4).map(|_| law.sample(&mut rng)).collect();
        p.push(t_test(&x, -1.0)?.p_value);
    }
    let test = kolmogorov_test(&p, &Uniform::new(0.0, 1.0)?)?;
    Ok(at_least(test.p_value, 1e-6)?)
}
