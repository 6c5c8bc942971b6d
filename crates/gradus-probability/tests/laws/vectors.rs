//! Families of vectors: Dirichlet and multinomial.

use crate::generators::distribution_on;
use gradus_probability::{
    Beta, Binomial, Continuous, Dirichlet, Discrete, Key, Multinomial, Simplex,
};
use gradus_testkit::{at_most, cases, relative, scaled};
use proptest::prelude::*;
use std::error::Error;

const EPS: f64 = f64::EPSILON;

/// All ways in which n can be split into k counts.
fn splits(n: u64, k: usize) -> Vec<Vec<u64>> {
    if k == 1 {
        return vec![vec![n]];
    }
    let with = |first: u64| {
        splits(n - first, k - 1)
            .into_iter()
            .map(move |rest| [vec![first], rest].concat())
    };
    (0..=n).flat_map(with).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn dirichlet_of_two_outcomes_is_beta(a in 0.05..99.0, b in 0.05..99.0, k in 1_u32..1024) {
        let (law, beta) = (Dirichlet::new(vec![a, b])?, Beta::new(a, b)?);
        let x = f64::from(k) / 1024.0;
        let theta = Simplex::new(vec![x, 1.0 - x])?;
        // powers of up to a hundred with logarithms of up to 7, and ln Γ of a hundred
        scaled(law.ln_pdf(&theta)?, beta.ln_pdf(x), 16.0 * EPS, 1500.0)?;
        scaled(law.entropy(), beta.entropy(), 64.0 * EPS, 1000.0)?;
        prop_assert_eq!(law.marginal(0)?, beta);
        relative(law.covariance(0, 0).unwrap_or(f64::NAN), beta.variance()?, 8.0 * EPS)?;
    }

    #[test]
    fn dirichlet_moments_are_those_of_a_sum_of_one(a in prop::collection::vec(0.01..99.0, 2..6)) {
        let law = Dirichlet::new(a.clone())?;
        let mean = law.mean()?;
        for i in 0..a.len() {
            // the sum is constant, so every covariance with it is 0
            let row: f64 = (0..a.len()).filter_map(|j| law.covariance(i, j)).sum();
            scaled(row, 0.0, 8.0 * EPS, 1.0)?;
            let one = law.marginal(i)?;
            relative(one.mean()?, mean.as_slice()[i], 8.0 * EPS)?;
            relative(one.variance()?, law.covariance(i, i).unwrap_or(f64::NAN), 16.0 * EPS)?;
        }
    }

    /// With $`s = \theta_0 + \theta_1`$ and $`u = \theta_0 / s`$: the sum and the others are Dirichlet, u is beta, and both are independent. The
    /// density of $`\theta`$ is the product of theirs, over $`s = \mathrm{d}(\theta_0, \theta_1) / \mathrm{d}(s, u)`$.
    #[test]
    fn outcomes_joined_to_groups_are_dirichlet(a in prop::collection::vec(0.05..40.0, 3..6), k in prop::collection::vec(1_u32..200, 6)) {
        let n = a.len();
        let theta = Simplex::from_weights(&k[..n].iter().map(|k| f64::from(*k)).collect::<Vec<_>>())?;
        let s = theta.as_slice()[0] + theta.as_slice()[1];
        let joined = |x: &[f64]| [&[x[0] + x[1]], &x[2..]].concat();
        let groups = Dirichlet::new(joined(&a))?;
        let within = Beta::new(a[0], a[1])?;
        let product = groups.ln_pdf(&Simplex::from_weights(&joined(theta.as_slice()))?)? + within.ln_pdf(theta.as_slice()[0] / s) - s.ln();
        // powers of up to 40 with logarithms of up to 7, and ln Γ of up to 200
        scaled(Dirichlet::new(a.clone())?.ln_pdf(&theta)?, product, 64.0 * EPS, 2000.0)?;
        let (whole, mean) = (Dirichlet::new(a)?, groups.mean()?);
        relative(whole.mean()?.as_slice()[..2].iter().sum(), mean.as_slice()[0], 8.0 * EPS)?;
        let variance = |i, j| whole.covariance(i, j).unwrap_or(f64::NAN);
        let sum = variance(0, 0) + variance(1, 1) + 2.0 * variance(0, 1);
        scaled(sum, groups.covariance(0, 0).unwrap_or(f64::NAN), 16.0 * EPS, 1.0)?;
    }

    #[test]
    fn multinomial_of_two_outcomes_is_binomial(n in 0_u64..400, k in 0_u64..400, p in 0.0..=1.0) {
        let k = k % (n + 1);
        let (law, binomial) = (Multinomial::new(n, Simplex::new(vec![p, 1.0 - p])?), Binomial::new(n, p)?);
        let ln = law.ln_pmf(&[k, n - k])?;
        prop_assert!(ln == binomial.ln_pmf(k) || (ln - binomial.ln_pmf(k)).abs() <= 1e-12 * (1.0 + ln.abs()));
        scaled(law.covariance(0, 0).unwrap_or(f64::NAN), binomial.variance()?, 8.0 * EPS, 100.0)?;
    }

    #[test]
    fn multinomial_masses_have_its_moments(n in 0_u64..22, p in distribution_on(3..4)) {
        let law = Multinomial::new(n, p.clone());
        let (mut mass, mut means, mut mixed) = (0.0, [0.0; 3], 0.0);
        for counts in splits(n, 3) {
            let q = law.pmf(&counts)?;
            mass += q;
            (0..3).for_each(|i| means[i] += q * counts[i] as f64);
            mixed += q * counts[0] as f64 * counts[1] as f64;
        }
        scaled(mass, 1.0, 1e-13, 1.0)?;
        for (i, mean) in means.iter().enumerate() {
            scaled(*mean, law.mean()[i], 1e-13, 22.0)?;
            scaled(law.marginal(i)?.mean()?, law.mean()[i], 4.0 * EPS, 22.0)?;
        }
        scaled(mixed - means[0] * means[1], law.covariance(0, 1).unwrap_or(f64::NAN), 1e-12, 100.0)?;
    }
}

const N: u32 = 20_000;
const LN_ALPHA: f64 = 13.815510557964274; // ln 10⁶

/// The distance of sorted values of a distribution function from even ones, which is above this bound once in a million times
/// (Massart).
fn even(mut ends: Vec<(f64, f64)>) -> Result<(), Box<dyn Error>> {
    ends.sort_by(|a, b| a.1.total_cmp(&b.1));
    let n = f64::from(N);
    let gap = (0_u32..).zip(&ends).fold(0.0, |gap, (i, (before, at))| {
        f64::max(
            gap,
            f64::max(before - (f64::from(i) + 1.0) / n, f64::from(i) / n - at),
        )
    });
    Ok(at_most(
        gap,
        ((LN_ALPHA + 2.0_f64.ln()) / (2.0 * n)).sqrt(),
    )?)
}

#[test]
fn draws_of_dirichlet_have_beta_entries() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(11).rng();
    for a in [
        vec![1.0, 2.0, 3.0],
        vec![0.3, 0.5, 40.0],
        vec![1e-3, 1e-3, 1e-3],
    ] {
        let law = Dirichlet::new(a)?;
        let mut draws = Vec::new();
        for _ in 0..N {
            let theta = law.sample(&mut rng)?;
            scaled(theta.as_slice().iter().sum(), 1.0, 4.0 * EPS, 1.0)?;
            draws.push(theta);
        }
        for i in 0..3 {
            let beta = law.marginal(i)?;
            let x = |theta: &Simplex| theta.as_slice()[i];
            let end = |x: f64| (beta.cdf(x - 4.0 * EPS), beta.cdf(x + 4.0 * EPS)); // rounded beside 1
            even(draws.iter().map(|theta| end(x(theta))).collect())?;
        }
    }
    Ok(())
}

#[test]
fn draws_of_multinomial_have_binomial_entries() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(12).rng();
    for (n, p) in [
        (5, vec![0.5, 0.25, 0.25]),
        (1000, vec![0.0, 0.001, 0.999]),
        (7, vec![0.0, 1.0, 0.0]),
    ] {
        let law = Multinomial::new(n, Simplex::new(p)?);
        let mut draws = Vec::new();
        for _ in 0..N {
            let counts = law.sample(&mut rng)?;
            assert_eq!(counts.iter().sum::<u64>(), n);
            draws.push(counts);
        }
        for i in 0..3 {
            let one = law.marginal(i)?;
            let ends = |k: u64| (k.checked_sub(1).map_or(0.0, |k| one.cdf(k)), one.cdf(k));
            even(draws.iter().map(|counts| ends(counts[i])).collect())?;
        }
    }
    Ok(())
}
