//! Draws against the distributions they are from, with fixed seeds and false alarms below 1e-6.

use crate::contract::{FAMILIES, of_family};
use gradus_probability::{
    Affine, Bernoulli, Beta, BetaBinomial, Binomial, Categorical, Cauchy, ChiSquared, Continuous,
    Discrete, DiscreteUniform, Draw, Exponential, FisherF, Gamma, Geometric, Gumbel, HalfNormal,
    Hypergeometric, InverseGamma, Laplace, LogNormal, Logistic, Mixture, NegativeBinomial, Normal,
    Pareto, Poisson, ProbabilityError, Simplex, StudentT, Triangular, Uniform, VonMises, Weibull,
    kolmogorov_test,
};
use gradus_random::Key;
use gradus_testkit::{at_least, at_most, same_bits};
use std::error::Error;

const N: u32 = 100_000;
const LN_ALPHA: f64 = 13.815510557964274; // ln 10⁶

/// Pearson's statistic stays below what a χ² variable exceeds with probability 1e-6.
///
/// $`\operatorname{P}(\chi^2_k \ge k + 2\sqrt{kt} + 2t) \le e^{-t}`$: Laurent and Massart, Ann. Statist. 28
/// (2000), lemma 1.
fn frequencies(
    pmf: impl Fn(u64) -> f64,
    draws: impl Iterator<Item = u64>,
) -> Result<(), Box<dyn Error>> {
    let mut counts = [0_u32; 8];
    for k in draws {
        counts[usize::try_from(k)?] += 1;
    }
    let mut statistic = 0.0;
    let mut freedom = -1.0;
    for (k, count) in (0_u64..).zip(counts) {
        let expected = pmf(k) * f64::from(N);
        if expected > 0.0 {
            statistic += (f64::from(count) - expected).powi(2) / expected;
            freedom += 1.0;
        } else {
            assert_eq!(count, 0, "{k} cannot happen");
        }
    }
    Ok(at_most(
        statistic,
        freedom + 2.0 * f64::sqrt(freedom * LN_ALPHA) + 2.0 * LN_ALPHA,
    )?)
}

#[test]
fn draws_have_the_frequencies_of_the_distribution() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(1).rng();
    for p in [0.001, 0.25, 0.5, 0.9] {
        let coin = Bernoulli::new(p)?;
        frequencies(|k| coin.pmf(k), (0..N).map(|_| coin.sample(&mut rng)))?;
    }
    for p in [
        vec![0.125; 8],
        vec![0.0, 0.5, 0.25, 0.0, 0.125, 0.125, 0.0],
        vec![1.0],
        vec![0.001, 0.0, 0.999],
    ] {
        let categorical = Categorical::new(p)?;
        frequencies(
            |k| categorical.pmf(k),
            (0..N).map(|_| categorical.sample(&mut rng)),
        )?;
    }
    Ok(())
}

#[test]
fn draws_follow_the_cdf() -> Result<(), Box<dyn Error>> {
    let normal = Normal::new(-3.0, 0.25)?;
    let mut rng = Key::new(2).rng();
    let draws: Vec<_> = (0..N).map(|_| normal.sample(&mut rng)).collect();
    Ok(at_least(kolmogorov_test(&draws, &normal)?.p_value, 1e-6)?)
}

#[test]
fn draws_have_mean_and_variance() -> Result<(), Box<dyn Error>> {
    let normal = Normal::new(-3.0, 0.25)?;
    let mut rng = Key::new(3).rng();
    let z: Vec<_> = (0..N)
        .map(|_| (normal.sample(&mut rng) + 3.0) / 0.25)
        .collect();
    let n = f64::from(N);
    let mean = z.iter().sum::<f64>() / n;
    let square = z.iter().map(|z| z * z).sum::<f64>() / n;
    at_most(mean.abs() * n.sqrt(), 5.0)?;
    Ok(at_most((square - 1.0).abs() * (n / 2.0).sqrt(), 5.0)?) // Var(Z²) = 2
}

#[test]
fn one_by_one_or_many_at_once() -> Result<(), ProbabilityError> {
    let die = Categorical::new(vec![0.25; 4])?;
    let mut rng = Key::new(4).rng();
    let many: Vec<_> = (0..10).map(|_| die.sample(&mut rng)).collect();
    let mut rng = Key::new(4).rng();
    assert!(many.iter().all(|&k| die.sample(&mut rng) == k));
    Ok(())
}

/// The largest distance of the distribution function of draws from both one-sided limits of the law's, by Massart's bound.
fn distance(sorted: &[(f64, f64)]) -> f64 {
    let n = sorted.len() as f64;
    let gap = |(i, &(before, at)): (usize, &(f64, f64))| {
        let i = i as f64;
        // where draws tie, the empirical step and the step of the law fall together
        f64::max(before - (i + 1.0) / n, i / n - at)
    };
    sorted.iter().enumerate().map(gap).fold(0.0, f64::max)
}

#[test]
fn draws_follow_the_tails() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(5).rng();
    let n = 20_000;
    let bound = ((LN_ALPHA + 2.0_f64.ln()) / (2.0 * f64::from(n))).sqrt();
    for (a, b) in [(1e-3, 1.0), (0.3, 2.0), (1.0, 1e-8), (7.5, 1e8), (1e8, 1.0)] {
        let law = Gamma::new(a, b)?;
        let mut x: Vec<_> = (0..n)
            .map(|_| law.sample(&mut rng))
            .map(|x| (law.cdf(x.next_down()), law.cdf(x.next_up())))
            .collect();
        x.sort_by(|a, b| a.1.total_cmp(&b.1));
        at_most(distance(&x), bound)?;
    }
    for freedom in [0.01, 0.1, 1.0, 5.0, 1e8] {
        let law = StudentT::new(0.0, 1.0, freedom)?;
        let mut x: Vec<_> = (0..n)
            .map(|_| law.sample(&mut rng))
            .map(|x| (law.cdf(x.next_down()), law.cdf(x.next_up())))
            .collect();
        x.sort_by(|a, b| a.1.total_cmp(&b.1));
        at_most(distance(&x), bound)?;
    }
    let counts =
        |law: &dyn Discrete, k: u64| (k.checked_sub(1).map_or(0.0, |k| law.cdf(k)), law.cdf(k));
    for mean in [1e-3, 3.0, 11.9, 12.0, 1e4, 1e8] {
        let law = Poisson::new(mean)?;
        let mut x: Vec<_> = (0..n)
            .map(|_| law.sample(&mut rng))
            .map(|k| counts(&law, k))
            .collect();
        x.sort_by(|a, b| a.1.total_cmp(&b.1));
        at_most(distance(&x), bound)?;
    }
    for (trials, p) in [
        (3, 0.3),
        (1000, 1e-3),
        (100, 0.99),
        (100_000_000, 0.5),
        (100_000_000, 1e-7),
    ] {
        let law = Binomial::new(trials, p)?;
        let mut x: Vec<_> = (0..n)
            .map(|_| law.sample(&mut rng))
            .map(|k| counts(&law, k))
            .collect();
        x.sort_by(|a, b| a.1.total_cmp(&b.1));
        at_most(distance(&x), bound)?;
    }
    Ok(())
}

#[test]
fn draws_of_families_follow_their_tails() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(7).rng();
    let n = 20_000;
    let bound = ((LN_ALPHA + 2.0_f64.ln()) / (2.0 * f64::from(n))).sqrt();
    for family in 2..FAMILIES {
        for (m, a, b) in [(0.0, 1.0, 1.0), (-3.0, 0.3, 7.5), (2.0, 40.0, 0.5)] {
            let law = of_family(family, m, a, b)?;
            let mut x: Vec<_> = (0..n)
                .map(|_| drawn(family, m, a, b, &mut rng))
                .map(|x| x.map(|x| (law.cdf(x.next_down()), law.cdf(x.next_up()))))
                .collect::<Result<_, _>>()?;
            x.sort_by(|a, b| a.1.total_cmp(&b.1));
            at_most(distance(&x), bound)?;
        }
    }
    let die = DiscreteUniform::new(2, 9)?;
    let hand = |population, marked, drawn| Hypergeometric::new(population, marked, drawn);
    let many = hand(1000, 300, 50)?;
    let few = hand(52, 4, 5)?;
    let long = hand(60_000, 5, 20_000)?; // too many factors
    let large = hand(200_000_000, 70_000_000, 40)?; // they would cancel
    let laws: [(&dyn Discrete, Vec<u64>); 5] = [
        (&die, (0..n).map(|_| die.sample(&mut rng)).collect()),
        (&many, (0..n).map(|_| many.sample(&mut rng)).collect()),
        (&few, (0..n).map(|_| few.sample(&mut rng)).collect()),
        (&long, (0..n).map(|_| long.sample(&mut rng)).collect()),
        (&large, (0..n).map(|_| large.sample(&mut rng)).collect()),
    ];
    for (law, draws) in laws {
        let before = |k: u64| k.checked_sub(1).map_or(0.0, |k| law.cdf(k));
        let mut x: Vec<_> = draws.iter().map(|&k| (before(k), law.cdf(k))).collect();
        x.sort_by(|a, b| a.1.total_cmp(&b.1));
        at_most(distance(&x), bound)?;
    }
    for (r, p) in [(1.0, 0.3), (0.2, 0.01), (50.0, 0.9), (3.0, 1.0)] {
        let (waits, failures) = (Geometric::new(p)?, NegativeBinomial::new(r, p)?);
        let laws: [(&dyn Discrete, Vec<u64>); 2] = [
            (&waits, (0..n).map(|_| waits.sample(&mut rng)).collect()),
            (
                &failures,
                (0..n).map(|_| failures.sample(&mut rng)).collect(),
            ),
        ];
        for (law, draws) in laws {
            let before = |k: u64| k.checked_sub(1).map_or(0.0, |k| law.cdf(k));
            let mut x: Vec<_> = draws.iter().map(|&k| (before(k), law.cdf(k))).collect();
            x.sort_by(|a, b| a.1.total_cmp(&b.1));
            at_most(distance(&x), bound)?;
        }
    }
    Ok(())
}

#[test]
fn draws_of_mixtures_follow_their_tails() -> Result<(), Box<dyn Error>> {
    let bells = [(-2.0, 0.5), (0.0, 0.1), (3.0, 2.0), (9.0, 1.0)];
    let bells = bells.map(|(mean, width)| Normal::new(mean, width));
    let bells: Vec<_> = bells.into_iter().collect::<Result<_, _>>()?;
    let law = Mixture::new(Simplex::new(vec![0.5, 0.125, 0.375, 0.0])?, bells)?;
    let mut rng = Key::new(9).rng();
    let draws: Vec<_> = (0..N).map(|_| law.sample(&mut rng)).collect();
    at_least(kolmogorov_test(&draws, &law)?.p_value, 1e-6)?;
    assert!(draws.iter().all(|x| *x < 15.0)); // nothing of the last one, of weight 0
    Ok(())
}

#[test]
fn a_boxed_law_draws_what_the_law_draws() -> Result<(), Box<dyn Error>> {
    let generators = || (Key::new(8).rng(), Key::new(8).rng());
    for family in 0..FAMILIES {
        let law = of_family(family, -3.0, 0.3, 7.5)?;
        let (mut one, mut other) = generators();
        for _ in 0..20 {
            let direct = drawn(family, -3.0, 0.3, 7.5, &mut one)?;
            same_bits(law.sample(&mut other), direct)?;
        }
        assert_eq!(one, other, "as many words");
    }
    boxed_alike(Poisson::new(9.5)?);
    boxed_alike(Binomial::new(100, 0.3)?);
    boxed_alike(Bernoulli::new(0.3)?);
    boxed_alike(Geometric::new(0.2)?);
    boxed_alike(NegativeBinomial::new(3.5, 0.2)?);
    boxed_alike(BetaBinomial::new(100, 2.0, 3.0)?);
    boxed_alike(Hypergeometric::new(1000, 300, 50)?);
    Ok(())
}

/// Boxed and by an address, a law of counts draws what it draws itself.
fn boxed_alike(law: impl Discrete + Copy + 'static) {
    let boxed: Box<dyn Discrete> = Box::new(law);
    let (mut one, mut other) = (Key::new(8).rng(), Key::new(8).rng());
    let direct: Vec<_> = (0..20).map(|_| law.sample(&mut one)).collect();
    assert_eq!([0; 20].map(|_| boxed.sample(&mut other)).to_vec(), direct);
    assert_eq!(
        [0; 20].map(|_| boxed.draw(&mut one)),
        [0; 20].map(|_| law.sample(&mut other))
    );
}

/// One draw of a member of a continuous family, numbered as in the contract.
fn drawn(
    family: usize,
    m: f64,
    a: f64,
    b: f64,
    rng: &mut impl gradus_random::rand::Rng,
) -> Result<f64, ProbabilityError> {
    Ok(match family {
        0 => Gamma::new(a, b)?.sample(rng),
        1 => StudentT::new(m, a, b)?.sample(rng),
        2 => Normal::new(m, a)?.sample(rng),
        3 => Uniform::new(m, m + a)?.sample(rng),
        4 => Exponential::new(a)?.sample(rng),
        5 => Beta::new(a, b)?.sample(rng),
        6 => LogNormal::new(m, a)?.sample(rng),
        7 => ChiSquared::new(a)?.sample(rng),
        8 => FisherF::new(a, b)?.sample(rng),
        9 => Cauchy::new(m, a)?.sample(rng),
        10 => Laplace::new(m, a)?.sample(rng),
        11 => Logistic::new(m, a)?.sample(rng),
        12 => Gumbel::new(m, a)?.sample(rng),
        13 => Weibull::new(a, b)?.sample(rng),
        14 => Pareto::new(a, b)?.sample(rng),
        15 => InverseGamma::new(a, b)?.sample(rng),
        16 => HalfNormal::new(a)?.sample(rng),
        17 => Triangular::new(m, m + a.min(b), m + a)?.sample(rng),
        18 => VonMises::new(m / 3.0, a)?.sample(rng),
        _ => Affine::of(Gamma::new(b, 1.0)?, m, a)?.sample(rng),
    })
}
