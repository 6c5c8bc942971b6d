//! The normal law of vectors.

use crate::generators::{condition, covariance, even, law_and_point, map, near};
use gradus_linalg::slogdet;
use gradus_multivariate::nalgebra::{DMatrix, DVector};
use gradus_multivariate::{Key, MultivariateNormal};
use gradus_probability::{ChiSquared, Continuous, Normal};
use gradus_random::normal;
use gradus_testkit::{all_scaled, cases, relative, scaled};
use proptest::prelude::*;
use std::error::Error;

const EPS: f64 = f64::EPSILON;

/// So many coordinates from the front, in the opposite order.
fn front(g: usize) -> Vec<usize> {
    (0..g).rev().collect()
}

fn part(x: &DVector<f64>, coordinates: &[usize]) -> DVector<f64> {
    DVector::from_fn(coordinates.len(), |i, _| x[coordinates[i]])
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_diagonal_covariance_makes_coordinates_independent(data in prop::collection::vec((-9.0..9.0_f64, -9.0..9.0_f64, -150.0..150.0_f64), 1..7)) {
        let s: Vec<f64> = data.iter().map(|(_, _, e)| 10_f64.powf(*e)).collect();
        let (mut sum, mut entropy) = (0.0, 0.0);
        let x = DVector::from_fn(s.len(), |i, _| data[i].0 * s[i]);
        let mean = DVector::from_fn(s.len(), |i, _| data[i].1 * s[i]);
        for i in 0..s.len() {
            let one = Normal::new(mean[i], s[i])?;
            sum += one.ln_pdf(x[i]);
            entropy += one.entropy();
        }
        let law = MultivariateNormal::from_variances(mean, &DVector::from_fn(s.len(), |i, _| s[i] * s[i]))?;
        // logarithms of up to 350, squared distances of up to 324
        scaled(law.ln_pdf(&x)?, sum, 16.0 * EPS, 700.0 * s.len() as f64)?;
        scaled(law.entropy(), entropy, 8.0 * EPS, 350.0 * s.len() as f64)?;
    }

    #[test]
    fn in_one_dimension_it_is_the_normal_law(m in -9.0..9.0_f64, e in -100.0..100.0_f64, z in -40.0..40.0_f64) {
        let s = 10_f64.powf(e);
        let (law, one) = (MultivariateNormal::from_cholesky_factor(DVector::from_element(1, m * s), &DMatrix::from_element(1, 1, s))?, Normal::new(m * s, s)?);
        let x = (m + z) * s;
        let at = DVector::from_element(1, x);
        scaled(law.ln_pdf(&at)?, one.ln_pdf(x), 4.0 * EPS, 1100.0)?;
        scaled(law.entropy(), one.entropy(), 4.0 * EPS, 240.0)?;
        let draw = law.sample(&mut Key::new(1).rng())[0];
        scaled(draw, (m + normal(&mut Key::new(1).rng())) * s, 2.0 * EPS, 20.0 * s)?;
    }

    /// $`h(A X + b) = h(X) + \ln \lvert \det A \rvert`$.
    #[test]
    fn an_image_has_the_entropy_of_its_law_and_of_its_volume((law, x) in law_and_point(1..6), entries in prop::collection::vec(-1.0..1.0_f64, 36), power in -40..40_i32) {
        let n = x.len();
        let unit = 2.0_f64.powi(power);
        let a = DMatrix::from_fn(n, n, |i, j| unit * (entries[6 * i + j] + if i == j { 2.5 } else { 0.0 }));
        let volume = slogdet(&a)?;
        let image = law.affine(&a, &x)?;
        // A has a condition of some hundreds at most, where its columns nearly agree
        let size = 1.0 + law.entropy().abs() + volume.ln_abs.abs();
        scaled(image.entropy(), law.entropy() + volume.ln_abs, 1e-11, size)?;
    }

    #[test]
    fn covariance_precision_and_factor_give_one_law((law, x) in law_and_point(1..6)) {
        let k = condition(&law);
        let precision = MultivariateNormal::from_precision(law.mean().clone(), &law.precision())?;
        let factor = MultivariateNormal::from_cholesky_factor(law.mean().clone(), &law.cholesky_factor())?;
        prop_assert_eq!(factor.mahalanobis(&x)?.to_bits(), law.mahalanobis(&x)?.to_bits());
        let covariance = MultivariateNormal::new(law.mean().clone(), &law.covariance())?;
        for other in [precision, covariance] {
            near(&other.covariance(), &law.covariance(), 64.0 * EPS * k)?;
            scaled(other.ln_pdf(&x)?, law.ln_pdf(&x)?, 64.0 * EPS * k, 100.0)?;
        }
    }

    #[test]
    fn units_of_measurement_scale_the_density((law, x) in law_and_point(1..6), e in prop::collection::vec(-300..300_i32, 5)) {
        let unit = |i: usize| 2_f64.powi(e[i]);
        let moved = |x: &DVector<f64>| DVector::from_fn(x.len(), |i, _| x[i] * unit(i));
        let a = law.covariance();
        let a = DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| a[(i, j)] * unit(i) * unit(j));
        let (given, other) = (MultivariateNormal::new(law.mean().clone(), &law.covariance())?, MultivariateNormal::new(moved(law.mean()), &a)?);
        prop_assert_eq!(other.mahalanobis(&moved(&x))?.to_bits(), given.mahalanobis(&x)?.to_bits());
        let jacobian: f64 = (0..x.len()).map(|i| f64::from(e[i]) * std::f64::consts::LN_2).sum();
        scaled(other.ln_pdf(&moved(&x))?, given.ln_pdf(&x)? - jacobian, 8.0 * EPS, 1500.0)?;
    }

    #[test]
    fn the_joint_density_is_marginal_times_conditional((law, x) in law_and_point(2..7), split in 1..6_usize) {
        let known = front(1 + split % (x.len() - 1));
        let others: Vec<usize> = (known.len()..x.len()).collect();
        let first = law.marginal(&known)?.ln_pdf(&part(&x, &known))?;
        let second = law.conditional(&known, &part(&x, &known))?.ln_pdf(&part(&x, &others))?;
        // the root of the condition, as factors are
        scaled(first + second, law.ln_pdf(&x)?, 64.0 * EPS * condition(&law).sqrt(), 100.0)?;
    }

    #[test]
    fn what_is_left_of_the_covariance_is_the_schur_complement((law, x) in law_and_point(2..6), split in 1..6_usize) {
        let known = front(1 + split % (x.len() - 1));
        let g = known.len();
        let values = part(&x, &known);
        let rest = law.conditional(&known, &values)?;
        let a = law.covariance();
        let block = |rows: &[usize], columns: &[usize]| DMatrix::from_fn(rows.len(), columns.len(), |i, j| a[(rows[i], columns[j])]);
        let others: Vec<usize> = (g..x.len()).collect();
        let k = condition(&law);
        let gain = block(&others, &known) * gradus_linalg::inverse(&block(&known, &known))?;
        let complement = block(&others, &others) - &gain * block(&known, &others);
        let mean = part(law.mean(), &others) + gain * (values - part(law.mean(), &known));
        for i in 0..others.len() {
            // the complement cancels against the variance
            let scale = a[(others[i], others[i])];
            scaled(rest.covariance()[(i, i)], complement[(i, i)], 64.0 * EPS * k, scale)?;
            scaled(rest.mean()[i], mean[i], 64.0 * EPS * k, 9.0 * scale.sqrt() + 9.0)?;
        }
        // the precision of the others is a block of the precision
        let p = law.precision();
        let p = DMatrix::from_fn(others.len(), others.len(), |i, j| p[(others[i], others[j])]);
        near(&rest.precision(), &p, 64.0 * EPS * k)?;
    }

    #[test]
    fn affine_images_of_normal_vectors_are_normal((law, x, m, b) in law_and_point(1..6).prop_flat_map(|(law, x)| {
        let d = law.dimension();
        (Just(law), Just(x), map(d), prop::collection::vec(-9.0..9.0_f64, d))
    })) {
        let b = DVector::from_vec(b);
        let image = law.affine(&m, &b)?;
        let k = condition(&law);
        near(&image.covariance(), &(&m * law.covariance() * m.transpose()), 64.0 * EPS * k)?;
        let mean = &m * law.mean() + &b;
        all_scaled(image.mean().as_slice(), mean.as_slice(), 64.0 * EPS, 200.0)?;
        // the density is divided by the volume of the image of a unit cube
        let jacobian = slogdet(&m)?.ln_abs;
        let at = &m * &x + &b;
        let scale = 100.0 * (1.0 + law.precision().amax().sqrt() * 10.0); // x is rounded, too
        scaled(image.ln_pdf(&at)?, law.ln_pdf(&x)? - jacobian, 1e4 * EPS * k.sqrt(), scale)?;
        // some rows: a part of the image
        let rows = m.rows(0, 1).into_owned();
        let first = law.affine(&rows, &DVector::from_element(1, b[0]))?;
        near(&first.covariance(), &image.marginal(&[0])?.covariance(), 64.0 * EPS * k)?;
    }

    #[test]
    fn draws_become_independent_when_standardized((law, _) in law_and_point(1..6), seed in 0..99_u64) {
        let mut rng = Key::new(seed).rng();
        let z: Vec<f64> = (0..law.dimension()).map(|_| normal(&mut rng)).collect();
        let x = law.sample(&mut Key::new(seed).rng());
        let found = law.standardized(&x)?;
        // the mean is added and subtracted
        let size = 9.0 * (1.0 + law.precision().amax().sqrt() * 3.0);
        all_scaled(found.as_slice(), &z, 32.0 * EPS * condition(&law).sqrt(), size)?;
        let square: f64 = z.iter().map(|z| z * z).sum();
        scaled(law.mahalanobis(&x)?, square.sqrt(), 32.0 * EPS * condition(&law).sqrt(), size)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..cases() })]

    #[test]
    fn a_normal_density_of_two_variables_integrates_to_one(a in covariance(2)) {
        let law = MultivariateNormal::new(DVector::from_row_slice(&[1.0, -2.0]), &a)?;
        prop_assume!(condition(&law) < 1e3);
        let (s, t) = (a[(0, 0)].sqrt(), a[(1, 1)].sqrt());
        // the trapezoidal rule of a bell errs by exp(−2 π² σ² / h²): steps of half of the narrowest section
        let steps = 1.0 / (2.0 * (condition(&law) / 2.0).sqrt());
        let n = (1..9000).find(|n| steps * f64::from(*n) >= 9.0).unwrap_or(9000);
        let mut sum = 0.0;
        for (i, j) in (-n..=n).flat_map(|i| (-n..=n).map(move |j| (i, j))) {
            let z = [steps * f64::from(i), steps * f64::from(j)];
            sum += law.pdf(&DVector::from_row_slice(&[1.0 + s * z[0], -2.0 + t * z[1]]))?;
        }
        relative(sum * steps * steps * s * t, 1.0, 1e-12)?;
    }
}

#[test]
fn squared_distances_of_draws_are_chi_squared() -> Result<(), Box<dyn Error>> {
    let a = DMatrix::from_row_slice(3, 3, &[4.0, 1.9, 0.0, 1.9, 1.0, 1e-3, 0.0, 1e-3, 1e-4]);
    let law = MultivariateNormal::new(DVector::from_row_slice(&[1.0, 2.0, 3.0]), &a)?;
    let (mut rng, chi) = (Key::new(21).rng(), ChiSquared::new(3.0)?);
    let (mut all, mut first) = (Vec::new(), Vec::new());
    let one = Normal::new(3.0, 1e-2)?;
    for _ in 0..20_000 {
        let x = law.sample(&mut rng);
        let distance = law.mahalanobis(&x)?;
        all.push(chi.cdf(distance * distance));
        first.push(one.cdf(x[2]));
    }
    even(all)?;
    even(first)?;
    Ok(())
}
