//! How far the coefficients of a regression can be trusted.

use super::linear_model::LinearModel;
use super::linear_regression::Equations;
use crate::error::ModelError;
use crate::samples::check_setting;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{Triangle, qr, solve_triangular};
use gradus_numeric::{beta_regularized, beta_regularized_inverse, compensated_sum};

/// A linear regression with standard errors, made by [`LinearRegression::summarize`](crate::LinearRegression::summarize).
///
/// ```math
/// \hat\sigma^2 = \frac{\sum_i \omega_i \, (\hat{y}_i - y_i)^2}{n - k}, \qquad
/// \operatorname{Cov}(\hat\beta) = \hat\sigma^2 (A^\top A)^{-1}, \qquad
/// t_j = \frac{\hat\beta_j}{\sqrt{\operatorname{Cov}_{jj}}}
/// ```
///
/// where $`A`$ is the matrix of ones and features with $`k`$ columns, its lines times $`\sqrt{\omega_i}`$. If the errors
/// are independent and normal, and the truth is linear, $`t_j`$ follows Student's law of $`n - k`$ degrees of freedom if
/// the true coefficient is 0.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | of $`k`$ samples times $`n`$ the same, standard errors fall with the root of degrees of freedom | `standard_errors_fall_with_the_root_of_samples` |
/// | an interval holds the estimate, and is wider for a higher level | `intervals_are_nested` |
/// | $`p = P(\lvert T \rvert \ge \lvert t \rvert)`$: an interval of level $`1 - p`$ ends at 0 | `an_interval_of_the_complement_of_p_ends_at_zero` |
/// | $`0 \le R^2 \le 1`$ with an intercept, and the adjusted one is below | `r_squared_of_a_fit_is_a_share` |
///
/// # Numerics
///
/// $`(A^\top A)^{-1} = R^{-1} R^{-\top}`$ with the triangle of $`A = Q R`$: no condition is squared.
///
/// # Examples
///
/// ```
/// use gradus_models::{LinearRegression, MatrixRef, Order, Shape};
///
/// // A constant: the standard error of the mean is s / √n.
/// let none = MatrixRef::new(&[], Shape::new(0, 4), Order::Columns)?;
/// let mean = LinearRegression::default().summarize(none, &[1.0, 3.0, 5.0, 7.0])?;
/// assert!((mean.coefficients()[0].estimate - 4.0).abs() < 1e-14);
/// assert!((mean.residual_variance() - 20.0 / 3.0).abs() < 1e-14);
/// assert!((mean.coefficients()[0].standard_error - (5.0_f64 / 3.0).sqrt()).abs() < 1e-14);
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// T. Hastie, R. Tibshirani and J. Friedman, *The Elements of Statistical Learning*, 2nd ed. (2009), section 3.2, (3.8)
/// to (3.12); N. R. Draper and H. Smith, *Applied Regression Analysis*, 3rd ed. (1998), chapter 5.
#[derive(Clone, Debug, PartialEq)]
pub struct RegressionSummary {
    model: LinearModel,
    coefficients: Vec<Coefficient>,
    covariance: DMatrix<f64>,
    degrees_of_freedom: usize,
    residuals: f64,
    total: f64,
    /// How many samples count, less one if there is an intercept.
    total_degrees: usize,
}

/// One coefficient of a regression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficient {
    /// $`\hat\beta_j`$.
    pub estimate: f64,
    /// The estimated standard deviation of the estimate.
    pub standard_error: f64,
    /// $`t`$: the estimate in units of its standard error; infinite if that is 0.
    pub t: f64,
    /// The probability of a $`\lvert t \rvert`$ this large if the true coefficient is 0.
    pub p_value: f64,
}

impl RegressionSummary {
    pub(super) fn new(
        model: LinearModel,
        equations: &Equations,
        beta: &DVector<f64>,
        intercept: bool,
    ) -> Result<Self, ModelError> {
        let samples = equations.samples();
        let k = beta.len();
        if samples <= k {
            let needed = k + 1;
            return Err(ModelError::TooFewSamples { samples, needed });
        }
        let degrees_of_freedom = samples - k;
        let residuals = equations.residual_sum(beta);
        let variance = residuals / degrees_of_freedom as f64;
        let covariance = inverse_gram(&equations.a)? * variance;
        let coefficient =
            |j: usize| Coefficient::new(beta[j], covariance[(j, j)].sqrt(), degrees_of_freedom);
        Ok(Self {
            model,
            coefficients: (0..k).map(coefficient).collect(),
            degrees_of_freedom,
            residuals,
            total: equations.total_sum(intercept),
            total_degrees: samples - usize::from(intercept),
            covariance,
        })
    }

    /// The fitted function.
    #[must_use]
    pub const fn model(&self) -> &LinearModel {
        &self.model
    }

    /// The intercept, if there is one, and then a coefficient a feature.
    #[must_use]
    pub fn coefficients(&self) -> &[Coefficient] {
        &self.coefficients
    }

    /// The estimated covariance of the coefficients.
    #[must_use]
    pub const fn covariance(&self) -> &DMatrix<f64> {
        &self.covariance
    }

    /// $`n - k`$, where samples of weight 0 do not count.
    #[must_use]
    pub const fn degrees_of_freedom(&self) -> usize {
        self.degrees_of_freedom
    }

    /// $`\hat\sigma^2`$: the estimated variance of an error (of a sample of weight 1).
    #[must_use]
    pub fn residual_variance(&self) -> f64 {
        self.residuals / self.degrees_of_freedom as f64
    }

    /// $`R^2`$: the share of the variance that is explained, with respect to the mean if there is an intercept and to 0
    /// otherwise.
    ///
    /// # Errors
    ///
    /// [`ModelError::ConstantTarget`] if there is nothing to explain.
    pub fn r_squared(&self) -> Result<f64, ModelError> {
        Ok(1.0 - self.residuals / self.total()?)
    }

    /// $`1 - (1 - R^2) (n - 1) / (n - k)`$: $`R^2`$ with both variances by their degrees of freedom.
    ///
    /// # Errors
    ///
    /// As [`r_squared`](Self::r_squared).
    pub fn adjusted_r_squared(&self) -> Result<f64, ModelError> {
        Ok(1.0 - self.residual_variance() / (self.total()? / self.total_degrees as f64))
    }

    /// The interval that holds the true value of coefficient `j` with this probability, if the model is right.
    ///
    /// ```math
    /// \hat\beta_j \pm t^* \, \mathrm{se}_j, \qquad P(\lvert T \rvert \le t^*) = \text{level}
    /// ```
    ///
    /// # Errors
    ///
    /// [`ModelError::InvalidSetting`] unless the level lies in (0, 1) and there is a coefficient `j`.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_models::{LinearRegression, MatrixRef, Order, Shape};
    ///
    /// let none = MatrixRef::new(&[], Shape::new(0, 2), Order::Columns)?;
    /// let mean = LinearRegression::default().summarize(none, &[0.0, 2.0])?; // se = 1
    /// let [low, high] = mean.interval(0, 0.5)?; // half of a Cauchy law lies within 1
    /// assert!(low.abs() < 1e-14 && (high - 2.0).abs() < 1e-14);
    /// # Ok::<(), gradus_models::ModelError>(())
    /// ```
    pub fn interval(&self, j: usize, level: f64) -> Result<[f64; 2], ModelError> {
        check_setting(
            "level",
            level,
            level > 0.0 && level < 1.0,
            "between 0 and 1",
        )?;
        let missing = ModelError::InvalidSetting {
            name: "coefficient",
            value: j as f64,
            domain: "the number of a coefficient, from 0",
        };
        let of = self.coefficients.get(j).ok_or(missing)?;
        let half = of.standard_error * student_quantile(level, self.degrees_of_freedom);
        Ok([of.estimate - half, of.estimate + half])
    }

    fn total(&self) -> Result<f64, ModelError> {
        if self.total > 0.0 {
            return Ok(self.total);
        }
        let value = self.model.intercept();
        Err(ModelError::ConstantTarget { value })
    }
}

impl Coefficient {
    fn new(estimate: f64, standard_error: f64, degrees: usize) -> Self {
        // A perfect fit: 0 / 0 is no evidence.
        let t = if estimate == 0.0 {
            0.0
        } else {
            estimate / standard_error
        };
        Self {
            estimate,
            standard_error,
            t,
            p_value: student_two_sided(t, degrees),
        }
    }
}

impl Equations {
    /// How many samples have a weight.
    fn samples(&self) -> usize {
        let count = |roots: &Vec<f64>| roots.iter().filter(|w| **w > 0.0).count();
        self.roots.as_ref().map_or(self.b.len(), count)
    }

    fn residual_sum(&self, beta: &DVector<f64>) -> f64 {
        let squares: Vec<f64> = (&self.a * beta - &self.b).iter().map(|r| r * r).collect();
        compensated_sum(&squares)
    }

    /// Squares of the targets around their mean, or around 0.
    fn total_sum(&self, intercept: bool) -> f64 {
        let root = |i: usize| self.roots.as_ref().map_or(1.0, |roots| roots[i]);
        let of = |f: &dyn Fn(usize) -> f64| {
            compensated_sum(&(0..self.b.len()).map(f).collect::<Vec<_>>())
        };
        let mean = if intercept {
            of(&|i| root(i) * self.b[i]) / of(&|i| root(i) * root(i))
        } else {
            0.0
        };
        of(&|i| (self.b[i] - root(i) * mean).powi(2))
    }
}

/// $`(A^\top A)^{-1}`$.
fn inverse_gram(a: &DMatrix<f64>) -> Result<DMatrix<f64>, ModelError> {
    let r = qr(a)?.r;
    let k = r.ncols();
    let mut inverse = DMatrix::zeros(k, k);
    for j in 0..k {
        let unit = DVector::from_fn(k, |i, _| f64::from(u8::from(i == j)));
        inverse.set_column(j, &solve_triangular(&r, &unit, Triangle::Upper)?);
    }
    Ok(&inverse * inverse.transpose())
}

/// $`P(\lvert T \rvert \ge \lvert t \rvert) = I_{\nu / (\nu + t^2)}(\nu / 2, 1 / 2)`$.
fn student_two_sided(t: f64, degrees: usize) -> f64 {
    let nu = degrees as f64;
    beta_regularized(nu / 2.0, 0.5, nu / (nu + t * t))
}

/// The $`t`$ with $`P(\lvert T \rvert \le t) = \text{level}`$.
fn student_quantile(level: f64, degrees: usize) -> f64 {
    let nu = degrees as f64;
    let x = beta_regularized_inverse(nu / 2.0, 0.5, 1.0 - level);
    (nu * (1.0 - x) / x).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One degree of freedom is the Cauchy law: P(|T| ≥ 1) = ½.
    #[test]
    fn students_law_with_one_degree_is_cauchys() {
        assert!((student_two_sided(1.0, 1) - 0.5).abs() < 1e-15);
        assert!((student_quantile(0.5, 1) - 1.0).abs() < 1e-14);
        assert_eq!(student_two_sided(f64::INFINITY, 3), 0.0);
        // Tables: 2.776 for 95 % and four degrees.
        assert!((student_quantile(0.95, 4) - 2.776).abs() < 5e-4);
    }

    #[test]
    fn the_inverse_of_a_gram_matrix() {
        let a = DMatrix::from_row_slice(3, 2, &[1.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        let inverse = inverse_gram(&a).unwrap();
        assert!((inverse[(0, 0)] - 1.0).abs() < 1e-15 && (inverse[(1, 1)] - 0.25).abs() < 1e-15);
    }
}
