//! Writes what scirs2-stats answers, `families_scirs2.tsv`.
//!
//! usage: cargo run --release --features scirs2-stats --bin scirs2
//!
//! Few families have the logarithm of their mass or 1 − F, and none those of tails; there is no Gumbel law. Its von Mises law counts F from the middle
//! of the circle, so only its density is asked. Its scales are reciprocals of our rates, its counts of trials are failures.

use gradus_peers_distributions::Answer::{Missing, Number, Refused};
use gradus_peers_distributions::{Answer, Function, write};
use scirs2_stats::distributions::{
    Beta, Binomial, Cauchy, ChiSquare, F, Gamma, Geometric, Hypergeometric, Laplace, Logistic,
    Lognormal, NegativeBinomial, Normal, Pareto, Poisson, StudentT, VonMises, Weibull,
};
use scirs2_stats::traits::{
    CircularDistribution, ContinuousCDF, ContinuousDistribution, DiscreteDistribution,
};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    write("scirs2", "scirs2-stats 0.6.5", answer)
}

/// What a law answers, of what it has: density, F and its inverse, and whatever stands behind them.
macro_rules! answers {
    ($law:expr, $function:expr, $x:expr, $density:ident $(, $has:pat => $more:ident)*) => {
        match ($function, $law) {
            (Function::Density, Ok(law)) => Number(law.$density($x)),
            (Function::Cdf, Ok(law)) => Number(law.cdf($x)),
            (Function::Quantile, Ok(law)) => law.ppf($x).map_or(Refused, Number),
            $(($has, Ok(law)) => Number(law.$more($x)),)*
            (Function::Density | Function::Cdf | Function::Quantile $(| $has)*, Err(_)) => Refused,
            _ => Missing,
        }
    };
}

fn answer(name: &str, [a, b, c]: [f64; 3], f: Function, x: f64) -> Answer {
    use Function::{LnDensity, Sf};
    match name {
        "normal" => answers!(Normal::new(a, b), f, x, pdf),
        "gamma" => answers!(Gamma::new(a, 1.0 / b, 0.0), f, x, pdf, Sf => sf),
        "chi2" => answers!(ChiSquare::new(a, 0.0, 1.0), f, x, pdf, Sf => sf),
        "weibull" => answers!(Weibull::new(a, b, 0.0), f, x, pdf),
        "cauchy" => answers!(Cauchy::new(a, b), f, x, pdf),
        "laplace" => answers!(Laplace::new(a, b), f, x, pdf),
        "logistic" => answers!(Logistic::new(a, b), f, x, pdf),
        "pareto" => answers!(Pareto::new(b, a, 0.0), f, x, pdf),
        "lognormal" => answers!(Lognormal::new(a, b, 0.0), f, x, pdf),
        "beta" => answers!(Beta::new(a, b, 0.0, 1.0), f, x, pdf, Sf => sf),
        "student" => answers!(StudentT::new(a, 0.0, 1.0), f, x, pdf, Sf => sf),
        "f" => answers!(F::new(a, b, 0.0, 1.0), f, x, pdf),
        "vonmises" => match (f, VonMises::new(0.0, a)) {
            (Function::Density, Ok(law)) => Number(law.pdf(x)),
            (Function::Density, Err(_)) => Refused,
            _ => Missing,
        },
        "hypergeom" => match (
            f,
            Hypergeometric::new(a as usize, b as usize, c as usize, 0.0),
        ) {
            (Function::Density, Ok(law)) => Number(law.pmf(x)),
            (Function::Cdf, Ok(law)) => Number(law.cdf(x)),
            (Function::Density | Function::Cdf, Err(_)) => Refused,
            _ => Missing,
        },
        "poisson" => answers!(Poisson::new(a, 0.0), f, x, pmf, LnDensity => logpmf),
        "geometric" if f == Function::Quantile => match Geometric::new(a) {
            Ok(law) => law.ppf(x).map_or(Refused, |k| Number(k + 1.0)),
            Err(_) => Refused,
        },
        "geometric" => answers!(Geometric::new(a), f, x - 1.0, pmf, LnDensity => log_pmf),
        "binomial" => answers!(Binomial::new(a as usize, b), f, x, pmf, LnDensity => log_pmf),
        "negbin" => answers!(NegativeBinomial::new(a, b), f, x, pmf, LnDensity => log_pmf),
        _ => Missing,
    }
}
