//! Laws seen through maps.

use gradus_probability::rand::Rng;
use gradus_probability::{
    Continuous, Exp, Exponential, Gamma, InverseGamma, LogNormal, Logistic, Monotone, Normal,
    Power, Sigmoid, StandardizedMoments, Transformed, Uniform, Weibull, kolmogorov_test,
};
use gradus_random::Key;
use gradus_testkit::laws::density_and_cdf;
use gradus_testkit::{at_least, cases, gradient, relative, same_bits, scaled};
use proptest::prelude::*;
use std::error::Error;

const EPS: f64 = f64::EPSILON;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn maps_are_undone_by_their_inverses(z in 0.01..20.0, y in 0.01..20.0, c in prop_oneof![0.1..5.0, -5.0..-0.1]) {
        let maps: [Box<dyn Monotone>; 3] = [Box::new(Exp), Box::new(Sigmoid), Box::new(Power::new(c)?)];
        for map in maps {
            // a probability next to 1 has lost what its logit needs
            let lost = if map.map(z) < 1.0 { EPS / (1.0 - map.map(z)).min(1.0) } else { EPS };
            scaled(map.inverse(map.map(z)), z, 64.0 * (EPS + lost), z.max(1.0))?;
            let (low, high) = (map.map(z.min(y)), map.map(z.max(y)));
            let (low, high) = if map.is_increasing() { (low, high) } else { (high, low) };
            prop_assert!(low <= high);
            let (first, last) = map.domain();
            prop_assert!(first <= z && z <= last && !map.map(first).is_nan() && !map.map(last).is_nan());
        }
    }

    #[test]
    fn slopes_of_maps_are_derivatives(z in 0.6..3.0, c in prop_oneof![0.3..2.0, -2.0..-0.3]) {
        let maps: [Box<dyn Monotone>; 3] = [Box::new(Exp), Box::new(Sigmoid), Box::new(Power::new(c)?)];
        for map in maps {
            let sign = if map.is_increasing() { 1.0 } else { -1.0 };
            gradient::check(|z| (map.map(z[0]), vec![sign * map.ln_slope(z[0]).exp()]), &[z])?;
        }
    }

    #[test]
    fn densities_of_transformed_laws_are_slopes(m in -1.0..1.0, s in 0.5..2.0, a in 1.5..5.0, c in prop_oneof![0.4..2.0, -2.0..-0.4], p in 0.1..0.9) {
        let laws: [Box<dyn Continuous>; 3] = [
            Box::new(Transformed::new(Normal::new(m, s)?, Exp)?),
            Box::new(Transformed::new(Logistic::new(m, s)?, Sigmoid)?),
            Box::new(Transformed::new(Gamma::new(a, s)?, Power::new(c)?)?),
        ];
        for law in laws {
            let x = law.quantile(p);
            let unit = p.min(1.0 - p) / law.pdf(x);
            density_and_cdf(|t| unit * law.pdf(x + unit * t), |t| law.cdf(x + unit * t), 0.0)?;
        }
    }

    #[test]
    fn the_exponential_of_a_normal_is_log_normal(m in -9.0..9.0, s in 0.01..2.0, e in -300.0..0.0, upper in any::<bool>()) {
        let (law, family) = (Transformed::new(Normal::new(m, s)?, Exp)?, LogNormal::new(m, s)?);
        let p = 10.0_f64.powf(e);
        let x = if upper { family.upper_quantile(p) } else { family.quantile(p) };
        same_bits(if upper { law.upper_quantile(p) } else { law.quantile(p) }, x)?;
        same_bits(law.ln_pdf(x), family.ln_pdf(x))?;
        prop_assert_eq!((law.tails(x), law.ln_tails(x)), (family.tails(x), family.ln_tails(x)));
        prop_assert_eq!((law.tails(-x), law.ln_pdf(-x)), (family.tails(-x), family.ln_pdf(-x)));
        // integrals here, closed forms there
        relative(law.mean()?, family.mean()?, 1e-10)?;
        relative(law.variance()?, family.variance()?, 1e-9)?;
        relative(law.skewness()?, family.skewness()?, 1e-8 + 1e-10 / s)?;
        scaled(law.excess_kurtosis()?, family.excess_kurtosis()?, 1e-8, 3.0 + family.excess_kurtosis()?)?;
    }

    #[test]
    fn powers_of_waiting_times_are_weibull(shape in 0.4..20.0_f64, scale in 0.01..99.0_f64, p in 0.0..1.0) {
        // (scale^k E)^(1/k)
        let waiting = Exponential::new(scale.powf(-shape))?;
        let (law, family) = (Transformed::new(waiting, Power::new(shape.recip())?)?, Weibull::new(shape, scale)?);
        let x = family.quantile(p);
        let error = 32.0 * EPS * (1.0 + shape * (1.0 + scale.ln().abs()));
        relative(law.quantile(p), x, error)?;
        scaled(law.ln_sf(x), family.ln_sf(x), error, family.ln_sf(x).abs())?;
        scaled(law.ln_pdf(x), family.ln_pdf(x), error, 2.0 + family.ln_pdf(x).abs() + family.ln_sf(x).abs())?;
        if shape > 0.8 {
            relative(law.mean()?, family.mean()?, 1e-10)?;
            relative(law.variance()?, family.variance()?, 1e-9)?;
        }
    }

    #[test]
    fn a_reciprocal_turns_the_tails(a in 0.1..50.0, b in 0.1..50.0, p in 0.0..1.0) {
        let (law, family) = (Transformed::new(Gamma::new(a, b)?, Power::new(-1.0)?)?, InverseGamma::new(a, b)?);
        let x = family.quantile(p);
        prop_assume!(x > 0.0 && x.is_finite());
        relative(law.quantile(p), x, 64.0 * EPS * (1.0 + 1.0 / a))?;
        let error = 64.0 * EPS * (1.0 + a + b / x);
        scaled(law.ln_pdf(x), family.ln_pdf(x), error, 1.0 + family.ln_pdf(x).abs())?;
        relative(law.cdf(x), family.cdf(x), error)?;
        relative(law.sf(x), family.sf(x), error)?;
        if a > 2.5 {
            relative(law.variance()?, family.variance()?, 1e-9)?;
        } else if a < 0.9 {
            prop_assert!(law.mean().is_err());
        }
    }
}

/// Draws as the law makes them, which a boxed one does not.
fn follow(law: &impl Continuous, rng: &mut impl Rng) -> Result<(), Box<dyn Error>> {
    let draws: Vec<f64> = (0..50_000).map(|_| law.sample(rng)).collect();
    Ok(at_least(kolmogorov_test(&draws, law)?.p_value, 1e-6)?)
}

#[test]
fn draws_of_transformed_laws_follow_their_tails() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(12).rng();
    let (root, uniform) = (Power::new(-0.5)?, Uniform::new(-1.0, 2.0)?);
    follow(
        &Transformed::new(Normal::new(0.5, 0.7)?, Sigmoid)?,
        &mut rng,
    )?;
    follow(&Transformed::new(Gamma::new(2.0, 3.0)?, root)?, &mut rng)?;
    follow(&Transformed::new(uniform, Exp)?, &mut rng)
}
