//! Laws on a part of their line.

use crate::contract::{FAMILIES, of_family};
use gradus_numeric::normal_ln_cdf;
use gradus_probability::{
    Cauchy, Continuous, Exp, Exponential, Gamma, Mode, Normal, Transformed, Truncated, Uniform,
    kolmogorov_test, normal_ln_pdf,
};
use gradus_random::Key;
use gradus_testkit::{at_least, at_most, cases, relative, scaled};
use proptest::prelude::*;
use std::error::Error;

const EPS: f64 = f64::EPSILON;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_truncated_law_is_a_conditional_law(family in 0_usize..FAMILIES, m in -2.0..2.0, a in 1.2..5.0, b in 1.2..5.0, mut levels in [0.01..0.99, 0.01..0.99, 0.01..0.99]) {
        levels.sort_by(f64::total_cmp);
        prop_assume!(levels[2] - levels[0] > 0.01);
        let law = of_family(family, m, a, b)?;
        let [low, x, high] = levels.map(|p| law.quantile(p));
        let (below, above) = (law.cdf(x) - law.cdf(low), law.cdf(high) - law.cdf(x));
        let mass = law.cdf(high) - law.cdf(low);
        let density = law.pdf(x);
        let part = Truncated::new(law, low, high)?;
        scaled(part.cdf(x) * mass, below, 256.0 * EPS, 1.0)?;
        scaled(part.sf(x) * mass, above, 256.0 * EPS, 1.0)?;
        scaled(part.pdf(x) * mass, density, 512.0 * EPS, density / mass)?;
        scaled(part.ln_probability().exp(), mass, 16.0 * EPS, 1.0)?;
        prop_assert_eq!((part.pdf(low.next_down()), part.pdf(high.next_up())), (0.0, 0.0));
    }

    #[test]
    fn truncating_twice_is_truncating_once(shape in 0.3..20.0, mut levels in [0.0..1.0, 0.0..1.0, 0.0..1.0, 0.0..1.0], p in 0.001..0.999) {
        levels.sort_by(f64::total_cmp);
        prop_assume!(levels[2] - levels[1] > 1e-6);
        let law = Gamma::new(shape, 1.0)?;
        let [a, b, c, d] = levels.map(|p| law.quantile(p));
        let once = Truncated::new(law, b, c)?;
        // two intervals that overlap, in both orders
        for (first, second) in [((a, c), (b, d)), ((b, d), (a, c))] {
            let twice = Truncated::new(Truncated::new(law, first.0, first.1)?, second.0, second.1)?;
            let x = once.quantile(p);
            // a rounding of x moves the tails by its share of the width
            let error = 1e-12 + 8.0 * EPS * x * once.pdf(x);
            scaled(twice.cdf(x), once.cdf(x), error, 1.0)?;
            scaled(twice.ln_pdf(x), once.ln_pdf(x), 1e-12, 1.0 + once.ln_pdf(x).abs())?;
        }
    }
}

// moments are integrals of some hundred quantiles, each found by Newton's method
proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..cases() })]

    #[test]
    fn an_exponential_law_above_a_point_is_moved_there(rate in 0.01..100.0, steps in 0_i32..10_000, x in 0.0..20.0) {
        // also where e^−bx underflows
        let (low, law) = (f64::from(steps) / 16.0, Exponential::new(rate)?);
        prop_assume!(rate * low < 90_000.0);
        let late = Truncated::new(law, low, f64::INFINITY)?;
        let at = low + x / rate;
        let error = 4.0 * EPS * rate * (low + at) + 64.0 * EPS;
        scaled(late.ln_sf(at), law.ln_sf(at - low), error, 1.0)?;
        scaled(late.ln_pdf(at), law.ln_pdf(at - low), error, 1.0)?;
        scaled(late.mean()? - low, 1.0 / rate, 1e-10, 1.0 / rate + low)?;
        let p = law.cdf(x / rate);
        prop_assume!(p > 0.01 && p < 1.0);
        scaled(late.quantile(p) - low, law.quantile(p), error, law.quantile(p) + at)?;
    }

    #[test]
    fn the_mean_of_a_normal_tail_is_its_hazard(m in -9.0..9.0, s in 0.01..99.0, z in -5.0..200.0) {
        let low = m + s * z;
        let tail = Truncated::new(Normal::new(m, s)?, low, f64::INFINITY)?;
        let z = (low - m) / s;
        let hazard = (normal_ln_pdf(z, 0.0, 1.0) - normal_ln_cdf(-z)).exp();
        scaled(tail.mean()?, m + s * hazard, 1e-10, m.abs() + s * (1.0 + z.abs()))?;
        // h (h − z) cancels far out: to 1/z² from z²
        let variance = 1.0 + z * hazard - hazard * hazard;
        let measured = tail.variance()?;
        scaled(measured / (s * s), variance, 1e-9, 1.0 + z * z)?;
        // and there it is nearly that of an exponential law of rate z
        if z > 30.0 {
            relative(measured, (s / z) * (s / z), 7.0 / (z * z))?;
        }
    }

    #[test]
    fn truncated_moments_lie_in_the_interval(family in 0_usize..FAMILIES, m in -2.0..2.0, a in 0.2..9.0, b in 0.2..9.0, p in 0.0..1.0_f64, q in 0.0..1.0_f64) {
        let law = of_family(family, m, a, b)?;
        let (low, high) = (law.quantile(p.min(q)), law.quantile(p.max(q)));
        prop_assume!((p - q).abs() > 1e-9 && high - low > 1e-9 * (low.abs() + high.abs()) && low.is_finite() && high.is_finite());
        let part = Truncated::new(law, low, high)?;
        let (mean, width) = (part.mean()?, high - low);
        at_least(mean, low - 1e-9 * width)?;
        at_most(mean, high + 1e-9 * width)?;
        // Popoviciu's bound of a variance, and Pearson's of a kurtosis
        let variance = part.variance()?;
        at_least(variance, 0.0)?;
        at_most(variance, 0.25 * width * width * (1.0 + 1e-9))?;
        let top = part.pdf(part.mode()?);
        at_most(part.pdf(part.quantile(0.3)), top * (1.0 + 1e-9))?;
    }
}

// each quantile is found by Newton's method on integrals of the density
proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..cases() })]

    /// From one machine number to a hundred thousand: the density is a straight line there.
    #[test]
    fn means_on_narrow_intervals_are_their_middles(family in 0_usize..FAMILIES, m in -2.0..2.0, a in 1.2..5.0, b in 1.2..5.0, level in 0.01..0.99_f64, wide in 0.0..5.0_f64) {
        let law = of_family(family, m, a, b)?;
        let low = law.quantile(level);
        let high = low + 10.0_f64.powf(wide).round() * (low.abs().next_up() - low.abs());
        let turn = law.ln_pdf(high) - law.ln_pdf(low);
        prop_assume!(low < high && turn.abs() < 1e-3 && law.pdf(low) > 0.0);
        let mean = Truncated::new(law, low, high)?.mean()?;
        prop_assert!((low..=high).contains(&mean), "{mean}");
        let width = high - low;
        let middle = f64::midpoint(low, high) + width / 12.0 * turn;
        scaled(mean, middle, 1.0, 32.0 * EPS * low.abs() + 1e-6 * width)?;
    }
}

/// Also far out, and where the law itself is narrow.
#[test]
fn narrow_laws_have_means_wherever_they_are() -> Result<(), Box<dyn Error>> {
    for (low, units) in [(30.0, 1), (-30.0, 50), (1e-300, 1000), (5.0, 1_000_000)] {
        let high = low + f64::from(units) * (f64::abs(low).next_up() - f64::abs(low));
        let mean = Truncated::new(Normal::STANDARD, low, high)?.mean()?;
        assert!((low..=high).contains(&mean));
        scaled(mean, f64::midpoint(low, high), 64.0 * EPS, low.abs())?;
    }
    for deviation in [1e-10, 1e-14, 1e-16, 1e-20, 1e-200] {
        let law = Transformed::new(Normal::new(1.0, deviation)?, Exp)?;
        relative(law.mean()?, 1.0_f64.exp(), 64.0 * EPS)?; // e^{1 + σ²/2}
        let none = Transformed::new(Cauchy::new(1.0, deviation)?, Exp)?;
        assert!(none.mean().is_err());
    }
    Ok(())
}

#[test]
fn draws_of_truncated_laws_follow_their_tails() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(11).rng();
    let (law, infinite) = (Normal::new(1.0, 2.0)?, f64::INFINITY);
    let laws: [Box<dyn Continuous>; 5] = [
        Box::new(Truncated::new(law, 0.0, 3.0)?),
        Box::new(Truncated::new(law, 3.0, 3.001)?),
        Box::new(Truncated::new(law, 81.0, infinite)?), // 40 standard deviations
        Box::new(Truncated::new(law, -infinite, -120.0)?),
        Box::new(Truncated::new(Uniform::new(0.0, 1.0)?, -infinite, 0.25)?),
    ];
    for law in laws {
        let draws: Vec<f64> = (0..3_000).map(|_| law.sample(&mut rng)).collect();
        at_least(kolmogorov_test(&draws, &law)?.p_value, 1e-6)?;
    }
    Ok(())
}
