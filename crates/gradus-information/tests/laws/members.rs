//! Divergences between members of a family.

use gradus_information::{
    Bernoulli, Beta, Binomial, Categorical, Cauchy, ChiSquared, Continuous, Dirichlet, Discrete,
    Exponential, Gamma, Geometric, Gumbel, HalfNormal, InformationError, InverseGamma, Laplace,
    LogNormal, Multinomial, NegativeBinomial, Normal, Pareto, Poisson, RelativeEntropy, Simplex,
    Uniform, VonMises, Weibull,
};
use gradus_numeric::trigamma;
use gradus_testkit::{cases, relative, scaled};
use proptest::prelude::*;
use std::f64::consts::{PI, TAU};

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

/// Around the circle, by the trapezoidal rule: of smooth functions of directions it has all digits.
fn directions(p: (f64, f64), q: (f64, f64)) -> Result<[f64; 3], InformationError> {
    let density = |(m, kappa): (f64, f64)| {
        Ok::<_, InformationError>((VonMises::new(m, kappa)?, VonMises::new(0.0, kappa)?, m))
    };
    let (p, q) = (density(p)?, density(q)?);
    let ln = |(_, centered, m): &(VonMises, VonMises, f64), x: f64| {
        let turns = ((x - m) / TAU).round();
        centered.ln_pdf((x - m - turns * TAU).clamp(-PI, PI))
    };
    let step = TAU / 1024.0;
    let term = |k: i32| {
        let x = step * f64::from(k);
        ln(&p, x).exp() * (ln(&p, x) - ln(&q, x))
    };
    let direct = step * (0..1024).map(term).sum::<f64>();
    Ok([p.0.kl(&q.0)?, direct, p.0.kl(&p.0)?])
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
        continuous(ChiSquared::new(2.0 * a)?, ChiSquared::new(2.0 * c)?)?,
        continuous(HalfNormal::new(a)?, HalfNormal::new(c)?)?,
        discrete(NegativeBinomial::new(b, s)?, NegativeBinomial::new(b, t)?)?,
        directions((0.3 * m, a), (0.0, c))?,
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
        // directions that are turned by the same angle
        let turned = |angle: f64| VonMises::new(m + angle, a)?.kl(&VonMises::new(0.5 * m + angle, c)?);
        scaled(turned(1.0)?, turned(0.0)?, 64.0 * EPS, 1.0 + turned(0.0)?)?;
    }

    #[test]
    fn divergences_of_counts_are_those_of_their_trials(n in 0_u64..1_000_000, w in prop::collection::vec(0.01..9.0_f64, 1..6), v in prop::collection::vec(0.01..9.0_f64, 6), r in 1e-3..1e3, s in 0.01..0.99, t in 0.01..0.99) {
        let (p, q) = (Simplex::from_weights(&w)?, Simplex::from_weights(&v[..w.len()])?);
        let (one, all) = (Multinomial::new(1, p.clone()).kl(&Multinomial::new(1, q.clone()))?, Multinomial::new(n, p.clone()).kl(&Multinomial::new(n, q.clone()))?);
        relative(all, n as f64 * one, 4.0 * EPS)?;
        relative(one, Categorical::new(p.as_slice().to_vec())?.kl(&Categorical::new(q.as_slice().to_vec())?)?, 4.0 * EPS)?;
        prop_assert_eq!(Multinomial::new(n, p.clone()).kl(&Multinomial::new(n + 1, q)), Err(InformationError::NoClosedForm));
        let short = Simplex::from_weights(&v[..=w.len()])?;
        prop_assert!(Multinomial::new(n, p.clone()).kl(&Multinomial::new(n, short)).is_err());
        prop_assert_eq!(Multinomial::new(n, p.clone()).kl(&Multinomial::new(n, p)), Ok(0.0));
        let waits = NegativeBinomial::new(r, s)?.kl(&NegativeBinomial::new(r, t)?)?;
        relative(waits, r * Geometric::new(s)?.kl(&Geometric::new(t)?)?, 4.0 * EPS)?;
    }

    /// Members with nearly equal parameters: half of the information times the square of the difference, with all digits.
    #[test]
    fn divergences_of_near_gammas_keep_their_digits(a in -2.0..15.0_f64, e in -6.0..-4.0_f64, b in 0.1..9.0_f64) {
        let (a, delta) = (10.0_f64.powf(a), 10.0_f64.powf(e));
        let shapes = Gamma::new(a, 1.0)?.kl(&Gamma::new(a * (1.0 + delta), 1.0)?)?;
        let rates = Gamma::new(a, b)?.kl(&Gamma::new(a, b * (1.0 + delta))?)?;
        // a (δ − ln(1 + δ)) = a δ² (½ − ⅓ δ), whose difference is known to ε / δ
        let rounding = 16.0 * EPS / delta + delta * delta;
        relative(rates, a * delta * delta * (0.5 - delta / 3.0), rounding)?;
        let square = (a * delta).powi(2);
        relative(shapes, 0.5 * square * trigamma(a), 2.0 * rounding + delta)?;
        let twice = ChiSquared::new(2.0 * a)?.kl(&ChiSquared::new(2.0 * a * (1.0 + delta))?)?;
        relative(twice, shapes, rounding)?;
    }

    #[test]
    fn divergences_of_extreme_members_are_no_nan(x in prop::array::uniform4(-308.0..308.0_f64), p in 0.0..=1.0_f64, m in -3.0..3.0_f64) {
        let [a, b, c, d] = x.map(|e| 10.0_f64.powf(e));
        for (p, q) in [(a, c), (c, a), (a, a), (b, d)] {
            let all = [
                ChiSquared::new(p)?.kl(&ChiSquared::new(q)?)?,
                HalfNormal::new(p)?.kl(&HalfNormal::new(q)?)?,
                Gamma::new(p, b)?.kl(&Gamma::new(q, d)?)?,
                VonMises::new(m, p)?.kl(&VonMises::new(m, q)?)?,
            ];
            prop_assert!(all.iter().all(|kl| *kl >= 0.0 && (p != q || *kl == 0.0 || b != d)), "{p:e} {q:e}: {all:?}");
            let differ = |x: f64, y: f64| (x / y - 1.0).abs() > 0.1;
            prop_assert!(!differ(p, q) || all[..3].iter().all(|kl| *kl > 0.0), "{p:e} {q:e}: {all:?}");
            prop_assert!(!differ(b, d) || all[2] > 0.0, "{p:e} {b:e}, {q:e} {d:e}: {all:?}");
        }
        for (s, t) in [(p, 1.0), (1.0, p), (p, p), (1e-300, p), (1e-300, 1e-300), (1.0, 1.0)] {
            if s > 0.0 && t > 0.0 {
                let kl = NegativeBinomial::new(a, s)?.kl(&NegativeBinomial::new(a, t)?)?;
                prop_assert!(kl >= 0.0 && (kl == 0.0 || s != t), "{a:e} {s:e} {t:e}: {kl}");
            }
        }
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
