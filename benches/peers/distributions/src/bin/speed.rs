//! How long densities, distribution functions and quantiles take here and in statrs, and draws here and in rand_distr: in turn, in one run.
//!
//! usage: cargo run --release --bin speed [rounds]        (default: 2000 rounds of 500 values, a million a function)
//!
//! Arguments are draws of the law, made outside of the clock. A round is short, so that on a busy machine some of them are not disturbed. Each
//! cell: nanoseconds a value in the best round here, there, and the ratio here / there; below 1 we are faster.

use gradus_probability as g;
use gradus_probability::rand::Rng;
use gradus_probability::{Continuous as _, Discrete as _, Key};
use rand_distr as rd;
use rand_distr::Distribution;
use statrs::distribution as s;
use statrs::distribution::{Continuous, ContinuousCDF, Discrete, DiscreteCDF};
use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let rounds = std::env::args().nth(1).map_or(Ok(2000), |n| n.parse())?;
    let n = Size {
        values: 500,
        rounds,
    };
    println!("| law | ln_pdf here, statrs, ratio | cdf | quantile |\n|---|---|---|---|");
    line(
        "normal",
        n,
        &g::Normal::new(0.0, 1.0)?,
        &s::Normal::new(0.0, 1.0)?,
    );
    line(
        "log-normal",
        n,
        &g::LogNormal::new(0.0, 1.0)?,
        &s::LogNormal::new(0.0, 1.0)?,
    );
    line(
        "uniform",
        n,
        &g::Uniform::new(0.0, 1.0)?,
        &s::Uniform::new(0.0, 1.0)?,
    );
    line(
        "exponential",
        n,
        &g::Exponential::new(2.0)?,
        &s::Exp::new(2.0)?,
    );
    for a in [0.5, 2.5, 1e4] {
        line(
            &format!("gamma({a})"),
            n,
            &g::Gamma::new(a, 1.0)?,
            &s::Gamma::new(a, 1.0)?,
        );
    }
    line(
        "chi2(3)",
        n,
        &g::ChiSquared::new(3.0)?,
        &s::ChiSquared::new(3.0)?,
    );
    line(
        "inverse gamma(2.5)",
        n,
        &g::InverseGamma::new(2.5, 1.0)?,
        &s::InverseGamma::new(2.5, 1.0)?,
    );
    for (a, b) in [(0.5, 0.5), (2.0, 5.0), (300.0, 200.0)] {
        line(
            &format!("beta({a}, {b})"),
            n,
            &g::Beta::new(a, b)?,
            &s::Beta::new(a, b)?,
        );
    }
    for nu in [1.0, 4.5, 1e4] {
        line(
            &format!("t({nu})"),
            n,
            &g::StudentT::new(0.0, 1.0, nu)?,
            &s::StudentsT::new(0.0, 1.0, nu)?,
        );
    }
    line(
        "F(5, 9)",
        n,
        &g::FisherF::new(5.0, 9.0)?,
        &s::FisherSnedecor::new(5.0, 9.0)?,
    );
    line(
        "cauchy",
        n,
        &g::Cauchy::new(0.0, 1.0)?,
        &s::Cauchy::new(0.0, 1.0)?,
    );
    line(
        "laplace",
        n,
        &g::Laplace::new(0.0, 1.0)?,
        &s::Laplace::new(0.0, 1.0)?,
    );
    line(
        "gumbel",
        n,
        &g::Gumbel::new(0.0, 1.0)?,
        &s::Gumbel::new(0.0, 1.0)?,
    );
    line(
        "weibull(1.5)",
        n,
        &g::Weibull::new(1.5, 1.0)?,
        &s::Weibull::new(1.5, 1.0)?,
    );
    line(
        "pareto(2.5)",
        n,
        &g::Pareto::new(1.0, 2.5)?,
        &s::Pareto::new(1.0, 2.5)?,
    );
    line(
        "triangular",
        n,
        &g::Triangular::new(0.0, 0.3, 1.0)?,
        &s::Triangular::new(0.0, 1.0, 0.3)?,
    );
    for mean in [0.5, 9.5, 1e4] {
        counts(
            &format!("poisson({mean})"),
            n,
            &g::Poisson::new(mean)?,
            &s::Poisson::new(mean)?,
            0,
        );
    }
    for (t, p) in [(20, 0.3), (1000, 0.5), (1_000_000, 0.001)] {
        counts(
            &format!("binomial({t}, {p})"),
            n,
            &g::Binomial::new(t, p)?,
            &s::Binomial::new(p, t)?,
            0,
        );
    }
    counts(
        "geometric(0.2)",
        n,
        &g::Geometric::new(0.2)?,
        &s::Geometric::new(0.2)?,
        1,
    );
    counts(
        "negative binomial(3.5, 0.2)",
        n,
        &g::NegativeBinomial::new(3.5, 0.2)?,
        &s::NegativeBinomial::new(3.5, 0.2)?,
        0,
    );
    counts(
        "hypergeometric(500, 60, 200)",
        n,
        &g::Hypergeometric::new(500, 60, 200)?,
        &s::Hypergeometric::new(500, 60, 200)?,
        0,
    );

    println!("\n| law | draws here, rand_distr, ratio |\n|---|---|");
    draws(
        "normal",
        n,
        |rng| g::Normal::STANDARD.sample(rng),
        rd::StandardNormal,
    );
    let law = g::Exponential::new(2.0)?;
    draws("exponential", n, |rng| law.sample(rng), rd::Exp::new(2.0)?);
    for a in [0.5, 2.5, 1e4] {
        let law = g::Gamma::new(a, 1.0)?;
        draws(
            &format!("gamma({a})"),
            n,
            |rng| law.sample(rng),
            rd::Gamma::new(a, 1.0)?,
        );
    }
    let law = g::Beta::new(2.0, 5.0)?;
    draws(
        "beta(2, 5)",
        n,
        |rng| law.sample(rng),
        rd::Beta::new(2.0, 5.0)?,
    );
    let law = g::StudentT::new(0.0, 1.0, 4.5)?;
    draws("t(4.5)", n, |rng| law.sample(rng), rd::StudentT::new(4.5)?);
    let law = g::Weibull::new(1.5, 1.0)?;
    draws(
        "weibull(1.5)",
        n,
        |rng| law.sample(rng),
        rd::Weibull::new(1.0, 1.5)?,
    );
    let law = g::LogNormal::new(0.0, 1.0)?;
    draws(
        "log-normal",
        n,
        |rng| law.sample(rng),
        rd::LogNormal::new(0.0, 1.0)?,
    );
    for mean in [0.5, 9.5, 1e4] {
        let law = g::Poisson::new(mean)?;
        draws(
            &format!("poisson({mean})"),
            n,
            |rng| law.sample(rng) as f64,
            rd::Poisson::new(mean)?,
        );
    }
    for (t, p) in [(20, 0.3), (1000, 0.5)] {
        let law = g::Binomial::new(t, p)?;
        let theirs = rd::Binomial::new(t, p)?.map(|k| k as f64);
        draws(
            &format!("binomial({t}, {p})"),
            n,
            |rng| law.sample(rng) as f64,
            theirs,
        );
    }
    let network = twenty_nodes()?;
    let known = [("x18", 1), ("x19", 0), ("x10", 1)];
    let times = (0..21).map(|_| {
        let start = Instant::now();
        black_box(network.query(&["x0"], &known)).map(|_| start.elapsed().as_secs_f64() * 1e3)
    });
    let best = times
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .fold(f64::INFINITY, f64::min);
    println!(
        "\nA cause given three of its effects, by variable elimination in a network of 20 nodes: {best:.3} ms."
    );
    Ok(())
}

/// Twenty variables of three values, each caused by up to three of the five before it.
fn twenty_nodes() -> Result<g::Network, Box<dyn Error>> {
    let (mut network, mut rng) = (g::Network::default(), Key::new(20).rng());
    let names: Vec<String> = (0..20).map(|i| format!("x{i}")).collect();
    for (i, name) in names.iter().enumerate() {
        let before = [1, 3, 5].into_iter().filter(|back| *back <= i);
        let parents: Vec<&str> = before.map(|back| names[i - back].as_str()).collect();
        let rows = (0..3_usize.pow(u32::try_from(parents.len())?)).map(|_| {
            let weights =
                [0, 1, 2].map(|_| g::Exponential::new(1.0).map(|law| law.sample(&mut rng)));
            let [a, b, c] = weights;
            let (a, b, c) = (a?, b?, c?);
            Ok([a, b, c].map(|w| w / (a + b + c)))
        });
        network.add(
            name,
            &parents,
            &rows.collect::<Result<Vec<_>, g::ProbabilityError>>()?,
        )?;
    }
    Ok(network)
}

fn line<A, B>(name: &str, n: Size, ours: &A, theirs: &B)
where
    A: g::Continuous,
    B: Continuous<f64, f64> + ContinuousCDF<f64, f64>,
{
    let mut rng = Key::new(1).rng();
    let x: Vec<f64> = (0..n.values).map(|_| ours.sample(&mut rng)).collect();
    let p: Vec<f64> = x.iter().map(|x| ours.cdf(*x)).collect();
    let cells = [
        in_turn(n.rounds, &x, |x| ours.ln_pdf(x), |x| theirs.ln_pdf(x)),
        in_turn(n.rounds, &x, |x| ours.cdf(x), |x| theirs.cdf(x)),
        in_turn(
            n.rounds,
            &p,
            |p| ours.quantile(p),
            |p| theirs.inverse_cdf(p),
        ),
    ];
    println!("| {name} | {} |", cells.join(" | "));
}

/// Of counts from 0 here and from `first` there.
fn counts<A, B>(name: &str, n: Size, ours: &A, theirs: &B, first: u64)
where
    A: g::Discrete,
    B: Discrete<u64, f64> + DiscreteCDF<u64, f64>,
{
    let mut rng = Key::new(1).rng();
    let k: Vec<u64> = (0..n.values).map(|_| ours.sample(&mut rng)).collect();
    let p: Vec<f64> = k.iter().map(|k| ours.cdf(*k) * (1.0 - 1e-9)).collect();
    let few = &p[..100]; // some quantiles of statrs take 60 µs
    let cells = [
        in_turn(
            n.rounds,
            &k,
            |k| ours.ln_pmf(k),
            |k| theirs.ln_pmf(k + first),
        ),
        in_turn(n.rounds, &k, |k| ours.cdf(k), |k| theirs.cdf(k + first)),
        in_turn(
            n.rounds,
            few,
            |p| ours.quantile(p).unwrap_or(0) as f64,
            |p| theirs.inverse_cdf(p) as f64,
        ),
    ];
    println!("| {name} | {} |", cells.join(" | "));
}

fn draws(name: &str, n: Size, ours: impl Fn(&mut dyn Rng) -> f64, theirs: impl Distribution<f64>) {
    let (mut a, mut b) = (Key::new(1).rng(), Key::new(1).rng());
    let rounds: Vec<_> = (0..n.rounds)
        .map(|_| {
            let ours = clock(n.values, || ours(&mut a));
            (
                ours,
                clock(n.values, || theirs.sample(&mut b as &mut dyn Rng)),
            )
        })
        .collect();
    println!("| {name} | {} |", cell(&rounds));
}

/// Both on all arguments, round by round.
fn in_turn<T: Copy>(
    rounds: usize,
    x: &[T],
    ours: impl Fn(T) -> f64,
    theirs: impl Fn(T) -> f64,
) -> String {
    let rounds: Vec<_> = (0..rounds)
        .map(|_| {
            let time = |f: &dyn Fn() -> f64| {
                let start = Instant::now();
                black_box(f());
                start.elapsed().as_secs_f64() * 1e9 / x.len() as f64
            };
            let ours = time(&|| x.iter().map(|x| black_box(ours(*x))).sum());
            (
                ours,
                time(&|| x.iter().map(|x| black_box(theirs(*x))).sum()),
            )
        })
        .collect();
    cell(&rounds)
}

fn clock(n: usize, mut draw: impl FnMut() -> f64) -> f64 {
    let start = Instant::now();
    for _ in 0..n {
        black_box(draw());
    }
    start.elapsed().as_secs_f64() * 1e9 / n as f64
}

fn cell(rounds: &[(f64, f64)]) -> String {
    let best = |f: fn(&(f64, f64)) -> f64| rounds.iter().map(f).fold(f64::INFINITY, f64::min);
    let (ours, theirs) = (best(|r| r.0), best(|r| r.1));
    format!("{ours:.0}, {theirs:.0}, {:.2}", ours / theirs)
}

/// How many values a round has, and how many rounds there are.
#[derive(Clone, Copy)]
struct Size {
    values: usize,
    rounds: usize,
}
