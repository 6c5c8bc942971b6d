//! Divergences between members of a family.

use gradus_information::{
    Bernoulli, Beta, Binomial, Categorical, Cauchy, Continuous, Dirichlet, Discrete, Exponential,
    Gamma, Geometric, Gumbel, InformationError, InverseGamma, Laplace, LogNormal, Normal, Pareto,
    Poisson, RelativeEntropy, Uniform, Weibull,
};
use gradus_testkit::{cases, relative, scaled};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;

/// $`\int p \ln (p / q)`$, with $`x = F^{-1}(\sigma(t))`$: the trapezoidal rule over t, for which both ends fall like exponentials.
fn integral(p: &impl Continuous, q: &impl Continuous) -> f64 {
    let step = 0.05;
    let term = |k: i32| {
        let t = step * f64::from(k);
        let (below, above) = (1.0 / (1.0 + (-t).exp()), 1.0 / (1.0 + t.exp()));
        let x = p.at_tails(below, above);
        below * above * (p.ln_pdf(x) - q.ln_pdf(x))
    };
    step * (-800..=800)
        .map(term)
        .filter(|term| term.is_finite())
        .sum::<f64>()
}

fn sum(p: &impl Discrete, q: &impl Discrete) -> f64 {
    let term = |k: u64| {
        if p.pmf(k) > 0.0 {
            p.pmf(k) * (p.ln_pmf(k) - q.ln_pmf(k))
        } else {
            0.0
        }
    };
    (0..2000).map(term).sum()
}

#[allow(clippy::needless_pass_by_value, reason = "made where they are passed")]
fn continuous<D: Continuous + RelativeEntropy>(p: D, q: D) -> Result<[f64; 3], InformationError> {
    Ok([p.kl(&q)?, integral(&p, &q), p.kl(&p)?])
}

#[allow(clippy::needless_pass_by_value, reason = "made where they are passed")]
fn discrete<D: Discrete + RelativeEntropy>(p: D, q: D) -> Result<[f64; 3], InformationError> {
    Ok([p.kl(&q)?, sum(&p, &q), p.kl(&p)?])
}

/// In closed form, by definition, and of p from itself.
fn all(a: f64, b: f64, c: f64, d: f64, m: f64) -> Result<Vec<[f64; 3]>, InformationError> {
    let share = |x: f64| x / (1.0 + x);
    let (s, t) = (share(a), share(c));
    Ok(vec![
        discrete(Bernoulli::new(s)?, Bernoulli::new(t)?)?,
        discrete(Binomial::new(30, s)?, Binomial::new(30, t)?)?,
        discrete(Geometric::new(s)?, Geometric::new(t)?)?,
        discrete(Poisson::new(a)?, Poisson::new(c)?)?,
        discrete(
            Categorical::from_weights(&[a, b, 1.0])?,
            Categorical::from_weights(&[c, d, 1.0])?,
        )?,
        continuous(Normal::new(m, a)?, Normal::new(0.0, c)?)?,
        continuous(LogNormal::new(m, a)?, LogNormal::new(0.0, c)?)?,
        continuous(Exponential::new(a)?, Exponential::new(c)?)?,
        continuous(Gamma::new(a, b)?, Gamma::new(c, d)?)?,
        continuous(InverseGamma::new(a, b)?, InverseGamma::new(c, d)?)?,
        continuous(Beta::new(a, b)?, Beta::new(c, d)?)?,
        continuous(Uniform::new(m, m + a)?, Uniform::new(m - b, m + a + c)?)?,
        continuous(Laplace::new(m, a)?, Laplace::new(0.0, c)?)?,
        continuous(Cauchy::new(m, a)?, Cauchy::new(0.0, c)?)?,
        continuous(Gumbel::new(m, a)?, Gumbel::new(0.0, c)?)?,
        continuous(Weibull::new(a, b)?, Weibull::new(c, d)?)?,
        continuous(Pareto::new(b + c, a)?, Pareto::new(b, d)?)?,
    ])
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn divergences_of_families_are_integrals(a in 0.6..3.0, b in 0.6..3.0, c in 0.6..3.0, d in 0.6..3.0, m in -1.0..1.0) {
        for (i, [closed, direct, _]) in all(a, b, c, d, m)?.into_iter().enumerate() {
            // roundings of densities far out; at the kink of Laplace's density the rule errs like the square of its step
            let tolerance = if i == 12 { 2.5e-3 } else { 2e-6 };
            prop_assert!((closed - direct).abs() <= tolerance * (1.0 + closed), "{i}: {closed} and {direct}");
        }
        // two outcomes: Beta
        let (p, q) = (Dirichlet::new(vec![a, b])?, Dirichlet::new(vec![c, d])?);
        scaled(p.kl(&q)?, Beta::new(a, b)?.kl(&Beta::new(c, d)?)?, 64.0 * EPS, 8.0)?;
    }

    #[test]
    fn divergences_of_families_are_non_negative(a in 0.01..99.0, b in 0.01..99.0, c in 0.01..99.0, d in 0.01..99.0, m in -9.0..9.0) {
        for [closed, _, own] in all(a, b, c, d, m)? {
            prop_assert!(closed >= 0.0 && !closed.is_nan());
            scaled(own, 0.0, 64.0 * EPS, 100.0)?;
        }
    }

    #[test]
    fn divergences_of_families_do_not_see_units(a in 0.1..9.0, b in 0.1..9.0, c in 0.1..9.0, d in 0.1..9.0, k in -8_i32..8) {
        let unit = 2.0_f64.powi(k);
        relative(Exponential::new(a / unit)?.kl(&Exponential::new(c / unit)?)?, Exponential::new(a)?.kl(&Exponential::new(c)?)?, 4.0 * EPS)?;
        let of = |unit: f64| Gamma::new(a, b / unit)?.kl(&Gamma::new(c, d / unit)?);
        relative(of(unit)?, of(1.0)?, 4.0 * EPS)?;
        let of = |unit: f64| Weibull::new(a, b * unit)?.kl(&Weibull::new(c, d * unit)?);
        scaled(of(unit)?, of(1.0)?, 1e-12, 10.0 + of(1.0)?)?;
        let of = |unit: f64| Cauchy::new(unit * a, unit * b)?.kl(&Cauchy::new(unit * c, unit * d)?);
        relative(of(unit)?, of(1.0)?, 64.0 * EPS)?;
        let of = |unit: f64| Gumbel::new(unit * a, unit * b)?.kl(&Gumbel::new(unit * c, unit * d)?);
        scaled(of(unit)?, of(1.0)?, 64.0 * EPS, 10.0 + of(1.0)?)?;
    }
}
