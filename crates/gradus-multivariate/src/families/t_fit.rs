//! The most likely t distribution of vectors.

use super::multivariate_t::MultivariateT;
use super::normal_fit::{centered, check_sample, no_spread};
use crate::error::{MultivariateError, check_positive};
use crate::matrices::ellipsoid::Ellipsoid;
use crate::matrices::factor::Factor;
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::CompensatedSum;
use gradus_probability::{Fit, ProbabilityError};

impl MultivariateT {
    /// The most likely law of a sample, for known degrees of `freedom`: location and scale.
    ///
    /// ```math
    /// m = \frac{\sum_j v_j x_j}{\sum_j v_j}, \qquad S = \frac{\sum_j v_j (x_j - m)(x_j - m)^\top}{\sum_j v_j}, \qquad v_j = \frac{\nu + d}{\nu + r_j^2}
    /// ```
    ///
    /// with the distances $`r_j`$ from $`m`$ in units of $`S`$, again and again, from the mean and covariance on (the expectation–maximization algorithm with one more
    /// parameter): what is far out counts little. For $`\nu \ge 1`$ there is a single top.
    ///
    /// # Shapes
    ///
    /// `x: d × n`, one sample a column.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | no other location and scale makes the sample more probable | `no_t_law_is_more_likely_than_the_fit` |
    /// | one dimension: the fit of [`StudentT`](gradus_probability::StudentT) at its degrees of freedom | `t_fits_of_one_dimension_are_students` |
    /// | a weight of 2 counts a sample twice | `weights_of_t_and_wishart_fits_are_repetitions` |
    /// | the fit of many draws is within five standard errors of the truth | `t_and_wishart_fits_find_the_law_of_the_draws` |
    ///
    /// # Errors
    ///
    /// As [`fit_weighted`](Self::fit_weighted).
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::MultivariateT;
    /// use gradus_multivariate::nalgebra::DMatrix;
    ///
    /// // corners of a square, all at the same distance √2 for S = I: the weights are 1, and S is the covariance
    /// let corners = DMatrix::from_row_slice(2, 4, &[-1.0, 1.0, -1.0, 1.0, -1.0, -1.0, 1.0, 1.0]);
    /// let law = MultivariateT::fit(3.0, &corners)?.distribution;
    /// assert!((law.scale() - DMatrix::identity(2, 2)).amax() < 1e-13 && law.location().amax() < 1e-13);
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    ///
    /// # References
    ///
    /// J. T. Kent and D. E. Tyler, *Redescending M-estimates of multivariate location and scatter*, Ann. Statist. 19 (1991), 2102–2119, for the single top; J. T. Kent,
    /// D. E. Tyler and Y. Vardi, *A curious likelihood identity for the multivariate t-distribution*, Commun. Statist. Simul. 23 (1994), 441–453; K. L. Lange, R. J. A.
    /// Little and J. M. G. Taylor, *Robust statistical modeling using the t distribution*, JASA 84 (1989), 881–896, the information in appendix B.
    pub fn fit(freedom: f64, x: &DMatrix<f64>) -> Result<Fit<Self>, MultivariateError> {
        Self::fit_weighted(freedom, x, &vec![1.0; x.ncols()])
    }

    /// The same, of samples that were seen `weights` times.
    ///
    /// Standard errors are those of the location, and then those of the scale, column by column, from the expected information: with
    /// $`c = (\nu + d + 2) / (\nu + d)`$ and the sum n of the weights the roots of $`c \, s_{ii} / n`$ and $`c \, (s_{ii} s_{jj} + (1 + 2 / \nu) s_{ij}^2) / n`$.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::NoSpread`] if the samples lie in a plane, so if there are no more than d of them; [`ProbabilityError::NoMaximum`] if so many of them lie in a
    /// plane, or at one point, that the scale shrinks to it; [`MultivariateError::Domain`] for degrees that are not finite and positive;
    /// [`MultivariateError::NonFinite`]; [`MultivariateError::LengthMismatch`]; [`MultivariateError::Probability`] for a weight that is negative or not finite, or
    /// if all are 0; [`MultivariateError::NoDimension`].
    pub fn fit_weighted(
        freedom: f64,
        x: &DMatrix<f64>,
        weights: &[f64],
    ) -> Result<Fit<Self>, MultivariateError> {
        check_positive("freedom", freedom)?;
        let total = check_sample(x, weights)?;
        let distribution = Self::with(settled(freedom, x, weights, total)?, freedom)?;
        let mut ln_likelihood = CompensatedSum::default();
        for (x, w) in x.column_iter().zip(weights).filter(|(_, w)| **w > 0.0) {
            ln_likelihood.add(w * distribution.ln_pdf(&x.into_owned())?);
        }
        Ok(Fit {
            standard_errors: standard_errors(&distribution, total),
            ln_likelihood: ln_likelihood.value(),
            distribution,
        })
    }
}

/// Weighted means and scatters, until the weights stay.
fn settled(
    freedom: f64,
    x: &DMatrix<f64>,
    weights: &[f64],
    total: f64,
) -> Result<Ellipsoid, MultivariateError> {
    let weighted = |weights: &[f64], total: f64| {
        let (mean, root) = centered(x, weights, total);
        Ellipsoid::new(mean, Factor::of_root(&root)?)
    };
    let mut cloud = weighted(weights, total).map_err(no_spread)?;
    let d = x.nrows() as f64;
    let (mut before, mut change_before) = (vec![1.0; weights.len()], f64::INFINITY);
    for _ in 0..MOST_STEPS {
        let nearness: Vec<_> = (x.column_iter())
            .map(|x| (freedom + d) / (freedom + cloud.distance(x.into_owned().as_slice()).powi(2)))
            .collect();
        let products: Vec<_> = weights.iter().zip(&nearness).map(|(w, v)| w * v).collect();
        let sum = products.iter().copied().collect::<CompensatedSum>().value();
        // that it has collapsed is told by a root without a pivot
        cloud = weighted(&products, sum).map_err(|_| COLLAPSED)?;
        let changes = nearness
            .iter()
            .zip(&before)
            .map(|(v, before)| (v / before - 1.0).abs());
        let change = changes.fold(0.0, f64::max);
        // steps shrink by a factor, until they are rounding
        if change <= LAST || change < SMALL && change >= change_before {
            return Ok(cloud);
        }
        (before, change_before) = (nearness, change);
    }
    Err(COLLAPSED.into())
}

fn standard_errors(law: &MultivariateT, n: f64) -> Vec<f64> {
    let (scale, nu, d) = (law.scale(), law.freedom(), law.dimension());
    let s = |i: usize, j: usize| scale[(i, j)];
    let c = (nu + d as f64 + 2.0) / (nu + d as f64) / n;
    let locations = (0..d).map(|i| (c * s(i, i)).sqrt());
    let pairs = (0..d).flat_map(|j| (0..d).map(move |i| (i, j)));
    let square = |i: usize, j: usize| (1.0 + 2.0 / nu) * s(i, j) * s(i, j);
    let scales = pairs.map(|(i, j)| (c * (s(i, i) * s(j, j) + square(i, j))).sqrt());
    locations.chain(scales).collect()
}

/// Some fifty are usual; thousands if nearly too many samples lie in a plane.
const MOST_STEPS: usize = 10_000;

/// Changes of the weights that are rounding, and that may be.
const LAST: f64 = 8.0 * f64::EPSILON;
const SMALL: f64 = 1e-8;

const COLLAPSED: ProbabilityError = ProbabilityError::NoMaximum {
    reason: "too many samples lie in a plane, or at one point, and the scale shrinks to it",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_without_a_fit() {
        let line = DMatrix::from_row_slice(2, 4, &[0.0, 1.0, 2.0, 3.0, 0.0, 1.0, 2.0, 3.0]);
        assert!(matches!(
            MultivariateT::fit(2.0, &line),
            Err(MultivariateError::NoSpread { feature: 1, .. })
        ));
        // four of five on a line: more than (ν + 1) / (ν + 2) of them
        let mut nearly = line.clone().insert_column(4, 0.0);
        nearly[(0, 4)] = 1.0;
        assert_eq!(
            MultivariateT::fit(1.0, &nearly).map(|_| ()),
            Err(COLLAPSED.into())
        );
        assert!(MultivariateT::fit(9.0, &nearly).is_ok());
        for freedom in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let fit = MultivariateT::fit(freedom, &nearly);
            assert!(matches!(fit, Err(MultivariateError::Domain { .. })));
        }
        assert!(MultivariateT::fit(1.0, &DMatrix::zeros(2, 0)).is_err());
        assert!(MultivariateT::fit_weighted(1.0, &nearly, &[1.0; 4]).is_err());
    }

    #[test]
    fn what_is_far_out_counts_little() -> Result<(), MultivariateError> {
        let mut x = DMatrix::from_fn(2, 12, |i, j| ((i + 1) * j * 7 % 13) as f64);
        let near = MultivariateT::fit(2.0, &x)?.distribution;
        x[(0, 11)] = 1e150;
        let far = MultivariateT::fit(2.0, &x)?.distribution;
        assert!((near.location() - far.location()).amax() < 3.0 && far.scale().amax() < 200.0);
        Ok(())
    }
}
