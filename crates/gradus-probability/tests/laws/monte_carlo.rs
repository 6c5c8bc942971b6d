//! Means by Monte Carlo, and the ranks of simulation-based calibration.

use gradus_probability::{
    Average, Beta, Binomial, Calibration, ConjugatePrior, Continuous, Discrete, Key, Normal,
    NormalMean, ProbabilityError, antithetic_mean, controlled_mean,
};
use gradus_random::rand::Rng;
use gradus_random::uniform;
use gradus_testkit::{at_least, at_most, cases, relative, scaled};
use proptest::prelude::*;
use std::error::Error;

const EPS: f64 = f64::EPSILON;

/// $`e^u`$, whose mean over [0, 1] is e − 1.
const MEAN: f64 = std::f64::consts::E - 1.0;

/// The plain mean of n values, as without a control.
fn plain(n: usize, rng: &mut impl Rng) -> Result<Average, ProbabilityError> {
    let values: Vec<f64> = (0..n).map(|_| uniform(rng).exp()).collect();
    controlled_mean(&values, &values, 0.0, 0.0)
}

fn antithetic(pairs: usize, rng: &mut impl Rng) -> Result<Average, ProbabilityError> {
    antithetic_mean(|u| u[0].exp(), 1, pairs, rng)
}

/// With u itself as control: $`\operatorname{Cov}(e^u, u) / \operatorname{Var} u = 6 (3 - e)`$.
fn controlled(n: usize, rng: &mut impl Rng) -> Result<Average, ProbabilityError> {
    let u: Vec<f64> = (0..n).map(|_| uniform(rng)).collect();
    let values: Vec<f64> = u.iter().map(|u| u.exp()).collect();
    controlled_mean(&values, &u, 0.5, 6.0 * (3.0 - std::f64::consts::E))
}

/// The root of the mean square of the errors of many estimates, and of what they say of themselves.
fn errors(estimates: &[Average]) -> (f64, f64) {
    let mean = |of: &dyn Fn(&Average) -> f64| {
        estimates.iter().map(of).sum::<f64>() / estimates.len() as f64
    };
    (
        mean(&|e| (e.mean - MEAN).powi(2)).sqrt(),
        mean(&|e| e.standard_error.powi(2)).sqrt(),
    )
}

#[test]
fn the_error_of_monte_carlo_falls_like_the_root_of_the_draws() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(31).rng();
    let mut of_size = |n: usize| -> Result<f64, ProbabilityError> {
        let estimates: Result<Vec<_>, _> = (0..600).map(|_| plain(n, &mut rng)).collect();
        Ok(errors(&estimates?).0)
    };
    let (few, many) = (of_size(16)?, of_size(1024)?);
    // the logarithm of a deviation of 600 draws is off by 1/√1200 = 0.029, so the slope by 0.029 √2 / ln 64 = 0.01
    Ok(scaled((many / few).ln() / 64.0_f64.ln(), -0.5, 0.05, 1.0)?)
}

/// A way to a mean from so many draws.
type Estimate<R> = fn(usize, &mut R) -> Result<Average, ProbabilityError>;

fn all<R: Rng>() -> [Estimate<R>; 3] {
    [plain, antithetic, controlled]
}

#[test]
fn opposite_pairs_and_controls_have_no_bias() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(32).rng();
    let mut deviations = Vec::new();
    for estimate in all() {
        let estimates: Result<Vec<_>, _> = (0..2000).map(|_| estimate(8, &mut rng)).collect();
        let estimates = estimates?;
        let (error, told) = errors(&estimates);
        let bias = estimates.iter().map(|e| e.mean - MEAN).sum::<f64>() / 2000.0;
        at_most(bias.abs(), 5.0 * error / 2000.0_f64.sqrt())?;
        relative(error, told, 0.15)?; // five deviations of the root of 2000 squares with heavy tails
        deviations.push(error);
    }
    // Var e^u = 0.2420, of a pair 0.0039, with the control 0.0039
    at_least(deviations[0], 5.0 * deviations[1])?;
    Ok(at_least(deviations[0], 5.0 * deviations[2])?)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn opposite_pairs_are_exact_for_linear_functions(c in prop::collection::vec(-9.0..9.0_f64, 1..6), seed in 0_u64..1000) {
        let line = |u: &[f64]| c[0] + c[1..].iter().zip(u).map(|(c, u)| c * u).sum::<f64>();
        let found = antithetic_mean(line, c.len() - 1, 7, &mut Key::new(seed).rng())?;
        scaled(found.mean, c[0] + c[1..].iter().sum::<f64>() / 2.0, 16.0 * EPS, 50.0)?;
        at_most(found.standard_error, 16.0 * EPS * 50.0)?;
    }

    /// Powers and exponentials that rise in all coordinates: the square of the error is that of n draws at most, for 2n evaluations.
    #[test]
    fn opposite_pairs_of_monotone_functions_err_less(a in 0.2..3.0_f64, b in 0.2..3.0_f64, seed in 0_u64..1000) {
        let rising = |u: &[f64]| u[0].powf(a) * (b * u[1]).exp() + u[1];
        let n = 400;
        let mut rng = Key::new(seed).rng();
        let pairs = antithetic_mean(rising, 2, n, &mut rng)?;
        let singles: Vec<f64> = (0..2 * n).map(|_| rising(&[uniform(&mut rng), uniform(&mut rng)])).collect();
        let single = controlled_mean(&singles, &singles, 0.0, 0.0)?;
        at_most(pairs.standard_error, single.standard_error)?;
        prop_assert!((pairs.mean - single.mean).abs() <= 6.0 * pairs.standard_error.hypot(single.standard_error));
    }

    #[test]
    fn controls_take_out_what_is_known(c in prop::collection::vec(-9.0..9.0_f64, 2..20), a in -9.0..9.0_f64, b in -9.0..9.0_f64, known in -9.0..9.0_f64) {
        let values: Vec<f64> = c.iter().map(|c| a + b * c).collect();
        let exact = controlled_mean(&values, &c, known, b)?;
        scaled(exact.mean, a + b * known, 16.0 * EPS, 200.0)?;
        at_most(exact.standard_error, 16.0 * EPS * 200.0)?;
        let plain = controlled_mean(&values, &c, known, 0.0)?;
        scaled(plain.mean, values.iter().sum::<f64>() / c.len() as f64, 32.0 * EPS, 90.0)?;
        prop_assert!(controlled_mean(&values, &c[1..], known, b).is_err());
        prop_assert!(controlled_mean(&values, &c, f64::NAN, b).is_err() && controlled_mean(&values, &c, known, f64::INFINITY).is_err());
        prop_assert!(controlled_mean(&values[..1], &c[..1], known, b).is_err());
    }

    /// In units whose squares are no numbers, too; and the deviations may be tiny beside the mean.
    #[test]
    fn averages_have_the_unit_of_their_values(x in prop::collection::vec(-9.0..9.0_f64, 2..20), power in -930..930_i32, far in any::<bool>()) {
        let unit = 2.0_f64.powi(power);
        let x: Vec<f64> = x.iter().map(|x| if far { 1024.0 + (x * 1e6).round() / 1e9 } else { *x }).collect();
        let plain = controlled_mean(&x, &x, 0.0, 0.0)?;
        let scaled_up: Vec<f64> = x.iter().map(|x| unit * x).collect();
        let found = controlled_mean(&scaled_up, &x, 0.0, 0.0)?;
        relative(found.mean, unit * plain.mean, 8.0 * EPS)?;
        relative(found.standard_error, unit * plain.standard_error, 8.0 * EPS)?;
        prop_assert!(plain.standard_error > 0.0 || x.iter().all(|y| *y == x[0]));
        let pairs = antithetic_mean(|_| 2.0 * unit, 1, x.len(), &mut Key::new(1).rng())?;
        prop_assert_eq!((pairs.mean, pairs.standard_error), (2.0 * unit, 0.0));
        // what a draw is corrected to must be a number
        let far = controlled_mean(&[1.0, 2.0], &[1e300, 2e300], 0.0, 1e300);
        prop_assert_eq!(far, Err(ProbabilityError::Overflow));
        let (name, value) = ("pairs", 1.0);
        prop_assert_eq!(antithetic_mean(|u| u[0], 1, 1, &mut Key::new(1).rng()), Err(ProbabilityError::Domain { name, value }));
    }

    #[test]
    fn a_rank_counts_the_draws_below(truth in -5_i32..5, draws in prop::collection::vec(-5_i32..5, 1..12), seed in 0_u64..100) {
        let x: Vec<f64> = draws.iter().map(|x| f64::from(*x)).collect();
        let mut calibration = Calibration::new(x.len())?;
        let rank = calibration.record(truth.into(), &x, &mut Key::new(seed).rng())?;
        let (below, ties) = (draws.iter().filter(|x| **x < truth).count(), draws.iter().filter(|x| **x == truth).count());
        prop_assert!((below..=below + ties).contains(&rank));
        prop_assert_eq!(calibration.counts()[rank], 1);
        let turned: Vec<f64> = x.iter().rev().copied().collect();
        prop_assert_eq!(calibration.record(truth.into(), &turned, &mut Key::new(seed).rng())?, rank);
        prop_assert_eq!(calibration.counts().iter().sum::<u64>(), 2);
    }
}

/// Ranks among nine draws of a posterior, which is made wrong by a factor of its deviation and a shift of it.
fn of_normal_means(rounds: u32, factor: f64, shift: f64) -> Result<Calibration, ProbabilityError> {
    let mut rng = Key::new(33).rng();
    let prior = NormalMean::new(Normal::new(1.0, 2.0)?, 1.5)?;
    let mut calibration = Calibration::new(9)?;
    for _ in 0..rounds {
        let truth = prior.mean().sample(&mut rng);
        let noise = Normal::new(truth, 1.5)?;
        let data: Vec<f64> = (0..3).map(|_| noise.sample(&mut rng)).collect();
        let exact = prior.posterior(&data)?.mean();
        let deviation = exact.standard_deviation();
        let told = Normal::new(exact.location() + shift * deviation, factor * deviation)?;
        let draws: Vec<f64> = (0..9).map(|_| told.sample(&mut rng)).collect();
        calibration.record(truth, &draws, &mut rng)?;
    }
    Ok(calibration)
}

/// Of a coin whose probability has a beta prior, from ten throws.
fn of_coins() -> Result<Calibration, ProbabilityError> {
    let mut rng = Key::new(34).rng();
    let prior = Beta::new(2.0, 3.0)?;
    let mut calibration = Calibration::new(9)?;
    for _ in 0..10_000 {
        let truth = prior.sample(&mut rng);
        let heads = Binomial::new(10, truth)?.sample(&mut rng);
        let posterior = Beta::new(2.0 + heads as f64, 13.0 - heads as f64)?;
        let draws: Vec<f64> = (0..9).map(|_| posterior.sample(&mut rng)).collect();
        calibration.record(truth, &draws, &mut rng)?;
    }
    Ok(calibration)
}

#[test]
fn ranks_of_the_truth_among_posterior_draws_are_uniform() -> Result<(), Box<dyn Error>> {
    at_least(of_normal_means(10_000, 1.0, 0.0)?.test(10)?.p_value, 1e-6)?;
    Ok(at_least(of_coins()?.test(10)?.p_value, 1e-6)?)
}

#[test]
fn wrong_posteriors_have_uneven_ranks() -> Result<(), Box<dyn Error>> {
    let (narrow, wide, biased) = (
        of_normal_means(3000, 0.8, 0.0)?,
        of_normal_means(3000, 1.25, 0.0)?,
        of_normal_means(3000, 1.0, 0.15)?,
    );
    for wrong in [&narrow, &wide, &biased] {
        at_most(wrong.test(10)?.p_value, 1e-6)?;
    }
    let even = 300;
    assert!(narrow.counts()[0] > even && narrow.counts()[9] > even); // both ends
    assert!(wide.counts()[4] > even && wide.counts()[0] < even); // the middle
    assert!(biased.counts()[0] > even && biased.counts()[9] < even); // draws lie too high
    Ok(())
}
