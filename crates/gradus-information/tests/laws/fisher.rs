//! Fisher information and the bound of Cramér and Rao.

use gradus_information::{
    Bernoulli, Beta, Binomial, Categorical, Cauchy, ChiSquared, Continuous, Dirichlet, Discrete,
    Exponential, FisherInformation, FisherMatrix, Gamma, Geometric, Gumbel, HalfNormal,
    InformationError, InverseGamma, Laplace, LogNormal, NegativeBinomial, Normal, Pareto, Poisson,
    RelativeEntropy, StudentT, VonMises, Weibull, cramer_rao_bounds,
};
use gradus_numeric::trigamma;
use gradus_testkit::{at_least, at_most, cases, relative, scaled};
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
        pair(|p, _| NegativeBinomial::new(2.5, share(p)), [a, 0.0], one)?,
        pair(|l, _| Poisson::new(l), [a, 0.0], one)?,
        pair(|k, _| ChiSquared::new(k), [a, 0.0], one)?,
        pair(|s, _| HalfNormal::new(s), [a, 0.0], one)?,
        pair(|r, _| Exponential::new(r), [a, 0.0], one)?,
        pair(|s, _| Pareto::new(1.0, s), [a, 0.0], one)?,
        pair(VonMises::new, located, both)?,
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
const OF_SHARES: [f64; 19] = {
    let (mut factors, of_share) = ([1.0; 19], 1.0 / 16.0);
    (factors[0], factors[1], factors[2], factors[3]) = (of_share, of_share, of_share, of_share);
    factors
};

/// $`\tfrac12 \delta^\top F \delta`$.
fn half_square(f: &FisherMatrix, delta: &[f64]) -> f64 {
    let entry = |i: usize, j: usize| f.get(i, j).unwrap_or(f64::NAN) * delta[i] * delta[j];
    let rows = (0..f.parameters()).flat_map(|i| (0..f.parameters()).map(move |j| (i, j)));
    0.5 * rows.map(|(i, j)| entry(i, j)).sum::<f64>()
}

/// F times the column of its inverse with the entry $`(F^{-1})_{ii}`$, by elimination: the last pivot, if i comes last.
fn last_pivot(f: &FisherMatrix, i: usize) -> f64 {
    let n = f.parameters();
    let order: Vec<usize> = (0..n).filter(|k| *k != i).chain([i]).collect();
    let entry = |r: &usize, c: &usize| f.get(*r, *c).unwrap_or(f64::NAN);
    let mut a: Vec<Vec<f64>> = order
        .iter()
        .map(|r| order.iter().map(|c| entry(r, c)).collect())
        .collect();
    for k in 0..n {
        for r in k + 1..n {
            let factor = a[r][k] / a[k][k];
            for c in k..n {
                a[r][c] -= factor * a[k][c];
            }
        }
    }
    a[n - 1][n - 1]
}

#[allow(clippy::needless_pass_by_value, reason = "made where they are passed")]
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

    /// Of more than two parameters: those of a die, and what is believed of it.
    #[test]
    fn information_of_probabilities_is_the_curvature_of_divergence(w in prop::collection::vec(0.5..3.0_f64, 2..7), d in prop::collection::vec(-1.0..1.0_f64, 7)) {
        for size in [1e-3, 1e-4] {
            let delta: Vec<f64> = w.iter().zip(&d).map(|(w, d)| w * size * d).collect();
            let moved: Vec<f64> = w.iter().zip(&delta).map(|(w, d)| w + d).collect();
            let (p, q) = (Dirichlet::new(w.clone())?, Dirichlet::new(moved.clone())?);
            let square = half_square(&p.fisher_information(), &delta);
            let bound = 10.0 * size * square + 4096.0 * EPS;
            prop_assert!((p.kl(&q)? - square).abs() <= bound, "{} and {square}", p.kl(&q)?);
            let (p, q) = (Categorical::from_weights(&w)?, Categorical::from_weights(&moved)?);
            let steps: Vec<f64> = q.probabilities().as_slice().iter().zip(p.probabilities().as_slice()).map(|(q, p)| q - p).collect();
            let square = half_square(&p.fisher_information(), &steps);
            let bound = 10.0 * size * square + 64.0 * EPS;
            prop_assert!((p.kl(&q)? - square).abs() <= bound, "{} and {square}", p.kl(&q)?);
        }
    }

    #[test]
    fn bounds_are_the_diagonal_of_the_inverse(w in prop::collection::vec(0.1..5.0_f64, 2..7), scale in 0.1..9.0, nu in 0.5..30.0, n in 1_u64..99) {
        let student = StudentT::new(0.0, scale, nu)?;
        let die = Categorical::from_weights(&w)?;
        let belief = Dirichlet::new(w.clone())?;
        let all = [
            (student.fisher_information(), cramer_rao_bounds(&student, n), 1e-10),
            (die.fisher_information(), cramer_rao_bounds(&die, n), 1e-12),
            (belief.fisher_information(), cramer_rao_bounds(&belief, n), 1e-12),
        ];
        for (f, bounds, tolerance) in all {
            prop_assert_eq!(bounds.len(), f.parameters());
            for (i, bound) in bounds.into_iter().enumerate() {
                relative(bound, 1.0 / (n as f64 * last_pivot(&f, i)), tolerance)?;
            }
        }
        // frequencies attain theirs
        for (p, bound) in die.probabilities().as_slice().iter().zip(cramer_rao_bounds(&die, n)) {
            relative(bound, p * (1.0 - p) / n as f64, 64.0 * EPS)?;
        }
    }

    #[test]
    fn information_of_extreme_members_is_no_nan(x in prop::array::uniform3(-308.0..308.0_f64), p in 0.0..=1.0_f64, n in 0_u64..9) {
        let [a, b, c] = x.map(|e| 10.0_f64.powf(e));
        let tiny = [a.min(1.0 / a), b.min(1.0 / b), c.min(1.0 / c)].map(|t| t.max(1e-307));
        let all = |[a, b, c]: [f64; 3]| Ok::<_, InformationError>(vec![
            (Normal::new(0.0, a)?.fisher_information(), cramer_rao_bounds(&Normal::new(0.0, a)?, n)),
            (Gamma::new(a, b)?.fisher_information(), cramer_rao_bounds(&Gamma::new(a, b)?, n)),
            (Beta::new(a, b)?.fisher_information(), cramer_rao_bounds(&Beta::new(a, b)?, n)),
            (Weibull::new(a, b)?.fisher_information(), cramer_rao_bounds(&Weibull::new(a, b)?, n)),
            (StudentT::new(0.0, a, b)?.fisher_information(), cramer_rao_bounds(&StudentT::new(0.0, a, b)?, n)),
            (ChiSquared::new(a)?.fisher_information(), cramer_rao_bounds(&ChiSquared::new(a)?, n)),
            (VonMises::new(0.0, a)?.fisher_information(), cramer_rao_bounds(&VonMises::new(0.0, a)?, n)),
            (NegativeBinomial::new(a, p.max(1e-300))?.fisher_information(), cramer_rao_bounds(&NegativeBinomial::new(a, p.max(1e-300))?, n)),
            (Dirichlet::new(vec![a, b, c])?.fisher_information(), cramer_rao_bounds(&Dirichlet::new(vec![a, b, c])?, n)),
            (Categorical::new(vec![p, 0.0, 1.0 - p])?.fisher_information(), cramer_rao_bounds(&Categorical::new(vec![p, 0.0, 1.0 - p])?, n)),
            (Categorical::new(vec![p, 1.0 - p, 0.0])?.fisher_information(), cramer_rao_bounds(&Categorical::new(vec![p, 1.0 - p, 0.0])?, n)),
        ]);
        for (i, (f, bounds)) in all([a, b, c])?.into_iter().chain(all(tiny)?).enumerate() {
            for (j, k) in (0..f.parameters()).flat_map(|j| (0..f.parameters()).map(move |k| (j, k))) {
                prop_assert!(f.get(j, k).is_some_and(|entry| !entry.is_nan()), "law {i}: {f:?}");
            }
            prop_assert!(bounds.iter().all(|bound| !bound.is_nan()), "law {i}: {bounds:?}");
        }
    }

    /// From one degree of freedom to as many as there are numbers; many make the law normal.
    #[test]
    fn information_on_degrees_of_freedom_is_smooth(e in -300.0..300.0_f64, scale in 0.1..9.0_f64) {
        let nu = 10.0_f64.powf(e);
        let f = StudentT::new(0.0, scale, nu)?.fisher_information();
        prop_assert!((0..3).all(|i| f.get(i, i).is_some_and(|f| f >= 0.0)), "{f:?}");
        let normal = Normal::new(0.0, scale)?.fisher_information();
        if nu > 1e3 {
            for i in 0..2 {
                relative(f.get(i, i).unwrap_or(f64::NAN), normal.get(i, i).unwrap_or(f64::NAN), 4.0 / nu + 8.0 * EPS)?;
            }
        }
        if nu > 1e3 && nu < 1e60 {
            // 7/2ν⁴ (1 − (25 + 1)/7ν)
            relative(f.get(2, 2).unwrap_or(f64::NAN) * nu.powi(2) * nu.powi(2), 3.5, 5.0 / nu + 16.0 * EPS)?;
        }
        // as it stands, for few degrees
        let few = 1.0 + (nu.ln().abs() % 40.0);
        let direct = 0.25 * (trigamma(0.5 * few) - trigamma(0.5 * few + 0.5)) - (few + 5.0) / (2.0 * few * (few + 1.0) * (few + 3.0));
        let found = StudentT::new(0.0, scale, few)?.fisher_information().get(2, 2);
        scaled(found.unwrap_or(f64::NAN), direct, 8.0 * EPS, 1.0 / few)?;
        if nu < 1e-3 && nu > 1e-100 {
            relative(f.get(2, 2).unwrap_or(f64::NAN) * nu * nu, 1.0, 2.0 * nu + 8.0 * EPS)?;
        }
        let whole = StudentT::new(0.0, 1.0, nu.min(1e100))?.fisher_information();
        let f = StudentT::new(0.0, scale, nu.min(1e100))?.fisher_information();
        relative(f.get(1, 2).unwrap_or(f64::NAN) * scale, whole.get(1, 2).unwrap_or(f64::NAN), 8.0 * EPS)?;
        prop_assert_eq!((f.get(0, 1), f.get(0, 2), f.get(3, 0)), (Some(0.0), Some(0.0), None));
    }

    #[test]
    fn fisher_information_adds_up(p in 0.01..0.99, n in 1_u64..99, a in 0.1..9.0, b in 0.1..9.0, k in -8_i32..8) {
        let one = |f: FisherMatrix| f.get(0, 0).unwrap_or(f64::NAN);
        let event = one(Bernoulli::new(p)?.fisher_information());
        relative(one(Binomial::new(n, p)?.fisher_information()), n as f64 * event, 4.0 * EPS)?;
        // the mean number of trials until a success
        relative(one(Geometric::new(p)?.fisher_information()), event / p, 4.0 * EPS)?;
        relative(one(NegativeBinomial::new(a, p)?.fisher_information()), a * event / p, 4.0 * EPS)?;
        let die = Categorical::new(vec![1.0 - p, p])?.fisher_information();
        relative(one(die), event, 4.0 * EPS)?;
        // a gamma law whose shape is half of the parameter
        relative(4.0 * one(ChiSquared::new(2.0 * a)?.fisher_information()), one(Gamma::new(a, 0.5)?.fisher_information()), 4.0 * EPS)?;
        relative(one(HalfNormal::new(b)?.fisher_information()), Normal::new(0.0, b)?.fisher_information().get(1, 1).unwrap_or(f64::NAN), 4.0 * EPS)?;
        let entries_of = |f: FisherMatrix| [(0, 0), (0, 1), (1, 1)].map(|(i, j)| f.get(i, j).unwrap_or(f64::NAN));
        is(Dirichlet::new(vec![a, b])?.fisher_information(), entries_of(Beta::new(a, b)?.fisher_information()))?;
        // a bell on the circle is nearly flat, or nearly normal
        let narrow = VonMises::new(0.0, 1e8 * b)?.fisher_information();
        relative(one(narrow), 1e8 * b, 1e-7)?;
        let flat = VonMises::new(0.0, 1e-8 * b)?.fisher_information();
        relative(one(flat), 0.5e-16 * b * b, 1e-12)?;
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
            prop_assert!(f.get(0, 0).unwrap_or(f64::NAN) * f.get(1, 1).unwrap_or(f64::NAN) > f.get(0, 1).unwrap_or(f64::NAN).powi(2));
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
