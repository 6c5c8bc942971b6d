//! How far, in units of the cloud? Book: *The normal law of vectors*.

/// The distance of Mahalanobis, $`\sqrt{(x - \mu)^\top \Sigma^{-1} (x - \mu)}`$, where `l` holds the rows of the Cholesky factor of the
/// covariance, $`\Sigma = L L^\top`$: a lower triangle with a positive diagonal.
///
/// It is the length of the z with $`L z = x - \mu`$.
pub fn mahalanobis(x: &[f64], mean: &[f64], l: &[Vec<f64>]) -> f64 {
    todo!("{x:?} {mean:?} {l:?}")
}

gradus_judges::judge!(mahalanobis);
