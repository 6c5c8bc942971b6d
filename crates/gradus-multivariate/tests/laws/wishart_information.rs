//! Entropy and divergence of Wishart's law and its inverse.

use crate::generators::{condition, covariance, map};
use gradus_multivariate::nalgebra::{DMatrix, DVector};
use gradus_multivariate::{InverseWishart, Key, MultivariateNormal, Wishart};
use gradus_probability::{Continuous, Gamma};
use gradus_testkit::{at_least, at_most, cases, relative, scaled};
use proptest::prelude::*;
use std::error::Error;

const EPS: f64 = f64::EPSILON;

fn normal(a: &DMatrix<f64>) -> Result<MultivariateNormal, TestCaseError> {
    Ok(MultivariateNormal::new(DVector::zeros(a.nrows()), a)?)
}

/// Two covariances of one dimension, and by how many degrees of freedom more than d − 1 their laws have.
fn two() -> impl Strategy<Value = ([DMatrix<f64>; 2], [f64; 2])> {
    let both = (1..5_usize).prop_flat_map(|d| [covariance(d), covariance(d)]);
    (both, [0.1..30.0_f64, 0.1..30.0_f64])
}

fn laws([v, w]: &[DMatrix<f64>; 2], more: [f64; 2]) -> Result<[Wishart; 2], TestCaseError> {
    let d = v.nrows() as f64;
    Ok([
        Wishart::new(v, more[0] + d - 1.0)?,
        Wishart::new(w, more[1] + d - 1.0)?,
    ])
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn divergences_of_wishart_laws_are_zero_for_the_same_law_alone((scales, more) in two(), t in 1e-9..1e-5_f64) {
        let [p, q] = laws(&scales, more)?;
        let (k, d) = (condition(&normal(&scales[0])?), p.dimension() as f64);
        at_least(p.kl(&q)?, 0.0)?;
        // a row of a root with itself is one of the identity up to rounding
        scaled(p.kl(&p)?, 0.0, EPS * EPS, 64.0 * p.freedom() * k.powi(2))?;
        // another scale, or other degrees of freedom: a parabola above 0
        let [wider, freer] = [
            Wishart::new(&(&scales[0] * (1.0 + t)), p.freedom())?,
            Wishart::new(&scales[0], p.freedom() * (1.0 + t))?,
        ];
        let expected = 0.25 * p.freedom() * d * t * t; // ν/2 d (t − ln(1 + t))
        relative(wider.kl(&p)?, expected, 2.0 * t + 64.0 * EPS * k / t)?;
        let h = 0.5 * p.freedom() * t;
        let curvature: f64 = (0..p.dimension()).map(|i| gradus_numeric::trigamma(0.5 * (p.freedom() - i as f64))).sum();
        // the next term is −h³ ψ″/6 of the smallest argument, at most 2 h³ / a³ or so
        let smallest = 0.5 * (p.freedom() - d + 1.0);
        let rounding = 64.0 * EPS * (k * k * EPS / (t * t) + p.freedom() / (t * smallest));
        relative(p.kl(&freer)?, 0.5 * h * h * curvature, 4.0 * h / smallest + rounding)?;
    }

    #[test]
    fn in_one_dimension_the_divergence_is_that_of_gamma_laws(v in [0.1..9.0_f64, 0.1..9.0], nu in [2.0..30.0_f64, 2.0..30.0]) {
        let of = |i: usize| Wishart::new(&DMatrix::from_element(1, 1, v[i]), nu[i]);
        let gamma = |i: usize| Gamma::new(0.5 * nu[i], 0.5 / v[i]);
        let (p, q) = (gamma(0)?, gamma(1)?);
        // ∫ p ln (p / q) by x = eʸ, which the trapezoidal rule takes exactly but for the ends
        let (low, step) = ((p.quantile(1e-18)).ln(), 0.02);
        let mut integral = 0.0;
        for k in 0..6000 {
            let x = f64::exp(low + step * f64::from(k));
            let ln_p = p.ln_pdf(x);
            let term = if ln_p < -700.0 { 0.0 } else { ln_p.exp() * (ln_p - q.ln_pdf(x)) * x };
            integral += step * term;
        }
        let divergence = of(0)?.kl(&of(1)?)?;
        scaled(divergence, integral, 1e-11, 100.0 + divergence)?;
    }

    #[test]
    fn of_the_same_freedom_the_divergence_is_that_of_normal_laws((scales, more) in two()) {
        let [p, q] = laws(&scales, [more[0]; 2])?;
        let expected = p.freedom() * normal(&scales[0])?.kl(&normal(&scales[1])?)?;
        relative(p.kl(&q)?, expected, 64.0 * EPS)?;
    }

    #[test]
    fn congruence_does_not_change_the_divergence((scales, more) in two(), m in map(4)) {
        let d = scales[0].nrows();
        let m = DMatrix::identity(d, d) + m.view((0, 0), (d, d)) * 0.05;
        let turned = scales.clone().map(|a| {
            let b = &m * a * m.transpose();
            (&b + b.transpose()) * 0.5
        });
        let mut k = 0.0;
        for a in scales.iter().chain(&turned) {
            k += condition(&normal(a)?);
        }
        let ([p, q], [p_turned, q_turned]) = (laws(&scales, more)?, laws(&turned, more)?);
        relative(p_turned.kl(&q_turned)?, p.kl(&q)?, 1e4 * EPS * k)?;
    }

    #[test]
    fn the_divergence_of_inverses_is_that_of_wishart_laws((scales, more) in two()) {
        let [p, q] = laws(&scales, more)?;
        let inverse = |law: &Wishart| Ok::<_, TestCaseError>(InverseWishart::new(&normal(&law.scale())?.precision(), law.freedom())?);
        let k = condition(&normal(&scales[0])?) + condition(&normal(&scales[1])?);
        let direct = p.kl(&q)?;
        scaled(inverse(&p)?.kl(&inverse(&q)?)?, direct, 1e3 * EPS * k, direct + 1.0)?;
    }

    #[test]
    fn the_entropy_of_inverses_counts_their_volumes((scales, more) in two()) {
        let [direct, _] = laws(&scales, more)?;
        let inverse = InverseWishart::new(&normal(&scales[0])?.precision(), direct.freedom())?;
        let k = condition(&normal(&scales[0])?);
        // S = W⁻¹ multiplies volumes by det S^(d + 1)
        let d = direct.dimension() as f64;
        let expected = direct.entropy() + (d + 1.0) * inverse.mean_ln_determinant();
        let size = 1e3 + direct.entropy().abs() + (d + 1.0) * inverse.mean_ln_determinant().abs();
        scaled(inverse.entropy(), expected, 64.0 * EPS * k, size)?;
        scaled(inverse.mean_ln_determinant(), -direct.mean_ln_determinant(), 64.0 * EPS * k, size)?;
    }

    #[test]
    fn entropies_of_many_degrees_of_freedom_are_normal(v in (1..5_usize).prop_flat_map(covariance), e in 6.0..100.0_f64) {
        let nu = 10_f64.powf(e);
        let (law, d) = (Wishart::new(&v, nu)?, v.nrows());
        // in units in which V = I: d entries of variance 2ν and d (d − 1) / 2 of variance ν
        let of_variance = |s: f64| 0.5 * (2.0 * std::f64::consts::PI * std::f64::consts::E * s).ln();
        let unit = d as f64 * of_variance(2.0 * nu) + (d * (d - 1) / 2) as f64 * of_variance(nu);
        let ln_det = 2.0 * normal(&v)?.cholesky_factor().diagonal().iter().map(|l| l.ln()).sum::<f64>();
        let expected = unit + 0.5 * (d + 1) as f64 * ln_det;
        scaled(law.entropy(), expected, 64.0 * EPS + 30.0 / nu, 100.0 + expected.abs())?;
    }
}

fn example(a: f64) -> DMatrix<f64> {
    DMatrix::from_row_slice(3, 3, &[4.0, 1.0, 0.0, 1.0, 1.0, a, 0.0, a, 0.25])
}

#[test]
fn divergences_of_wishart_laws_are_means_over_draws() -> Result<(), Box<dyn Error>> {
    let (p, q) = (
        Wishart::new(&example(0.1), 5.5)?,
        Wishart::new(&(example(-0.2) * 6.0), 7.0)?,
    );
    let (inverse_p, inverse_q) = (
        InverseWishart::new(&example(0.1), 5.5)?,
        InverseWishart::new(&(example(-0.2) * 6.0), 7.0)?,
    );
    let (mut rng, mut direct, mut inverse) = (Key::new(41).rng(), Vec::new(), Vec::new());
    for _ in 0..20_000 {
        let w = p.sample(&mut rng);
        direct.push(p.ln_pdf(&w)? - q.ln_pdf(&w)?);
        let s = inverse_p.sample(&mut rng)?;
        inverse.push(inverse_p.ln_pdf(&s)? - inverse_q.ln_pdf(&s)?);
    }
    for (values, expected) in [(direct, p.kl(&q)?), (inverse, inverse_p.kl(&inverse_q)?)] {
        let error = (gradus_numeric::variance(&values, 1)? / 20_000.0).sqrt();
        scaled(gradus_numeric::mean(&values)?, expected, 5.0, error)?;
    }
    Ok(())
}

#[test]
fn divergences_of_far_wishart_laws_are_numbers() -> Result<(), Box<dyn Error>> {
    let of = |v: f64, nu: f64| Wishart::new(&(DMatrix::identity(2, 2) * v), nu);
    let numbers = [1e-300, 1e-9, 1.0, 1e9, 1e300];
    let freedoms = [1.0 + 1e-12, 1.5, 3.0, 1e3, 1e9, 1e300];
    for (v, w) in numbers.iter().flat_map(|v| numbers.map(|w| (*v, w))) {
        for (nu, other) in freedoms.iter().flat_map(|nu| freedoms.map(|o| (*nu, o))) {
            let divergence = of(v, nu)?.kl(&of(w, other)?)?;
            at_least(divergence, 0.0)?;
            assert!(
                (divergence > 0.0) == ((v, nu) != (w, other)),
                "{v:e} {nu:e} {w:e} {other:e}: {divergence:e}"
            );
        }
    }
    assert!(
        of(1.0, 3.0)?
            .kl(&Wishart::new(&DMatrix::identity(3, 3), 3.0)?)
            .is_err()
    );
    // the squares of the ratio of both roots underflow: ν (300 · 4 ln 10 / 2 − 1) and no infinity
    let expected = 3.0 * (600.0 * 10_f64.ln() - 1.0);
    relative(of(1e-300, 3.0)?.kl(&of(1e300, 3.0)?)?, expected, 8.0 * EPS)?;
    let inverse = |d: usize| InverseWishart::new(&DMatrix::identity(d, d), 3.0);
    assert!(inverse(2)?.kl(&inverse(3)?).is_err());
    at_most(of(1.0, 3.0)?.kl(&of(1.0, 3.0)?)?, 0.0)?;
    Ok(())
}
