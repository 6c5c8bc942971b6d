//! Markov chains, importance sampling, and what they are worth.

use gradus_probability::{
    Continuous, Key, Normal, effective_sample_size, hamiltonian, importance_mean, leapfrog,
    metropolis, r_hat,
};
use gradus_random::{normal, rand::Rng};
use gradus_testkit::strategies::vector;
use gradus_testkit::{at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::error::Error;
use std::iter::zip;

const EPS: f64 = f64::EPSILON;

/// A landscape with quartic walls: its gradient is not linear.
fn potential(x: &[f64]) -> f64 {
    x.iter().map(|x| 0.5 * x * x + 0.1 * x.powi(4)).sum::<f64>() + 0.3 * x[0] * x[1]
}

fn force(x: &[f64]) -> Vec<f64> {
    let slope = |x: f64| x + 0.4 * x.powi(3);
    vec![-slope(x[0]) - 0.3 * x[1], -slope(x[1]) - 0.3 * x[0]]
}

fn energy((x, v): &(Vec<f64>, Vec<f64>)) -> f64 {
    potential(x) + 0.5 * v.iter().map(|v| v * v).sum::<f64>()
}

/// A normal density around 1 with standard deviation 2, but for a factor.
fn bell(x: &[f64]) -> (f64, Vec<f64>) {
    let z = (x[0] - 1.0) / 2.0;
    (-0.5 * z * z, vec![-z / 2.0])
}

/// $`x_t = \varphi x_{t-1} + \varepsilon_t`$.
fn autoregression(phi: f64, n: usize, rng: &mut impl Rng) -> Vec<f64> {
    let mut x = normal(rng) / (1.0 - phi * phi).sqrt();
    (0..n)
        .map(|_| {
            x = phi * x + normal(rng);
            x
        })
        .collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_leapfrog_goes_back_to_where_it_came_from(x in prop::collection::vec(-2.0..2.0, 2), v in prop::collection::vec(-2.0..2.0, 2), step in 0.01..0.2, leaps in 1_u32..30) {
        let (there, speed) = leapfrog(force, &x, &v, step, leaps);
        let turned: Vec<_> = speed.iter().map(|v| -v).collect();
        let (back, end) = leapfrog(force, &there, &turned, step, leaps);
        for i in 0..2 {
            scaled(back[i], x[i], 1e-11, 1.0)?;
            scaled(-end[i], v[i], 1e-11, 1.0)?;
        }
    }

    #[test]
    fn the_energy_of_a_leapfrog_errs_like_the_square_of_the_step(x in prop::collection::vec(-1.5..1.5, 2), v in prop::collection::vec(-1.5..1.5, 2)) {
        let start = energy(&(x.clone(), v.clone()));
        let off = |step: f64, leaps: u32| energy(&leapfrog(force, &x, &v, step, leaps)) - start;
        // over the same time, in steps a quarter as long: a sixteenth of the error, but for higher powers
        let (coarse, fine) = (off(0.02, 50), off(0.005, 200));
        at_most((fine - coarse / 16.0).abs(), 1e-6)?;
        at_most(coarse.abs(), 0.02)?;
    }

    #[test]
    fn a_leapfrog_keeps_areas(x in -1.5..1.5, v in -1.5..1.5, step in 0.01..0.3, leaps in 1_u32..10) {
        // the determinant of the derivative, by differences of steps that make them exact to h²
        let slope = |x: &[f64]| vec![-x[0] - 0.4 * x[0].powi(3)];
        let at = |x: f64, v: f64| { let (x, v) = leapfrog(slope, &[x], &[v], step, leaps); [x[0], v[0]] };
        let h = 1e-5;
        let by = |left: [f64; 2], right: [f64; 2]| [(left[0] - right[0]) / (2.0 * h), (left[1] - right[1]) / (2.0 * h)];
        let (dx, dv) = (by(at(x + h, v), at(x - h, v)), by(at(x, v + h), at(x, v - h)));
        scaled(dx[0] * dv[1] - dx[1] * dv[0], 1.0, 1e-6, 1.0)?;
    }

    #[test]
    fn chains_do_not_see_the_factor_of_a_density(seed in 0_u64..1000, k in -20_i32..20) {
        let shift = f64::from(k); // a whole number, and densities in 64ths: sums are exact
        let rough = |x: &[f64]| (-32.0 * x[0] * x[0]).round() / 64.0;
        let walk = |c: f64| metropolis(|x| rough(x) + c, &[0.5], 1.0, 20, &mut Key::new(seed).rng());
        prop_assert_eq!(walk(0.0)?, walk(shift)?);
        let roll = |c: f64| hamiltonian(|x| (rough(x) + c, vec![-x[0]]), &[0.5], 0.3, 3, 20, &mut Key::new(seed).rng());
        prop_assert_eq!(roll(0.0)?, roll(0.0)?);
        let (one, other) = (roll(0.0)?, roll(shift)?);
        // differences of energies are rounded once more, so only draws that were close calls may differ
        prop_assert!(zip(&one.draws, &other.draws).filter(|(a, b)| a != b).count() == 0 || (one.accepted - other.accepted).abs() < 0.2);
        prop_assert!(metropolis(|_| f64::NAN, &[0.0], 1.0, 1, &mut Key::new(seed).rng()).is_err());
        prop_assert!(metropolis(|_| 0.0, &[0.0], 0.0, 1, &mut Key::new(seed).rng()).is_err());
        prop_assert!(hamiltonian(|_| (0.0, vec![]), &[0.0], 0.1, 1, 1, &mut Key::new(seed).rng()).is_err());
    }

    #[test]
    fn importance_weights_count_draws(w in prop::collection::vec(-30.0..30.0, 1..20), c in -500_i32..500) {
        let n = w.len();
        let values: Vec<_> = (0..n).map(|i| i as f64).collect();
        let even = importance_mean(&vec![7.0; n], &values)?;
        scaled(even.mean, (n as f64 - 1.0) / 2.0, 8.0 * EPS, n as f64)?;
        relative(even.effective, n as f64, 8.0 * EPS)?;
        let found = importance_mean(&w, &values)?;
        prop_assert!(1.0 <= found.effective && found.effective <= n as f64);
        let moved: Vec<_> = w.iter().map(|w| w + f64::from(c)).collect();
        let again = importance_mean(&moved, &values)?;
        // a shift of hundreds rounds the logarithms
        relative(again.effective, found.effective, 4096.0 * EPS)?;
        scaled(again.mean, found.mean, 4096.0 * EPS, n as f64)?;
        let weights: Vec<f64> = w.iter().map(|w| w.exp()).collect();
        let total: f64 = weights.iter().sum();
        let squares: f64 = weights.iter().map(|w| (w / total).powi(2)).sum();
        relative(found.effective, 1.0 / squares, 64.0 * EPS)?;
        prop_assert!(importance_mean(&vec![f64::NEG_INFINITY; n], &values).is_err());
    }

    #[test]
    fn r_hat_does_not_see_units(a in vector(12), b in vector(12), scale in -9_i32..9) {
        let unit = 2.0_f64.powi(scale);
        if let Ok(value) = r_hat(&[&a, &b]) {
            same_bits(r_hat(&[a.iter().map(|x| unit * x).collect::<Vec<_>>(), b.iter().map(|x| unit * x).collect()])?, value)?;
            relative(r_hat(&[&b, &a])?, value, 64.0 * EPS)?;
            relative(r_hat(&[a.iter().map(|x| x + 64.0).collect::<Vec<_>>(), b.iter().map(|x| x + 64.0).collect()])?, value, 1e-11)?;
            prop_assert!(value >= (5.0_f64 / 6.0).sqrt() * (1.0 - EPS));
        }
    }
}

#[test]
fn chains_have_the_moments_of_their_density() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(21).rng();
    let walk = metropolis(|x| bell(x).0, &[1.0], 5.0, 40_000, &mut rng)?.coordinate(0);
    let roll = hamiltonian(bell, &[1.0], 0.5, 6, 20_000, &mut rng)?.coordinate(0);
    for x in [walk, roll] {
        let effective = effective_sample_size(&[&x])?;
        let n = x.len() as f64;
        let mean = x.iter().sum::<f64>() / n;
        let square = x.iter().map(|x| (x - 1.0).powi(2)).sum::<f64>() / n;
        at_most((mean - 1.0).abs(), 5.0 * 2.0 / effective.sqrt())?;
        at_most((square / 4.0 - 1.0).abs(), 5.0 * (2.0 / effective).sqrt())?;
        at_most(500.0, effective)?;
        at_most(r_hat(&[&x])?, 1.02)?;
    }
    Ok(())
}

#[test]
fn importance_sampling_finds_the_mean() -> Result<(), Box<dyn Error>> {
    let (p, q, mut rng) = (
        Normal::new(1.0, 1.0)?,
        Normal::new(0.0, 2.0)?,
        Key::new(22).rng(),
    );
    let x: Vec<_> = (0..40_000).map(|_| q.sample(&mut rng)).collect();
    let ln_weights: Vec<_> = x.iter().map(|x| p.ln_pdf(*x) - q.ln_pdf(*x)).collect();
    let found = importance_mean(&ln_weights, &x)?;
    at_most((found.mean - 1.0).abs(), 5.0 / found.effective.sqrt())?;
    // E_q (p/q)² = 4/√7 e^(1/7), by completing the square
    let expected = 40_000.0 / (4.0 / 7.0_f64.sqrt() * (1.0_f64 / 7.0).exp());
    Ok(at_most((found.effective / expected - 1.0).abs(), 0.05)?)
}

#[test]
fn r_hat_sees_chains_that_have_not_met() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(23).rng();
    let [a, b] = [(); 2].map(|()| (0..4000).map(|_| normal(&mut rng)).collect::<Vec<_>>());
    let same = r_hat(&[&a, &b])?;
    at_most((same - 1.0).abs(), 0.005)?;
    let moved: Vec<_> = b.iter().map(|x| x + 1.0).collect();
    at_most(1.1, r_hat(&[&a, &moved])?)?;
    // a chain that drifts differs from itself
    let drift: Vec<_> = zip(0_u32.., &a)
        .map(|(i, x)| x + f64::from(i) / 1000.0)
        .collect();
    Ok(at_most(1.2, r_hat(&[&drift])?)?)
}

#[test]
fn effective_sizes_of_autoregressions() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(24).rng();
    for phi in [0.0, 0.5, 0.9] {
        let chains: Vec<_> = (0..4)
            .map(|_| autoregression(phi, 10_000, &mut rng))
            .collect();
        let share = effective_sample_size(&chains)? / 40_000.0;
        let expected = (1.0 - phi) / (1.0 + phi);
        at_most((share / expected - 1.0).abs(), 0.2)?;
    }
    Ok(())
}
