//! What other libraries got wrong, with the inputs of the reports, and the ends of domains.

use gradus_probability::{
    Beta, Binomial, Categorical, ChiSquared, Continuous, Discrete, Exponential, FisherF, Gamma,
    Geometric, Key, Multinomial, Normal, Poisson, ProbabilityError, Simplex, StudentT,
};
use gradus_testkit::{Violation, relative};
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
