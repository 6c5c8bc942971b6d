//! Wishart's law and its inverse.

use crate::generators::{condition, covariance, even, law_and_point, map};
use gradus_multivariate::nalgebra::{DMatrix, DVector};
use gradus_multivariate::{InverseWishart, Key, MultivariateNormal, Wishart};
use gradus_probability::{ChiSquared, Continuous, Gamma, InverseGamma};
use gradus_testkit::{at_least, cases, relative, scaled};
use proptest::prelude::*;
use std::error::Error;

const EPS: f64 = f64::EPSILON;

/// The condition of a covariance in its own units.
fn condition_of(a: &DMatrix<f64>) -> Result<f64, TestCaseError> {
    Ok(condition(&MultivariateNormal::new(
        DVector::zeros(a.nrows()),
        a,
    )?))
}

/// Two covariances of one dimension.
fn two(d: std::ops::Range<usize>) -> impl Strategy<Value = (DMatrix<f64>, DMatrix<f64>)> {
    d.prop_flat_map(|d| (covariance(d), covariance(d)))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn in_one_dimension_wishart_is_gamma(v in 0.01..99.0_f64, nu in 0.01..200.0_f64, r in 1e-3..5.0_f64) {
        let (law, one) = (Wishart::new(&DMatrix::from_element(1, 1, v), nu)?, Gamma::new(0.5 * nu, 0.5 / v)?);
        let w = r * nu * v;
        scaled(law.ln_pdf(&DMatrix::from_element(1, 1, w))?, one.ln_pdf(w), 32.0 * EPS, 1500.0)?;
        scaled(law.entropy(), one.entropy(), 64.0 * EPS, 1500.0)?;
        relative(law.mean()[(0, 0)], one.mean()?, 8.0 * EPS)?;
        relative(law.variance()[(0, 0)], one.variance()?, 8.0 * EPS)?;
    }

    #[test]
    fn in_one_dimension_inverse_wishart_is_inverse_gamma(v in 0.01..99.0_f64, nu in 0.01..200.0_f64, r in 1e-2..9.0_f64) {
        let (law, one) = (InverseWishart::new(&DMatrix::from_element(1, 1, v), nu)?, InverseGamma::new(0.5 * nu, 0.5 * v)?);
        let s = r * v / nu;
        scaled(law.ln_pdf(&DMatrix::from_element(1, 1, s))?, one.ln_pdf(s), 32.0 * EPS, 9000.0)?;
        if let Ok(mean) = law.mean() {
            relative(mean[(0, 0)], one.mean()?, 64.0 * EPS * nu / (nu - 2.0).abs())?;
        }
    }

    #[test]
    fn congruent_wishart_matrices_are_wishart((v, w, m) in two(1..5).prop_flat_map(|(v, w)| { let d = v.nrows(); (Just(v), Just(w), map(d)) }), nu in 0.1..30.0_f64) {
        let d = v.nrows();
        let (nu, turned) = (nu + d as f64 - 1.0, |a: &DMatrix<f64>| {
            let b = &m * a * m.transpose();
            (&b + b.transpose()) * 0.5
        });
        let k = condition_of(&v)? + condition_of(&w)? + condition_of(&turned(&v))? + condition_of(&turned(&w))?;
        let before = Wishart::new(&v, nu)?.ln_pdf(&w)?;
        let after = Wishart::new(&turned(&v), nu)?.ln_pdf(&turned(&w))?;
        // W ↦ M W Mᵀ multiplies volumes by |det M|^(d + 1)
        let jacobian = (d + 1) as f64 * gradus_linalg::slogdet(&m)?.ln_abs;
        scaled(after, before - jacobian, 256.0 * EPS * k, 1e3 + before.abs())?;
    }

    #[test]
    fn inverses_of_wishart_matrices_are_inverse_wishart((v, w) in two(1..5), nu in 0.1..30.0_f64) {
        let nu = nu + v.nrows() as f64 - 1.0;
        let of = |a: &DMatrix<f64>| MultivariateNormal::new(DVector::zeros(a.nrows()), a);
        let (scale, law) = (of(&v)?.precision(), of(&w)?);
        let k = condition_of(&v)? + condition_of(&w)?;
        let direct = Wishart::new(&v, nu)?.ln_pdf(&w)?;
        let inverse = InverseWishart::new(&scale, nu)?.ln_pdf(&law.precision())?;
        // W ↦ W⁻¹ multiplies volumes by det W^−(d + 1)
        let ln_det = 2.0 * law.cholesky_factor().diagonal().iter().map(|l| l.ln()).sum::<f64>();
        let jacobian = (v.nrows() + 1) as f64 * ln_det;
        scaled(inverse, direct + jacobian, 256.0 * EPS * k, 1e3 + direct.abs())?;
    }

    #[test]
    fn the_modes_of_matrices_are_modes((law, _) in law_and_point(1..5), nu in 2.5..30.0_f64, t in 0.01..0.3_f64, m in map(4)) {
        let (v, d) = (law.covariance(), law.dimension());
        let nu = nu + d as f64;
        let (direct, inverse) = (Wishart::new(&v, nu)?, InverseWishart::new(&v, nu)?);
        let bent = DMatrix::identity(d, d) + m.view((0, 0), (d, d)) * (0.1 * t);
        for map in [DMatrix::identity(d, d) * (1.0 + t), DMatrix::identity(d, d) / (1.0 + t), bent] {
            let away = |a: DMatrix<f64>| {
                let b = &map * a * map.transpose();
                (&b + b.transpose()) * 0.5
            };
            let rounding = 256.0 * EPS * condition(&law) * 1e3;
            at_least(direct.ln_pdf(&direct.mode()?)?, direct.ln_pdf(&away(direct.mode()?))? - rounding)?;
            at_least(inverse.ln_pdf(&inverse.mode())?, inverse.ln_pdf(&away(inverse.mode()))? - rounding)?;
        }
    }
}

fn example() -> DMatrix<f64> {
    DMatrix::from_row_slice(3, 3, &[4.0, 1.0, 0.0, 1.0, 1.0, 0.1, 0.0, 0.1, 0.25])
}

#[test]
fn draws_of_wishart_have_its_moments() -> Result<(), Box<dyn Error>> {
    for nu in [2.3, 7.0] {
        let law = Wishart::new(&example(), nu)?;
        let (mut rng, n) = (Key::new(31).rng(), 15_000);
        let (mut sum, mut squares) = (DMatrix::zeros(3, 3), DMatrix::zeros(3, 3));
        for _ in 0..n {
            let away = law.sample(&mut rng) - law.mean();
            squares += away.component_mul(&away);
            sum += away;
        }
        let (variance, n) = (law.variance(), f64::from(n));
        for i in 0..9 {
            scaled(sum[i] / n, 0.0, 5.0, (variance[i] / n).sqrt())?;
            // the fourth moment of a Wishart entry is less than 3 + 12 / ν times the square of its variance
            relative(
                squares[i] / n,
                variance[i],
                5.0 * ((2.0 + 12.0 / nu) / n).sqrt(),
            )?;
        }
    }
    Ok(())
}

#[test]
fn diagonals_of_wishart_draws_are_chi_squared() -> Result<(), Box<dyn Error>> {
    let law = Wishart::new(&example(), 4.5)?;
    let (mut rng, chi) = (Key::new(32).rng(), ChiSquared::new(4.5)?);
    let mut values = vec![Vec::new(); 3];
    for _ in 0..20_000 {
        let w = law.sample(&mut rng);
        (0..3).for_each(|i| values[i].push(chi.cdf(w[(i, i)] / example()[(i, i)])));
    }
    for values in values {
        even(values)?;
    }
    Ok(())
}

#[test]
fn draws_of_inverse_wishart_have_its_mean() -> Result<(), Box<dyn Error>> {
    let (nu, n) = (12.0, 20_000);
    let law = InverseWishart::new(&example(), nu)?;
    // 1 / (S⁻¹)₀₀ by that of Ψ is the reciprocal of a chi-squared number
    let precision = gradus_linalg::inverse(&example())?[(0, 0)];
    let (mut rng, chi) = (Key::new(33).rng(), ChiSquared::new(nu)?);
    let (mut sum, mut values) = (DMatrix::zeros(3, 3), Vec::new());
    for _ in 0..n {
        let s = law.sample(&mut rng)?;
        values.push(chi.cdf(gradus_linalg::inverse(&s)?[(0, 0)] / precision));
        sum += s;
    }
    even(values)?;
    let mean = law.mean()?;
    for (i, j) in (0..3).flat_map(|i| (0..3).map(move |j| (i, j))) {
        // Var sᵢⱼ ≤ 2 mᵢᵢ mⱼⱼ (ν − d − 1) / ((ν − d) (ν − d − 3)) (ν − d + 1) / (ν − d − 1), below mᵢᵢ mⱼⱼ / 2 here
        let error = (0.5 * mean[(i, i)] * mean[(j, j)] / f64::from(n)).sqrt();
        scaled(sum[(i, j)] / f64::from(n), mean[(i, j)], 5.0, error)?;
    }
    Ok(())
}

#[test]
fn the_entropy_of_wishart_is_the_mean_of_minus_ln_p() -> Result<(), Box<dyn Error>> {
    let law = Wishart::new(&example(), 5.5)?;
    let (mut rng, mut logarithms, mut determinants) = (Key::new(34).rng(), Vec::new(), Vec::new());
    for _ in 0..20_000 {
        let w = law.sample(&mut rng);
        logarithms.push(-law.ln_pdf(&w)?);
        determinants.push(gradus_linalg::slogdet(&w)?.ln_abs);
    }
    for (values, expected) in [
        (logarithms, law.entropy()),
        (determinants, law.mean_ln_determinant()),
    ] {
        let error = (gradus_numeric::variance(&values, 1)? / 20_000.0).sqrt();
        scaled(gradus_numeric::mean(&values)?, expected, 5.0, error)?;
    }
    Ok(())
}
