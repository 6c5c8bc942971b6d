//! Ridge regression.

use super::centered::Centered;
use super::linear_model::LinearModel;
use crate::contract::{Fit, FitWeighted};
use crate::error::ModelError;
use crate::samples::check_setting;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{matmul, qr, svd};
use gradus_numeric::MatrixRef;
use std::iter::zip;

/// Ridge regression: small errors and small weights.
///
/// ```math
/// \min_{w, b} \; \sum_{i=1}^n \omega_i \, (w^\top x_i + b - y_i)^2 + \lambda \lVert w \rVert^2
/// ```
///
/// where $`\lambda`$ is `penalty` and $`\omega_i`$ are weights of the samples, 1 if none are given; the intercept is free. The weights are the most likely ones if, before any sample was
/// seen, they were normal around 0. Unlike without a penalty there is one solution, also with more features than samples.
///
/// # Shapes
///
/// `x: p × n`, one sample a column; `y: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`X_c (y - \hat{y}) = \lambda w`$, with centered features | `ridge_balances_errors_and_weights` |
/// | $`\lVert w \rVert`$ falls and the sum of squared errors rises with $`\lambda`$ | `a_larger_penalty_gives_smaller_weights` |
/// | $`\lambda = 0`$ is linear regression | `ridge_without_a_penalty_is_linear_regression` |
/// | it is linear regression with $`\sqrt\lambda I`$ as further samples | `ridge_is_linear_regression_with_more_samples` |
/// | a weight of 2 is the sample twice, a weight of 0 is no sample | `penalized_models_count_weights` |
///
/// # Numerics
///
/// By the singular values of the centered features, [`RidgePath`]. The normal equations, $`(X X^\top + \lambda I) w = X y`$ by
/// Cholesky, would be faster (forming them takes a twentieth of the time of the triangle of 100 000 samples of 50 features), but
/// the condition of $`X`$ is squared in them: measured on 2000 samples of ten features with $`\lambda = 10^{-6}`$, they are
/// off by $`5 \cdot 10^{-13}`$ at condition 100, $`10^{-9}`$ at 10⁴ and $`8 \cdot 10^{-8}`$ at 10⁶; this way by
/// $`2 \cdot 10^{-14}`$, $`7 \cdot 10^{-12}`$ and $`2 \cdot 10^{-11}`$.
///
/// # Errors
///
/// As [`RidgePath::new`] and [`RidgePath::at`].
///
/// # Examples
///
/// ```
/// use gradus_models::{Fit, MatrixRef, Order, Ridge, Shape};
///
/// // Slope Σxy / (Σx² + λ) = 4 / (2 + 2) of centered data.
/// let x = MatrixRef::new(&[-1.0, 0.0, 1.0], Shape::new(1, 3), Order::Columns)?;
/// let ridge = Ridge { penalty: 2.0, ..Ridge::default() };
/// let model = ridge.fit(x, &[3.0, 5.0, 7.0])?;
/// assert!((model.weights()[0] - 1.0).abs() < 1e-15 && (model.intercept() - 5.0).abs() < 1e-15);
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// A. E. Hoerl and R. W. Kennard, *Ridge regression: biased estimation for nonorthogonal problems*, Technometrics 12
/// (1970), 55–67; Hastie, Tibshirani and Friedman (2009), section 3.4.1. The penalty is that of scikit-learn's `Ridge`
/// (`alpha`).
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "Tikhonov regularization")]
pub struct Ridge {
    /// $`\lambda \ge 0`$. Default 1.
    pub penalty: f64,
    /// Whether there is a $`b`$. Default: there is.
    pub intercept: bool,
}

impl Default for Ridge {
    fn default() -> Self {
        Self {
            penalty: 1.0,
            intercept: true,
        }
    }
}

impl Fit<f64> for Ridge {
    type Model = LinearModel;

    fn fit(&self, x: MatrixRef<'_, f64>, y: &[f64]) -> Result<LinearModel, ModelError> {
        RidgePath::new(x, y, self.intercept)?.at(self.penalty)
    }
}

impl FitWeighted<f64> for Ridge {
    fn fit_weighted(
        &self,
        x: MatrixRef<'_, f64>,
        y: &[f64],
        weights: &[f64],
    ) -> Result<LinearModel, ModelError> {
        RidgePath::weighted(x, y, weights, self.intercept)?.at(self.penalty)
    }
}

/// Ridge regression for all penalties at once.
///
/// ```math
/// w(\lambda) = \sum_j \frac{\sigma_j}{\sigma_j^2 + \lambda} \, (u_j^\top y) \, v_j, \qquad
/// \mathrm{df}(\lambda) = \sum_j \frac{\sigma_j^2}{\sigma_j^2 + \lambda}
/// ```
///
/// with the singular value decomposition $`U \Sigma V^\top`$ of the centered samples. Each penalty then costs $`p^2`$
/// operations. A direction in which the samples vary little is shrunk the most.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | degrees of freedom fall from the rank to 0 | `degrees_of_freedom_fall_with_the_penalty` |
///
/// # Examples
///
/// ```
/// use gradus_models::{MatrixRef, Order, RidgePath, Shape};
///
/// let x = MatrixRef::new(&[-1.0, 0.0, 1.0], Shape::new(1, 3), Order::Columns)?;
/// let path = RidgePath::new(x, &[3.0, 5.0, 7.0], true)?;
/// let slopes: Vec<f64> = [0.0, 2.0, 6.0].iter().map(|&p| Ok(path.at(p)?.weights()[0])).collect::<Result<_, gradus_models::ModelError>>()?;
/// assert!(slopes.iter().zip([2.0, 1.0, 0.5]).all(|(a, b)| (a - b).abs() < 1e-15)); // 4 / (2 + λ)
/// assert!((path.degrees_of_freedom(2.0)? - 0.5).abs() < 1e-15); // 2 / (2 + 2)
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// Hastie, Tibshirani and Friedman (2009), section 3.4.1, (3.47) and (3.50).
#[derive(Clone, Debug)]
pub struct RidgePath {
    data: Centered,
    sigma: DVector<f64>,
    /// $`V`$.
    v: DMatrix<f64>,
    /// $`U^\top y`$.
    uty: DVector<f64>,
}

impl RidgePath {
    /// Decomposes the samples.
    ///
    /// # Errors
    ///
    /// [`ModelError::TargetCount`], [`ModelError::NoSamples`], [`ModelError::NonFinite`],
    /// [`ModelError::TargetNotFinite`], [`ModelError::Overflow`].
    pub fn new(x: MatrixRef<'_, f64>, y: &[f64], intercept: bool) -> Result<Self, ModelError> {
        Self::decompose(Centered::new(x, y, intercept)?)
    }

    /// Decomposes samples that count `weights` times each.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new) and [`FitWeighted::fit_weighted`].
    pub fn weighted(
        x: MatrixRef<'_, f64>,
        y: &[f64],
        weights: &[f64],
        intercept: bool,
    ) -> Result<Self, ModelError> {
        Self::decompose(Centered::weighted(x, y, weights, intercept)?)
    }

    fn decompose(data: Centered) -> Result<Self, ModelError> {
        let b = DMatrix::from_column_slice(data.b.len(), 1, data.b.as_slice());
        // Of many samples the triangle is left: A = Q R has the singular values and V of R.
        let (a, b) = if data.a.nrows() > data.a.ncols() {
            let factors = qr(&data.a)?;
            let qtb = matmul(&factors.q.transpose(), &b)?;
            (factors.r, qtb)
        } else {
            (data.a.clone(), b)
        };
        let svd = svd(&a)?;
        let uty = matmul(&svd.u.transpose(), &b)?;
        Ok(Self {
            uty: uty.column(0).into_owned(),
            sigma: svd.singular_values,
            v: svd.v,
            data,
        })
    }

    /// The model of one penalty.
    ///
    /// # Errors
    ///
    /// [`ModelError::InvalidSetting`] unless the penalty is finite and not negative; [`ModelError::Collinear`] for
    /// penalty 0 if features depend on each other.
    pub fn at(&self, penalty: f64) -> Result<LinearModel, ModelError> {
        self.check(penalty)?;
        // σ / (σ² + λ), whose square neither overflows nor underflows.
        let factor = |sigma: f64| {
            if sigma == 0.0 {
                0.0
            } else {
                1.0 / (sigma + penalty / sigma)
            }
        };
        let along =
            zip(self.sigma.iter(), self.uty.iter()).map(|(&sigma, uty)| factor(sigma) * uty);
        let along = DVector::from_vec(along.collect());
        self.data.model((&self.v * along).as_slice().to_vec())
    }

    /// $`\mathrm{df}(\lambda)`$: how many weights are as good as free.
    ///
    /// # Errors
    ///
    /// As [`at`](Self::at).
    pub fn degrees_of_freedom(&self, penalty: f64) -> Result<f64, ModelError> {
        self.check(penalty)?;
        let free = |&sigma: &f64| {
            if sigma == 0.0 {
                0.0
            } else {
                1.0 / (1.0 + penalty / sigma / sigma)
            }
        };
        Ok(self.sigma.iter().map(free).sum())
    }

    fn check(&self, penalty: f64) -> Result<(), ModelError> {
        let holds = penalty >= 0.0 && penalty.is_finite();
        check_setting("penalty", penalty, holds, "finite and not negative")?;
        let (rank, columns) = (self.rank(), self.data.a.ncols());
        if penalty == 0.0 && rank < columns {
            return Err(ModelError::Collinear { rank, columns });
        }
        Ok(())
    }

    /// How many singular values are above rounding.
    fn rank(&self) -> usize {
        let (n, p) = self.data.a.shape();
        let largest = self.sigma.iter().copied().fold(0.0, f64::max);
        let noise = n.max(p) as f64 * f64::EPSILON * largest;
        self.sigma.iter().filter(|&&sigma| sigma > noise).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::{Order, Shape};

    #[test]
    fn more_features_than_samples_need_a_penalty() {
        let x = MatrixRef::new(&[1.0, 2.0, 2.0, 0.0], Shape::new(4, 1), Order::Columns).unwrap();
        let ridge = |penalty| {
            Ridge {
                penalty,
                intercept: false,
            }
            .fit(x, &[18.0])
        };
        // w = x y / (‖x‖² + λ) = 18 x / (9 + 9)
        let model = ridge(9.0).unwrap();
        assert!(zip(model.weights(), [1.0, 2.0, 2.0, 0.0]).all(|(a, b)| (a - b).abs() < 1e-14));
        let (rank, columns) = (1, 4);
        assert_eq!(ridge(0.0), Err(ModelError::Collinear { rank, columns }));
        assert!(ridge(-1.0).is_err() && ridge(f64::NAN).is_err() && ridge(f64::INFINITY).is_err());
    }

    #[test]
    fn features_that_do_not_vary_have_no_weight() {
        let x = MatrixRef::new(&[3.0, 3.0], Shape::new(1, 2), Order::Columns).unwrap();
        let model = Ridge::default().fit(x, &[1.0, 2.0]).unwrap();
        assert_eq!((model.weights()[0], model.intercept()), (0.0, 1.5));
    }
}
