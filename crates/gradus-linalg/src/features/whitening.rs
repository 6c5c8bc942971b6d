//! Whitening: linear maps after which data have the identity as covariance.

use crate::checked::check::times;
use crate::checked::scaled::unscaled;
use crate::checked::size::check_size;
use crate::error::LinalgError;
use crate::features::affine::{map_and_move, map_deviations};
use crate::features::centered::Centered;
use crate::features::covariance::degrees_of_freedom;
use crate::kernels::sign::{signs, times_signs};
use crate::kernels::view::view;
use crate::scalar::Scalar;
use crate::spectra::svd::Triples;
use gradus_numeric::{Shape, ldexp};
use nalgebra::{DMatrix, DVector};

/// Which of the many whitening maps: any rotation of white data is white.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum WhiteningKind {
    /// $`\Lambda^{-1/2} U^\top`$: principal components, each divided by its standard deviation.
    Pca,
    /// $`U \Lambda^{-1/2} U^\top`$ (zero-phase, Mahalanobis): the same turned back, so that samples stay as
    /// near to where they were as a whitening map allows; whitened images still look like images.
    Zca,
}

/// An affine map to white data and the way back, found by [`Whitening::fit`].
#[derive(Clone, Debug, PartialEq)]
pub struct Whitening<T: Scalar> {
    mean: DVector<T>,
    matrix: DMatrix<T>,
    inverse: DMatrix<T>,
}

impl<T: Scalar> Whitening<T> {
    /// Finds the map that makes the features of data uncorrelated and of variance 1.
    ///
    /// ```math
    /// y = W (x - \mu), \qquad W C W^\top = I, \qquad
    /// W_{\text{PCA}} = (\Lambda + \epsilon I)^{-1/2} U^\top, \qquad
    /// W_{\text{ZCA}} = U (\Lambda + \epsilon I)^{-1/2} U^\top
    /// ```
    ///
    /// with the [`covariance`](crate::covariance) $`C = U \Lambda U^\top`$ of the data and the `regularization` $`\epsilon \ge 0`$.
    /// Gradient descent converges fastest on features of equal variance that do not vary together. With
    /// $`\epsilon > 0`$ directions that hardly vary are not blown up: their variance becomes
    /// $`\lambda / (\lambda + \epsilon) < 1`$.
    ///
    /// # Shapes
    ///
    /// `x: p × n`, one sample a column; the map: `p × p`.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | white data have mean 0 and covariance $`I`$ | `whitening_gives_the_identity_as_covariance` |
    /// | with $`\epsilon`$ variances are $`\lambda / (\lambda + \epsilon)`$ | `regularized_whitening_shrinks_small_variances` |
    /// | $`W_{\text{ZCA}} = W_{\text{ZCA}}^\top`$, to the bit | `the_zca_map_is_symmetric` |
    /// | the inverse undoes the map | `whitening_can_be_undone` |
    ///
    /// # Numerics
    ///
    /// From the singular values $`\sigma_i`$ of $`X - \mu`$ in `f64`, which squares nothing: standard
    /// deviations are $`\sqrt{\lambda_i + \epsilon}`$, as hypotenuses. Without regularization a direction
    /// with $`\sigma_i \le \max(p, n)\,\varepsilon\,\sigma_1`$ (the $`\varepsilon`$ of `T`) counts as one
    /// without variance, and is an error. Errors are $`\sigma_1 / \sigma_p`$ times rounding.
    ///
    /// # Errors
    ///
    /// [`LinalgError::NoVariance`] if a direction has none and there is no regularization (always, with no
    /// more samples than features); [`LinalgError::Domain`] if the regularization is negative or not finite;
    /// [`LinalgError::NonFinite`]; [`LinalgError::TooFewSamples`]; [`LinalgError::Overflow`];
    /// [`LinalgError::TooLarge`] if $`W`$ is too large for memory; [`LinalgError::NoDecomposition`] and
    /// [`LinalgError::Inaccurate`] as [`svd`](crate::svd).
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Whitening, WhiteningKind, nalgebra::DMatrix};
    ///
    /// // Variances 4.5 and 0.5, uncorrelated: divide by the roots.
    /// let x = DMatrix::from_row_slice(2, 4, &[3.0, -3.0, 0.0, 0.0, 0.0, 0.0, 1.0, -1.0]);
    /// let zca = Whitening::fit(&x, WhiteningKind::Zca, 0, 0.0)?;
    /// let white = zca.transform(&x)?;
    /// assert!((white[(0, 0)] - 2.0_f64.sqrt()).abs() < 1e-15); // 3 / √4.5
    /// assert!((white[(1, 3)] + 2.0_f64.sqrt()).abs() < 1e-15); // -1 / √0.5
    /// assert!((zca.inverse_transform(&white)? - x).amax() < 1e-14);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    ///
    /// # References
    ///
    /// A. Kessy, A. Lewin and K. Strimmer, *Optimal whitening and decorrelation*, The American Statistician 72
    /// (2018), 309–314, <https://arxiv.org/abs/1512.00809>, §2 and table 1.
    pub fn fit(
        x: &DMatrix<T>,
        kind: WhiteningKind,
        ddof: usize,
        regularization: T,
    ) -> Result<Self, LinalgError> {
        let operation = "whitening";
        let epsilon = regularization.to_f64();
        if !(epsilon >= 0.0 && epsilon.is_finite()) {
            return Err(LinalgError::Domain {
                name: "regularization",
                value: epsilon,
                domain: "finite and at least 0",
            });
        }
        let p = x.nrows();
        check_size::<f64>(operation, Shape::new(p, p))?;
        let data = Centered::new(x)?;
        let (deviations, e) = data.on_one_scale();
        let svd = Triples::new(&padded(&deviations))?;
        let scale = Deviation {
            exponent: e,
            denominator: degrees_of_freedom(x.ncols(), ddof)?,
        };
        if epsilon == 0.0 {
            check_variances(&svd.sigma, x.shape(), T::EPSILON.to_f64(), scale)?;
        }
        let s = svd.sigma.iter().map(|&s| scale.of(s).hypot(epsilon.sqrt()));
        let s: Vec<f64> = s.collect();
        let u = times_signs(svd.u.clone(), &signs(&svd.u));
        let (matrix, inverse) = maps(kind, &u, &s);
        Ok(Self {
            mean: data.mean(operation)?,
            matrix: unscaled(matrix, 0, operation)?,
            inverse: unscaled(inverse, 0, operation)?,
        })
    }

    /// $`\mu`$, the mean of the samples: one number a feature.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Whitening, WhiteningKind, nalgebra::DMatrix};
    ///
    /// let x = DMatrix::<f64>::from_row_slice(2, 4, &[4.0, -2.0, 2.0, 0.0, 5.0, -1.0, 1.0, 3.0]);
    /// let zca = Whitening::fit(&x, WhiteningKind::Zca, 0, 0.0)?;
    /// assert_eq!(zca.mean().as_slice(), [1.0, 2.0]);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    #[must_use]
    pub fn mean(&self) -> &DVector<T> {
        &self.mean
    }

    /// $`W`$: what maps deviations from the mean to white data.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Whitening, WhiteningKind, nalgebra::DMatrix};
    ///
    /// // Variance 9 along (1, 1), 1 along (1, −1): a third of the one part, all of the other.
    /// let x = DMatrix::<f64>::from_row_slice(2, 4, &[4.0, -2.0, 2.0, 0.0, 5.0, -1.0, 1.0, 3.0]);
    /// let zca = Whitening::fit(&x, WhiteningKind::Zca, 0, 0.0)?;
    /// let expected = DMatrix::from_row_slice(2, 2, &[2.0, -1.0, -1.0, 2.0]) / 3.0;
    /// assert!((zca.matrix() - expected).amax() < 1e-15);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    #[must_use]
    pub fn matrix(&self) -> &DMatrix<T> {
        &self.matrix
    }

    /// White samples: $`W (x - \mu)`$.
    ///
    /// # Shapes
    ///
    /// `x: p × n` (any `n`, also of other samples than were fitted); the result too.
    ///
    /// # Errors
    ///
    /// [`LinalgError::ShapeMismatch`] if the samples have other features than those that were fitted;
    /// [`LinalgError::NonFinite`]; [`LinalgError::Overflow`]; [`LinalgError::TooLarge`].
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Whitening, WhiteningKind, nalgebra::DMatrix};
    ///
    /// // Deviations ±(3, 3), of standard deviation 3, and ±(1, −1), of standard deviation 1.
    /// let x = DMatrix::<f64>::from_row_slice(2, 4, &[4.0, -2.0, 2.0, 0.0, 5.0, -1.0, 1.0, 3.0]);
    /// let zca = Whitening::fit(&x, WhiteningKind::Zca, 0, 0.0)?;
    /// let expected = DMatrix::from_row_slice(2, 4, &[1.0, -1.0, 1.0, -1.0, 1.0, -1.0, -1.0, 1.0]);
    /// assert!((zca.transform(&x)? - expected).amax() < 1e-14);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    pub fn transform(&self, x: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
        map_deviations("whitening", &self.matrix, x, &self.mean)
    }

    /// The samples that were whitened: $`W^{-1} y + \mu`$.
    ///
    /// # Shapes
    ///
    /// `y: p × n`; the result too.
    ///
    /// # Errors
    ///
    /// As [`transform`](Self::transform).
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{Whitening, WhiteningKind, nalgebra::DMatrix};
    ///
    /// let x = DMatrix::<f64>::from_row_slice(2, 4, &[4.0, -2.0, 2.0, 0.0, 5.0, -1.0, 1.0, 3.0]);
    /// let zca = Whitening::fit(&x, WhiteningKind::Zca, 0, 0.0)?;
    /// let back = zca.inverse_transform(&DMatrix::from_row_slice(2, 1, &[1.0, 1.0]))?;
    /// assert!((back[(0, 0)] - 4.0).abs() < 1e-14 && (back[(1, 0)] - 5.0).abs() < 1e-14); // µ + 3 (1, 1)
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    pub fn inverse_transform(&self, y: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
        map_and_move("whitening", &self.inverse, y, &self.mean)
    }
}

/// Standard deviations from singular values of scaled deviations: $`2^e \sigma / \sqrt{d}`$.
#[derive(Clone, Copy, Debug)]
struct Deviation {
    exponent: i32,
    denominator: f64,
}

impl Deviation {
    fn of(self, sigma: f64) -> f64 {
        ldexp(sigma / self.denominator.sqrt(), self.exponent)
    }
}

/// With columns of zeros if there are fewer columns than rows: then every direction has a singular vector.
fn padded(a: &DMatrix<f64>) -> DMatrix<f64> {
    let (p, n) = a.shape();
    DMatrix::from_fn(p, n.max(p), |i, j| if j < n { a[(i, j)] } else { 0.0 })
}

/// Every direction varies by more than rounding.
fn check_variances(
    sigma: &[f64],
    (p, n): (usize, usize),
    epsilon: f64,
    scale: Deviation,
) -> Result<(), LinalgError> {
    let largest = sigma.first().copied().unwrap_or(0.0);
    let noise = p.max(n) as f64 * epsilon * largest;
    let varies = |s: &f64| *s > noise;
    match sigma.iter().position(|s| !varies(s)) {
        None => Ok(()),
        Some(direction) => Err(LinalgError::NoVariance {
            direction,
            deviation: scale.of(sigma[direction]),
            bound: scale.of(noise),
        }),
    }
}

/// $`W`$ and $`W^{-1}`$ from the directions and the standard deviations along them.
fn maps(kind: WhiteningKind, u: &DMatrix<f64>, s: &[f64]) -> (DMatrix<f64>, DMatrix<f64>) {
    let (p, n) = u.shape();
    let divided = DMatrix::from_fn(p, n, |i, j| u[(i, j)] / s[j]);
    let stretched = DMatrix::from_fn(p, n, |i, j| u[(i, j)] * s[j]);
    match kind {
        WhiteningKind::Pca => (divided.transpose(), stretched),
        WhiteningKind::Zca => (symmetric(&divided, u), symmetric(&stretched, u)),
    }
}

/// $`A B^\top`$ where it is symmetric: one triangle mirrored.
fn symmetric(a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    let product = times(view(a), view(b).transposed());
    DMatrix::from_fn(product.nrows(), product.ncols(), |i, j| {
        product[(i.max(j), i.min(j))]
    })
}

#[cfg(test)]
mod tests {
    use super::{Whitening, WhiteningKind};
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn a_direction_without_variance_is_refused_or_regularized() -> Result<(), LinalgError> {
        // On a line: (t, t).
        let x = DMatrix::<f64>::from_row_slice(2, 3, &[-2.0, 0.0, 2.0, -2.0, 0.0, 2.0]);
        for kind in [WhiteningKind::Pca, WhiteningKind::Zca] {
            let refused = Whitening::fit(&x, kind, 1, 0.0);
            assert!(
                matches!(refused, Err(LinalgError::NoVariance { direction: 1, deviation, bound }) if deviation <= bound)
            );
            let white = Whitening::fit(&x, kind, 1, 8.0)?.transform(&x)?;
            // Variance 8 along (1, 1): −2√2 is divided by √(8 + 8).
            let length = white[(0, 0)].hypot(white[(1, 0)]);
            assert!((length - 0.5_f64.sqrt()).abs() < 1e-15);
        }
        Ok(())
    }

    #[test]
    fn constant_data_have_no_direction() {
        let x = DMatrix::from_element(2, 5, 3.0_f32);
        let found = Whitening::fit(&x, WhiteningKind::Zca, 0, 0.0);
        let (direction, deviation, bound) = (0, 0.0, 0.0);
        let expected = LinalgError::NoVariance {
            direction,
            deviation,
            bound,
        };
        assert_eq!(found, Err(expected));
    }

    #[test]
    fn fewer_samples_than_features_are_whitened_with_regularization() -> Result<(), LinalgError> {
        let x = DMatrix::<f64>::from_row_slice(3, 2, &[1.0, 3.0, 2.0, 2.0, 5.0, 5.0]);
        for kind in [WhiteningKind::Pca, WhiteningKind::Zca] {
            let whitening = Whitening::fit(&x, kind, 0, 3.0)?;
            assert_eq!(whitening.matrix().shape(), (3, 3));
            let white = whitening.transform(&x)?;
            // Deviations ∓1 of variance 1: divided by √(1 + 3).
            assert!((white[(0, 1)].abs() - 0.5_f64).abs() < 1e-15);
            assert!((whitening.inverse_transform(&white)? - &x).amax() < 1e-14);
        }
        Ok(())
    }

    #[test]
    fn a_regularization_below_zero_is_refused() {
        let x = DMatrix::<f64>::identity(2, 2);
        for value in [-1.0, f64::NAN, f64::INFINITY] {
            let found = Whitening::fit(&x, WhiteningKind::Pca, 0, value);
            assert!(matches!(
                found,
                Err(LinalgError::Domain {
                    name: "regularization",
                    ..
                })
            ));
        }
    }

    #[test]
    fn nothing_is_white() -> Result<(), LinalgError> {
        let x = DMatrix::<f64>::zeros(0, 3);
        let whitening = Whitening::fit(&x, WhiteningKind::Zca, 0, 0.0)?;
        assert_eq!(whitening.transform(&x)?.shape(), (0, 3));
        Ok(())
    }
}
