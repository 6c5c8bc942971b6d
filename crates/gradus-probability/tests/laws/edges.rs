//! Where a family ends: parameters that are none, the ends of its support, poles of its density.

use gradus_probability::{
    Affine, Bernoulli, Beta, BetaBinomial, Binomial, Categorical, Cauchy, ChiSquared, Continuous,
    Dirichlet, Discrete, DiscreteUniform, Exponential, FisherF, Gamma, Geometric, Gumbel,
    HalfNormal, Hypergeometric, InverseGamma, Laplace, LogNormal, Logistic, NegativeBinomial,
    Normal, NumericError, Pareto, Poisson, ProbabilityError, StudentT, Triangular, Uniform,
    VonMises, Weibull,
};

const NAN: f64 = f64::NAN;
const INFINITY: f64 = f64::INFINITY;

/// A family by a single parameter, the others being ordinary.
type Family = (&'static str, fn(f64) -> Result<(), ProbabilityError>);

/// What has to be positive and finite: scales, rates, shapes, degrees of freedom.
const SIZES: &[Family] = &[
    ("normal, deviation", |x| Normal::new(0.0, x).map(drop)),
    ("log-normal, scale", |x| LogNormal::new(0.0, x).map(drop)),
    ("half-normal, scale", |x| HalfNormal::new(x).map(drop)),
    ("gamma, shape", |x| Gamma::new(x, 1.0).map(drop)),
    ("gamma, rate", |x| Gamma::new(1.0, x).map(drop)),
    ("inverse gamma, shape", |x| {
        InverseGamma::new(x, 1.0).map(drop)
    }),
    ("inverse gamma, scale", |x| {
        InverseGamma::new(1.0, x).map(drop)
    }),
    ("chi-squared, freedom", |x| ChiSquared::new(x).map(drop)),
    ("exponential, rate", |x| Exponential::new(x).map(drop)),
    ("beta, a", |x| Beta::new(x, 1.0).map(drop)),
    ("beta, b", |x| Beta::new(1.0, x).map(drop)),
    ("Student, scale", |x| StudentT::new(0.0, x, 3.0).map(drop)),
    ("Student, freedom", |x| StudentT::new(0.0, 1.0, x).map(drop)),
    ("F, numerator", |x| FisherF::new(x, 3.0).map(drop)),
    ("F, denominator", |x| FisherF::new(3.0, x).map(drop)),
    ("Weibull, shape", |x| Weibull::new(x, 1.0).map(drop)),
    ("Weibull, scale", |x| Weibull::new(1.0, x).map(drop)),
    ("Pareto, scale", |x| Pareto::new(x, 1.0).map(drop)),
    ("Pareto, shape", |x| Pareto::new(1.0, x).map(drop)),
    ("Cauchy, scale", |x| Cauchy::new(0.0, x).map(drop)),
    ("Laplace, scale", |x| Laplace::new(0.0, x).map(drop)),
    ("logistic, scale", |x| Logistic::new(0.0, x).map(drop)),
    ("Gumbel, scale", |x| Gumbel::new(0.0, x).map(drop)),
    ("stretched, scale", |x| {
        Affine::of(Normal::STANDARD, 0.0, x).map(drop)
    }),
    ("negative binomial, successes", |x| {
        NegativeBinomial::new(x, 0.5).map(drop)
    }),
    ("beta-binomial, a", |x| {
        BetaBinomial::new(3, x, 1.0).map(drop)
    }),
    ("beta-binomial, b", |x| {
        BetaBinomial::new(3, 1.0, x).map(drop)
    }),
    ("Dirichlet", |x| Dirichlet::new(vec![1.0, x]).map(drop)),
];

/// What has to be finite: locations, ends.
const PLACES: &[Family] = &[
    ("normal, mean", |x| Normal::new(x, 1.0).map(drop)),
    ("log-normal, location", |x| LogNormal::new(x, 1.0).map(drop)),
    ("Student, location", |x| {
        StudentT::new(x, 1.0, 3.0).map(drop)
    }),
    ("Cauchy, location", |x| Cauchy::new(x, 1.0).map(drop)),
    ("Laplace, location", |x| Laplace::new(x, 1.0).map(drop)),
    ("logistic, location", |x| Logistic::new(x, 1.0).map(drop)),
    ("Gumbel, location", |x| Gumbel::new(x, 1.0).map(drop)),
    ("von Mises, location", |x| VonMises::new(x, 1.0).map(drop)),
    ("von Mises, concentration", |x| {
        VonMises::new(0.0, x).map(drop)
    }),
    ("uniform, low", |x| Uniform::new(x, 1.0).map(drop)),
    ("uniform, high", |x| Uniform::new(0.0, x).map(drop)),
    ("triangular, low", |x| {
        Triangular::new(x, 1.0, 2.0).map(drop)
    }),
    ("triangular, mode", |x| {
        Triangular::new(0.0, x, 2.0).map(drop)
    }),
    ("triangular, high", |x| {
        Triangular::new(0.0, 0.25, x).map(drop)
    }),
    ("Poisson, mean", |x| Poisson::new(x).map(drop)),
];

/// What has to be a probability.
const SHARES: &[Family] = &[
    ("Bernoulli", |x| Bernoulli::new(x).map(drop)),
    ("binomial", |x| Binomial::new(3, x).map(drop)),
    ("geometric", |x| Geometric::new(x).map(drop)),
    ("negative binomial", |x| {
        NegativeBinomial::new(2.0, x).map(drop)
    }),
    ("categorical", |x| {
        Categorical::new(vec![x, 1.0 - x]).map(drop)
    }),
];

#[test]
fn every_family_refuses_parameters_that_are_none() {
    let refused = |families: &[Family], bad: &[f64]| {
        for (name, new) in families {
            for &bad in bad {
                assert!(new(bad).is_err(), "{name} = {bad}");
            }
            assert!(new(0.5).is_ok(), "{name} = 0.5");
        }
    };
    refused(SIZES, &[0.0, -0.0, -1.0, NAN, INFINITY, -INFINITY]);
    refused(&PLACES[..13], &[NAN, INFINITY, -INFINITY]);
    refused(&PLACES[13..], &[-1.0, NAN, INFINITY, -INFINITY]);
    refused(SHARES, &[-0.1, 1.1, NAN, INFINITY, -INFINITY]);
}

/// A law, and the ends of its support.
type Supported = (Box<dyn Continuous>, f64, f64);

/// A law of every family.
fn supports() -> Result<[Supported; 19], ProbabilityError> {
    Ok([
        (Box::new(Normal::new(3.0, 2.0)?), -INFINITY, INFINITY),
        (Box::new(StudentT::new(3.0, 2.0, 0.5)?), -INFINITY, INFINITY),
        (Box::new(Cauchy::new(3.0, 2.0)?), -INFINITY, INFINITY),
        (Box::new(Laplace::new(3.0, 2.0)?), -INFINITY, INFINITY),
        (Box::new(Logistic::new(3.0, 2.0)?), -INFINITY, INFINITY),
        (Box::new(Gumbel::new(3.0, 2.0)?), -INFINITY, INFINITY),
        (Box::new(LogNormal::new(3.0, 2.0)?), 0.0, INFINITY),
        (Box::new(HalfNormal::new(2.0)?), 0.0, INFINITY),
        (Box::new(Gamma::new(0.3, 2.0)?), 0.0, INFINITY),
        (Box::new(InverseGamma::new(0.3, 2.0)?), 0.0, INFINITY),
        (Box::new(ChiSquared::new(1.0)?), 0.0, INFINITY),
        (Box::new(Exponential::new(2.0)?), 0.0, INFINITY),
        (Box::new(FisherF::new(1.0, 2.0)?), 0.0, INFINITY),
        (Box::new(Weibull::new(0.3, 2.0)?), 0.0, INFINITY),
        (Box::new(Pareto::new(3.0, 2.0)?), 3.0, INFINITY),
        (Box::new(Beta::new(0.5, 0.5)?), 0.0, 1.0),
        (Box::new(Uniform::new(-1.0, 3.0)?), -1.0, 3.0),
        (Box::new(Triangular::new(-1.0, 0.5, 3.0)?), -1.0, 3.0),
        (
            Box::new(Affine::of(Beta::new(2.0, 2.0)?, 5.0, 4.0)?),
            5.0,
            9.0,
        ),
    ])
}

#[test]
fn every_support_ends_where_its_quantiles_end() -> Result<(), ProbabilityError> {
    for (law, low, high) in &supports()? {
        assert_eq!(
            (law.quantile(0.0), law.quantile(1.0)),
            (*low, *high),
            "{law:?}"
        );
        assert_eq!(
            (law.upper_quantile(1.0), law.upper_quantile(0.0)),
            (*low, *high),
            "{law:?}"
        );
        for p in [-1.0, -5e-324, 1.0_f64.next_up(), 2.0, INFINITY, NAN] {
            assert!(
                law.quantile(p).is_nan() && law.upper_quantile(p).is_nan(),
                "{law:?}: {p}"
            );
        }
        assert_eq!(
            (law.cdf(-INFINITY), law.cdf(INFINITY)),
            (0.0, 1.0),
            "{law:?}"
        );
        assert_eq!((law.cdf(*low), law.cdf(*high)), (0.0, 1.0), "{law:?}");
        assert_eq!(
            (law.ln_cdf(*low), law.ln_sf(*high)),
            (-INFINITY, -INFINITY),
            "{law:?}"
        );
        assert!(law.cdf(NAN).is_nan() && law.sf(NAN).is_nan() && law.pdf(NAN).is_nan());
        for x in [low - 1.0, high + 1.0, -INFINITY, INFINITY] {
            assert_eq!(
                (law.pdf(x), law.ln_pdf(x)),
                (0.0, -INFINITY),
                "{law:?} at {x}"
            );
        }
    }
    Ok(())
}

#[test]
fn densities_are_infinite_at_their_poles() -> Result<(), ProbabilityError> {
    let poles: [(Box<dyn Continuous>, f64); 6] = [
        (Box::new(Beta::new(0.5, 2.0)?), 0.0),
        (Box::new(Beta::new(2.0, 0.5)?), 1.0),
        (Box::new(Gamma::new(0.3, 2.0)?), 0.0),
        (Box::new(ChiSquared::new(1.0)?), 0.0),
        (Box::new(FisherF::new(1.0, 2.0)?), 0.0),
        (Box::new(Weibull::new(0.3, 2.0)?), 0.0),
    ];
    for (law, pole) in poles {
        assert_eq!(
            (law.pdf(pole), law.ln_pdf(pole)),
            (INFINITY, INFINITY),
            "{law:?}"
        );
        assert!(
            [0.0, 1.0].contains(&law.cdf(pole)),
            "no mass at the pole of {law:?}"
        );
    }
    // and finite where the shape leaves none
    let flat: [(Box<dyn Continuous>, f64); 4] = [
        (Box::new(Beta::new(1.0, 2.0)?), 2.0),
        (Box::new(Gamma::new(1.0, 2.0)?), 2.0),
        (Box::new(ChiSquared::new(2.0)?), 0.5),
        (Box::new(Weibull::new(1.0, 2.0)?), 0.5),
    ];
    for (law, density) in flat {
        assert_eq!(law.pdf(0.0), density, "{law:?}");
    }
    Ok(())
}

/// A law of counts whose draws are sure has all of its mass there.
#[test]
fn sure_counts_are_points_of_mass() -> Result<(), ProbabilityError> {
    let laws: [(Box<dyn Discrete>, u64); 10] = [
        (Box::new(Binomial::new(0, 0.3)?), 0),
        (Box::new(Binomial::new(7, 0.0)?), 0),
        (Box::new(Binomial::new(7, 1.0)?), 7),
        (Box::new(BetaBinomial::new(0, 2.0, 3.0)?), 0),
        (Box::new(Poisson::new(0.0)?), 0),
        (Box::new(Geometric::new(1.0)?), 0),
        (Box::new(NegativeBinomial::new(2.5, 1.0)?), 0),
        (Box::new(Hypergeometric::new(9, 9, 4)?), 4),
        (Box::new(DiscreteUniform::new(5, 5)?), 5),
        (Box::new(Categorical::from_weights(&[0.0, 2.0, 0.0])?), 1),
    ];
    let mut rng = gradus_probability::Key::new(3).rng();
    for (law, k) in laws {
        assert_eq!((law.pmf(k), law.ln_pmf(k)), (1.0, 0.0), "{law:?}");
        assert_eq!(
            (law.pmf(k + 1), law.ln_pmf(k + 1)),
            (0.0, -INFINITY),
            "{law:?}"
        );
        assert_eq!((law.cdf(k), law.sf(k)), (1.0, 0.0), "{law:?}");
        assert_eq!(
            (law.mean(), law.variance()),
            (Ok(k as f64), Ok(0.0)),
            "{law:?}"
        );
        assert_eq!(
            (law.quantile(0.5), law.draw(&mut rng)),
            (Some(k), k),
            "{law:?}"
        );
        for p in [-1.0, 2.0, NAN] {
            assert_eq!(law.quantile(p), None, "{law:?}: {p}");
        }
    }
    Ok(())
}

/// Weights are normalized; probabilities are not repaired beyond the rounding of their sum.
#[test]
fn weights_are_normalized_and_probabilities_are_not() -> Result<(), ProbabilityError> {
    let third = 1.0 / 3.0;
    assert_eq!(Categorical::from_weights(&[2.0, 4.0])?.pmf(1), 2.0 * third);
    assert!(Categorical::new(vec![third; 3]).is_ok()); // 1 − 1.1e-16
    let sum = 1.0 + 16.0 * f64::EPSILON;
    for (p, allowed) in [(vec![0.5, sum - 0.5], false), (vec![0.25; 4], true)] {
        assert_eq!(Categorical::new(p.clone()).is_ok(), allowed, "{p:?}");
    }
    let refused = Categorical::new(vec![0.5, 0.6]);
    assert!(matches!(
        refused,
        Err(ProbabilityError::Numeric(
            NumericError::NotNormalized { .. }
        ))
    ));
    Ok(())
}
