//! Fisher information and the bound of Cramér and Rao.

use gradus_information::{
    Bernoulli, Beta, Binomial, Cauchy, Continuous, Discrete, Exponential, FisherInformation,
    FisherMatrix, Gamma, Geometric, Gumbel, InformationError, InverseGamma, Laplace, LogNormal,
    Normal, Pareto, Poisson, RelativeEntropy, Weibull, cramer_rao_bounds,
};
use gradus_testkit::{at_least, at_most, cases, relative};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;

/// $`D(\theta \parallel \theta + \delta)`$ and $`\tfrac12 \delta^\top F \delta`$.
fn pair<D: RelativeEntropy + FisherInformation, E>(
    make: impl Fn(f64, f64) -> Result<D, E>,
    theta: [f64; 2],
    delta: [f64; 2],
) -> Result<[f64; 2], InformationError>
where
    InformationError: From<E>,
{
    let p = make(theta[0], theta[1])?;
    let q = make(theta[0] + delta[0], theta[1] + delta[1])?;
    let f = p.fisher_information();
    let entry = |i, j| f.get(i, j).unwrap_or(0.0) * delta[i] * delta[j];
    Ok([
        p.kl(&q)?,
        0.5 * (entry(0, 0) + 2.0 * entry(0, 1) + entry(1, 1)),
    ])
}

/// All families, at parameters of about 1, `m` a location.
fn curvatures([a, b, m]: [f64; 3], [da, db]: [f64; 2]) -> Result<Vec<[f64; 2]>, InformationError> {
    let share = |x: f64| x / 4.0;
    let (one, both) = ([da, 0.0], [da, db]);
    let located = [m, b];
    Ok(vec![
        pair(|p, _| Bernoulli::new(share(p)), [a, 0.0], one)?,
        pair(|p, _| Binomial::new(5, share(p)), [a, 0.0], one)?,
        pair(|p, _| Geometric::new(share(p)), [a, 0.0], one)?,
        pair(|l, _| Poisson::new(l), [a, 0.0], one)?,
        pair(|r, _| Exponential::new(r), [a, 0.0], one)?,
        pair(|s, _| Pareto::new(1.0, s), [a, 0.0], one)?,
        pair(Normal::new, located, both)?,
        pair(LogNormal::new, located, both)?,
        pair(Laplace::new, located, both)?,
        pair(Cauchy::new, located, both)?,
        pair(Gumbel::new, located, both)?,
        pair(Gamma::new, [a, b], both)?,
        pair(InverseGamma::new, [a, b], both)?,
        pair(Beta::new, [a, b], both)?,
        pair(Weibull::new, [a, b], both)?,
    ])
}

/// What `curvatures` shares with p: F of p / 4 is sixteen times that of the share.
const OF_SHARES: [f64; 15] = {
    let mut factors = [1.0; 15];
    (factors[0], factors[1], factors[2]) = (1.0 / 16.0, 1.0 / 16.0, 1.0 / 16.0);
    factors
};

fn is(f: FisherMatrix, entries: [f64; 3]) -> Result<(), TestCaseError> {
    for ((i, j), expected) in [(0, 0), (0, 1), (1, 1)].into_iter().zip(entries) {
        relative(f.get(i, j).unwrap_or(f64::NAN), expected, 16.0 * EPS)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn fisher_information_is_the_curvature_of_divergence(a in 0.5..3.0, b in 0.5..3.0, m in -2.0..2.0, u in -1.0..1.0, v in 0.3..1.0) {
        for size in [1e-2, 1e-3] {
            let all = curvatures([a, b, m], [size * u, size * v])?;
            for (i, ([divergence, square], factor)) in all.into_iter().zip(OF_SHARES).enumerate() {
                let square = square * factor;
                // the cubic term: third derivatives of these families are at most ten times the information where parameters are above ½
                let bound = 10.0 * size * square + 64.0 * EPS;
                prop_assert!((divergence - square).abs() <= bound, "family {i}: {divergence} and {square}, {size}");
            }
        }
    }

    #[test]
    fn fisher_information_adds_up(p in 0.01..0.99, n in 1_u64..99, a in 0.1..9.0, b in 0.1..9.0, k in -8_i32..8) {
        let one = |f: FisherMatrix| f.get(0, 0).unwrap_or(f64::NAN);
        let event = one(Bernoulli::new(p)?.fisher_information());
        relative(one(Binomial::new(n, p)?.fisher_information()), n as f64 * event, 4.0 * EPS)?;
        // the mean number of trials until a success
        relative(one(Geometric::new(p)?.fisher_information()), event / p, 4.0 * EPS)?;
        // a power is a change of scale: exact
        let unit = 2.0_f64.powi(k);
        let entries = |f: FisherMatrix, scaled: [i32; 3]| {
            let factor = |i: usize| unit.powi(scaled[i]);
            let get = |i, j| f.get(i, j).unwrap_or(f64::NAN);
            [get(0, 0) * factor(0), get(0, 1) * factor(1), get(1, 1) * factor(2)]
        };
        is(Gumbel::new(unit * a, unit * b)?.fisher_information(), entries(Gumbel::new(a, b)?.fisher_information(), [-2, -2, -2]))?;
        is(Gamma::new(a, b / unit)?.fisher_information(), entries(Gamma::new(a, b)?.fisher_information(), [0, 1, 2]))?;
        is(Weibull::new(a, unit * b)?.fisher_information(), entries(Weibull::new(a, b)?.fisher_information(), [0, -1, -2]))?;
        // not to know the second parameter never helps
        for f in [Gamma::new(a, b)?.fisher_information(), Beta::new(a, b)?.fisher_information()] {
            prop_assert!(one(f) * f.get(1, 1).unwrap_or(f64::NAN) > f.get(0, 1).unwrap_or(f64::NAN).powi(2));
        }
    }

    #[test]
    fn efficient_estimates_attain_the_bound(p in 0.01..0.99, lambda in 0.01..99.0, m in -9.0..9.0, sigma in 0.01..99.0, n in 1_u64..1000, x in prop::collection::vec(0.1..9.0, 3..20), counts in prop::collection::vec(1_u64..20, 1..9)) {
        let of_mean = |variance: f64| variance / n as f64;
        relative(cramer_rao_bounds(&Bernoulli::new(p)?, n)[0], of_mean(p * (1.0 - p)), 4.0 * EPS)?;
        relative(cramer_rao_bounds(&Poisson::new(lambda)?, n)[0], of_mean(lambda), 4.0 * EPS)?;
        relative(cramer_rao_bounds(&Normal::new(m, sigma)?, n)[0], of_mean(sigma * sigma), 8.0 * EPS)?;
        // the median of a normal law is no efficient estimate: π / 2 times the variance, in the limit
        at_least(std::f64::consts::FRAC_PI_2 * of_mean(Normal::new(m, sigma)?.variance()?), cramer_rao_bounds(&Normal::new(m, sigma)?, n)[0])?;
        // standard errors of fits
        let fit = Poisson::fit(&counts)?;
        let bound = cramer_rao_bounds(&fit.distribution, counts.len() as u64)[0];
        relative(fit.standard_errors[0].powi(2), bound, 1e-12)?;
        let fit = Exponential::fit(&x)?;
        relative(fit.standard_errors[0].powi(2), cramer_rao_bounds(&fit.distribution, x.len() as u64)[0], 1e-12)?;
        if let Ok(fit) = Gamma::fit(&x) {
            let bounds = cramer_rao_bounds(&fit.distribution, x.len() as u64);
            for (error, bound) in fit.standard_errors.iter().zip(bounds) {
                // both lose the digits of 1 / 2a
                relative(error.powi(2), bound, 1e-13 * (1.0 + fit.distribution.shape()))?;
            }
        }
        let law = Binomial::new(20, p)?;
        relative(cramer_rao_bounds(&law, n)[0], of_mean(law.variance()?) / 400.0, 16.0 * EPS)?;
        at_most(cramer_rao_bounds(&Exponential::new(lambda)?, n)[0], of_mean(lambda * lambda) * (1.0 + 8.0 * EPS))?;
    }
}
