//! Multilayer perceptrons.

use super::training::{dense_layers, network, trained};
use crate::contract::{Fit, Predict};
use crate::error::ModelError;
use crate::samples::{check_features, check_numbers, check_pairs, classes, selected};
use gradus_evaluation::argmax;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::view;
use gradus_nn::losses::{SoftmaxCrossEntropy, SquaredError, Target};
use gradus_nn::{Dataset, Features, Model, Output};
use gradus_numeric::{MatrixRef, Order, Shape};

/// A multilayer perceptron: dense layers with ReLU between them, trained by Adam with weight decay.
///
/// ```math
/// f(x) = W_L \max(0, \dots \max(0, W_1 x + b_1) \dots) + b_L
/// ```
///
/// From labels it makes a classifier (softmax and cross-entropy), from numbers a regressor (squared error). It is a few
/// lines around `gradus-nn`; for other layers, losses, schedules and callbacks take that. Features, and the targets of a
/// regression, should be near one in size ([`Preparation`](crate::Preparation)).
///
/// # Shapes
///
/// `x: p × n`, one sample a column; targets: n labels or numbers.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | settings and samples decide every bit, threads none | `a_perceptron_is_decided_by_its_seed` |
/// | without hidden layers it comes to softmax regression | `a_network_without_hidden_layers_is_softmax_regression` |
///
/// # Errors
///
/// [`ModelError::TargetCount`], [`ModelError::NoSamples`], [`ModelError::NonFinite`], [`ModelError::TargetNotFinite`],
/// [`ModelError::OneClass`], [`ModelError::MissingClass`]; [`ModelError::Network`] for settings without a meaning, and if
/// the training diverges.
///
/// # Examples
///
/// XOR, which no line parts:
///
/// ```
/// use gradus_models::{Fit, MatrixRef, Mlp, Order, Predict, Shape};
///
/// let corners = [0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
/// let x = MatrixRef::new(&corners, Shape::new(2, 4), Order::Columns)?;
/// let xor = [0_u32, 1, 1, 0];
/// let mlp = Mlp { hidden: vec![8], epochs: 400, learning_rate: 0.03, ..Mlp::default() };
/// assert_eq!(mlp.fit(x, &xor)?.predict(x)?, xor);
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// D. E. Rumelhart, G. E. Hinton and R. J. Williams, *Learning representations by back-propagating errors*, Nature 323
/// (1986), 533–536; Goodfellow, Bengio and Courville, *Deep Learning* (2016), chapter 6.
#[derive(Clone, Debug, PartialEq)]
pub struct Mlp {
    /// Units of the hidden layers. Default: one of 100.
    pub hidden: Vec<usize>,
    /// How often all samples are seen. Default 200.
    pub epochs: u64,
    /// Samples per step. Default 32.
    pub batch: usize,
    /// Adam's. Default 0.001.
    pub learning_rate: f64,
    /// What is taken off the parameters in each step, as a share of the learning rate. Default 0.0001.
    pub weight_decay: f64,
    /// Worker threads; they change no bit. Default 1.
    pub threads: usize,
    /// Decides the first weights and the order of the samples. Default 0.
    pub seed: u64,
}

impl Default for Mlp {
    fn default() -> Self {
        Self {
            hidden: vec![100],
            epochs: 200,
            batch: 32,
            learning_rate: 1e-3,
            weight_decay: 1e-4,
            threads: 1,
            seed: 0,
        }
    }
}

/// A network of classes; made by [`Mlp`] from labels.
#[derive(Debug)]
pub struct MlpClassifier {
    model: Model<f64>,
    features: usize,
}

/// A network of one number; made by [`Mlp`] from numbers.
#[derive(Debug)]
pub struct MlpRegressor {
    model: Model<f64>,
    features: usize,
}

impl Fit<u32> for Mlp {
    type Model = MlpClassifier;

    fn fit(&self, x: MatrixRef<'_, f64>, labels: &[u32]) -> Result<MlpClassifier, ModelError> {
        check_pairs(x, labels.len())?;
        let (columns, features) = (as_columns(x)?, x.rows());
        let data = Dataset::new(Features::Numbers(view(&columns)), Target::Labels(labels))?;
        let layers = dense_layers(&self.hidden, classes(labels)?);
        let network = network(features, layers, Output::Softmax)?;
        let model = trained(
            self,
            network,
            &data,
            Box::new(SoftmaxCrossEntropy::default()),
        )?;
        Ok(MlpClassifier { model, features })
    }
}

impl Fit<f64> for Mlp {
    type Model = MlpRegressor;

    fn fit(&self, x: MatrixRef<'_, f64>, y: &[f64]) -> Result<MlpRegressor, ModelError> {
        check_pairs(x, y.len())?;
        check_numbers(y)?;
        let (columns, features) = (as_columns(x)?, x.rows());
        let targets = MatrixRef::new(y, Shape::new(1, y.len()), Order::Columns)?;
        let data = Dataset::new(Features::Numbers(view(&columns)), Target::Values(targets))?;
        let network = network(features, dense_layers(&self.hidden, 1), Output::Identity)?;
        let model = trained(self, network, &data, Box::new(SquaredError))?;
        Ok(MlpRegressor { model, features })
    }
}

impl MlpClassifier {
    /// The network, for what `gradus-nn` can do with it: save it, explain it, train it on.
    #[must_use]
    pub const fn network(&self) -> &Model<f64> {
        &self.model
    }

    /// The probabilities, classes × samples.
    ///
    /// # Errors
    ///
    /// As [`Predict::predict`].
    pub fn probabilities(&self, x: MatrixRef<'_, f64>) -> Result<DMatrix<f64>, ModelError> {
        check_features(x, self.features)?;
        Ok(self.model.predict(x)?)
    }
}

impl MlpRegressor {
    /// The network, for what `gradus-nn` can do with it.
    #[must_use]
    pub const fn network(&self) -> &Model<f64> {
        &self.model
    }
}

/// The most likely class; of equally likely ones, the first.
impl Predict<u32> for MlpClassifier {
    fn predict(&self, x: MatrixRef<'_, f64>) -> Result<Vec<u32>, ModelError> {
        Ok(argmax(view(&self.probabilities(x)?))?)
    }
}

impl Predict<f64> for MlpRegressor {
    fn predict(&self, x: MatrixRef<'_, f64>) -> Result<Vec<f64>, ModelError> {
        check_features(x, self.features)?;
        Ok(self.model.predict(x)?.as_slice().to_vec())
    }
}

/// The samples, each contiguous.
pub(super) fn as_columns(x: MatrixRef<'_, f64>) -> Result<DMatrix<f64>, ModelError> {
    let all: Vec<u32> = (0..).take(x.columns()).collect();
    selected(x, &all)
}
