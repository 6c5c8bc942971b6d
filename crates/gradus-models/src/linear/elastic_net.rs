//! The lasso and the elastic net.

use super::centered::Centered;
use super::linear_model::LinearModel;
use crate::contract::{Fit, FitWeighted};
use crate::error::ModelError;
use crate::samples::check_setting;
use gradus_numeric::MatrixRef;
use std::iter::zip;

/// The elastic net: small errors, small weights, and most of them zero. With `l1_ratio` 1 it is the lasso.
///
/// ```math
/// \min_{w, b} \; \frac{1}{2n} \sum_{i=1}^n (w^\top x_i + b - y_i)^2
/// + \lambda \rho \, \lVert w \rVert_1 + \frac{\lambda (1 - \rho)}{2} \lVert w \rVert^2
/// ```
///
/// where $`\lambda`$ is `penalty`, $`\rho`$ is `l1_ratio`, and the intercept is free; of samples with weights,
/// $`\frac{1}{n} \sum`$ is their weighted mean. The corners of $`\lVert w \rVert_1`$ set weights to exactly 0: features that explain too little are left out. Of features that
/// resemble each other the lasso takes one, the elastic net ($`\rho < 1`$) all.
///
/// # Shapes
///
/// `x: p × n`, one sample a column; `y: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\frac1n x_j^\top r - \lambda (1 - \rho) w_j = \lambda \rho \operatorname{sign} w_j`$ where $`w_j \ne 0`$, and no larger than $`\lambda \rho`$ elsewhere | `elastic_net_weights_are_optimal` |
/// | from [`largest_penalty`] on, and only then, all weights are 0 | `the_largest_penalty_is_the_first_without_weights` |
/// | the order of the features does not matter | `the_order_of_features_does_not_matter` |
/// | a weight of 2 is the sample twice, a weight of 0 is no sample | `penalized_models_count_weights` |
///
/// # Numerics
///
/// Cyclic coordinate descent: one weight after the other is set to its best value,
///
/// ```math
/// w_j \leftarrow \frac{S(x_j^\top r + \lVert x_j \rVert^2 w_j, \, n \lambda \rho)}{\lVert x_j \rVert^2 + n \lambda (1 - \rho)},
/// \qquad S(z, t) = \operatorname{sign}(z) \max(\lvert z \rvert - t, 0)
/// ```
///
/// until the duality gap, which is larger than the distance of the objective from its minimum, is at most `tolerance`
/// times $`\lVert y - \bar{y} \rVert^2 / n`$. So the answer is certified, not merely an iteration that moves little.
///
/// # Errors
///
/// [`ModelError::InvalidSetting`] unless the penalty is positive and finite, `l1_ratio` in $`(0, 1]`$ (for 0 take
/// [`Ridge`](crate::Ridge) with $`n \lambda`$) and the tolerance positive; [`ModelError::DidNotConverge`] with the gap;
/// and as [`RidgePath::new`](crate::RidgePath::new).
///
/// # Examples
///
/// ```
/// use gradus_models::{ElasticNet, Fit, MatrixRef, Order, Shape};
///
/// // One feature with Σx² = 2, Σxy = 4, n = 2: w = S(4, 2 λ) / 2.
/// let x = MatrixRef::new(&[-1.0, 1.0], Shape::new(1, 2), Order::Columns)?;
/// let model = ElasticNet::lasso(0.5).fit(x, &[3.0, 7.0])?;
/// assert!((model.weights()[0] - 1.5).abs() < 1e-12 && (model.intercept() - 5.0).abs() < 1e-12);
/// assert_eq!(ElasticNet::lasso(2.0).fit(x, &[3.0, 7.0])?.weights(), [0.0]);
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// R. Tibshirani, *Regression shrinkage and selection via the lasso*, J. R. Statist. Soc. B 58 (1996), 267–288; H. Zou
/// and T. Hastie, *Regularization and variable selection via the elastic net*, J. R. Statist. Soc. B 67 (2005), 301–320;
/// J. Friedman, T. Hastie and R. Tibshirani, *Regularization paths for generalized linear models via coordinate
/// descent*, J. Stat. Softw. 33 (2010), section 2; S.-J. Kim et al., *An interior-point method for large-scale
/// ℓ₁-regularized least squares*, IEEE J. Sel. Top. Signal Process. 1 (2007), section III (the gap). Objective and
/// names are scikit-learn's (`alpha`, `l1_ratio`).
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "lasso")]
pub struct ElasticNet {
    /// $`\lambda > 0`$. Default 1.
    pub penalty: f64,
    /// $`\rho`$: the share of the 1-norm, in $`(0, 1]`$. Default ½.
    pub l1_ratio: f64,
    /// Whether there is a $`b`$. Default: there is.
    pub intercept: bool,
    /// How large the duality gap may be, in units of the mean square of the targets. Default 1e-10.
    pub tolerance: f64,
    /// How often all weights may be visited. Default 100 000.
    pub most_sweeps: usize,
}

impl Default for ElasticNet {
    fn default() -> Self {
        Self {
            penalty: 1.0,
            l1_ratio: 0.5,
            intercept: true,
            tolerance: 1e-10,
            most_sweeps: 100_000,
        }
    }
}

impl ElasticNet {
    /// The lasso with this penalty.
    #[must_use]
    pub fn lasso(penalty: f64) -> Self {
        Self {
            penalty,
            l1_ratio: 1.0,
            ..Self::default()
        }
    }

    fn model(&self, data: &Centered) -> Result<LinearModel, ModelError> {
        let mut descent = Descent::new(data);
        descent.run(self)?;
        data.model(descent.w)
    }

    fn check(&self) -> Result<(), ModelError> {
        let positive = |x: f64| x > 0.0 && x.is_finite();
        let l1 = self.l1_ratio;
        check_setting(
            "penalty",
            self.penalty,
            positive(self.penalty),
            "positive and finite",
        )?;
        check_setting("l1_ratio", l1, l1 > 0.0 && l1 <= 1.0, "above 0, at most 1")?;
        check_setting(
            "tolerance",
            self.tolerance,
            positive(self.tolerance),
            "positive and finite",
        )
    }
}

impl Fit<f64> for ElasticNet {
    type Model = LinearModel;

    fn fit(&self, x: MatrixRef<'_, f64>, y: &[f64]) -> Result<LinearModel, ModelError> {
        self.check()?;
        self.model(&Centered::new(x, y, self.intercept)?)
    }
}

impl FitWeighted<f64> for ElasticNet {
    fn fit_weighted(
        &self,
        x: MatrixRef<'_, f64>,
        y: &[f64],
        weights: &[f64],
    ) -> Result<LinearModel, ModelError> {
        self.check()?;
        self.model(&Centered::weighted(x, y, weights, self.intercept)?)
    }
}

/// The models of several penalties, each found from the one before.
///
/// From the largest penalty, where all weights are 0, to smaller ones the weights come in one after the other: start
/// with [`largest_penalty`] and go down.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | each is the model that is found alone, within the tolerance | `a_path_leads_through_the_models_of_its_penalties` |
///
/// # Errors
///
/// As [`ElasticNet`].
///
/// # Examples
///
/// ```
/// use gradus_models::{ElasticNet, MatrixRef, Order, Shape, elastic_net_path, largest_penalty};
///
/// let x = MatrixRef::new(&[-1.0, 1.0], Shape::new(1, 2), Order::Columns)?;
/// let y = [3.0, 7.0];
/// let largest = largest_penalty(x, &y, &ElasticNet::lasso(1.0))?;
/// assert_eq!(largest, 2.0); // Σxy / n
/// let path = elastic_net_path(x, &y, &ElasticNet::lasso(1.0), &[2.0, 1.0])?;
/// assert_eq!(path[0].weights(), [0.0]);
/// assert!((path[1].weights()[0] - 1.0).abs() < 1e-12); // S(4, 2) / 2
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
pub fn elastic_net_path(
    x: MatrixRef<'_, f64>,
    y: &[f64],
    settings: &ElasticNet,
    penalties: &[f64],
) -> Result<Vec<LinearModel>, ModelError> {
    let data = Centered::new(x, y, settings.intercept)?;
    let mut descent = Descent::new(&data);
    let mut models = Vec::new();
    for &penalty in penalties {
        let settings = ElasticNet {
            penalty,
            ..*settings
        };
        settings.check()?;
        descent.run(&settings)?;
        models.push(data.model(descent.w.clone())?);
    }
    Ok(models)
}

/// The smallest penalty with which all weights are 0.
///
/// ```math
/// \lambda_{\max} = \frac{1}{n \rho} \max_j \lvert x_j^\top y \rvert
/// ```
///
/// with centered features and targets. It is 0 if no feature has to do with the targets.
///
/// # Errors
///
/// As [`ElasticNet`], whose penalty does not matter here.
///
/// # Examples
///
/// See [`elastic_net_path`].
pub fn largest_penalty(
    x: MatrixRef<'_, f64>,
    y: &[f64],
    settings: &ElasticNet,
) -> Result<f64, ModelError> {
    settings.check()?;
    let data = Centered::new(x, y, settings.intercept)?;
    let n = data.samples;
    let correlations = columns(&data).map(|column| dot(column, data.b.as_slice()).abs());
    Ok(correlations.fold(0.0, f64::max) / (n * settings.l1_ratio))
}

/// Weights on their way to the minimum.
#[derive(Debug)]
struct Descent<'a> {
    data: &'a Centered,
    /// $`\lVert x_j \rVert^2`$.
    squares: Vec<f64>,
    w: Vec<f64>,
    /// $`r = y - X^\top w`$.
    r: Vec<f64>,
}

impl<'a> Descent<'a> {
    fn new(data: &'a Centered) -> Self {
        let squares: Vec<f64> = columns(data).map(|column| dot(column, column)).collect();
        Self {
            w: vec![0.0; squares.len()],
            r: data.b.as_slice().to_vec(),
            squares,
            data,
        }
    }

    /// Sweeps until the gap is small.
    fn run(&mut self, settings: &ElasticNet) -> Result<(), ModelError> {
        let n = self.data.samples;
        let l1 = n * settings.penalty * settings.l1_ratio;
        let l2 = n * settings.penalty * (1.0 - settings.l1_ratio);
        let y = self.data.b.as_slice();
        let allowed = settings.tolerance * dot(y, y);
        let mut gap = self.gap(l1, l2);
        for _ in 0..settings.most_sweeps {
            if gap <= allowed {
                return Ok(());
            }
            self.sweep(l1, l2);
            gap = self.gap(l1, l2);
        }
        if gap <= allowed {
            return Ok(());
        }
        Err(ModelError::DidNotConverge {
            iterations: settings.most_sweeps,
            residual: gap / n,
            tolerance: allowed / n,
        })
    }

    /// Sets each weight to its best value.
    fn sweep(&mut self, l1: f64, l2: f64) {
        for (j, column) in columns(self.data).enumerate() {
            let square = self.squares[j];
            if square == 0.0 {
                continue; // a feature that does not vary keeps weight 0
            }
            let before = self.w[j];
            let z = dot(column, &self.r) + square * before;
            let after = soft_threshold(z, l1) / (square + l2);
            if after != before {
                zip(&mut self.r, column).for_each(|(r, x)| *r -= (after - before) * x);
                self.w[j] = after;
            }
        }
    }

    /// How far the objective (times $`n`$) is from its minimum at most: primal less dual value, the dual point being
    /// the residual, made so small that it is feasible.
    fn gap(&self, l1: f64, l2: f64) -> f64 {
        let slope = |(column, w): (&[f64], &f64)| (dot(column, &self.r) - l2 * w).abs();
        let largest = zip(columns(self.data), &self.w)
            .map(slope)
            .fold(0.0, f64::max);
        let c = if largest > l1 { l1 / largest } else { 1.0 };
        let (rr, ry) = (dot(&self.r, &self.r), dot(&self.r, self.data.b.as_slice()));
        let norm1: f64 = self.w.iter().map(|w| w.abs()).sum();
        let squares = dot(&self.w, &self.w);
        0.5 * (1.0 + c * c) * (rr + l2 * squares) + l1 * norm1 - c * ry
    }
}

/// The centered features, each as a slice.
fn columns(data: &Centered) -> impl Iterator<Item = &[f64]> {
    data.a.as_slice().chunks_exact(data.a.nrows())
}

/// $`S(z, t) = \operatorname{sign}(z) \max(\lvert z \rvert - t, 0)`$.
fn soft_threshold(z: f64, t: f64) -> f64 {
    if z.abs() > t { z - t.copysign(z) } else { 0.0 }
}

/// Four sums at once, so that they need not wait for each other.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (a4, a_rest) = a.as_chunks::<4>();
    let (b4, b_rest) = b.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for (a, b) in zip(a4, b4) {
        (0..4).for_each(|l| sums[l] += a[l] * b[l]);
    }
    let rest: f64 = zip(a_rest, b_rest).map(|(a, b)| a * b).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::{Order, Shape};

    #[test]
    fn what_is_small_is_set_to_zero() {
        assert_eq!(soft_threshold(3.0, 1.0), 2.0);
        assert_eq!(soft_threshold(-3.0, 1.0), -2.0);
        assert_eq!(soft_threshold(-1.0, 1.0), 0.0);
    }

    #[test]
    fn settings_are_checked() {
        let x = MatrixRef::new(&[1.0, 2.0], Shape::new(1, 2), Order::Columns).unwrap();
        let fit = |settings: ElasticNet| settings.fit(x, &[1.0, 2.0]);
        assert!(fit(ElasticNet::lasso(0.0)).is_err());
        let l1_ratio = ElasticNet {
            l1_ratio: 0.0,
            ..ElasticNet::default()
        };
        assert!(matches!(
            fit(l1_ratio),
            Err(ModelError::InvalidSetting {
                name: "l1_ratio",
                ..
            })
        ));
        let impatient = ElasticNet {
            most_sweeps: 0,
            ..ElasticNet::lasso(0.01)
        };
        assert!(matches!(
            fit(impatient),
            Err(ModelError::DidNotConverge { .. })
        ));
    }

    #[test]
    fn targets_that_do_not_vary_need_no_feature() {
        let x = MatrixRef::new(&[1.0, 2.0], Shape::new(1, 2), Order::Columns).unwrap();
        let model = ElasticNet::lasso(0.1).fit(x, &[4.0, 4.0]).unwrap();
        assert_eq!((model.weights(), model.intercept()), (&[0.0][..], 4.0));
    }
}
