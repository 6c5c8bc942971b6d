//! Covariance, principal components, whitening.

use crate::inputs::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{
    LinalgError, Pca, Whitening, WhiteningKind, covariance, frobenius_norm, max_norm,
    symmetric_eigenvalues,
};
use gradus_testkit::strategies::{finite, integer_matrix, integers, matrix, orthogonal};
use gradus_testkit::{all_scaled, at_most, cases, relative, scaled};
use proptest::prelude::*;

/// Features × samples of every kind near one, some of them far from zero; at least one sample.
fn data() -> impl Strategy<Value = DMatrix<f64>> {
    let any = || any_matrix(|| 0..7, || 1..12).prop_map(|a| unit(&a));
    let moved = (any(), 1e-3..1e6).prop_map(|(a, mean)| a.map(|x| x + mean));
    prop_oneof![2 => any(), 1 => moved]
}

/// More samples than features, hence in general variance in every direction.
fn many_samples() -> impl Strategy<Value = DMatrix<f64>> {
    (1_usize..6, 2_usize..9).prop_flat_map(|(p, more)| {
        let mixed = (well_conditioned(p), matrix(p, p + more)).prop_map(|(a, x)| a * unit(&x));
        let near_one = matrix(p, p + more).prop_map(|x| unit(&x));
        prop_oneof![near_one, integer_matrix(p, p + more), mixed]
    })
}

fn kinds() -> impl Strategy<Value = WhiteningKind> {
    prop_oneof![Just(WhiteningKind::Pca), Just(WhiteningKind::Zca)]
}

fn deviations(pca: &Pca<f64>) -> Vec<f64> {
    pca.explained_variance().iter().map(|v| v.sqrt()).collect()
}

/// What one rounding of the data is worth after a whitening map: the largest number over the smallest deviation.
fn amplification(x: &DMatrix<f64>) -> Result<f64, LinalgError> {
    let least = deviations(&Pca::fit(x, 0)?).last().copied();
    Ok(max_norm(x) / least.unwrap_or(1.0))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn covariances_are_symmetric_and_positive_semidefinite(x in data(), scale in power_of_two()) {
        let scale = scale.clamp(1e-100, 1e100);
        let c = covariance(&(x * scale), 0)?;
        prop_assert_eq!(&c, &c.transpose());
        let lambda = symmetric_eigenvalues(&c)?;
        let largest = lambda.iter().copied().fold(0.0, f64::max);
        prop_assert!(lambda.iter().all(|l| *l >= -rounding(c.nrows(), c.nrows()) * largest), "{}", lambda);
    }

    #[test]
    fn covariances_of_integers_are_quotients_of_integers(x in integer_matrix(0..6, 2..9)) {
        // n² C = n Σ x xᵀ - Σx Σxᵀ, exact in integers.
        let n = x.ncols() as f64;
        let sum = x.column_sum();
        let expected = (&x * x.transpose() * n - &sum * sum.transpose()) / n;
        for (ddof, d) in [(0, n), (1, n - 1.0)] {
            let c = covariance(&x, ddof)?;
            for (i, j) in (0..x.nrows()).flat_map(|i| (0..x.nrows()).map(move |j| (i, j))) {
                let size = (expected[(i, i)] * expected[(j, j)]).sqrt() / d;
                scaled(c[(i, j)], expected[(i, j)] / d, 4.0 * n * U, size)?;
            }
        }
    }

    #[test]
    fn covariances_do_not_change_under_translation((x, c) in (1_usize..6).prop_flat_map(|p| (integer_matrix(p, 2..9), integers(p))), far in 0..30) {
        let c = DVector::from_vec(c) * 2.0_f64.powi(far);
        let moved = DMatrix::from_fn(x.nrows(), x.ncols(), |i, j| x[(i, j)] + c[i]);
        prop_assert_eq!(covariance(&moved, 0)?, covariance(&x, 0)?);
    }

    #[test]
    fn covariances_follow_a_linear_map((b, x) in (1_usize..6).prop_flat_map(|p| (integer_matrix(1..6, p), integer_matrix(p, 2..9))), ddof in 0_usize..2) {
        let c = covariance(&x, ddof)?;
        let expected = &b * &c * b.transpose();
        let size = frobenius_norm(&b).powi(2) * frobenius_norm(&c);
        let tolerance = rounding(x.nrows(), x.ncols());
        all_scaled(covariance(&(b * x), ddof)?.as_slice(), expected.as_slice(), tolerance, size)?;
    }

    #[test]
    fn constant_data_have_no_covariance(sample in proptest::collection::vec(finite(), 0..6), n in 2_usize..40) {
        let p = sample.len();
        let x = DMatrix::from_fn(p, n, |i, _| sample[i]);
        prop_assert_eq!(covariance(&x, 1)?, DMatrix::zeros(p, p));
        let pca = Pca::fit(&x, 1)?;
        prop_assert_eq!(pca.mean().as_slice(), &sample[..]);
        prop_assert!(pca.explained_variance().iter().all(|v| *v == 0.0));
        prop_assert!(pca.explained_variance_ratio().iter().all(|v| *v == 0.0));
    }

    #[test]
    fn explained_variances_sum_to_the_total_variance(x in data()) {
        let pca = Pca::fit(&x, 0)?;
        let total = covariance(&x, 0)?.trace();
        relative(pca.explained_variance().sum(), total, 2.0 * rounding(x.nrows(), x.ncols()))?;
        let share = if total > 0.0 { 1.0 } else { 0.0 };
        relative(pca.explained_variance_ratio().sum(), share, rounding(x.nrows(), 1))?;
        prop_assert!(pca.explained_variance().as_slice().windows(2).all(|v| v[0] >= v[1]));
    }

    #[test]
    fn scores_are_uncorrelated_with_the_explained_variances(x in data(), ddof in 0_usize..2) {
        let (p, n) = x.shape();
        prop_assume!(n > 1);
        let pca = Pca::fit(&x, ddof)?;
        let c = covariance(&pca.transform(&x)?, ddof)?;
        let expected = DMatrix::from_diagonal(pca.explained_variance());
        let largest = deviations(&pca).first().copied().unwrap_or(0.0);
        let error = 4.0 * rounding(p, n) * max_norm(&x);
        at_most(max_norm(&(c - expected)), error * (largest + error))?;
    }

    #[test]
    fn principal_components_are_orthonormal(x in data()) {
        let pca = Pca::fit(&x, 0)?;
        at_most(loss_of_orthogonality(pca.components()), 2.0 * rounding(x.nrows(), x.ncols()))?;
        for u in pca.components().column_iter() {
            let leading = u.iter().find(|x| x.abs() >= (1.0 - 1e-7) * u.amax());
            prop_assert!(leading.is_some_and(|x| *x > 0.0), "{}", u);
        }
    }

    #[test]
    fn all_components_together_give_the_data_back(x in data()) {
        let pca = Pca::fit(&x, 0)?;
        let back = pca.inverse_transform(&pca.transform(&x)?)?;
        at_most(max_norm(&(back - &x)), 4.0 * rounding(x.nrows(), x.ncols()) * max_norm(&x))?;
    }

    #[test]
    fn the_variance_not_explained_is_the_error_of_reconstruction(x in data(), k in 0_usize..5) {
        let (p, n) = x.shape();
        let all = Pca::fit(&x, 0)?;
        let some = all.truncated(k);
        let error = &x - some.inverse_transform(&some.transform(&x)?)?;
        let found = frobenius_norm(&error) / (n as f64).sqrt();
        let expected: f64 = all.explained_variance().iter().skip(k).sum();
        scaled(found, expected.sqrt(), 4.0 * rounding(p, n), max_norm(&x))?;
    }

    #[test]
    fn explained_variances_do_not_change_under_translation_and_rotation((x, c, q) in (1_usize..6).prop_flat_map(|p| (integer_matrix(p, 2..9), integers(p), orthogonal(p)))) {
        let expected = deviations(&Pca::fit(&x, 0)?);
        let moved = DMatrix::from_fn(x.nrows(), x.ncols(), |i, j| x[(i, j)] + 1024.0 * c[i]);
        prop_assert_eq!(&deviations(&Pca::fit(&moved, 0)?), &expected);
        let rotated = deviations(&Pca::fit(&(q * &x), 0)?);
        all_scaled(&rotated, &expected, 2.0 * rounding(x.nrows(), x.ncols()), max_norm(&x))?;
    }

    #[test]
    fn whitening_gives_the_identity_as_covariance(x in many_samples(), kind in kinds(), ddof in 0_usize..2) {
        let (p, n) = x.shape();
        match Whitening::fit(&x, kind, ddof, 0.0) {
            Ok(whitening) => {
                let white = whitening.transform(&x)?;
                let error = rounding(p, n) * amplification(&x)?;
                prop_assume!(error < 1e-3);
                at_most(max_norm(&(covariance(&white, ddof)? - DMatrix::identity(p, p))), 4.0 * error)?;
                for mean in white.row_iter().map(|row| row.mean()) {
                    at_most(mean.abs(), error)?;
                }
            }
            Err(LinalgError::NoVariance { deviation, bound, .. }) => at_most(deviation, bound)?,
            Err(error) => return Err(error.into()),
        }
    }

    #[test]
    fn regularized_whitening_shrinks_small_variances(x in data(), power in -6..1) {
        let (p, n) = x.shape();
        let epsilon = 10.0_f64.powi(power);
        let pca = Pca::fit(&x, 0)?;
        let white = Whitening::fit(&x, WhiteningKind::Pca, 0, epsilon)?.transform(&x)?;
        let c = covariance(&white, 0)?;
        let shrunk = |i: usize| pca.explained_variance().get(i).map_or(0.0, |v| v / (v + epsilon));
        let expected = DMatrix::from_fn(p, p, |i, j| if i == j { shrunk(i) } else { 0.0 });
        let error = 4.0 * rounding(p, n) * max_norm(&x) / epsilon.sqrt();
        at_most(max_norm(&(c - expected)), error * (1.0 + error))?;
    }

    #[test]
    fn the_zca_map_is_symmetric(x in data()) {
        let whitening = Whitening::fit(&x, WhiteningKind::Zca, 0, 1.0)?;
        prop_assert_eq!(whitening.matrix(), &whitening.matrix().transpose());
        let lambda = symmetric_eigenvalues(whitening.matrix())?;
        prop_assert!(lambda.iter().all(|l| *l > 0.0), "{}", lambda);
    }

    #[test]
    fn whitening_can_be_undone(x in many_samples(), kind in kinds()) {
        let (p, n) = x.shape();
        if let Ok(whitening) = Whitening::fit(&x, kind, 0, 0.0) {
            let back = whitening.inverse_transform(&whitening.transform(&x)?)?;
            at_most(max_norm(&(back - &x)), 4.0 * rounding(p, n) * amplification(&x)? * max_norm(&x))?;
        }
    }
}
