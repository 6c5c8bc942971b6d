//! Naive Bayes of numbers.

use super::weighted_moments::WeightedMoments;
use crate::contract::{Fit, FitWeighted, Predict};
use crate::error::ModelError;
use crate::samples::{Weighted, check_features, check_pairs, check_setting, classes};
use gradus_evaluation::argmax;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::view;
use gradus_numeric::{MatrixRef, log_sum_exp};
use std::f64::consts::TAU;
use std::iter::zip;

/// Naive Bayes of numbers: within each class, every feature is normal and independent of the others.
///
/// ```math
/// p(k \mid x) \propto \frac{n_k}{n} \prod_j \mathcal{N}(x_j; \mu_{kj}, \sigma_{kj}^2 + \epsilon)
/// ```
///
/// with the means and variances of feature $`j`$ over the $`n_k`$ samples of class $`k`$ (divided by $`n_k`$), and
/// $`\epsilon`$ = `smoothing` times the largest variance of a feature over all samples. Weights of samples count in all of
/// these (scikit-learn takes $`\epsilon`$ without them, so that samples of weight 0 have a say there). Independence is rarely true, and
/// the probabilities are then too sure of themselves; the most likely class is often right nevertheless.
///
/// # Shapes
///
/// `x: p × n`, one sample a column; labels: n numbers from 0 to K − 1, and all of them occur.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | without smoothing, units and zero points of features do not matter | `gaussian_naive_bayes_does_not_see_units` |
/// | probabilities of a sample sum to 1 | `gaussian_naive_bayes_gives_distributions` |
/// | the classes may be numbered in any way | `classes_may_be_renumbered` |
/// | a weight of 2 is the sample twice, a weight of 0 is no sample | `gaussian_naive_bayes_counts_weights` |
///
/// # Errors
///
/// [`ModelError::TargetCount`], [`ModelError::NoSamples`], [`ModelError::NonFinite`], [`ModelError::OneClass`],
/// [`ModelError::MissingClass`]; [`ModelError::InvalidSetting`] unless the smoothing is finite and not negative;
/// [`ModelError::NoVariance`] if a variance is 0 after smoothing; [`ModelError::Overflow`].
///
/// # Examples
///
/// ```
/// use gradus_models::{Fit, GaussianNaiveBayes, MatrixRef, Order, Predict, Shape};
///
/// // Two classes of variance 1 around -2 and 2: log-odds of class 1 are 4 x.
/// let x = MatrixRef::new(&[-3.0, -1.0, 1.0, 3.0], Shape::new(1, 4), Order::Columns)?;
/// let exact = GaussianNaiveBayes { smoothing: 0.0 };
/// let model = exact.fit(x, &[0, 0, 1, 1])?;
/// let p = model.ln_probabilities(MatrixRef::from_column(&[0.5]))?;
/// assert!((p[(1, 0)] - p[(0, 0)] - 2.0).abs() < 1e-14);
/// assert_eq!(model.predict(x)?, [0, 0, 1, 1]);
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// Hastie, Tibshirani and Friedman (2009), section 6.6.3; P. Domingos and M. Pazzani, *On the optimality of the simple
/// Bayesian classifier under zero-one loss*, Machine Learning 29 (1997), 103–130. Smoothing is scikit-learn's
/// `var_smoothing`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GaussianNaiveBayes {
    /// The share of the largest variance that is added to all. Default 1e-9.
    pub smoothing: f64,
}

impl Default for GaussianNaiveBayes {
    fn default() -> Self {
        Self { smoothing: 1e-9 }
    }
}

/// Means and variances of every class; made by [`GaussianNaiveBayes`].
#[derive(Clone, Debug, PartialEq)]
pub struct GaussianBayesModel {
    ln_priors: Vec<f64>,
    /// Classes × features.
    means: DMatrix<f64>,
    variances: DMatrix<f64>,
}

impl Fit<u32> for GaussianNaiveBayes {
    type Model = GaussianBayesModel;

    fn fit(&self, x: MatrixRef<'_, f64>, labels: &[u32]) -> Result<GaussianBayesModel, ModelError> {
        self.model(x, labels, &vec![1.0; labels.len()])
    }
}

impl FitWeighted<u32> for GaussianNaiveBayes {
    fn fit_weighted(
        &self,
        x: MatrixRef<'_, f64>,
        labels: &[u32],
        weights: &[f64],
    ) -> Result<GaussianBayesModel, ModelError> {
        let counted = Weighted::new(x, labels, weights)?;
        self.model(view(&counted.x), &counted.y, &counted.weights)
    }
}

impl GaussianNaiveBayes {
    fn model(
        self,
        x: MatrixRef<'_, f64>,
        labels: &[u32],
        weights: &[f64],
    ) -> Result<GaussianBayesModel, ModelError> {
        let holds = self.smoothing >= 0.0 && self.smoothing.is_finite();
        check_setting(
            "smoothing",
            self.smoothing,
            holds,
            "finite and not negative",
        )?;
        check_pairs(x, labels.len())?;
        let (classes, features) = (classes(labels)?, x.rows());
        let (mut means, mut variances) = (
            DMatrix::zeros(classes, features),
            DMatrix::zeros(classes, features),
        );
        let (mut totals, mut largest) = (vec![0.0; classes], 0.0_f64);
        for (&label, weight) in zip(labels, weights) {
            totals[label as usize] += weight; // `classes` has counted it
        }
        let total: f64 = totals.iter().sum();
        if !total.is_finite() {
            let what = "the sum of the weights";
            return Err(ModelError::Overflow { what });
        }
        for j in 0..features {
            let (all, of_class) = moments(x, labels, weights, j, classes);
            largest = largest.max(all.variance());
            for (k, moments) in of_class.iter().enumerate() {
                means[(k, j)] = moments.mean();
                variances[(k, j)] = moments.variance();
            }
        }
        variances.add_scalar_mut(self.smoothing * largest);
        check_variances(&variances)?;
        Ok(GaussianBayesModel {
            ln_priors: totals.iter().map(|n| (n / total).ln()).collect(),
            means,
            variances,
        })
    }
}

impl GaussianBayesModel {
    /// Means, classes × features.
    #[must_use]
    pub const fn means(&self) -> &DMatrix<f64> {
        &self.means
    }

    /// Variances with what was added to them, classes × features.
    #[must_use]
    pub const fn variances(&self) -> &DMatrix<f64> {
        &self.variances
    }

    /// The logarithms of the probabilities, classes × samples.
    ///
    /// # Errors
    ///
    /// As [`Predict::predict`].
    pub fn ln_probabilities(&self, x: MatrixRef<'_, f64>) -> Result<DMatrix<f64>, ModelError> {
        let mut joint = self.ln_joint(x)?;
        for mut column in joint.column_iter_mut() {
            let total = log_sum_exp(column.as_slice());
            column.add_scalar_mut(-total);
        }
        Ok(joint)
    }

    /// $`\ln p(k) + \ln p(x \mid k)`$, classes × samples.
    fn ln_joint(&self, x: MatrixRef<'_, f64>) -> Result<DMatrix<f64>, ModelError> {
        check_features(x, self.means.ncols())?;
        let density = |k: usize, sample: usize| {
            let terms = x.column(sample).enumerate().map(|(j, x)| {
                let (mean, variance) = (self.means[(k, j)], self.variances[(k, j)]);
                // (x − μ)² alone could overflow.
                let z = (x - mean) / variance.sqrt();
                -0.5 * ((TAU * variance).ln() + z * z)
            });
            self.ln_priors[k] + terms.sum::<f64>()
        };
        let joint = DMatrix::from_fn(self.means.nrows(), x.columns(), density);
        if joint.iter().all(|p| p.is_finite()) {
            return Ok(joint);
        }
        Err(ModelError::Overflow {
            what: "the distance of a sample from a class",
        })
    }
}

/// The most likely class; of equally likely ones, the first.
impl Predict<u32> for GaussianBayesModel {
    fn predict(&self, x: MatrixRef<'_, f64>) -> Result<Vec<u32>, ModelError> {
        Ok(argmax(view(&self.ln_joint(x)?))?)
    }
}

/// Moments of a feature over all samples, and over those of each class.
fn moments(
    x: MatrixRef<'_, f64>,
    labels: &[u32],
    weights: &[f64],
    j: usize,
    classes: usize,
) -> (WeightedMoments, Vec<WeightedMoments>) {
    let (mut all, mut of_class) = (
        WeightedMoments::default(),
        vec![WeightedMoments::default(); classes],
    );
    for (x, (&label, &weight)) in x.row(j).zip(zip(labels, weights)) {
        all.push(x, weight);
        of_class[label as usize].push(x, weight); // `classes` has counted it
    }
    (all, of_class)
}

/// Variances are positive and finite.
fn check_variances(variances: &DMatrix<f64>) -> Result<(), ModelError> {
    if variances.iter().any(|v| !v.is_finite()) {
        return Err(ModelError::Overflow {
            what: "the variance of a feature",
        });
    }
    let (classes, features) = variances.shape();
    let mut places =
        (0..classes).flat_map(|class| (0..features).map(move |feature| (feature, class)));
    match places.find(|&(feature, class)| variances[(class, feature)] == 0.0) {
        None => Ok(()),
        Some((feature, class)) => Err(ModelError::NoVariance { feature, class }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::{Order, Shape};

    #[test]
    fn a_constant_feature_needs_smoothing() {
        let x = MatrixRef::new(&[1.0, 1.0, 4.0, 6.0], Shape::new(1, 4), Order::Columns).unwrap();
        let fit = |smoothing| GaussianNaiveBayes { smoothing }.fit(x, &[0, 0, 1, 1]);
        let (feature, class) = (0, 0);
        assert_eq!(fit(0.0), Err(ModelError::NoVariance { feature, class }));
        let model = fit(0.5).unwrap();
        assert_eq!(model.means().as_slice(), [1.0, 5.0]);
        // All: mean 3, variance (4 + 4 + 1 + 9) / 4 = 4.5; half of it is added to 0 and 1.
        assert_eq!(model.variances().as_slice(), [2.25, 3.25]);
        assert!(fit(-1.0).is_err() && fit(f64::NAN).is_err());
    }
}
