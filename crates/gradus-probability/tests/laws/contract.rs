//! What every law of one variable owes, for parameters of all magnitudes.

use gradus_numeric::Simplex;
use gradus_probability::{
    Affine, Bernoulli, Beta, BetaBinomial, Binomial, Categorical, Cauchy, ChiSquared, Continuous,
    Discrete, DiscreteUniform, Exp, Exponential, FisherF, Gamma, Geometric, Gumbel, HalfNormal,
    Histogram, Hypergeometric, InverseGamma, Laplace, LogNormal, Logistic, Mixture, Mode,
    NegativeBinomial, Normal, Pareto, Poisson, Power, ProbabilityError, Sigmoid,
    StandardizedMoments, StudentT, Transformed, Triangular, Truncated, Uniform, VonMises, Weibull,
    binomial_ln_pmf, gamma_ln_pdf, poisson_ln_pmf, student_t_ln_pdf,
};
use gradus_testkit::laws::{density_and_cdf, mass_and_cdf};
use gradus_testkit::strategies::special;
use gradus_testkit::{at_most, cases, gradient, relative, same_bits, scaled};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;

/// Positive numbers from 1e-8 to 1e8.
pub(crate) fn magnitude() -> impl Strategy<Value = f64> {
    (-8.0..8.0).prop_map(|e| 10.0_f64.powf(e))
}

/// Probabilities of all sizes, next to 1 too.
fn level() -> impl Strategy<Value = f64> {
    let tiny = (-300.0..0.0).prop_map(|e| 10.0_f64.powf(e));
    prop_oneof![0.0..=1.0, tiny, (0.0..EPS * 64.0).prop_map(|p| 1.0 - p)]
}

fn continuous() -> impl Strategy<Value = Box<dyn Continuous>> {
    (0_usize..FAMILIES, -9.0..9.0, magnitude(), magnitude())
        .prop_filter_map("valid", |(family, m, a, b)| {
            Some(of_family(family, m, a, b).ok()? as Box<dyn Continuous>)
        })
}

/// What a family with a density can be asked.
pub(crate) trait Line: Continuous + StandardizedMoments + Mode<Outcome = f64> {}
impl<D: Continuous + StandardizedMoments + Mode<Outcome = f64>> Line for D {}

/// What a family of counts can be asked.
pub(crate) trait Counts: Discrete + StandardizedMoments + Mode<Outcome = u64> {}
impl<D: Discrete + StandardizedMoments + Mode<Outcome = u64>> Counts for D {}

/// How many continuous families there are.
pub(crate) const FAMILIES: usize = 20;

/// A member of each continuous family, with a location and two positive parameters.
pub(crate) fn of_family(
    family: usize,
    m: f64,
    a: f64,
    b: f64,
) -> Result<Box<dyn Line>, ProbabilityError> {
    Ok(match family {
        0 => Box::new(Gamma::new(a, b)?),
        1 => Box::new(StudentT::new(m, a, b)?),
        2 => Box::new(Normal::new(m, a)?),
        3 => Box::new(Uniform::new(m, m + a)?),
        4 => Box::new(Exponential::new(a)?),
        5 => Box::new(Beta::new(a, b)?),
        6 => Box::new(LogNormal::new(m, a)?),
        7 => Box::new(ChiSquared::new(a)?),
        8 => Box::new(FisherF::new(a, b)?),
        9 => Box::new(Cauchy::new(m, a)?),
        10 => Box::new(Laplace::new(m, a)?),
        11 => Box::new(Logistic::new(m, a)?),
        12 => Box::new(Gumbel::new(m, a)?),
        13 => Box::new(Weibull::new(a, b)?),
        14 => Box::new(Pareto::new(a, b)?),
        15 => Box::new(InverseGamma::new(a, b)?),
        16 => Box::new(HalfNormal::new(a)?),
        17 => Box::new(Triangular::new(m, m + a.min(b), m + a)?),
        18 => Box::new(VonMises::new(m / 3.0, a)?),
        _ => Box::new(Affine::of(Gamma::new(b, 1.0)?, m, a)?),
    })
}

/// A member of each discrete family.
pub(crate) fn of_discrete_family(
    family: usize,
    n: u64,
    a: f64,
    p: f64,
) -> Result<Box<dyn Counts>, ProbabilityError> {
    Ok(match family {
        0 => Box::new(Poisson::new(a)?),
        1 => Box::new(Binomial::new(n, p)?),
        2 => Box::new(Bernoulli::new(p)?),
        3 => Box::new(Categorical::from_weights(&[p, 0.0, 0.5, 1.0 - p, 0.0])?),
        4 => Box::new(Geometric::new(p)?),
        5 => Box::new(NegativeBinomial::new(a, p)?),
        6 => Box::new(DiscreteUniform::new(n / 3, n)?),
        8 => Box::new(BetaBinomial::new(n % 3000, a, a / p * (1.0 - 0.999 * p))?),
        _ => {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a share of the population"
            )]
            let part = |share: f64| (share * n as f64).floor() as u64;
            Box::new(Hypergeometric::new(n, part(p), part(1.0 - p * p))?)
        }
    })
}

fn mixture() -> impl Strategy<Value = Mixture<Box<dyn Continuous>>> {
    (magnitude(), magnitude(), magnitude(), 0.0..=1.0).prop_filter_map("valid", |(a, b, s, w)| {
        let parts: Vec<Box<dyn Continuous>> = vec![
            Box::new(Gamma::new(a, b).ok()?),
            Box::new(StudentT::new(s, b, a).ok()?),
        ];
        Mixture::new(Simplex::new(vec![w, 1.0 - w]).ok()?, parts).ok()
    })
}

fn discrete() -> impl Strategy<Value = Box<dyn Discrete>> {
    (
        0_usize..9,
        0_u64..200_000_000,
        0_u32..4,
        magnitude(),
        0.0..=1.0,
    )
        .prop_filter_map("valid", |(family, n, shift, a, p)| {
            Some(of_discrete_family(family, n >> (7 * shift), a, p).ok()? as Box<dyn Discrete>)
        })
}

/// A family between two of its quantiles, far out in a tail too.
fn truncated() -> impl Strategy<Value = Truncated<Box<dyn Continuous>>> {
    (continuous(), level(), level()).prop_filter_map("valid", |(law, p, q)| {
        let (a, b) = (law.quantile(p), law.upper_quantile(q));
        Truncated::new(law, a.min(b), a.max(b)).ok()
    })
}

/// A family of positive numbers under a power, and one of any numbers under another map.
fn transformed() -> impl Strategy<Value = Box<dyn Continuous>> {
    let choice = (0_usize..4, magnitude(), magnitude(), -4.0..4.0, -9.0..9.0);
    choice.prop_filter_map("valid", |(map, a, b, c, m)| {
        let bell = || Normal::new(m, a.sqrt());
        Some(match map {
            0 => Box::new(Transformed::new(bell().ok()?, Exp).ok()?) as Box<dyn Continuous>,
            1 => Box::new(Transformed::new(bell().ok()?, Sigmoid).ok()?),
            2 => Box::new(Transformed::new(Gamma::new(a, b).ok()?, Power::new(c).ok()?).ok()?),
            _ => Box::new(Transformed::new(Weibull::new(a, b).ok()?, Power::new(-1.0).ok()?).ok()?),
        })
    })
}

fn histogram() -> impl Strategy<Value = Histogram> {
    let numbers = prop::collection::vec(-9_i32..9, 2..20);
    (numbers, magnitude(), 1_u32..30).prop_filter_map("valid", |(x, scale, bins)| {
        let x: Vec<_> = x.iter().map(|x| scale * f64::from(*x)).collect();
        Histogram::with_bins(&x, bins).ok()
    })
}

fn any_continuous() -> impl Strategy<Value = Box<dyn Continuous>> {
    prop_oneof![
        15 => continuous(),
        1 => mixture().prop_map(|law| Box::new(law) as Box<dyn Continuous>),
        2 => truncated().prop_map(|law| Box::new(law) as Box<dyn Continuous>),
        1 => transformed(),
        1 => histogram().prop_map(|law| Box::new(law) as Box<dyn Continuous>),
    ]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn continuous_laws_obey_the_contract(law in any_continuous(), x in special(), y in special(), p in level()) {
        same_bits(law.cdf(f64::NEG_INFINITY), 0.0)?;
        same_bits(law.cdf(f64::INFINITY), 1.0)?;
        for value in [law.pdf(x), law.ln_pdf(x), law.cdf(x), law.sf(x), law.ln_cdf(x), law.ln_sf(x)] {
            prop_assert_eq!(value.is_nan(), x.is_nan());
        }
        if !(x.is_nan() || y.is_nan()) {
            let (low, high) = (law.cdf(x.min(y)), law.cdf(x.max(y)));
            prop_assert!((0.0..=1.0).contains(&low) && (0.0..=1.0).contains(&high));
            at_most(low, high * (1.0 + 1e-11))?;
            scaled(law.cdf(x) + law.sf(x), 1.0, 4.0 * EPS, 1.0)?;
            at_most(law.ln_cdf(x), 0.0)?;
            if law.cdf(x) > 1e-290 {
                relative(law.ln_cdf(x).exp(), law.cdf(x), 1e-12)?;
            }
        }
        let q = law.quantile(p);
        prop_assert!(!q.is_nan());
        if q.is_finite() && q.abs() > f64::MIN_POSITIVE && p > 0.0 && p < 1.0 {
            // p lies between the values at the neighbors, also where F leaps from one double to the next
            let step = 8.0 * EPS * q.abs();
            let error = 32.0 * EPS * (1.0 - p.min(1.0 - p).ln());
            if p <= 0.5 {
                at_most(law.cdf(q - step), p * (1.0 + error))?;
                at_most(p * (1.0 - error), law.cdf(q + step))?;
            } else {
                at_most(law.sf(q + step), (1.0 - p) * (1.0 + error))?;
                at_most((1.0 - p) * (1.0 - error), law.sf(q - step))?;
            }
        }
    }

    #[test]
    fn discrete_laws_obey_the_contract(law in discrete(), k in any::<u64>(), shift in 0_u32..64, p in level()) {
        let k = k >> shift;
        let (below, above) = law.tails(k);
        prop_assert!((0.0..=1.0).contains(&below) && (0.0..=1.0).contains(&above));
        scaled(below + above, 1.0, 4.0 * EPS, 1.0)?;
        at_most(law.ln_pmf(k), 4.0 * EPS)?;
        at_most(law.ln_cdf(k), 0.0)?;
        at_most(law.pmf(k), below * (1.0 + 1e-11) + f64::MIN_POSITIVE)?;
        if let Some(k) = law.quantile(p) {
            let reached = |k| if p <= 1.0 - p { law.cdf(k) >= p } else { law.sf(k) <= 1.0 - p };
            prop_assert!(reached(k));
            prop_assert!(k == 0 || !reached(k - 1) || law.cdf(k - 1) == 0.0 || law.sf(k - 1) == 1.0);
        } else {
            same_bits(p, 1.0)?;
        }
        prop_assert_eq!((law.quantile(-0.1), law.quantile(f64::NAN)), (None, None));
    }

    #[test]
    fn densities_of_families_are_slopes(family in 0_usize..FAMILIES, m in -2.0..2.0, a in 1.2..5.0, b in 1.2..5.0, p in 0.1..0.9) {
        let law = of_family(family, m, a, b)?;
        // in units of the length over which the tail falls, so that steps fit every family
        let x = law.quantile(p);
        let unit = p.min(1.0 - p) / law.pdf(x);
        density_and_cdf(|t| unit * law.pdf(x + unit * t), |t| law.cdf(x + unit * t), 0.0)?;
    }

    #[test]
    fn masses_of_families_add_up(family in 0_usize..9, n in 0_u64..60, a in 0.2..9.0, p in 0.2..=1.0) {
        let law = of_discrete_family(family, n, a, p)?;
        mass_and_cdf(|k| law.pmf(k), |k| law.cdf(k), 500, 64.0 * EPS)?;
    }

    #[test]
    fn densities_are_slopes_of_distribution_functions(a in 0.5..9.0, b in 0.2..5.0, x in 0.2..6.0, t in -5.0..5.0) {
        let gamma = Gamma::new(a, b)?;
        density_and_cdf(|x| gamma.pdf(x), |x| gamma.cdf(x), x)?;
        let student = StudentT::new(1.0, b, a)?;
        density_and_cdf(|x| student.pdf(x), |x| student.cdf(x), t)?;
    }

    #[test]
    fn masses_add_up_to_the_distribution_function(mean in 0.0..30.0, n in 0_u64..60, p in 0.0..=1.0) {
        let poisson = Poisson::new(mean)?;
        mass_and_cdf(|k| poisson.pmf(k), |k| poisson.cdf(k), 150, 64.0 * EPS)?;
        let binomial = Binomial::new(n, p)?;
        mass_and_cdf(|k| binomial.pmf(k), |k| binomial.cdf(k), n + 2, 64.0 * EPS)?;
        same_bits(binomial.cdf(n), 1.0)?;
    }

    #[test]
    fn a_gamma_law_waits_for_poisson_events(k in 0_u64..100_000, rate in magnitude(), t in magnitude()) {
        let (count, wait) = (Poisson::new(rate * t)?, Gamma::new(k as f64 + 1.0, rate)?);
        let (below, above) = count.tails(k);
        relative(wait.sf(t), below, 1e-12)?;
        relative(wait.cdf(t), above, 1e-12)?;
    }

    #[test]
    fn student_is_symmetric(steps in 0_i32..100_000, scale in magnitude(), freedom in magnitude()) {
        let (law, t) = (StudentT::new(3.0, scale, freedom)?, f64::from(steps) / 256.0); // 3 ± t is exact
        same_bits(law.cdf(3.0 - t), law.sf(3.0 + t))?;
        same_bits(law.ln_pdf(3.0 - t), law.ln_pdf(3.0 + t))?;
    }

    #[test]
    fn student_with_one_degree_is_cauchy(t in -1e9..1e9) {
        let law = StudentT::new(0.0, 1.0, 1.0)?;
        relative(law.cdf(t), f64::atan2(1.0, -t) / std::f64::consts::PI, 16.0 * EPS)?;
    }

    #[test]
    fn rare_trials_are_nearly_poisson(n in 1_u64..400, lambda in 0.0..1.0) {
        let p = lambda / n as f64;
        let (trials, events) = (Binomial::new(n, p)?, Poisson::new(p * n as f64)?);
        let distance: f64 = (0..=n + 40).map(|k| (trials.pmf(k) - events.pmf(k)).abs()).sum();
        at_most(0.5 * distance, n as f64 * p * p + 1e-14)?;
    }

    #[test]
    fn score_of_a_gamma(x in 0.2..5.0, a in 0.3..40.0, b in 0.2..5.0) {
        let score = |at: &[f64]| {
            let (x, a, b) = (at[0], at[1], at[2]);
            let slopes = vec![(a - 1.0) / x - b, (b * x).ln() - gradus_numeric::digamma(a), a / b - x];
            (gamma_ln_pdf(x, a, b), slopes)
        };
        gradient::check(score, &[x, a, b])?;
        scaled(gamma_ln_pdf(x, a, b), Gamma::new(a, b)?.ln_pdf(x), 8.0 * EPS, 200.0)?;
    }

    #[test]
    fn score_of_a_student(x in -5.0..5.0, scale in 0.5..3.0, freedom in 0.5..30.0) {
        let score = |x: &[f64]| {
            let t = x[0] / scale;
            (student_t_ln_pdf(x[0], 0.0, scale, freedom), vec![-(freedom + 1.0) / scale * t / (freedom + t * t)])
        };
        gradient::check(score, &[x])?;
        let law = StudentT::new(0.0, scale, freedom)?;
        scaled(student_t_ln_pdf(x, 0.0, scale, freedom), law.ln_pdf(x), 8.0 * EPS, 100.0)?;
    }

    #[test]
    fn score_of_a_poisson(k in 0_u64..50, mean in 0.5..30.0) {
        gradient::check(|m| (poisson_ln_pmf(k, m[0]), vec![k as f64 / m[0] - 1.0]), &[mean])?;
    }

    #[test]
    fn score_of_a_binomial(k in 0_u64..20, rest in 0_u64..20, p in 0.4..0.6) {
        let score = |p: &[f64]| (binomial_ln_pmf(k, k + rest, p[0]), vec![k as f64 / p[0] - rest as f64 / (1.0 - p[0])]);
        gradient::check(score, &[p])?;
    }

    #[test]
    fn fits_have_score_zero(x in prop::collection::vec(0.1..9.0, 2..30)) {
        let fit = Gamma::fit(&x)?;
        let (a, b, n) = (fit.distribution.shape(), fit.distribution.rate(), x.len() as f64);
        let by_shape: f64 = x.iter().map(|x| (b * x).ln() - gradus_numeric::digamma(a)).sum();
        let by_rate: f64 = x.iter().map(|x| a / b - x).sum();
        at_most(by_shape.abs(), 1e-12 * n * (1.0 + a.ln().abs()))?;
        at_most(by_rate.abs(), 1e-12 * n * (1.0 + a / b))?;
        prop_assert!(fit.standard_errors.iter().all(|e| *e > 0.0));
    }
}
