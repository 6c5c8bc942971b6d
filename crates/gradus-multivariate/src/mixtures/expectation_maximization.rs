//! Expectation and maximization in turn.

use super::gaussian_mixture::GaussianMixture;
use super::maximization::CovarianceShape;
use crate::error::MultivariateError;
use gradus_linalg::nalgebra::DMatrix;

/// What a fit of a mixture may have, and when it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MixtureSettings {
    /// Which covariances the components may have.
    pub shape: CovarianceShape,
    /// The smallest variance in any direction; with 0 a component that collapses is an error.
    pub floor: f64,
    /// Iterations end when one raises the mean of $`\ln p(x_j)`$ by no more than this.
    pub tolerance: f64,
    /// The largest number of iterations.
    pub iterations: usize,
}

/// A mixture that was fitted, and the way to it; made by [`GaussianMixture::fit`].
#[derive(Clone, Debug, PartialEq)]
pub struct MixtureFit {
    /// The mixture after the last iteration.
    pub mixture: GaussianMixture,
    /// The logarithm of its likelihood, at the start and after each iteration; it never falls.
    pub ln_likelihoods: Vec<f64>,
    /// Whether the last iteration raised it by no more than the tolerance.
    pub converged: bool,
}

impl GaussianMixture {
    /// Fits a mixture to samples by expectation and maximization in turn, from responsibilities to begin with.
    ///
    /// ```math
    /// r_{kj} \leftarrow \frac{\pi_k N(x_j; \mu_k, \Sigma_k)}{\sum_l \pi_l N(x_j; \mu_l, \Sigma_l)}, \qquad
    /// (\pi, \mu, \Sigma) \leftarrow \arg\max \sum_{kj} r_{kj} \ln(\pi_k N(x_j; \mu_k, \Sigma_k))
    /// ```
    ///
    /// Which component a sample came from is not known; were it known, the fit would be a formula. So the two are found in turn. By Jensen's
    /// inequality each turn raises the likelihood, or leaves it. It climbs to a maximum near the start, not to the highest: the
    /// likelihood of a mixture has no highest one, since a component on a single sample can be made as narrow, and so as likely, as
    /// one wants. The `floor` excludes that.
    ///
    /// # Shapes
    ///
    /// `x: d × n`, `start: K × n`, each column a distribution, as [`plus_plus`](crate::plus_plus) gives them.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | the likelihood never falls, for any floor and shape | `the_likelihood_of_a_mixture_never_falls` |
    /// | one component: the most likely normal law, at once | `a_mixture_of_one_is_the_fit` |
    /// | the fit of moved samples is the moved fit | `the_fit_of_a_mixture_moves_with_the_samples` |
    ///
    /// # Numerics
    ///
    /// Other programs add a number to the diagonal (scikit-learn: `reg_covar`), after which the likelihood may fall. Here variances are raised to the
    /// floor, the maximum under that constraint. Where no variance is below it, the iterations are those of scikit-learn with
    /// `reg_covar=0`. On one thread, in the order of the samples: the same bits everywhere.
    ///
    /// # Errors
    ///
    /// As [`from_responsibilities`](Self::from_responsibilities), at the start or in any iteration; [`MultivariateError::Domain`] unless the tolerance is finite and
    /// at least 0. Iterations that run out are no error: `converged` tells.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::{CovarianceShape, GaussianMixture, Key, MixtureSettings, plus_plus};
    /// use gradus_multivariate::nalgebra::DMatrix;
    ///
    /// // two groups, around 0 and around 10
    /// let x = DMatrix::from_row_slice(1, 6, &[-1.0, 0.0, 1.0, 9.0, 10.0, 11.0]);
    /// let start = plus_plus(&x, 2, &mut Key::new(1).rng())?;
    /// let settings = MixtureSettings { shape: CovarianceShape::Full, floor: 1e-6, tolerance: 1e-9, iterations: 100 };
    /// let fit = GaussianMixture::fit(&x, &start, &settings)?;
    /// assert!(fit.converged);
    /// let mut means: Vec<f64> = fit.mixture.components().iter().map(|c| c.mean()[0]).collect();
    /// means.sort_by(f64::total_cmp);
    /// assert!(means[0].abs() < 1e-6 && (means[1] - 10.0).abs() < 1e-6);
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    ///
    /// # References
    ///
    /// A. P. Dempster, N. M. Laird and D. B. Rubin, *Maximum likelihood from incomplete data via the EM algorithm*, J. R. Stat. Soc. B 39
    /// (1977), 1–38; Bishop (2006), §9.2.2 and §9.4.
    #[doc(alias = "EM")]
    pub fn fit(
        x: &DMatrix<f64>,
        start: &DMatrix<f64>,
        settings: &MixtureSettings,
    ) -> Result<MixtureFit, MultivariateError> {
        if !(settings.tolerance >= 0.0 && settings.tolerance.is_finite()) {
            return Err(MultivariateError::Domain {
                name: "tolerance",
                value: settings.tolerance,
                domain: "finite and at least 0",
            });
        }
        let best =
            |r: &DMatrix<f64>| Self::from_responsibilities(x, r, settings.shape, settings.floor);
        let mut mixture = best(start)?;
        let (mut r, ln_likelihood) = mixture.expectation(x)?;
        let (mut ln_likelihoods, mut converged) = (vec![ln_likelihood], false);
        while !converged && ln_likelihoods.len() <= settings.iterations {
            mixture = best(&r)?;
            let (next, ln_likelihood) = mixture.expectation(x)?;
            let rise = ln_likelihood - ln_likelihoods[ln_likelihoods.len() - 1];
            converged = rise <= settings.tolerance * x.ncols() as f64;
            ln_likelihoods.push(ln_likelihood);
            r = next;
        }
        Ok(MixtureFit {
            mixture,
            ln_likelihoods,
            converged,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> MixtureSettings {
        MixtureSettings {
            shape: CovarianceShape::Full,
            floor: 0.0,
            tolerance: 0.0,
            iterations: 5,
        }
    }

    #[test]
    fn a_component_on_one_sample_collapses_or_is_held_by_the_floor() {
        let x = DMatrix::from_row_slice(1, 4, &[0.0, 1.0, 2.0, 9.0]);
        let start = DMatrix::from_row_slice(2, 4, &[1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
        let (component, feature, left) = (1, 0, 0.0);
        let error = MultivariateError::Collapsed {
            component,
            feature,
            left,
        };
        assert_eq!(GaussianMixture::fit(&x, &start, &settings()), Err(error));
        for shape in [
            CovarianceShape::Full,
            CovarianceShape::Diagonal,
            CovarianceShape::Spherical,
        ] {
            let (floor, settings) = (0.25, settings());
            let fit = GaussianMixture::fit(
                &x,
                &start,
                &MixtureSettings {
                    shape,
                    floor,
                    ..settings
                },
            );
            let fit = fit.unwrap();
            assert_eq!(fit.mixture.components()[1].cholesky_factor()[(0, 0)], 0.5);
        }
    }

    #[test]
    fn starts_and_settings_that_are_none() {
        let x = DMatrix::from_row_slice(1, 3, &[0.0, 1.0, 5.0]);
        let of = |rows: &[f64], settings: &MixtureSettings| {
            let start = DMatrix::from_row_slice(rows.len() / 3, 3, rows);
            GaussianMixture::fit(&x, &start, settings).map(|fit| fit.ln_likelihoods.len())
        };
        let empty = MultivariateError::EmptyComponent { component: 1 };
        assert_eq!(of(&[1.0, 1.0, 1.0, 0.0, 0.0, 0.0], &settings()), Err(empty));
        assert!(matches!(
            of(&[1.0, 0.5, 1.0], &settings()),
            Err(MultivariateError::Numeric(_))
        ));
        assert!(of(&[], &settings()).is_err());
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            let (floor, tolerance) = (bad, bad);
            assert!(
                of(
                    &[1.0; 3],
                    &MixtureSettings {
                        floor,
                        ..settings()
                    }
                )
                .is_err()
            );
            assert!(
                of(
                    &[1.0; 3],
                    &MixtureSettings {
                        tolerance,
                        ..settings()
                    }
                )
                .is_err()
            );
        }
        let none = MixtureSettings {
            iterations: 0,
            ..settings()
        };
        assert_eq!(of(&[1.0; 3], &none), Ok(1));
        assert!(GaussianMixture::fit(&DMatrix::zeros(1, 0), &DMatrix::zeros(1, 0), &none).is_err());
    }
}
