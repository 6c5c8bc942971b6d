//! What other libraries got wrong, with the inputs of the reports, and the ends of domains.

use gradus_probability::{
    Beta, Binomial, Categorical, ChiSquared, Continuous, Dirichlet, Discrete, Exponential, FisherF,
    Gamma, Geometric, Hypergeometric, Key, Multinomial, Normal, Poisson, ProbabilityError, Simplex,
    StudentT,
};
use gradus_random::rand::Rng;
use gradus_testkit::{Violation, at_most, relative};
use std::error::Error;

/// statrs#434: the distribution function of Beta(10⁸, 10⁸) was −1.147 in the middle.
#[test]
fn statrs_434_large_shapes_have_probabilities() -> Result<(), Box<dyn Error>> {
    for shape in [1e-3, 1.0, 1e3, 1e8] {
        relative(Beta::new(shape, shape)?.cdf(0.5), 0.5, 1e-12)?;
    }
    Ok(())
}

/// statrs#373: the quantile of a gamma law of shape and rate 0.18 was NaN.
#[test]
fn statrs_373_small_shapes_have_quantiles() -> Result<(), Box<dyn Error>> {
    let law = Gamma::new(0.18, 0.18)?;
    let x = law.quantile(0.25);
    assert!((x - 1.6167e-3).abs() < 1e-6, "{x}");
    Ok(relative(law.cdf(x), 0.25, 1e-14)?)
}

/// statrs#361: a lower quantile of χ² with one degree of freedom was NaN.
#[test]
fn statrs_361_small_quantiles_of_one_degree_of_freedom() -> Result<(), Box<dyn Error>> {
    // (p, quantile): mpmath, 40 digits
    for (p, quantile) in [
        (1e-100, 1.570_796_326_794_896_6e-200),
        (1e-9, 1.570_796_326_794_896_6e-18),
        (0.01, 1.570_878_579_097_019_8e-4),
    ] {
        let x = ChiSquared::new(1.0)?.quantile(p);
        relative(x, quantile, 1e-14)?;
    }
    let root = Normal::STANDARD.upper_quantile(0.495);
    relative(ChiSquared::new(1.0)?.quantile(0.01), root * root, 1e-14)?;
    // the same solver, by its other names
    relative(
        Gamma::new(0.5, 1.0)?.quantile(0.01),
        7.854_392_895_485_099e-5,
        1e-14,
    )?;
    Ok(relative(
        Gamma::new(0.18, 0.18)?.quantile(0.25),
        1.616_719_801_941_618_7e-3,
        1e-14,
    )?)
}

/// FSharp.Stats#217: the distribution function of χ² never ended at NaN.
#[test]
fn fsharp_stats_217_nan_ends() -> Result<(), ProbabilityError> {
    let law = ChiSquared::new(1.0)?;
    assert!(law.cdf(f64::NAN).is_nan() && law.sf(f64::NAN).is_nan() && law.pdf(f64::NAN).is_nan());
    Ok(())
}

/// mathnet-numerics#663: a quantile of a large shape asked for the incomplete gamma function of a negative number.
#[test]
fn mathnet_663_quantiles_of_large_shapes_lead_back() -> Result<(), Box<dyn Error>> {
    let p = 0.972_235_001_279_502_2;
    let law = Gamma::new(291_703.903_511_689_7, 0.004_636_515_237_822_008_5)?;
    let x = law.quantile(p);
    assert!(x > law.mean()? && x < 1.01 * law.mean()?, "{x}");
    Ok(relative(law.cdf(x), p, 1e-12)?)
}

/// mathnet-numerics#442: one quantile of three failed, because the iteration left the support.
#[test]
fn mathnet_442_quantiles_between_quantiles_are_found() -> Result<(), Box<dyn Error>> {
    let law = Gamma::new(1_082.244_299_160_572_6, 1.075_096_205_329_389_7e-6)?;
    // (p, quantile): mpmath, 40 digits
    for (p, quantile) in [
        (0.990, 1_079_198_929.990_038_8),
        (0.991_9, 1_081_701_663.001_066_5),
        (0.993, 1_083_400_075.154_954_4),
    ] {
        relative(law.quantile(p), quantile, 1e-14)?;
        relative(law.cdf(law.quantile(p)), p, 1e-14)?;
    }
    Ok(())
}

/// velox#9435: a quantile of a beta law with a shape of 10⁷⁴ never ended.
#[test]
fn velox_9435_quantiles_of_huge_shapes_end() -> Result<(), Box<dyn Error>> {
    let (a, b, p) = (1.14934e9, 1.59161e74, 0.546686);
    let law = Beta::new(a, b)?;
    let x = law.quantile(p);
    // a gamma law of shape a over b
    relative(x, a / b, 1e-4)?;
    Ok(relative(law.cdf(x), p, 1e-9)?)
}

/// `rand_distr` 36: a geometric law of a success so rare that 1 − p rounds to 1.
#[test]
fn rand_distr_36_rare_successes_come() -> Result<(), Box<dyn Error>> {
    let law = Geometric::new(1e-17)?;
    let k = law.quantile(0.5).ok_or("a median")?;
    relative(k as f64, 2.0_f64.ln() / 1e-17, 1e-12)?;
    let mut rng = Key::new(1).rng();
    let mean = (0..1000).map(|_| law.sample(&mut rng) as f64).sum::<f64>() / 1000.0;
    Ok(relative(mean, 1e17, 0.25)?) // eight deviations
}

/// `rand_distr` 39: an F law of nearly no degrees of freedom panicked.
#[test]
fn rand_distr_39_nearly_no_freedom_is_no_panic() {
    let mut rng = Key::new(2).rng();
    for tiny in [1e-8, 1e-100, f64::MIN_POSITIVE] {
        if let Ok(law) = FisherF::new(tiny, tiny) {
            assert!(law.sample(&mut rng) >= 0.0);
            assert!((0.0..=1.0).contains(&law.cdf(1.0)));
        }
    }
}

fn draws_are_near_the_mean(
    law: &impl Discrete,
    draws: usize,
    rng: &mut impl Rng,
) -> Result<(), Box<dyn Error>> {
    let (mean, deviation) = (law.mean()?, law.variance()?.sqrt());
    for _ in 0..draws {
        // a fixed seed; 12 deviations and 20 counts more have a probability below 1e-15
        let distance = (law.sample(rng) as f64 - mean).abs();
        at_most(distance, 12.0 * deviation + 20.0)?;
    }
    Ok(())
}

/// `rand_distr` 43 and rand#1378: numbers of trials beyond 2⁶³ and probabilities near the smallest number panicked.
#[test]
fn rand_distr_43_trials_beyond_half_of_the_range() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(4).rng();
    for (trials, p) in [
        (u64::MAX, 0.5),
        (u64::MAX, 1e-18),
        (u64::MAX - 1, 1.0 - 1e-16),
        (1 << 63, 0.25),
        (1 << 31, f64::MIN_POSITIVE),
        (16_000_000, 3.144_475_314_855_856_6e-10), // rand#1324: never ended
    ] {
        let law = Binomial::new(trials, p)?;
        draws_are_near_the_mean(&law, 1000, &mut rng)?;
    }
    Ok(())
}

/// `rand_distr` 44: a rate of −0 gave draws of −∞.
#[test]
fn rand_distr_44_a_rate_of_minus_zero_is_refused() {
    assert!(Exponential::new(-0.0).is_err() && Exponential::new(0.0).is_err());
}

/// `rand_distr` 46, rand#999 and rand#1209: draws of gamma, beta and Dirichlet laws of tiny shapes were NaN.
#[test]
fn rand_distr_46_draws_of_tiny_shapes_are_numbers() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(5).rng();
    for shape in [1e-3, 1e-10, 1e-100, 1e-300, f64::MIN_POSITIVE] {
        let (gamma, beta) = (Gamma::new(shape, 1.0)?, Beta::new(shape, 2.0 * shape)?);
        let square = ChiSquared::new(2.0 * shape)?;
        let share = Dirichlet::new(vec![shape; 3])?;
        let mut above = 0;
        for _ in 0..300 {
            assert!(
                gamma.sample(&mut rng) >= 0.0 && square.sample(&mut rng) >= 0.0,
                "{shape}"
            );
            let x = beta.sample(&mut rng);
            assert!((0.0..=1.0).contains(&x), "{shape}: {x}");
            above += u32::from(x > 0.5);
            assert_eq!(share.sample(&mut rng)?.len(), 3);
        }
        // nearly a coin: 1 with probability 1/3; five deviations of 300 throws
        assert!((60..=140).contains(&above), "{shape}: {above} of 300");
    }
    Ok(())
}

/// rand#1290, rand#1312 and rand#1428: means of ∞ and near it never ended, tiny ones gave −1.
#[test]
fn rand_1290_means_of_every_size_end() -> Result<(), Box<dyn Error>> {
    for mean in [f64::INFINITY, f64::NAN, 1e306, 1e20] {
        assert!(Poisson::new(mean).is_err(), "{mean}");
    }
    let mut rng = Key::new(6).rng();
    for mean in [5e-324, 2e-19, 2e-10, 1e10, 1e15, 1e18, 1.8e19] {
        let law = Poisson::new(mean)?;
        for _ in 0..1000 {
            let k = law.sample(&mut rng) as f64;
            at_most((k - mean).abs(), 12.0 * mean.sqrt() + 20.0)?;
        }
    }
    Ok(())
}

/// `rand_distr` 35 and 59: large populations never ended, or panicked. Here they end, or are refused.
#[test]
fn rand_distr_59_populations_of_every_size_end() -> Result<(), Box<dyn Error>> {
    for (population, marked, draws) in [
        (u64::MAX - 1, 3, 2),
        (
            5_277_655_813_324_800,
            527_765_581_332_480,
            52_776_558_133_248,
        ),
    ] {
        let refused = Hypergeometric::new(population, marked, draws);
        assert!(matches!(
            refused,
            Err(ProbabilityError::Domain {
                name: "population",
                ..
            })
        ));
    }
    let mut rng = Key::new(7).rng();
    for (marked, draws) in [(3, 2), (500_000_000_000, 5), (100_000_000_000, 10_000_000)] {
        let law = Hypergeometric::new(1_000_000_000_000, marked, draws)?;
        draws_are_near_the_mean(&law, 20, &mut rng)?;
    }
    Ok(())
}

#[test]
fn parameters_outside_of_their_domain_are_refused() {
    let (nan, infinity) = (f64::NAN, f64::INFINITY);
    for bad in [0.0, -1.0, nan, infinity] {
        assert!(
            Normal::new(0.0, bad).is_err()
                && Gamma::new(bad, 1.0).is_err()
                && Gamma::new(1.0, bad).is_err()
        );
        assert!(
            Exponential::new(bad).is_err()
                && Beta::new(bad, 1.0).is_err()
                && Beta::new(1.0, bad).is_err()
        );
        assert!(StudentT::new(0.0, 1.0, bad).is_err() && ChiSquared::new(bad).is_err());
    }
    assert!(Normal::new(infinity, 1.0).is_err() && Normal::new(nan, 1.0).is_err());
    for bad in [-0.1, 1.1, nan] {
        assert!(Binomial::new(3, bad).is_err() && Geometric::new(bad).is_err());
    }
    for bad in [vec![], vec![0.0, 0.0], vec![1.0, -1.0], vec![1.0, nan]] {
        assert!(Categorical::from_weights(&bad).is_err());
    }
    assert!(Categorical::new(vec![0.5, 0.6]).is_err());
}

#[test]
fn ends_of_supports_have_their_limits() -> Result<(), Box<dyn Error>> {
    let (infinity, arcsine, normal) = (f64::INFINITY, Beta::new(0.5, 0.5)?, Normal::STANDARD);
    assert_eq!(
        (arcsine.pdf(0.0), arcsine.ln_pdf(1.0)),
        (infinity, infinity)
    );
    assert_eq!((arcsine.pdf(-0.1), arcsine.ln_pdf(1.1)), (0.0, -infinity));
    assert_eq!((normal.cdf(-infinity), normal.cdf(infinity)), (0.0, 1.0));
    assert_eq!(
        (normal.quantile(0.0), normal.quantile(1.0)),
        (-infinity, infinity)
    );
    assert_eq!((arcsine.quantile(0.0), arcsine.quantile(1.0)), (0.0, 1.0));
    assert!(normal.quantile(-1.0).is_nan() && normal.quantile(f64::NAN).is_nan());
    relative(normal.ln_cdf(-40.0), -804.608_442_013_753_8, 1e-12)?;
    Ok(relative(
        normal.ln_pdf(40.0),
        -800.918_938_533_204_7,
        1e-14,
    )?)
}

#[test]
fn nothing_that_can_happen_happens_surely() -> Result<(), Box<dyn Error>> {
    let sure = |law: &dyn Discrete| -> Result<(), Violation> {
        assert_eq!((law.pmf(0), law.pmf(1), law.cdf(0)), (1.0, 0.0, 1.0));
        Ok(())
    };
    sure(&Binomial::new(0, 0.3)?)?;
    sure(&Poisson::new(0.0)?)?;
    let none = Multinomial::new(0, Simplex::uniform(3)?);
    Ok(relative(none.pmf(&[0, 0, 0])?, 1.0, 0.0)?)
}
