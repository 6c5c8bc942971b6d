//! Mechanisms and what a neighbor changes.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole numbers below 2^53"
)]

use gradus_privacy::rand::Rng;
use gradus_privacy::{
    Key, choice_probabilities, choose, discrete_laplace, discrete_laplace_ln_mass, gaussian_delta,
    gaussian_epsilon, gaussian_noise, laplace, randomized_response, response_shares,
};
use gradus_testkit::{all_scaled, at_least, at_most, cases, scaled};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::error::Error;

const EPSILON: f64 = f64::EPSILON;

/// Whether so many of `n` draws are within five deviations of what their probability says (one of two million times not).
fn frequent(count: usize, n: usize, p: f64) -> Result<(), Box<dyn Error>> {
    let n = n as f64;
    Ok(at_most(
        (count as f64 - n * p).abs(),
        5.0 * (n * p * (1.0 - p)).sqrt() + 1.0,
    )?)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn neighbors_differ_by_at_most_the_exponential_of_epsilon(epsilon in 1e-5..20.0, sensitivity in 1..50_u32, value in -100..100_i64, moved in 0..=50_u32, output in -1000..1000_i64) {
        let neighbor = value + i64::from(moved.min(sensitivity));
        let [here, there] = [value, neighbor].map(|v| discrete_laplace_ln_mass(output - v, sensitivity, epsilon));
        let (here, there) = (here?, there?);
        // Each logarithm has four roundings of its size.
        at_most((here - there).abs(), epsilon + 4.0 * EPSILON * here.abs().max(there.abs()))?;
    }

    #[test]
    fn discrete_laplace_probabilities_sum_to_one(epsilon in 0.05..20.0_f64, sensitivity in 1..20_u32) {
        // Beyond the last, less than e^-40 is left.
        let last = (40.0 * f64::from(sensitivity) / epsilon).ceil() as i64;
        let p = (-last..=last).map(|k| discrete_laplace_ln_mass(k, sensitivity, epsilon).map(f64::exp));
        let p: Vec<f64> = p.collect::<Result<_, _>>()?;
        scaled(p.iter().sum(), 1.0, 64.0 * EPSILON + p.len() as f64 * EPSILON, 1.0)?;
    }

    #[test]
    fn the_grid_keeps_neighbors_near(place in prop_oneof![-1e3..1e3_f64, (-3..3_i32).prop_map(|k| f64::from(k) + 0.5)], gap in prop_oneof![0.0..3.0_f64, (0..4_u32).prop_map(f64::from)], power in -3..12_i32, seed in 0..1000_u64) {
        let step = 0.5_f64.powi(power);
        let at = |v: f64| laplace(v * step, 3.0 * step, 1024.0, step, &mut Key::new(seed).rng()).map(|x| x / step);
        let (here, there) = (at(place)?, at(place + gap)?);
        prop_assert!(here.fract() == 0.0 && there.fract() == 0.0);
        // The same key draws the same noise: what differs is the place on the grid.
        let rounding = f64::from(u8::from(place + gap - place != gap));
        at_most((here - there).abs(), gap.ceil() + rounding)?;
    }

    #[test]
    fn neighbors_choose_alike(votes in prop::collection::vec((-50..50_i64, -3..=3_i64), 1..8), epsilon in 1e-5..20.0_f64) {
        let (here, moved): (Vec<i64>, Vec<i64>) = votes.into_iter().map(|(u, d)| (u, u + d)).unzip();
        let (p, q) = (choice_probabilities(&here, 3, epsilon)?, choice_probabilities(&moved, 3, epsilon)?);
        for (p, q) in p.iter().zip(&q) {
            // An exponential errs by the rounding of its argument.
            let slack = 4.0 * EPSILON * (8.0 + epsilon * 100.0 / 6.0);
            at_most(*p, q * epsilon.exp() * (1.0 + slack))?;
            at_most(*q, p * epsilon.exp() * (1.0 + slack))?;
        }
        scaled(p.iter().sum(), 1.0, 8.0 * EPSILON, 1.0)?;
    }

    #[test]
    fn shares_are_told_from_their_responses(counts in prop::collection::vec(0..1000_u64, 2..6), epsilon in 0.5..5.0_f64) {
        let n: u64 = counts.iter().sum();
        prop_assume!(n > 0);
        let k = counts.len() as f64;
        let (p, q) = (epsilon.exp() / (epsilon.exp() + k - 1.0), 1.0 / (epsilon.exp() + k - 1.0));
        // What is expected to be said, in parts of 2^40: rounded to integers.
        let share: Vec<f64> = counts.iter().map(|&c| c as f64 / n as f64).collect();
        let said: Vec<u64> = share.iter().map(|s| ((q + (p - q) * s) * 2.0_f64.powi(40)).round() as u64).collect();
        let found = response_shares(&said, epsilon)?;
        all_scaled(&found, &share, 8.0 * 2.0_f64.powi(-40) / (p - q), 1.0)?;
        scaled(found.iter().sum(), 1.0, 16.0 * EPSILON / (p - q), 1.0)?;
    }

    #[test]
    fn gaussian_delta_falls_with_epsilon_and_noise(noise in 0.05..50.0, epsilon in 0.0..10.0, more in 1.01..2.0) {
        let delta = gaussian_delta(noise, epsilon)?;
        prop_assert!((0.0..=1.0).contains(&delta));
        // Each is within 1e-12 (golden table).
        at_most(gaussian_delta(noise * more, epsilon)?, delta * (1.0 + 2e-12))?;
        at_most(gaussian_delta(noise, epsilon * more)?, delta * (1.0 + 2e-12))?;
    }

    #[test]
    fn gaussian_delta_is_the_area_between_the_densities(noise in 0.3..5.0_f64, epsilon in 0.0..3.0_f64) {
        // δ = ∫ max(0, φ(x − 1) − e^ε φ(x)): from where they are equal, by Simpson's rule.
        let density = |x: f64| (-x * x / (2.0 * noise * noise)).exp() / (noise * (2.0 * std::f64::consts::PI).sqrt());
        let (from, n) = (epsilon * noise * noise + 0.5, 4000);
        let width = (1.0 + 12.0 * noise - from).max(0.0);
        let f = |k: i32| {
            let x = from + width * f64::from(k) / f64::from(n);
            density(x - 1.0) - epsilon.exp() * density(x)
        };
        let inner: f64 = (1..n).map(|k| f(k) * if k % 2 == 1 { 4.0 } else { 2.0 }).sum();
        let area = (f(0) + inner + f(n)) * width / f64::from(3 * n);
        scaled(gaussian_delta(noise, epsilon)?, area, 1e-9, 1.0)?; // Simpson's error: (12 / 4000)⁴ in units of σ
    }

    #[test]
    fn gaussian_calibrations_undo_delta(noise in 0.05..100.0_f64, digits in 0.5..12.0_f64) {
        let delta = 10.0_f64.powf(-digits);
        // δ is within 1e-12 (golden table): so is what is just not enough.
        let nearly = delta * (1.0 - 2e-12);
        let epsilon = gaussian_epsilon(noise, delta)?;
        at_most(gaussian_delta(noise, epsilon)?, delta)?;
        if epsilon > 0.0 {
            at_least(gaussian_delta(noise, epsilon.next_down())?, nearly)?;
        }
        let found = gaussian_noise(epsilon, delta)?;
        at_most(found, noise)?; // which is enough
        at_most(gaussian_delta(found, epsilon)?, delta)?;
        at_least(gaussian_delta(found.next_down(), epsilon)?, nearly)?;
    }
}

#[test]
fn discrete_laplace_draws_have_their_probabilities() -> Result<(), Box<dyn Error>> {
    for (sensitivity, epsilon) in [(1, 1.0), (3, 0.7), (2, 5.0)] {
        let (mut rng, n) = (Key::new(11).rng(), 20_000);
        let mut counts = BTreeMap::new();
        for _ in 0..n {
            *counts
                .entry(discrete_laplace(7, sensitivity, epsilon, &mut rng)? - 7)
                .or_insert(0) += 1;
        }
        for k in -6..=6 {
            let p = discrete_laplace_ln_mass(k, sensitivity, epsilon)?.exp();
            frequent(counts.get(&k).copied().unwrap_or(0), n, p)?;
        }
    }
    Ok(())
}

#[test]
fn choices_have_their_probabilities() -> Result<(), Box<dyn Error>> {
    let (votes, n, mut rng) = ([3, 5, 4, 5], 20_000, Key::new(12).rng());
    let draws = (0..n).map(|_| choose(&votes, 1, 1.3, &mut rng));
    let draws: Vec<usize> = draws.collect::<Result<_, _>>()?;
    for (choice, p) in choice_probabilities(&votes, 1, 1.3)?
        .into_iter()
        .enumerate()
    {
        frequent(draws.iter().filter(|&&d| d == choice).count(), n, p)?;
    }
    Ok(())
}

#[test]
fn responses_have_their_probabilities() -> Result<(), Box<dyn Error>> {
    let (epsilon, n, mut rng) = (0.8_f64, 20_000, Key::new(13).rng());
    let draws = (0..n).map(|_| randomized_response(2, 4, epsilon, &mut rng));
    let draws: Vec<u32> = draws.collect::<Result<_, _>>()?;
    for said in 0..4 {
        let weight = if said == 2 { epsilon.exp() } else { 1.0 };
        frequent(
            draws.iter().filter(|&&d| d == said).count(),
            n,
            weight / (epsilon.exp() + 3.0),
        )?;
    }
    Ok(())
}

/// Mironov's attack: of the outputs of v − sign(u) ln |u| for v = 0, many can not come from v = 1.
#[test]
fn laplace_noise_in_floating_point_leaks_and_discrete_noise_does_not() -> Result<(), Box<dyn Error>>
{
    let grid = 2.0_f64.powi(-53);
    // Whether 1 + s ln(k 2^-53), rounded, can be this number: look at the k that are near, on both sides.
    let can_come_from_one = |output: f64| {
        let sign = if output >= 1.0 { -1.0 } else { 1.0 };
        let k = (((output - 1.0) * sign).exp() / grid).round();
        (-64..=64).any(|d: i32| {
            let u = (k + f64::from(d)) * grid;
            u > 0.0 && u <= 1.0 && 1.0 + sign * u.ln() == output
        })
    };
    let (n, mut rng) = (2000, Key::new(14).rng());
    let leaks = (0..n).filter(|_| {
        let u = 1.0 - on_the_grid(&mut rng);
        let sign = if on_the_grid(&mut rng) < 0.5 {
            -1.0
        } else {
            1.0
        };
        !can_come_from_one(0.0 + sign * f64::ln(u))
    });
    let leaks = leaks.count() as f64 / f64::from(n);
    assert!(leaks > 0.5, "{leaks} of the outputs give the secret away");
    // On the integers every output comes from both, and at most e^ε times as often from one.
    for output in -2000..=2000 {
        let [zero, one] = [0, 1].map(|v| discrete_laplace_ln_mass(output - v, 1, 0.5));
        let (zero, one) = (zero?, one?);
        assert!(zero.is_finite() && one.is_finite());
        at_most(
            (zero - one).abs(),
            0.5 + 4.0 * EPSILON * zero.abs().max(one.abs()),
        )?;
    }
    Ok(())
}

/// A number on the grid of 2^-53, as most programs draw it.
fn on_the_grid(rng: &mut impl Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 * 2.0_f64.powi(-53)
}
