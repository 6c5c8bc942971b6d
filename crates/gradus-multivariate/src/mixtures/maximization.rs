//! The mixture that fits responsibilities best.

use super::gaussian_mixture::GaussianMixture;
use crate::error::{MultivariateError, check_length};
use crate::families::multivariate_normal::MultivariateNormal;
use crate::families::normal_fit::{centered, check_sample};
use crate::matrices::factor::Factor;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{LinalgError, qr, svd};
use gradus_numeric::norm2;
use gradus_probability::Simplex;

/// Which covariances the components of a mixture may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CovarianceShape {
    /// Any.
    Full,
    /// Diagonal: ellipsoids along the axes, d numbers instead of d (d + 1) / 2.
    Diagonal,
    /// A multiple of the identity: spheres.
    Spherical,
}

impl GaussianMixture {
    /// The mixture that fits samples best if they belong to the components in these parts: the maximization step.
    ///
    /// ```math
    /// n_k = \sum_j r_{kj}, \qquad \pi_k = \frac{n_k}n, \qquad \mu_k = \frac1{n_k} \sum_j r_{kj} x_j, \qquad
    /// \Sigma_k = \frac1{n_k} \sum_j r_{kj} (x_j - \mu_k)(x_j - \mu_k)^\top
    /// ```
    ///
    /// or the diagonal of $`\Sigma_k`$, or the mean of that, by `shape`. A variance below `floor`, in any direction, is raised to it: of all mixtures whose
    /// variances are at least the floor, this one makes $`\sum_{kj} r_{kj} \ln(\pi_k N(x_j; \mu_k, \Sigma_k))`$ largest.
    ///
    /// # Shapes
    ///
    /// `x: d × n`, `responsibilities: K × n`, each column a distribution.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | one component: the most likely normal law | `a_mixture_of_one_is_the_fit` |
    /// | one-hot responsibilities: the fits of the groups | `groups_that_are_known_are_fitted_apart` |
    /// | no variance is below the floor; with none below, the floor changes nothing | `no_direction_is_narrower_than_the_floor` |
    ///
    /// # Numerics
    ///
    /// From the deviations themselves, by an orthogonal triangularization and the singular values of its triangle: covariances are not
    /// formed.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::Collapsed`] if the floor is 0 and the samples of a component lie in a plane;
    /// [`MultivariateError::EmptyComponent`]; [`MultivariateError::Numeric`] if a column of responsibilities is no distribution;
    /// [`MultivariateError::Domain`] unless the floor is finite and at least 0; [`MultivariateError::LengthMismatch`],
    /// [`MultivariateError::NonFinite`], [`MultivariateError::NoDimension`]; [`MultivariateError::Probability`] for no sample.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::{CovarianceShape, GaussianMixture};
    /// use gradus_multivariate::nalgebra::DMatrix;
    ///
    /// let x = DMatrix::from_row_slice(1, 4, &[0.0, 2.0, 10.0, 14.0]);
    /// let r = DMatrix::from_row_slice(2, 4, &[1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0]);
    /// let mixture = GaussianMixture::from_responsibilities(&x, &r, CovarianceShape::Full, 0.0)?;
    /// let (first, second) = (&mixture.components()[0], &mixture.components()[1]);
    /// assert_eq!((first.mean()[0], second.mean()[0]), (1.0, 12.0));
    /// assert!((second.covariance()[(0, 0)] - 4.0).abs() < 1e-14);
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    ///
    /// # References
    ///
    /// Bishop (2006), §9.2.2, eq. 9.24–9.27.
    #[doc(alias = "M-step")]
    pub fn from_responsibilities(
        x: &DMatrix<f64>,
        responsibilities: &DMatrix<f64>,
        shape: CovarianceShape,
        floor: f64,
    ) -> Result<Self, MultivariateError> {
        check_length(
            "a row of responsibilities",
            responsibilities.ncols(),
            x.ncols(),
        )?;
        if !(floor >= 0.0 && floor.is_finite()) {
            return Err(MultivariateError::Domain {
                name: "floor",
                value: floor,
                domain: "finite and at least 0",
            });
        }
        for column in responsibilities.column_iter() {
            Simplex::new(column.into_owned().as_slice().to_vec())?;
        }
        let rows = responsibilities.row_iter().enumerate();
        let parts = rows.map(|(k, r)| component(k, x, r.transpose().as_slice(), shape, floor));
        let (weights, components): (Vec<f64>, Vec<_>) =
            parts.collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
        Self::new(Simplex::from_weights(&weights)?, components)
    }
}

/// $`n_k`$ and the normal law of component k.
fn component(
    k: usize,
    x: &DMatrix<f64>,
    r: &[f64],
    shape: CovarianceShape,
    floor: f64,
) -> Result<(f64, MultivariateNormal), MultivariateError> {
    if !x.is_empty() && r.iter().all(|r| *r == 0.0) {
        return Err(MultivariateError::EmptyComponent { component: k });
    }
    let total = check_sample(x, r)?;
    let (mean, root) = centered(x, r, total);
    let root = match shape {
        CovarianceShape::Full => raised(&root, floor.sqrt())?,
        CovarianceShape::Diagonal => axes(&root, floor.sqrt()),
        CovarianceShape::Spherical => sphere(&root, floor.sqrt()),
    };
    let factor = Factor::of_root(&root).map_err(|error| collapsed(k, error))?;
    Ok((total, MultivariateNormal::with(mean, factor)?))
}

/// A root of the same covariance with d columns, its singular values raised to the floor.
///
/// Among the covariances above a floor the most likely one has the eigenvectors of the sample's, and its eigenvalues where they are above.
fn raised(root: &DMatrix<f64>, floor: f64) -> Result<DMatrix<f64>, MultivariateError> {
    let (d, n) = root.shape();
    // with fewer samples than dimensions, zeros stand for those that are missing
    let padded = root.clone().resize(d, n.max(d), 0.0);
    let triangle = qr(&padded.transpose())?.r.transpose();
    if floor == 0.0 {
        return Ok(triangle);
    }
    let svd = svd(&triangle)?;
    if svd.singular_values.iter().all(|s| *s >= floor) {
        return Ok(triangle);
    }
    Ok(svd.u * DMatrix::from_diagonal(&svd.singular_values.map(|s| s.max(floor))))
}

/// The standard deviation of each feature, raised to the floor.
fn axes(root: &DMatrix<f64>, floor: f64) -> DMatrix<f64> {
    let length = |i: usize| norm2(root.row(i).transpose().as_slice());
    let deviations = DVector::from_fn(root.nrows(), |i, _| length(i).max(floor));
    DMatrix::from_diagonal(&deviations)
}

/// The root of the mean of their squares, raised to the floor.
fn sphere(root: &DMatrix<f64>, floor: f64) -> DMatrix<f64> {
    let d = root.nrows();
    let deviation = norm2(root.as_slice()) / (d as f64).sqrt();
    DMatrix::from_diagonal_element(d, d, deviation.max(floor))
}

/// A pivot of a component, in its own words.
fn collapsed(component: usize, error: MultivariateError) -> MultivariateError {
    match error {
        MultivariateError::Linalg(LinalgError::NotPositiveDefinite { index, pivot }) => {
            MultivariateError::Collapsed {
                component,
                feature: index,
                left: pivot,
            }
        }
        other => other,
    }
}
