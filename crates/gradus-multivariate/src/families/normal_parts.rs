//! What stays normal: parts, images, and what is left when a part is known.

use super::multivariate_normal::MultivariateNormal;
use crate::error::MultivariateError;
use gradus_linalg::nalgebra::{DMatrix, DVector};

impl MultivariateNormal {
    /// The law of some coordinates alone, in the order in which they are named.
    ///
    /// ```math
    /// X_S \sim N(\mu_S, \Sigma_{SS})
    /// ```
    ///
    /// # Errors
    ///
    /// [`MultivariateError::NoCoordinate`], [`MultivariateError::RepeatedCoordinate`]; [`MultivariateError::NoDimension`] for none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::MultivariateNormal;
    /// use gradus_multivariate::nalgebra::DVector;
    ///
    /// let vector = |x: &[f64]| DVector::from_row_slice(x);
    /// let law = MultivariateNormal::from_variances(vector(&[1.0, 2.0, 3.0]), &vector(&[1.0, 4.0, 9.0]))?;
    /// let expected = MultivariateNormal::from_variances(vector(&[3.0, 1.0]), &vector(&[9.0, 1.0]))?;
    /// assert_eq!(law.marginal(&[2, 0])?, expected);
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    ///
    /// # References
    ///
    /// Bishop (2006), §2.3.2, eq. 2.98.
    pub fn marginal(&self, coordinates: &[usize]) -> Result<Self, MultivariateError> {
        let ellipsoid = self.ellipsoid.shadow(coordinates)?;
        Ok(Self { ellipsoid })
    }

    /// The law of the other coordinates, in their order, when those in `known` have these `values`.
    ///
    /// ```math
    /// X_2 \mid x_1 \sim N\left(\mu_2 + \Sigma_{21} \Sigma_{11}^{-1} (x_1 - \mu_1),\; \Sigma_{22} - \Sigma_{21} \Sigma_{11}^{-1} \Sigma_{12}\right)
    /// ```
    ///
    /// The mean is that of linear regression, and the covariance, a Schur complement, does not depend on the values: this is Kalman's
    /// filter, Gaussian processes and the best linear prediction in one formula.
    ///
    /// # Numerics
    ///
    /// With the known coordinates first, the root of the covariance is $`(L_{11}, 0; L_{21}, L_{22})`$, and the root of the Schur
    /// complement is $`L_{22}`$: nothing is subtracted.
    ///
    /// # Errors
    ///
    /// As [`marginal`](Self::marginal); [`MultivariateError::NoDimension`] if all coordinates are known; [`MultivariateError::LengthMismatch`]
    /// and [`MultivariateError::NonFinite`] for the values, or a mean that overflows.
    ///
    /// # References
    ///
    /// Bishop (2006), §2.3.1, eq. 2.81–2.82.
    #[doc(alias = "Schur complement")]
    pub fn conditional(
        &self,
        known: &[usize],
        values: &DVector<f64>,
    ) -> Result<Self, MultivariateError> {
        let ellipsoid = self.ellipsoid.section(known, values)?.rest;
        Ok(Self { ellipsoid })
    }

    /// The law of $`A X + b`$.
    ///
    /// ```math
    /// A X + b \sim N(A \mu + b,\; A \Sigma A^\top)
    /// ```
    ///
    /// # Shapes
    ///
    /// `a: k × d`, `b: k`, with $`k \le d`$.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::Linalg`] if the shapes do not fit, or if the rows of a are dependent: then the image lies in a plane and has no density (the pivot
    /// tells the row); [`MultivariateError::LengthMismatch`], [`MultivariateError::NonFinite`].
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::MultivariateNormal;
    /// use gradus_multivariate::nalgebra::{DMatrix, DVector};
    ///
    /// // the sum of a normal number of variance 9 and one of variance 16 has variance 25
    /// let law = MultivariateNormal::from_variances(DVector::zeros(2), &DVector::from_row_slice(&[9.0, 16.0]))?;
    /// let sum = law.affine(&DMatrix::from_row_slice(1, 2, &[1.0, 1.0]), &DVector::from_element(1, 7.0))?;
    /// assert_eq!((sum.mean()[0], sum.cholesky_factor()[(0, 0)]), (7.0, 5.0));
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    ///
    /// # References
    ///
    /// Mardia, Kent and Bibby (1979), theorem 3.1.1.
    pub fn affine(&self, a: &DMatrix<f64>, b: &DVector<f64>) -> Result<Self, MultivariateError> {
        let ellipsoid = self.ellipsoid.image(a, b)?;
        Ok(Self { ellipsoid })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_that_do_not_exist() {
        let law = MultivariateNormal::new(DVector::zeros(2), &DMatrix::identity(2, 2)).unwrap();
        let (index, dimension) = (2, 2);
        let error = MultivariateError::NoCoordinate { index, dimension };
        assert_eq!(law.marginal(&[0, 2]), Err(error));
        let error = MultivariateError::RepeatedCoordinate { index: 1 };
        assert_eq!(law.marginal(&[1, 1]), Err(error));
        assert_eq!(law.marginal(&[]), Err(MultivariateError::NoDimension));
        let none = DVector::zeros(0);
        assert_eq!(law.conditional(&[], &none), Ok(law.clone()));
        let all = law.conditional(&[1, 0], &DVector::zeros(2));
        assert_eq!(all, Err(MultivariateError::NoDimension));
        assert!(law.conditional(&[0], &none).is_err());
        let nan = DVector::from_element(1, f64::NAN);
        assert!(law.conditional(&[0], &nan).is_err());
    }

    #[test]
    fn images_in_a_plane_have_no_density() {
        let law = MultivariateNormal::new(DVector::zeros(2), &DMatrix::identity(2, 2)).unwrap();
        let line = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 6.0]);
        assert!(law.affine(&line, &DVector::zeros(2)).is_err());
        assert!(
            law.affine(&DMatrix::zeros(1, 2), &DVector::zeros(1))
                .is_err()
        );
        assert!(
            law.affine(&DMatrix::zeros(3, 2), &DVector::zeros(3))
                .is_err()
        );
        assert!(
            law.affine(&DMatrix::zeros(1, 3), &DVector::zeros(1))
                .is_err()
        );
        assert!(
            law.affine(&DMatrix::zeros(1, 2), &DVector::zeros(2))
                .is_err()
        );
    }
}
