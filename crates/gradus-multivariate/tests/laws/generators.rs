//! Laws to try theorems on, and comparisons of matrices.

use gradus_multivariate::MultivariateNormal;
use gradus_multivariate::nalgebra::{DMatrix, DVector};
use gradus_testkit::strategies::{orthogonal, positive_definite};
use gradus_testkit::{Violation, at_most, scaled};
use proptest::collection::SizeRange;
use proptest::prelude::*;

/// Covariances: of condition up to 50, diagonal ones of all sizes, nearly of rank one, all coordinates alike.
pub(crate) fn covariance(d: impl Into<SizeRange> + Clone) -> impl Strategy<Value = DMatrix<f64>> {
    let diagonal = prop::collection::vec(-6.0..6.0_f64, d.clone()).prop_map(|e| {
        DMatrix::from_fn(e.len(), e.len(), |i, j| {
            if i == j { 10_f64.powf(e[i]) } else { 0.0 }
        })
    });
    let near_a_line = (
        prop::collection::vec(-3.0..3.0_f64, d.clone()),
        -11.0..-1.0_f64,
    )
        .prop_map(|(v, e)| {
            let tiny = 10_f64.powf(e);
            DMatrix::from_fn(v.len(), v.len(), |i, j| {
                v[i] * v[j] + if i == j { tiny } else { 0.0 }
            })
        });
    let alike = (prop::collection::vec(Just(()), d.clone()), 0.0..0.9)
        .prop_map(|(d, r)| DMatrix::from_fn(d.len(), d.len(), |i, j| if i == j { 1.0 } else { r }));
    prop_oneof![4 => positive_definite(d), 1 => diagonal, 1 => near_a_line, 1 => alike]
}

/// A normal law and a point within some standard deviations of its mean.
pub(crate) fn law_and_point(
    d: impl Into<SizeRange> + Clone,
) -> impl Strategy<Value = (MultivariateNormal, DVector<f64>)> {
    covariance(d).prop_flat_map(|a| {
        let n = a.nrows();
        let numbers = || prop::collection::vec(-3.0..3.0_f64, n);
        (numbers(), numbers()).prop_filter_map("a law", move |(mean, z)| {
            let law = MultivariateNormal::new(DVector::from_vec(mean), &a).ok()?;
            let x = law.mean() + law.cholesky_factor() * DVector::from_vec(z);
            Some((law, x))
        })
    })
}

/// Two laws of one dimension.
pub(crate) fn two_laws(
    d: impl Strategy<Value = usize>,
) -> impl Strategy<Value = (MultivariateNormal, MultivariateNormal)> {
    d.prop_flat_map(|d| (law_and_point(d), law_and_point(d)))
        .prop_map(|((p, _), (q, _))| (p, q))
}

/// A square matrix of condition at most 100 for so many dimensions.
pub(crate) fn map(d: usize) -> impl Strategy<Value = DMatrix<f64>> {
    (
        orthogonal(d),
        orthogonal(d),
        prop::collection::vec(0.1..10.0_f64, d),
    )
        .prop_map(|(u, v, s)| u * DMatrix::from_diagonal(&DVector::from_vec(s)) * v)
}

/// The ratio of largest to smallest entry of the diagonal of a root squared: the condition is at least that.
pub(crate) fn condition(law: &MultivariateNormal) -> f64 {
    let largest = |a: &DMatrix<f64>| a.iter().fold(0.0_f64, |most, a| most.max(a.abs()));
    let (a, p) = (law.covariance(), law.precision());
    // in units in which all variances are 1
    let d = |i: usize| a[(i, i)].sqrt();
    let p = DMatrix::from_fn(p.nrows(), p.ncols(), |i, j| p[(i, j)] * d(i) * d(j));
    largest(&p) * law.dimension() as f64
}

/// Two matrices agree where entry (i, j) is measured by the roots of the diagonal entries i and j of the second.
pub(crate) fn near(a: &DMatrix<f64>, b: &DMatrix<f64>, tolerance: f64) -> Result<(), Violation> {
    for (i, j) in (0..b.nrows()).flat_map(|i| (0..b.ncols()).map(move |j| (i, j))) {
        let scale = (b[(i, i)] * b[(j, j)]).sqrt();
        scaled(a[(i, j)], b[(i, j)], tolerance, scale)?;
    }
    Ok(())
}

/// Values of a distribution function at draws are even: their distance is above this bound once in a million times (Massart).
pub(crate) fn even(mut values: Vec<f64>) -> Result<(), Violation> {
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let gap = values.iter().enumerate().fold(0.0, |gap, (i, f)| {
        f64::max(gap, f64::max((i + 1) as f64 / n - f, f - i as f64 / n))
    });
    at_most(gap, (2e6_f64.ln() / (2.0 * n)).sqrt())
}
