//! Writes what statrs answers, `families_statrs.tsv`. It has no logarithms of tails.
//!
//! usage: cargo run --release --bin answers

use gradus_peers_distributions::Answer::{Missing, Number, Refused};
use gradus_peers_distributions::{Answer, Function, write};
use statrs::distribution::{
    Beta, Binomial, Cauchy, ChiSquared, Continuous, ContinuousCDF, Discrete, DiscreteCDF,
    FisherSnedecor, Gamma, Geometric, Gumbel, Hypergeometric, Laplace, LogNormal, NegativeBinomial,
    Normal, Pareto, Poisson, StudentsT, Weibull,
};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    write("statrs", "statrs 0.19.1", answer)
}

fn answer(name: &str, [a, b, c]: [f64; 3], function: Function, x: f64) -> Answer {
    match name {
        "normal" => continuous(Normal::new(a, b), function, x),
        "gamma" => continuous(Gamma::new(a, b), function, x),
        "chi2" => continuous(ChiSquared::new(a), function, x),
        "weibull" => continuous(Weibull::new(a, b), function, x),
        "cauchy" => continuous(Cauchy::new(a, b), function, x),
        "laplace" => continuous(Laplace::new(a, b), function, x),
        "gumbel" => continuous(Gumbel::new(a, b), function, x),
        "pareto" => continuous(Pareto::new(a, b), function, x),
        "lognormal" => continuous(LogNormal::new(a, b), function, x),
        "beta" => continuous(Beta::new(a, b), function, x),
        "student" => continuous(StudentsT::new(0.0, 1.0, a), function, x),
        "f" => continuous(FisherSnedecor::new(a, b), function, x),
        "hypergeom" => discrete(
            Hypergeometric::new(a as u64, b as u64, c as u64),
            function,
            x,
        ),
        "poisson" => discrete(Poisson::new(a), function, x),
        "geometric" => discrete(Geometric::new(a), function, x),
        "binomial" => discrete(Binomial::new(b, a as u64), function, x),
        "negbin" => discrete(NegativeBinomial::new(a, b), function, x),
        _ => Missing,
    }
}

fn continuous<D, E>(law: Result<D, E>, function: Function, x: f64) -> Answer
where
    D: Continuous<f64, f64> + ContinuousCDF<f64, f64>,
{
    let Ok(law) = law else {
        return refused(function);
    };
    Number(match function {
        Function::LnDensity => law.ln_pdf(x),
        Function::Density => law.pdf(x),
        Function::Cdf => law.cdf(x),
        Function::Sf => law.sf(x),
        Function::LnCdf | Function::LnSf => return Missing,
        Function::Quantile => law.inverse_cdf(x),
    })
}

fn discrete<D, E>(law: Result<D, E>, function: Function, x: f64) -> Answer
where
    D: Discrete<u64, f64> + DiscreteCDF<u64, f64>,
{
    let Ok(law) = law else {
        return refused(function);
    };
    Number(match function {
        Function::LnDensity => law.ln_pmf(x as u64),
        Function::Density => law.pmf(x as u64),
        Function::Cdf => law.cdf(x as u64),
        Function::Sf => law.sf(x as u64),
        Function::LnCdf | Function::LnSf => return Missing,
        Function::Quantile => law.inverse_cdf(x) as f64,
    })
}

/// Of what it has.
fn refused(function: Function) -> Answer {
    match function {
        Function::LnCdf | Function::LnSf => Missing,
        _ => Refused,
    }
}
