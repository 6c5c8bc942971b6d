//! Mean and variance unknown, both. Book: *Heavy tails and unknown covariances*.

/// What is believed of the mean and the variance of normal numbers after the observations x, in one dimension. The prior is
/// (location m, weight κ, scale Ψ): m is worth κ observations. With n observations of the mean $`\bar x`$
///
/// $`m' = \frac{\kappa m + n \bar x}{\kappa + n}`$, $`\kappa' = \kappa + n`$,
/// $`\Psi' = \Psi + \sum_j (x_j - \bar x)^2 + \frac{\kappa n}{\kappa + n} (\bar x - m)^2`$.
pub fn normal_inverse_wishart_update(prior: (f64, f64, f64), x: &[f64]) -> (f64, f64, f64) {
    todo!("{prior:?} {x:?}")
}

gradus_judges::judge!(normal_inverse_wishart_update);
