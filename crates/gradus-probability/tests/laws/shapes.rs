//! Skewness, excess kurtosis and mode of every family.

use crate::contract::{FAMILIES, Line, magnitude, of_discrete_family, of_family};
use gradus_numeric::Simplex;
use gradus_probability::{
    Affine, Bernoulli, Beta, Binomial, Categorical, Continuous, Discrete, DiscreteUniform,
    Exponential, Gamma, Geometric, Gumbel, HalfNormal, Hypergeometric, InverseGamma, Laplace,
    Logistic, Mixture, Mode, NegativeBinomial, Normal, Pareto, Poisson, ProbabilityError,
    StandardizedMoments, StudentT, Triangular, Uniform, Weibull,
};
use gradus_testkit::{at_least, at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;

/// $`\int_0^1 ((x(p) - \mu) / \sigma)^n \, dp`$ for n = 3, 4 with the quantile x, by the double-exponential rule on both sides of the mode, where
/// it may have a kink.
///
/// A side is $`c s`$ with $`s = 1 / (1 + e^{-2u})`$, $`u = \tfrac\pi2 \sinh t`$, in steps of 1/16 as far as $`s = 10^{-275}`$: H. Takahasi and M. Mori,
/// Publ. RIMS 9 (1974). The quantile is asked for both p and 1 − p.
fn integrals(law: &dyn Line, mean: f64, deviation: f64) -> Result<[f64; 2], ProbabilityError> {
    let middle = law.cdf(law.mode()?);
    let middle = if middle > 0.0 && middle < 1.0 {
        middle
    } else {
        0.5
    };
    let mut sums = [0.0; 2];
    for i in -96_i32..=96 {
        let t = f64::from(i) / 16.0;
        let e = (std::f64::consts::PI * t.sinh()).exp();
        let (s, rest) = (e / (1.0 + e), 1.0 / (1.0 + e));
        let weight = s * rest * std::f64::consts::PI * t.cosh() / 16.0;
        let (p, q) = (middle * s, (1.0 - middle) * s);
        for (part, x) in [
            (middle, law.at_tails(p, 1.0 - p)),
            (1.0 - middle, law.at_tails(1.0 - q, q)),
        ] {
            let z = (x - mean) / deviation;
            for (sum, n) in sums.iter_mut().zip([3, 4]) {
                *sum += part * weight * z.powi(n);
            }
        }
    }
    Ok(sums)
}

/// Shapes on both sides of the borders at which moments come to exist.
fn shape() -> impl Strategy<Value = f64> {
    prop_oneof![0.3..3.0, 9.0..60.0]
}

/// A law and its mirror image.
type Pair = (Box<dyn StandardizedMoments>, Box<dyn StandardizedMoments>);

/// Families that can be moved, or stretched by a unit, with a shape where they have one.
fn in_units(m: f64, unit: f64, shape: f64) -> Result<Vec<Box<dyn Line>>, ProbabilityError> {
    Ok(vec![
        Box::new(Normal::new(m, unit)?),
        Box::new(Uniform::new(m, m + unit)?),
        Box::new(Laplace::new(m, unit)?),
        Box::new(Logistic::new(m, unit)?),
        Box::new(Gumbel::new(m, unit)?),
        Box::new(Triangular::new(m, m + 0.25 * unit, m + unit)?),
        Box::new(StudentT::new(m, unit, shape)?),
        Box::new(Affine::of(Gamma::new(shape, 3.0)?, m, unit)?),
        Box::new(Exponential::new(unit)?),
        Box::new(Gamma::new(shape, unit)?),
        Box::new(InverseGamma::new(shape, unit)?),
        Box::new(Weibull::new(shape, unit)?),
        Box::new(Pareto::new(unit, shape)?),
        Box::new(HalfNormal::new(unit)?),
    ])
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn standardized_moments_are_integrals(family in 0_usize..FAMILIES, m in -9.0..9.0, a in shape(), b in shape()) {
        let law = of_family(family, m, a, b)?;
        if let (Ok(skewness), Ok(excess)) = (law.skewness(), law.excess_kurtosis()) && excess < 1e3 {
            // beyond, the tail after the last node counts
            let [third, fourth] = integrals(&*law, law.mean()?, law.variance()?.sqrt())?;
            scaled(skewness, third, 1e-8, 1.0 + third.abs())?;
            scaled(excess, fourth - 3.0, 1e-8, 1.0 + fourth)?;
        }
    }

    #[test]
    fn moments_of_mixtures_are_integrals(a in 0.5..9.0, b in 0.5..9.0, rate in 0.2..5.0, w in 0.0..=1.0) {
        let parts = vec![Gamma::new(a, 1.0)?, Gamma::new(b, rate)?];
        let law = Mixture::new(Simplex::new(vec![w, 1.0 - w])?, parts.clone())?;
        let (mean, deviation) = (law.mean()?, law.variance()?.sqrt());
        let [[a, b], [c, d]] = [integrals(&parts[0], mean, deviation)?, integrals(&parts[1], mean, deviation)?];
        let (third, fourth) = (w * a + (1.0 - w) * c, w * b + (1.0 - w) * d);
        scaled(law.skewness()?, third, 1e-8, 1.0 + third.abs())?;
        scaled(law.excess_kurtosis()?, fourth - 3.0, 1e-8, 1.0 + fourth)?;
    }

    #[test]
    fn a_mixture_of_equals_has_their_moments(family in 0_usize..FAMILIES, m in -9.0..9.0, a in shape(), b in shape(), w in 0.1..0.9) {
        let (law, other) = (of_family(family, m, a, b)?, of_family(family, m, a, b)?);
        let (skewness, excess, variance) = (law.skewness(), law.excess_kurtosis(), law.variance().unwrap_or(f64::INFINITY));
        let mixture = Mixture::new(Simplex::new(vec![w, 1.0 - w])?, vec![law, other])?;
        match (skewness, excess) {
            (Ok(skewness), Ok(excess)) if excess < 1e300 && variance.is_finite() => {
                // the mean of the mixture may round to a neighbor of theirs
                let step = 8.0 * EPS * (1.0 + mixture.mean()?.abs() / mixture.variance()?.sqrt());
                scaled(mixture.skewness()?, skewness, step, 1.0 + skewness.abs())?;
                scaled(mixture.excess_kurtosis()?, excess, step, 4.0 + skewness.abs() + excess)?;
            }
            (skewness, _) => prop_assert!(mixture.skewness().is_err() || skewness.is_ok()),
        }
    }

    #[test]
    fn standardized_moments_of_counts_are_sums(family in 0_usize..9, n in 0_u64..60, a in 0.2..9.0, p in 0.2..=1.0) {
        let law = of_discrete_family(family, n, a, p)?;
        let (mean, variance) = (law.mean()?, law.variance()?);
        let moment = |power| (0..600_u32).map(|k| law.pmf(k.into()) * ((f64::from(k) - mean) / variance.sqrt()).powi(power)).sum::<f64>();
        if let (Ok(skewness), Ok(excess)) = (law.skewness(), law.excess_kurtosis()) {
            scaled(skewness, moment(3), 1e-11, 1.0 + skewness.abs())?;
            scaled(excess, moment(4) - 3.0, 1e-11, 4.0 + excess)?;
        } else {
            same_bits(variance, 0.0)?;
        }
    }

    #[test]
    fn kurtosis_is_at_least_the_square_of_the_skewness(family in 0_usize..FAMILIES + 8, m in -9.0..9.0, a in magnitude(), b in magnitude(), n in 0_u64..1_000_000, p in 0.0..=1.0) {
        let law: Box<dyn StandardizedMoments> = if family < FAMILIES {
            of_family(family, m, a, b)?
        } else {
            match of_discrete_family(family - FAMILIES, n, a, p) {
                Ok(law) => law,
                Err(_) => return Ok(()), // p = 0
            }
        };
        match (law.skewness(), law.excess_kurtosis()) {
            (Ok(skewness), Ok(excess)) if skewness.is_finite() => {
                at_least(excess, skewness * skewness - 2.0 - 1e-12 * (1.0 + skewness * skewness))?;
            }
            (Ok(skewness), excess) => prop_assert_eq!(Ok(skewness.abs()), excess), // both infinite
            (Err(_), Ok(excess)) => same_bits(excess, f64::INFINITY)?, // Student with 2 to 3 degrees
            (Err(_), Err(_)) => {}
        }
    }

    #[test]
    fn standardized_moments_see_neither_place_nor_width(m in -64_i32..64, k in -40_i32..40, shape in shape()) {
        let laws = in_units(0.0, 1.0, shape)?;
        // whole places and powers of two: the ends of intervals are exact
        for (law, moved) in laws.iter().zip(in_units(f64::from(m) * 2.0_f64.powi(k), 2.0_f64.powi(k), shape)?) {
            prop_assert_eq!(law.skewness(), moved.skewness());
            prop_assert_eq!(law.excess_kurtosis(), moved.excess_kurtosis());
        }
    }

    #[test]
    fn a_reflection_changes_the_sign_of_the_skewness(a in magnitude(), b in magnitude(), k in 1_u32..64, n in 4_u64..400, marked in 1_u64..400, draws in 1_u64..400) {
        let (p, marked, draws) = (f64::from(k) / 64.0, 1 + marked % (n - 1), 1 + draws % (n - 1)); // 1 − p is exact
        let pairs: [Pair; 6] = [
            (Box::new(Beta::new(a, b)?), Box::new(Beta::new(b, a)?)),
            (Box::new(Triangular::new(0.0, p, 1.0)?), Box::new(Triangular::new(-1.0, -p, 0.0)?)),
            (Box::new(Bernoulli::new(p)?), Box::new(Bernoulli::new(1.0 - p)?)),
            (Box::new(Binomial::new(n, p)?), Box::new(Binomial::new(n, 1.0 - p)?)),
            (Box::new(Hypergeometric::new(n, marked, draws)?), Box::new(Hypergeometric::new(n, n - marked, draws)?)),
            (Box::new(Categorical::new(vec![0.5 * p, 0.5, 0.5 - 0.5 * p])?), Box::new(Categorical::new(vec![0.5 - 0.5 * p, 0.5, 0.5 * p])?)),
        ];
        for (law, mirror) in pairs {
            let (skewness, excess) = (law.skewness()?, law.excess_kurtosis()?);
            scaled(mirror.skewness()?, -skewness, 16.0 * EPS, 1.0 + skewness.abs())?;
            scaled(mirror.excess_kurtosis()?, excess, 16.0 * EPS, 6.0 + excess.abs())?;
        }
    }

    #[test]
    fn no_density_exceeds_that_of_the_mode(family in 0_usize..FAMILIES, m in -9.0..9.0, a in 0.05..20.0, b in 0.05..20.0, p in 0.0..=1.0) {
        let law = of_family(family, m, a, b)?;
        let mode = law.mode()?;
        let top = law.ln_pdf(mode);
        for x in [law.quantile(p), mode * (1.0 + 1e-3), mode * (1.0 - 1e-3), mode + 0.1 * a, mode - 0.1 * a] {
            at_most(law.ln_pdf(x), top + 1e-12 * (1.0 + top.abs()))?;
        }
    }

    #[test]
    fn no_count_is_likelier_than_the_mode(family in 0_usize..9, n in 0_u64..60, eighths in 1_u32..80, k in 1_u32..=64) {
        // multiples of 1/8 and 1/64: two neighbors are exactly alike or visibly different
        let law = of_discrete_family(family, n, f64::from(eighths) / 8.0, f64::from(k) / 64.0)?;
        let mode = law.mode()?;
        for k in 0..600 {
            at_most(law.pmf(k), law.pmf(mode) * (1.0 + 1e-12))?;
        }
        if let Some(before) = mode.checked_sub(1) {
            at_most(law.pmf(before), law.pmf(mode) * (1.0 - 1e-9))?;
        }
    }

    #[test]
    fn a_point_mass_has_no_skewness(n in 0_u64..1_000_000, share in 0.0..=1.0, r in magnitude()) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of n")]
        let part = f64::floor(share * n as f64) as u64;
        let laws: [(Box<dyn crate::contract::Counts>, u64); 11] = [
            (Box::new(Bernoulli::new(0.0)?), 0),
            (Box::new(Bernoulli::new(1.0)?), 1),
            (Box::new(Binomial::new(0, share)?), 0),
            (Box::new(Binomial::new(n, 0.0)?), 0),
            (Box::new(Binomial::new(n, 1.0)?), n),
            (Box::new(Poisson::new(0.0)?), 0),
            (Box::new(Geometric::new(1.0)?), 0),
            (Box::new(NegativeBinomial::new(r, 1.0)?), 0),
            (Box::new(DiscreteUniform::new(n, n)?), n),
            (Box::new(Categorical::new(vec![0.0, 1.0, 0.0])?), 1),
            (Box::new(Hypergeometric::new(n, part, n)?), part),
        ];
        for (law, only) in laws {
            let missing = |moment| matches!(moment, Err(ProbabilityError::NoMoment { .. }));
            prop_assert!(missing(law.skewness()) && missing(law.excess_kurtosis()), "{:?}", law);
            prop_assert_eq!(law.mode(), Ok(only));
            same_bits(law.pmf(only), 1.0)?;
        }
    }

    #[test]
    fn rare_outcomes_have_a_finite_skewness(e in -300.0..-1.0) {
        // (1 − 2p) / √(p q), the same of a coin, of one trial and of two categories
        let p = 10.0_f64.powf(e);
        let coin = Bernoulli::new(p)?;
        let two = Categorical::from_weights(&[1.0, p])?; // p / (1 + p)
        relative(Binomial::new(1, p)?.skewness()?, coin.skewness()?, 4.0 * EPS)?;
        relative(two.skewness()?, coin.skewness()?, 16.0 * EPS + 2.0 * p)?;
        relative(two.excess_kurtosis()?, coin.excess_kurtosis()?, 16.0 * EPS + 4.0 * p)?;
    }
}

/// The mean of Weibull's law of a shape of 1e-164 is beyond the numbers, that of a Pareto law of index 1 does not converge.
#[test]
fn mixtures_with_an_infinite_mean_have_an_infinite_variance() -> Result<(), ProbabilityError> {
    let wide: [Box<dyn Continuous>; 2] = [
        Box::new(Weibull::new(1e-164, 305.0)?),
        Box::new(Pareto::new(1.0, 1.0)?),
    ];
    for wide in wide {
        let alone = wide.variance();
        let components: Vec<Box<dyn Continuous>> = vec![Box::new(Normal::STANDARD), wide];
        let mixture = Mixture::new(Simplex::new(vec![0.75, 0.25])?, components)?;
        assert_eq!(mixture.mean()?, f64::INFINITY);
        assert_eq!(mixture.variance(), alone);
    }
    Ok(())
}
