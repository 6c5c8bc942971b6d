//! The t law of vectors.

use crate::generators::{condition, even, law_and_point, map, near, two_laws};
use gradus_multivariate::nalgebra::{DMatrix, DVector};
use gradus_multivariate::{Key, MultivariateNormal, MultivariateT};
use gradus_probability::{Continuous, FisherF, StudentT};
use gradus_testkit::{all_scaled, cases, scaled};
use proptest::prelude::*;
use std::error::Error;

const EPS: f64 = f64::EPSILON;

/// The t law with the ellipsoids of a normal one.
fn student(law: &MultivariateNormal, freedom: f64) -> Result<MultivariateT, TestCaseError> {
    Ok(MultivariateT::new(
        law.mean().clone(),
        &law.covariance(),
        freedom,
    )?)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn in_one_dimension_it_is_students_law(m in -9.0..9.0_f64, e in -100..100_i32, z in -1e6..1e6_f64, nu in -6.0..8.0_f64) {
        let (s, nu) = (2_f64.powi(e), 10_f64.powf(nu));
        let x = (m + z) * s;
        let law = MultivariateT::new(DVector::from_element(1, m * s), &DMatrix::from_element(1, 1, s * s), nu)?;
        let one = StudentT::new(m * s, s, nu)?;
        // (ν + 1) / 2 times a logarithm of at most 40 and of at most z² / ν
        let size = 150.0 + 0.5 * (nu + 1.0) * (z * z / nu).ln_1p();
        scaled(law.ln_pdf(&DVector::from_element(1, x))?, one.ln_pdf(x), 16.0 * EPS, size)?;
        // that of one variable subtracts two digammas of ν / 2, which costs digits
        scaled(law.entropy(), one.entropy(), 32.0 * EPS, 150.0 + 2.0 / nu + 10.0 * nu)?;
        let variance = law.covariance().map(|a| a[(0, 0)]);
        prop_assert_eq!(variance.is_ok(), nu > 2.0);
        if let Ok(variance) = variance {
            scaled(variance, one.variance()?, 8.0 * EPS, variance)?;
        }
    }

    #[test]
    fn with_many_degrees_of_freedom_it_is_normal((law, x) in law_and_point(1..6)) {
        let (nu, r) = (1e12, law.mahalanobis(&x)?);
        let t = student(&law, nu)?;
        // the logarithms differ by terms of order (r⁴ + d²) / ν; logarithms of ν cancel
        let bound = (r.powi(4) + 36.0) / nu + 64.0 * EPS * (condition(&law) * (1.0 + r * r) + 100.0);
        scaled(t.ln_pdf(&x)?, law.ln_pdf(&x)?, bound, 1.0)?;
        scaled(t.entropy(), law.entropy(), 36.0 / nu + 64.0 * EPS * (condition(&law) + 100.0), 1.0)?;
    }

    #[test]
    fn the_divergence_of_a_t_law_is_cross_entropy_minus_entropy((p, q) in two_laws(1..5_usize), nu in 2.1..60.0_f64) {
        let t = student(&p, nu)?;
        // E ln q is that of its quadratic: the mean over m ± √(d c) lᵢ, where c S is the covariance
        let (l, d) = (p.cholesky_factor(), p.dimension());
        let reach = (d as f64 * nu / (nu - 2.0)).sqrt();
        let mut cross = 0.0;
        for i in 0..d {
            let step = reach * l.column(i);
            cross -= (q.ln_pdf(&(p.mean() + &step))? + q.ln_pdf(&(p.mean() - &step))?) / (2 * d) as f64;
        }
        let k = condition(&p) + condition(&q);
        scaled(t.kl_normal(&q)?, cross - t.entropy(), 64.0 * EPS * k, 100.0 + cross.abs())?;
        prop_assert!(student(&p, 2.0)?.kl_normal(&q)? == f64::INFINITY);
    }

    #[test]
    fn the_nearest_normal_law_has_the_moments_of_the_t_law((p, _) in law_and_point(1..5), e in 1.0..12.0_f64, h in 0.01..0.3_f64) {
        let (nu, d) = (10_f64.powf(e), p.dimension() as f64);
        let t = student(&p, nu)?;
        let near = |c: f64| Ok::<_, TestCaseError>(MultivariateNormal::new(p.mean().clone(), &(t.covariance()? * c))?);
        let least = t.kl_normal(&near(1.0)?)?;
        prop_assert!(least > 0.0 && least < t.kl_normal(&near(1.0 + h)?)? && least < t.kl_normal(&near(1.0 - h)?)?);
        let noise = (64.0 * EPS * condition(&p)).powi(2); // of the two equal covariances
        scaled(least, 0.25 * d * (d + 2.0) / nu / nu, (4.0 * (d + 4.0) / nu + 1e-7).max(1e-7), 0.25 * d * (d + 2.0) / nu / nu + noise * 1e7)?;
    }

    #[test]
    fn a_joint_t_density_is_marginal_times_conditional((law, x) in law_and_point(2..7), split in 1..6_usize, nu in 0.1..30.0_f64) {
        let g = 1 + split % (x.len() - 1);
        let known: Vec<usize> = (0..g).rev().collect();
        let values = DVector::from_fn(g, |i, _| x[known[i]]);
        let rest = x.rows(g, x.len() - g).into_owned();
        let t = student(&law, nu)?;
        let (first, second) = (t.marginal(&known)?, t.conditional(&known, &values)?);
        let sum = first.ln_pdf(&values)? + second.ln_pdf(&rest)?;
        scaled(sum, t.ln_pdf(&x)?, 64.0 * EPS * condition(&law).sqrt(), 200.0)?;
    }

    #[test]
    fn affine_images_of_t_vectors_are_t((law, x, m) in law_and_point(1..6).prop_flat_map(|(law, x)| {
        let d = law.dimension();
        (Just(law), Just(x), map(d))
    }), nu in 0.1..30.0_f64) {
        let t = student(&law, nu)?;
        let b = DVector::from_element(x.len(), 2.0);
        let image = t.affine(&m, &b)?;
        prop_assert_eq!(image.freedom(), nu);
        let k = condition(&law);
        near(&image.scale(), &(&m * t.scale() * m.transpose()), 64.0 * EPS * k)?;
        let location = &m * t.location() + &b;
        all_scaled(image.location().as_slice(), location.as_slice(), 64.0 * EPS, 200.0)?;
        let jacobian = gradus_linalg::slogdet(&m)?.ln_abs;
        // in its own units the image may be much nearer to a plane
        let k = k + condition(&law.affine(&m, &b)?).sqrt() * 100.0;
        scaled(image.entropy(), t.entropy() + jacobian, 64.0 * EPS * k, 100.0)?;
    }
}

#[test]
fn squared_distances_of_t_draws_are_f() -> Result<(), Box<dyn Error>> {
    let a = DMatrix::from_row_slice(3, 3, &[4.0, 1.9, 0.0, 1.9, 1.0, 1e-3, 0.0, 1e-3, 1e-4]);
    for nu in [0.7, 5.0] {
        let law = MultivariateT::new(DVector::from_row_slice(&[1.0, 2.0, 3.0]), &a, nu)?;
        let (mut rng, f) = (Key::new(22).rng(), FisherF::new(3.0, nu)?);
        let one = StudentT::new(2.0, 1.0, nu)?;
        let (mut all, mut second) = (Vec::new(), Vec::new());
        for _ in 0..20_000 {
            let x = law.sample(&mut rng);
            let r = law.mahalanobis(&x)?;
            all.push(f.cdf(r * r / 3.0));
            second.push(one.cdf(x[1]));
        }
        even(all)?;
        even(second)?;
    }
    Ok(())
}

#[test]
fn the_entropy_of_a_t_law_is_the_mean_of_minus_ln_p() -> Result<(), Box<dyn Error>> {
    let a = DMatrix::from_row_slice(2, 2, &[4.0, 1.0, 1.0, 1.0]);
    let law = MultivariateT::new(DVector::zeros(2), &a, 3.0)?;
    let (mut rng, mut logarithms) = (Key::new(23).rng(), Vec::new());
    for _ in 0..20_000 {
        logarithms.push(-law.ln_pdf(&law.sample(&mut rng))?);
    }
    let error = (gradus_numeric::variance(&logarithms, 1)? / 20_000.0).sqrt();
    scaled(
        gradus_numeric::mean(&logarithms)?,
        law.entropy(),
        5.0,
        error,
    )?;
    Ok(())
}
