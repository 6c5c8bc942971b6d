//! How long densities, distribution functions and quantiles take here and in statrs, and draws here and in rand_distr: in turn, in one run.
//!
//! usage: cargo run --release --bin speed [rounds [draws | law]]  (default: 50 rounds of 20 000 values, a million a function; `draws` for these alone,
//! or the beginning of the names of some laws)
//!
//! Arguments are draws of the law, made outside of the clock; so many that the processor does not learn by heart which branch each one takes, as it does
//! with 500. A round is short, so that on a busy machine some of them are not disturbed. Each
//! cell: nanoseconds a value in the best round here, there, and the ratio here / there; below 1 we are faster.

use gradus_probability as g;
use gradus_probability::rand::Rng;
use gradus_probability::{Continuous as _, Key};
use rand_distr as rd;
use rand_distr::Distribution;
use statrs::distribution as s;
use statrs::distribution::{Continuous, ContinuousCDF, Discrete, DiscreteCDF};
use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let rounds = std::env::args().nth(1).map_or(Ok(50), |n| n.parse())?;
    let n = Size {
        values: 20_000,
        rounds,
    };
    if std::env::args().nth(2).as_deref() == Some("draws") {
        return all_draws(n);
    }
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
    for (t, p) in [(20, 0.3), (100, 0.3), (1000, 0.5), (1_000_000, 0.001)] {
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

    if !asked("") {
        return Ok(());
    }
    all_draws(n)?;
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

/// Whether a law is among those that are asked for: all, without a second argument.
fn asked(name: &str) -> bool {
    let start = std::env::args().nth(2);
    start.is_none_or(|start| name.starts_with(&start))
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
    if !asked(name) {
        return;
    }
    let (ours, theirs) = (black_box(ours), black_box(theirs)); // parameters are not known when it is compiled
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
    if !asked(name) {
        return;
    }
    let (ours, theirs) = (black_box(ours), black_box(theirs)); // parameters are not known when it is compiled
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

/// Draws of every family that rand_distr has, too.
fn all_draws(n: Size) -> Result<(), Box<dyn Error>> {
    println!("\n| law | draws here, rand_distr, ratio | through `dyn Rng` |\n|---|---|---|");
    let normal = g::Normal::STANDARD;
    numbers("normal", n, &normal, rd::Normal::new(0.0, 1.0)?);
    let law = g::LogNormal::new(0.0, 1.0)?;
    numbers("log-normal", n, &law, rd::LogNormal::new(0.0, 1.0)?);
    let law = g::Uniform::new(0.0, 2.0)?;
    numbers("uniform", n, &law, rd::Uniform::new(0.0, 2.0)?);
    let law = g::Exponential::new(2.0)?;
    numbers("exponential", n, &law, rd::Exp::new(2.0)?);
    for a in [0.5, 2.5, 1e4] {
        let law = g::Gamma::new(a, 1.0)?;
        numbers(&format!("gamma({a})"), n, &law, rd::Gamma::new(a, 1.0)?);
    }
    let law = g::ChiSquared::new(3.0)?;
    numbers("chi2(3)", n, &law, rd::ChiSquared::new(3.0)?);
    for (a, b) in [(0.5, 0.5), (2.0, 5.0)] {
        let law = g::Beta::new(a, b)?;
        numbers(&format!("beta({a}, {b})"), n, &law, rd::Beta::new(a, b)?);
    }
    let law = g::StudentT::new(0.0, 1.0, 4.5)?;
    numbers("t(4.5)", n, &law, rd::StudentT::new(4.5)?);
    let law = g::FisherF::new(5.0, 9.0)?;
    numbers("F(5, 9)", n, &law, rd::FisherF::new(5.0, 9.0)?);
    let law = g::Cauchy::new(0.0, 1.0)?;
    numbers("cauchy", n, &law, rd::Cauchy::new(0.0, 1.0)?);
    let law = g::Gumbel::new(0.0, 1.0)?;
    numbers("gumbel", n, &law, rd::Gumbel::new(0.0, 1.0)?);
    let law = g::Weibull::new(1.5, 1.0)?;
    numbers("weibull(1.5)", n, &law, rd::Weibull::new(1.0, 1.5)?);
    let law = g::Pareto::new(1.0, 2.5)?;
    numbers("pareto(2.5)", n, &law, rd::Pareto::new(1.0, 2.5)?);
    let law = g::Triangular::new(0.0, 0.3, 1.0)?;
    numbers("triangular", n, &law, rd::Triangular::new(0.0, 1.0, 0.3)?);
    let law = g::Bernoulli::new(0.3)?;
    integers(
        "bernoulli(0.3)",
        n,
        &law,
        rd::Bernoulli::new(0.3)?.map(u64::from),
    );
    for mean in [0.5, 9.5, 1e4] {
        let law = g::Poisson::new(mean)?;
        let theirs = rd::Poisson::new(mean)?.map(|k: f64| k as u64);
        integers(&format!("poisson({mean})"), n, &law, theirs);
    }
    for (t, p) in [(20, 0.3), (1000, 0.5), (1_000_000, 0.001)] {
        let law = g::Binomial::new(t, p)?;
        let theirs = rd::Binomial::new(t, p)?;
        integers(&format!("binomial({t}, {p})"), n, &law, theirs);
    }
    for p in [0.2, 0.7] {
        let law = g::Geometric::new(p)?;
        integers(&format!("geometric({p})"), n, &law, rd::Geometric::new(p)?);
    }
    for (population, marked, drawn) in [(52, 4, 5), (500, 60, 200), (1_000_000, 3000, 50_000)] {
        let law = g::Hypergeometric::new(population, marked, drawn)?;
        let theirs = rd::Hypergeometric::new(population, marked, drawn)?;
        let name = format!("hypergeometric({population}, {marked}, {drawn})");
        integers(&name, n, &law, theirs);
    }
    Ok(())
}

/// Of a law on the line.
fn numbers(name: &str, n: Size, ours: &impl g::Continuous, theirs: impl Distribution<f64>) {
    let (ours, theirs) = (black_box(ours), black_box(theirs)); // parameters are not known when it is compiled
    let (mut a, mut b) = (Key::new(1).rng(), Key::new(1).rng());
    let known = beside(
        n,
        [&mut a, &mut b],
        |rng| ours.sample(rng),
        |rng| theirs.sample(rng),
    );
    let hidden: [&mut dyn Rng; 2] = [&mut a, &mut b];
    let hidden = beside(n, hidden, |rng| ours.sample(rng), |rng| theirs.sample(rng));
    println!("| {name} | {known} | {hidden} |");
}

/// Of a law of counts.
fn integers(name: &str, n: Size, ours: &impl g::Discrete, theirs: impl Distribution<u64>) {
    let (ours, theirs) = (black_box(ours), black_box(theirs)); // parameters are not known when it is compiled
    let (mut a, mut b) = (Key::new(1).rng(), Key::new(1).rng());
    let known = beside(
        n,
        [&mut a, &mut b],
        |rng| ours.sample(rng),
        |rng| theirs.sample(rng),
    );
    let hidden: [&mut dyn Rng; 2] = [&mut a, &mut b];
    let hidden = beside(n, hidden, |rng| ours.sample(rng), |rng| theirs.sample(rng));
    println!("| {name} | {known} | {hidden} |");
}

/// Both from generators of one type, round by round.
fn beside<R: ?Sized, T>(
    n: Size,
    [a, b]: [&mut R; 2],
    ours: impl Fn(&mut R) -> T,
    theirs: impl Fn(&mut R) -> T,
) -> String {
    let rounds: Vec<_> = (0..n.rounds)
        .map(|_| {
            let ours = clock(n.values, || ours(a));
            (ours, clock(n.values, || theirs(b)))
        })
        .collect();
    cell(&rounds)
}

/// Both on all arguments, round by round.
fn in_turn<T: Copy>(
    rounds: usize,
    x: &[T],
    ours: impl Fn(T) -> f64,
    theirs: impl Fn(T) -> f64,
) -> String {
    let rounds: Vec<_> = (0..rounds)
        .map(|_| (time(x, &ours), time(x, &theirs)))
        .collect();
    cell(&rounds)
}

/// Nanoseconds a value. There is no sum of the answers: one addition waits for the other, which takes as long as a function of a line.
#[inline(never)]
fn time<T: Copy>(x: &[T], f: impl Fn(T) -> f64) -> f64 {
    let start = Instant::now();
    for x in x {
        black_box(f(*x));
    }
    start.elapsed().as_secs_f64() * 1e9 / x.len() as f64
}

fn clock<T>(n: usize, mut draw: impl FnMut() -> T) -> f64 {
    let start = Instant::now();
    for _ in 0..n {
        black_box(draw());
    }
    start.elapsed().as_secs_f64() * 1e9 / n as f64
}

fn cell(rounds: &[(f64, f64)]) -> String {
    let best = |f: fn(&(f64, f64)) -> f64| rounds.iter().map(f).fold(f64::INFINITY, f64::min);
    let (ours, theirs) = (best(|r| r.0), best(|r| r.1));
    format!("{ours:.1}, {theirs:.1}, {:.2}", ours / theirs)
}

/// How many values a round has, and how many rounds there are.
#[derive(Clone, Copy)]
struct Size {
    values: usize,
    rounds: usize,
}
