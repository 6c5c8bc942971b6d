//! Mixtures of normal laws.

use crate::generators::{condition, law_and_point, map, near};
use gradus_multivariate::nalgebra::{self, DMatrix, DVector};
use gradus_multivariate::{
    CovarianceShape, GaussianMixture, Key, MixtureSettings, MultivariateNormal, Simplex, plus_plus,
};
use gradus_testkit::{all_scaled, at_least, cases, relative, scaled};
use proptest::prelude::*;
use std::error::Error;

const EPS: f64 = f64::EPSILON;

/// A mixture of one to four components in one to three dimensions, and a few samples.
fn mixture_and_samples() -> impl Strategy<Value = (GaussianMixture, DMatrix<f64>)> {
    (1..4_usize, 1..5_usize).prop_flat_map(|(d, k)| {
        let components = prop::collection::vec(law_and_point(d), k);
        let weights = prop::collection::vec(0.01..1.0_f64, k);
        (components, weights).prop_filter_map("a mixture", |(laws, weights)| {
            let (components, points): (Vec<_>, Vec<_>) = laws.into_iter().unzip();
            let weights = Simplex::from_weights(&weights).ok()?;
            Some((
                GaussianMixture::new(weights, components).ok()?,
                DMatrix::from_columns(&points),
            ))
        })
    })
}

/// Samples in groups, with ties, constant features and repetitions now and then, and responsibilities to begin with.
fn samples_and_start() -> impl Strategy<Value = (DMatrix<f64>, DMatrix<f64>)> {
    (1..4_usize, 1..4_usize, 6..25_usize).prop_flat_map(|(d, k, n)| {
        let free = prop::collection::vec(-5.0..5.0_f64, d * n);
        let whole = prop::collection::vec((-2..3_i32).prop_map(f64::from), d * n);
        let samples = prop_oneof![3 => free, 1 => whole].prop_map(move |x| {
            DMatrix::from_fn(d, n, |i, j| {
                x[i * n + j] + f64::from(u8::from(j % 3 == i)) * 8.0
            })
        });
        let start = prop::collection::vec(0.01..1.0_f64, k * n).prop_map(move |r| {
            let mut r = DMatrix::from_vec(k, n, r);
            for mut column in r.column_iter_mut() {
                let sum = column.sum();
                column /= sum;
            }
            r
        });
        (samples, start)
    })
}

fn shape() -> impl Strategy<Value = CovarianceShape> {
    prop_oneof![
        Just(CovarianceShape::Full),
        Just(CovarianceShape::Diagonal),
        Just(CovarianceShape::Spherical)
    ]
}

/// The smallest variance in any direction.
fn narrowest(law: &MultivariateNormal) -> Result<f64, TestCaseError> {
    let root = gradus_linalg::singular_values(&law.cholesky_factor())?;
    Ok(root[root.len() - 1].powi(2))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn responsibilities_sum_to_one((mixture, x) in mixture_and_samples(), far in 1.0..1e6_f64) {
        for x in [x.clone(), x * far] {
            for r in mixture.responsibilities(&x)?.column_iter() {
                prop_assert!(r.iter().all(|r| (0.0..=1.0).contains(r)));
                scaled(r.sum(), 1.0, 8.0 * EPS, 1.0)?;
            }
        }
    }

    #[test]
    fn responsibilities_are_bayes_rule((mixture, x) in mixture_and_samples()) {
        let r = mixture.responsibilities(&x)?;
        let mut sum = 0.0;
        for (j, column) in x.column_iter().enumerate() {
            let x = column.into_owned();
            let p = mixture.pdf(&x)?;
            sum += mixture.ln_pdf(&x)?;
            let mut total = 0.0;
            for (k, component) in mixture.components().iter().enumerate() {
                let joint = mixture.weights().as_slice()[k] * component.pdf(&x)?;
                total += joint;
                scaled(joint, r[(k, j)] * p, 1e4 * EPS, p)?;
            }
            // logarithms of some thousands at the most
            relative(total, p, 1e4 * EPS)?;
            let best = mixture.most_responsible(&x.clone().resize_horizontally(1, 0.0))?;
            prop_assert!(r.column(j).iter().all(|r_k| *r_k <= r[(best[0], j)]));
        }
        scaled(mixture.ln_likelihood(&x)?, sum, 8.0 * EPS, 1.0 + sum.abs() * x.ncols() as f64)?;
    }

    #[test]
    fn the_order_of_components_does_not_matter((mixture, x) in mixture_and_samples()) {
        let mut components = mixture.components().to_vec();
        let mut weights = mixture.weights().as_slice().to_vec();
        components.reverse();
        weights.reverse();
        let turned = GaussianMixture::new(Simplex::from_weights(&weights)?, components)?;
        scaled(turned.ln_likelihood(&x)?, mixture.ln_likelihood(&x)?, 1e4 * EPS, 1.0)?;
        near(&turned.covariance(), &mixture.covariance(), 32.0 * EPS)?;
    }

    #[test]
    fn the_likelihood_of_a_mixture_never_falls((x, start) in samples_and_start(), shape in shape(), e in -6.0..1.0_f64) {
        let floor = 10_f64.powf(e);
        let settings = MixtureSettings { shape, floor, tolerance: 0.0, iterations: 30 };
        let fit = GaussianMixture::fit(&x, &start, &settings)?;
        for pair in fit.ln_likelihoods.windows(2) {
            // squared distances of up to 400 / floor, each with a rounding error or two
            let rounding = 64.0 * EPS * x.ncols() as f64 * (100.0 + 4.0 / floor);
            at_least(pair[1], pair[0] - rounding)?;
        }
        scaled(fit.mixture.ln_likelihood(&x)?, fit.ln_likelihoods[fit.ln_likelihoods.len() - 1], 4.0 * EPS, 1e4)?;
        prop_assert!(fit.converged || fit.ln_likelihoods.len() == 31);
    }

    #[test]
    fn no_direction_is_narrower_than_the_floor((x, start) in samples_and_start(), shape in shape(), e in -3.0..2.0_f64) {
        let floor = 10_f64.powf(e);
        let held = GaussianMixture::from_responsibilities(&x, &start, shape, floor)?;
        let free = GaussianMixture::from_responsibilities(&x, &start, shape, 0.0);
        for (k, law) in held.components().iter().enumerate() {
            let least = narrowest(law)?;
            at_least(least, floor * (1.0 - 256.0 * EPS * law.covariance().amax() / floor))?;
            if let Ok(free) = &free {
                let free = &free.components()[k];
                prop_assert_eq!(free.mean(), law.mean());
                if narrowest(free)? > floor * (1.0 + 1e-9) {
                    prop_assert_eq!(free, law);
                }
            }
        }
    }

    #[test]
    fn a_mixture_of_one_is_the_fit((x, _) in samples_and_start()) {
        let start = DMatrix::from_element(1, x.ncols(), 1.0);
        let settings = MixtureSettings { shape: CovarianceShape::Full, floor: 0.0, tolerance: 0.0, iterations: 9 };
        let Ok(expected) = MultivariateNormal::fit(&x) else {
            prop_assert!(GaussianMixture::fit(&x, &start, &settings).is_err());
            return Ok(());
        };
        let fit = GaussianMixture::fit(&x, &start, &settings)?;
        prop_assert!(fit.converged && fit.mixture.weights().as_slice() == [1.0]);
        let law = &fit.mixture.components()[0];
        prop_assert_eq!(law.mean(), expected.distribution.mean());
        near(&law.covariance(), &expected.distribution.covariance(), 32.0 * EPS)?;
        let k = condition(law);
        scaled(fit.ln_likelihoods[0], expected.ln_likelihood, 64.0 * EPS * k, 1e3)?;
        // diagonal and spherical: the diagonal, and its mean
        let of = |shape| GaussianMixture::from_responsibilities(&x, &start, shape, 0.0);
        let (diagonal, sphere) = (of(CovarianceShape::Diagonal)?, of(CovarianceShape::Spherical)?);
        let a = expected.distribution.covariance();
        near(&diagonal.components()[0].covariance(), &DMatrix::from_diagonal(&a.diagonal()), 32.0 * EPS)?;
        relative(sphere.components()[0].covariance()[(0, 0)], a.trace() / a.nrows() as f64, 32.0 * EPS)?;
    }

    #[test]
    fn groups_that_are_known_are_fitted_apart((x, _) in samples_and_start(), split in 2..4_usize) {
        let groups = DMatrix::from_fn(split, x.ncols(), |k, j| f64::from(u8::from(j % split == k)));
        let parts: Vec<DMatrix<f64>> = (0..split)
            .map(|k| DMatrix::from_columns(&x.column_iter().skip(k).step_by(split)
.map(nalgebra::Matrix::into_owned).collect::<Vec<_>>()))
            .collect();
        let found = GaussianMixture::from_responsibilities(&x, &groups, CovarianceShape::Full, 0.0);
        let fits: Result<Vec<_>, _> = parts.iter().map(MultivariateNormal::fit).collect();
        prop_assert_eq!(found.is_ok(), fits.is_ok());
        if let (Ok(found), Ok(fits)) = (found, fits) {
            for (k, fit) in fits.iter().enumerate() {
                relative(found.weights().as_slice()[k], parts[k].ncols() as f64 / x.ncols() as f64, 8.0 * EPS)?;
                near(&found.components()[k].covariance(), &fit.distribution.covariance(), 64.0 * EPS)?;
                all_scaled(found.components()[k].mean().as_slice(), fit.distribution.mean().as_slice(), 8.0 * EPS, 13.0)?;
            }
        }
    }

    #[test]
    fn the_fit_of_a_mixture_moves_with_the_samples((x, start, m) in samples_and_start().prop_flat_map(|(x, start)| { let d = x.nrows(); (Just(x), Just(start), map(d)) })) {
        let settings = MixtureSettings { shape: CovarianceShape::Full, floor: 0.0, tolerance: 0.0, iterations: 3 };
        let Ok(fit) = GaussianMixture::fit(&x, &start, &settings) else {
            return Err(TestCaseError::reject("a component collapses"));
        };
        let k = fit.mixture.components().iter().map(condition).fold(1.0, f64::max);
        prop_assume!(k < 1e4);
        let moved = GaussianMixture::fit(&(&m * &x), &start, &settings)?;
        let jacobian = gradus_linalg::slogdet(&m)?.ln_abs * x.ncols() as f64;
        // iterations that end early differ by rounding; each enlarges what it is given by the condition at most
        let (found, expected) = (moved.ln_likelihoods[0], fit.ln_likelihoods[0] - jacobian);
        scaled(found, expected, 1e4 * EPS * k, 1e3)?;
        for (a, b) in fit.mixture.components().iter().zip(moved.mixture.components()) {
            let image = a.affine(&m, &DVector::zeros(a.dimension()))?;
            near(&b.covariance(), &image.covariance(), 1e6 * EPS * k)?;
        }
    }

    #[test]
    fn every_sample_has_one_group_and_every_group_a_sample((x, _) in samples_and_start(), k in 1..6_usize, seed in 0..999_u64) {
        let Ok(start) = plus_plus(&x, k, &mut Key::new(seed).rng()) else {
            // fewer different samples than groups
            let mut different: Vec<Vec<u64>> = x.column_iter().map(|c| c.iter().map(|x| x.to_bits()).collect()).collect();
            different.sort();
            different.dedup();
            prop_assert!(different.len() < k);
            return Ok(());
        };
        prop_assert!(start.iter().all(|r| *r == 0.0 || *r == 1.0));
        prop_assert!(start.column_iter().all(|column| column.sum() == 1.0));
        prop_assert!(start.row_iter().all(|row| row.sum() >= 1.0));
        prop_assert_eq!(start, plus_plus(&x, k, &mut Key::new(seed).rng())?);
    }

    #[test]
    fn groups_far_apart_are_found(seed in 0..999_u64, k in 1..5_usize, e in -150..150_i32) {
        let unit = 10_f64.powi(e);
        let x = DMatrix::from_fn(2, 4 * k, |i, j| unit * (1e9 * (j % k) as f64 + (3 * i + j / k) as f64));
        let start = plus_plus(&x, k, &mut Key::new(seed).rng())?;
        for j in 0..4 * k {
            prop_assert_eq!(start.column(j), start.column(j % k));
        }
    }
}

#[test]
fn the_covariance_of_a_mixture_is_within_plus_between() -> Result<(), Box<dyn Error>> {
    let cloud = |x: f64, y: f64, a: [f64; 4]| {
        MultivariateNormal::new(
            DVector::from_row_slice(&[x, y]),
            &DMatrix::from_row_slice(2, 2, &a),
        )
    };
    let mixture = GaussianMixture::new(
        Simplex::new(vec![0.3, 0.7])?,
        vec![
            cloud(0.0, 0.0, [1.0, 0.5, 0.5, 1.0])?,
            cloud(4.0, -2.0, [2.0, 0.0, 0.0, 0.1])?,
        ],
    )?;
    let (mut rng, n) = (Key::new(41).rng(), 15_000);
    let (mut draws, mut first) = (Vec::new(), 0.0);
    for _ in 0..n {
        let (k, x) = mixture.sample(&mut rng)?;
        first += f64::from(u8::from(k == 0));
        draws.push(x);
    }
    scaled(first / f64::from(n), 0.3, 5.0, (0.21 / f64::from(n)).sqrt())?;
    let sample = MultivariateNormal::fit(&DMatrix::from_columns(&draws))?.distribution;
    let (mean, covariance) = (mixture.mean(), mixture.covariance());
    for i in 0..2 {
        let error = (covariance[(i, i)] / f64::from(n)).sqrt();
        scaled(sample.mean()[i], mean[i], 5.0, error)?;
    }
    // fourth moments are at most 3 σ⁴ here: two groups are flatter than one bell
    near(
        &sample.covariance(),
        &covariance,
        5.0 * (3.0 / f64::from(n)).sqrt(),
    )?;
    Ok(())
}
