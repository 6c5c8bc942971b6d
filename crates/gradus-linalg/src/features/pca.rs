//! Principal components.

use crate::checked::scaled::unscaled;
use crate::error::LinalgError;
use crate::features::affine::{map_and_move, map_deviations};
use crate::features::centered::Centered;
use crate::features::covariance::degrees_of_freedom;
use crate::kernels::sign::{signs, times_signs};
use crate::scalar::Scalar;
use crate::spectra::svd::Triples;
use nalgebra::{DMatrix, DVector};

/// The directions in which data vary most, found by [`Pca::fit`].
///
/// # Examples
///
/// ```
/// use gradus_linalg::{Pca, nalgebra::DMatrix};
///
/// // Four samples on the line (1, 2) + t (3, 4) / 5, t = -10, -5, 5, 10.
/// let x = DMatrix::from_row_slice(2, 4, &[-5.0, -2.0, 4.0, 7.0, -6.0, -2.0, 6.0, 10.0]);
/// let pca = Pca::fit(&x, 0)?.truncated(1);
/// assert!((pca.components()[(0, 0)] - 0.6_f64).abs() < 1e-15);
/// assert!((pca.explained_variance()[0] - 62.5).abs() < 1e-13); // (100 + 25 + 25 + 100) / 4
/// let scores = pca.transform(&x)?; // t, one number instead of two
/// assert!((scores[(0, 3)] - 10.0).abs() < 1e-14);
/// assert!((pca.inverse_transform(&scores)? - x).amax() < 1e-14);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[doc(alias = "principal component analysis")]
pub struct Pca<T: Scalar> {
    mean: DVector<T>,
    components: DMatrix<T>,
    explained_variance: DVector<T>,
    explained_variance_ratio: DVector<T>,
}

impl<T: Scalar> Pca<T> {
    /// Finds all principal components of data.
    ///
    /// ```math
    /// C = U \Lambda U^\top, \qquad u_1 = \arg\max_{\lVert u \rVert = 1} u^\top C u, \qquad
    /// \lambda_i = u_i^\top C u_i
    /// ```
    ///
    /// where $`C`$ is the [`covariance`](crate::covariance) of the data with this `ddof`. The first component is the direction of largest variance,
    /// each further one the same among the directions perpendicular to those before. No other
    /// $`k`$-dimensional subspace through the mean is nearer to the samples than that of the first $`k`$.
    ///
    /// # Shapes
    ///
    /// `x: p × n`, one sample a column. There are $`k = \min(p, n)`$ components; with $`n \le p`$ the last
    /// of them has no variance.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | $`\sum \lambda_i = \operatorname{tr} C`$ | `explained_variances_sum_to_the_total_variance` |
    /// | $`U^\top C U = \Lambda`$: scores are uncorrelated | `scores_are_uncorrelated_with_the_explained_variances` |
    /// | $`U^\top U = I`$ | `principal_components_are_orthonormal` |
    /// | all components together give the data back | `all_components_together_give_the_data_back` |
    /// | the error of $`k`$ components is $`\sum_{i>k} \lambda_i`$ | `the_variance_not_explained_is_the_error_of_reconstruction` |
    /// | $`\lambda(x + c) = \lambda(x)`$, $`\lambda(Q x) = \lambda(x)`$ | `explained_variances_do_not_change_under_translation_and_rotation` |
    ///
    /// # Numerics
    ///
    /// From the checked singular value decomposition of $`X - \mu`$ in `f64`, which squares nothing: a
    /// variance is right down to $`\varepsilon^2 \lambda_1`$, one from the covariance matrix to
    /// $`\varepsilon \lambda_1`$. The sign of a component is chosen so that the first of its entries of
    /// largest modulus (within $`\sqrt\varepsilon`$) is positive. Data that do not vary have variances and
    /// ratios 0.
    ///
    /// # Errors
    ///
    /// [`LinalgError::NonFinite`]; [`LinalgError::TooFewSamples`] for no sample, or no more than `ddof`;
    /// [`LinalgError::Overflow`] if a variance is too large for `T`; [`LinalgError::NoDecomposition`] and
    /// [`LinalgError::Inaccurate`] as [`svd`](crate::svd).
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Pca, nalgebra::DMatrix};
    ///
    /// let x = DMatrix::from_row_slice(2, 4, &[3.0, -3.0, 0.0, 0.0, 0.0, 0.0, 1.0, -1.0]);
    /// let pca = Pca::fit(&x, 0)?; // variances (9 + 9) / 4 and (1 + 1) / 4
    /// assert!((pca.explained_variance()[0] - 4.5_f64).abs() < 1e-14);
    /// assert!((pca.explained_variance_ratio()[0] - 0.9).abs() < 1e-15);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    ///
    /// # References
    ///
    /// K. Pearson, *On lines and planes of closest fit to systems of points in space*, Phil. Mag. 2 (1901),
    /// 559–572, <https://doi.org/10.1080/14786440109462720>; M. P. Deisenroth, A. A. Faisal and C. S. Ong,
    /// *Mathematics for Machine Learning* (2020), §10.2 and §10.3.
    pub fn fit(x: &DMatrix<T>, ddof: usize) -> Result<Self, LinalgError> {
        let operation = "pca";
        let data = Centered::new(x)?;
        let d = degrees_of_freedom(x.ncols(), ddof)?;
        let (deviations, e) = data.on_one_scale();
        let svd = Triples::new(&deviations)?;
        let column =
            |f: &dyn Fn(f64) -> f64| DMatrix::from_fn(svd.sigma.len(), 1, |i, _| f(svd.sigma[i]));
        let total: f64 = svd.sigma.iter().map(|s| s * s).sum();
        let variance = column(&|s| s * s / d);
        let ratio = column(&|s| if total > 0.0 { s * s / total } else { 0.0 });
        let components = times_signs(svd.u.clone(), &signs(&svd.u));
        let vector = |a: DMatrix<T>| a.column(0).into_owned();
        Ok(Self {
            mean: data.mean(operation)?,
            components: unscaled(components, 0, operation)?,
            explained_variance: vector(unscaled(variance, 2 * e, operation)?),
            explained_variance_ratio: vector(unscaled(ratio, 0, operation)?),
        })
    }

    /// The first `k` components only, or all if there are fewer.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Pca, nalgebra::DMatrix};
    ///
    /// let pca = Pca::fit(&DMatrix::<f64>::identity(3, 9), 0)?;
    /// assert_eq!(pca.truncated(2).components().shape(), (3, 2));
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    #[must_use]
    pub fn truncated(&self, k: usize) -> Self {
        let k = k.min(self.components.ncols());
        Self {
            mean: self.mean.clone(),
            components: self.components.columns(0, k).into_owned(),
            explained_variance: self.explained_variance.rows(0, k).into_owned(),
            explained_variance_ratio: self.explained_variance_ratio.rows(0, k).into_owned(),
        }
    }

    /// $`\mu`$, the mean of the samples: one number a feature.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Pca, nalgebra::DMatrix};
    ///
    /// let x = DMatrix::<f64>::from_row_slice(2, 4, &[4.0, -2.0, 2.0, 0.0, 5.0, -1.0, 1.0, 3.0]);
    /// assert_eq!(Pca::fit(&x, 0)?.mean().as_slice(), [1.0, 2.0]);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    #[must_use]
    pub fn mean(&self) -> &DVector<T> {
        &self.mean
    }

    /// $`U`$: one component a column, `p × k`.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Pca, nalgebra::DMatrix};
    ///
    /// // Deviations ±(3, 3) and ±(1, −1) from the mean (1, 2): along (1, 1) they are longer.
    /// let x = DMatrix::<f64>::from_row_slice(2, 4, &[4.0, -2.0, 2.0, 0.0, 5.0, -1.0, 1.0, 3.0]);
    /// let u = Pca::fit(&x, 0)?;
    /// assert!((u.components()[(0, 0)] - 0.5_f64.sqrt()).abs() < 1e-15);
    /// assert!((u.components()[(1, 0)] - 0.5_f64.sqrt()).abs() < 1e-15);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    #[must_use]
    pub fn components(&self) -> &DMatrix<T> {
        &self.components
    }

    /// $`\lambda_1 \ge \lambda_2 \ge \dots \ge 0`$: the variance of the data along each component.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Pca, nalgebra::DMatrix};
    ///
    /// // Deviations ±(3, 3) and ±(1, −1): 2 · 18 / 4 and 2 · 2 / 4.
    /// let x = DMatrix::<f64>::from_row_slice(2, 4, &[4.0, -2.0, 2.0, 0.0, 5.0, -1.0, 1.0, 3.0]);
    /// let pca = Pca::fit(&x, 0)?;
    /// assert!((pca.explained_variance()[0] - 9.0).abs() < 1e-14);
    /// assert!((pca.explained_variance()[1] - 1.0).abs() < 1e-14);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    #[must_use]
    pub fn explained_variance(&self) -> &DVector<T> {
        &self.explained_variance
    }

    /// $`\lambda_i / \operatorname{tr} C`$: the share of each component in the variance of the data (of all
    /// of it, also after [`truncated`](Self::truncated)); 0 if the data do not vary.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Pca, nalgebra::DMatrix};
    ///
    /// let x = DMatrix::<f64>::from_row_slice(2, 4, &[4.0, -2.0, 2.0, 0.0, 5.0, -1.0, 1.0, 3.0]);
    /// let pca = Pca::fit(&x, 0)?; // variances 9 and 1
    /// assert!((pca.explained_variance_ratio()[0] - 0.9).abs() < 1e-15);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    #[must_use]
    pub fn explained_variance_ratio(&self) -> &DVector<T> {
        &self.explained_variance_ratio
    }

    /// Coordinates of samples along the components: $`U^\top (x - \mu)`$.
    ///
    /// # Shapes
    ///
    /// `x: p × n` (any `n`, also of other samples than were fitted); the scores: `k × n`.
    ///
    /// # Errors
    ///
    /// [`LinalgError::ShapeMismatch`] if the samples have other features than those that were fitted;
    /// [`LinalgError::NonFinite`]; [`LinalgError::Overflow`].
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Pca, nalgebra::DMatrix};
    ///
    /// // Deviations ±(3, 3) and ±(1, −1) from the mean (1, 2).
    /// let x = DMatrix::<f64>::from_row_slice(2, 4, &[4.0, -2.0, 2.0, 0.0, 5.0, -1.0, 1.0, 3.0]);
    /// let y = Pca::fit(&x, 0)?.transform(&x)?;
    /// assert!((y[(0, 0)] - 18.0_f64.sqrt()).abs() < 1e-14 && y[(1, 0)].abs() < 1e-14);
    /// assert!(y[(0, 2)].abs() < 1e-14 && (y[(1, 2)].abs() - 2.0_f64.sqrt()).abs() < 1e-14);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    pub fn transform(&self, x: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
        map_deviations("pca", &self.components.transpose(), x, &self.mean)
    }

    /// The samples with these coordinates: $`U y + \mu`$, the nearest ones if components were left out.
    ///
    /// # Shapes
    ///
    /// `scores: k × n`; the samples: `p × n`.
    ///
    /// # Errors
    ///
    /// [`LinalgError::ShapeMismatch`] unless there is one score for each component;
    /// [`LinalgError::NonFinite`]; [`LinalgError::Overflow`]; [`LinalgError::TooLarge`] if there are no scores, but more
    /// samples than memory can hold.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Pca, nalgebra::DMatrix};
    ///
    /// let x = DMatrix::<f64>::from_row_slice(2, 4, &[4.0, -2.0, 2.0, 0.0, 5.0, -1.0, 1.0, 3.0]);
    /// let pca = Pca::fit(&x, 0)?.truncated(1); // along (1, 1)
    /// let nearest = pca.inverse_transform(&pca.transform(&x)?)?;
    /// assert!((nearest[(0, 0)] - 4.0).abs() < 1e-14); // (4, 5) lies on the line,
    /// assert!((nearest[(0, 2)] - 1.0).abs() < 1e-14); // (2, 1) goes to the mean (1, 2)
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    pub fn inverse_transform(&self, scores: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
        map_and_move("pca", &self.components, scores, &self.mean)
    }
}

#[cfg(test)]
mod tests {
    use super::Pca;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn constant_data_do_not_vary() -> Result<(), LinalgError> {
        for x in [0.1, 0.0, -1e300] {
            let pca = Pca::fit(&DMatrix::from_element(3, 7, x), 1)?;
            assert_eq!(pca.explained_variance().as_slice(), [0.0; 3]);
            assert_eq!(pca.explained_variance_ratio().as_slice(), [0.0; 3]);
            assert_eq!(pca.mean().as_slice(), [x; 3]);
            assert_eq!(
                pca.transform(&DMatrix::from_element(3, 2, x))?,
                DMatrix::zeros(3, 2)
            );
        }
        Ok(())
    }

    #[test]
    fn fewer_samples_than_features_span_fewer_components() -> Result<(), LinalgError> {
        let x = DMatrix::from_row_slice(3, 2, &[1.0, 3.0, 2.0, 2.0, 5.0, 5.0]);
        let pca = Pca::fit(&x, 1)?;
        assert_eq!(pca.components().shape(), (3, 2));
        assert!((pca.explained_variance()[0] - 2.0_f64).abs() < 1e-15);
        assert!(pca.explained_variance()[1] < 1e-30);
        assert!((pca.components()[(0, 0)] - 1.0).abs() < 1e-15);
        Ok(())
    }

    #[test]
    fn nothing_is_fitted_by_nothing() -> Result<(), LinalgError> {
        let pca = Pca::fit(&DMatrix::<f32>::zeros(0, 4), 0)?;
        assert_eq!((pca.components().shape(), pca.mean().len()), ((0, 0), 0));
        assert_eq!(pca.transform(&DMatrix::zeros(0, 4))?.shape(), (0, 4));
        assert_eq!(
            pca.inverse_transform(&DMatrix::zeros(0, 4))?.shape(),
            (0, 4)
        );
        let none = Pca::fit(&DMatrix::<f64>::zeros(2, 0), 0);
        assert!(matches!(
            none,
            Err(LinalgError::TooFewSamples {
                samples: 0,
                least: 1
            })
        ));
        Ok(())
    }

    #[test]
    fn samples_of_other_features_are_refused() -> Result<(), LinalgError> {
        let pca = Pca::fit(&DMatrix::<f64>::identity(3, 3), 0)?.truncated(2);
        let refused = |answer| matches!(answer, Err(LinalgError::ShapeMismatch { .. }));
        assert!(refused(pca.transform(&DMatrix::zeros(2, 3))));
        assert!(refused(pca.inverse_transform(&DMatrix::zeros(3, 3))));
        let unknown = DMatrix::from_element(3, 1, f64::NAN);
        assert!(matches!(
            pca.transform(&unknown),
            Err(LinalgError::NonFinite { .. })
        ));
        Ok(())
    }

    #[test]
    fn extreme_sizes_keep_their_digits() -> Result<(), LinalgError> {
        let x = DMatrix::from_row_slice(2, 3, &[1.0, 2.0, 6.0, 5.0, 4.0, 1.0]);
        let pca = Pca::fit(&x, 0)?;
        for size in [2.0_f64.powi(-500), 2.0_f64.powi(500)] {
            let sized = Pca::fit(&(&x * size), 0)?;
            assert_eq!(sized.components(), pca.components());
            assert_eq!(
                sized.explained_variance(),
                &(pca.explained_variance() * (size * size))
            );
            assert_eq!(
                sized.explained_variance_ratio(),
                pca.explained_variance_ratio()
            );
            assert_eq!(sized.transform(&(&x * size))?, pca.transform(&x)? * size);
        }
        let huge = Pca::fit(&(x * 2.0_f64.powi(1000)), 0);
        assert!(matches!(huge, Err(LinalgError::Overflow { .. })));
        Ok(())
    }
}
