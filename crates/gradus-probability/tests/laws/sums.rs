//! Sums of independent numbers, numbers in order, and what a flat prior leaves of the data.

use gradus_numeric::sigmoid;
use gradus_probability::{
    Bernoulli, Beta, Binomial, ConjugatePrior, Continuous, Discrete, Gamma, Geometric, Mode,
    NegativeBinomial, Normal, Poisson, kolmogorov_test,
};
use gradus_random::{Key, uniform};
use gradus_testkit::{cases, relative, scaled};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;

/// $`\sum_k p(k) q(n - k)`$.
fn mass_of_sum(p: &dyn Discrete, q: &dyn Discrete, n: u64) -> f64 {
    (0..=n).map(|k| p.pmf(k) * q.pmf(n - k)).sum()
}

/// $`\int f(x) g(s - x) \, dx`$ over an interval, by the trapezoidal rule in the logit of the place: algebraic ends do no harm.
fn density_of_sum(f: &dyn Continuous, g: &dyn Continuous, s: f64, [low, high]: [f64; 2]) -> f64 {
    let (width, step) = (high - low, 1.0 / 16.0);
    let terms = (-1280..=1280).map(|k| {
        let (t, rest) = (sigmoid(step * f64::from(k)), sigmoid(-step * f64::from(k)));
        // The distance from the nearer end keeps its digits.
        let (x, y) = (low + width * t, s - high + width * rest);
        f.pdf(x) * g.pdf(y) * width * t * rest * step
    });
    terms.sum()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn sums_have_the_convolution_of_their_masses(a in 0.1..20.0, b in 0.1..20.0, p in 0.05..0.95, n in 0_u64..30, m in 1_u64..30, s in 0_u64..40) {
        let sum = mass_of_sum(&Poisson::new(a)?, &Poisson::new(b)?, s);
        relative(Poisson::new(a + b)?.pmf(s), sum, 1e-12)?;
        let sum = mass_of_sum(&Binomial::new(n, p)?, &Binomial::new(m, p)?, s);
        relative(Binomial::new(n + m, p)?.pmf(s), sum, 1e-12)?;
        let sum = mass_of_sum(&Geometric::new(p)?, &Geometric::new(p)?, s);
        relative(NegativeBinomial::new(2.0, p)?.pmf(s), sum, 1e-12)?;
    }

    #[test]
    fn sums_have_the_convolution_of_their_densities(m in -2.0..2.0, sigma in 0.5..2.0, shape in 0.5..4.0, other in 0.5..4.0, rate in 0.5..2.0, s in 0.2..9.0) {
        let (one, two) = (Normal::new(m, sigma)?, Normal::new(1.0, 1.0)?);
        let both = Normal::new(m + 1.0, sigma.hypot(1.0))?;
        let x = s - 4.0;
        let sum = density_of_sum(&one, &two, x, [m - 12.0 * sigma, m + 12.0 * sigma]);
        // 2561 terms; a step of 1/16 in the logit leaves some 1e-12 of a normal law.
        scaled(sum, both.pdf(x), 1e-11, both.pdf(m + 1.0))?;
        let (one, two) = (Gamma::new(shape, rate)?, Gamma::new(other, rate)?);
        let both = Gamma::new(shape + other, rate)?;
        scaled(density_of_sum(&one, &two, s, [0.0, s]), both.pdf(s), 1e-11, both.pdf(s).max(0.1))?;
    }

    #[test]
    fn a_flat_prior_leaves_the_most_likely_parameter(yes in prop::collection::vec(any::<bool>(), 1..40)) {
        let posterior = Beta::new(1.0, 1.0)?.posterior(&yes)?;
        let counts: Vec<u64> = yes.iter().map(|x| u64::from(*x)).collect();
        let best = Bernoulli::fit(&counts)?.distribution.probability();
        // Where all are alike the posterior rises up to an end; its mode is there.
        relative(1.0 + posterior.mode()?, 1.0 + best, 4.0 * EPS)?;
        // The mean is drawn to one half, by as much as two further throws: (1 − 2p) / (n + 2).
        let pull = (1.0 - 2.0 * best) / (yes.len() as f64 + 2.0);
        scaled(posterior.mean()? - best, pull, 8.0 * EPS, 1.0)?;
    }
}

/// The k-th smallest of n uniform numbers is Beta(k, n + 1 − k).
#[test]
fn uniform_numbers_in_order_are_beta() -> Result<(), Box<dyn std::error::Error>> {
    let (n, mut rng) = (7, Key::new(23).rng());
    let mut of_rank = vec![Vec::new(); n];
    for _ in 0..2000 {
        let mut x: Vec<f64> = (0..n).map(|_| uniform(&mut rng)).collect();
        x.sort_by(f64::total_cmp);
        of_rank
            .iter_mut()
            .zip(x)
            .for_each(|(of_rank, x)| of_rank.push(x));
    }
    for (k, x) in of_rank.iter().enumerate() {
        let law = Beta::new(k as f64 + 1.0, (n - k) as f64)?;
        assert!(kolmogorov_test(x, &law)?.p_value > 1e-3, "rank {}", k + 1);
    }
    Ok(())
}
