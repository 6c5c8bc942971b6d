//! Autoencoders.

use super::mlp::{Mlp, as_columns};
use super::training::{dense_layers, network, trained};
use crate::error::ModelError;
use crate::samples::{check_features, check_pairs};
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::view;
use gradus_nn::layers::Layer;
use gradus_nn::losses::{SquaredError, Target};
use gradus_nn::{Dataset, Features, Key, Model, Output};
use gradus_numeric::MatrixRef;

/// An autoencoder: a network that must say again what it has seen, through a narrow place.
///
/// ```math
/// \min_{e, d} \; \frac1n \sum_{i=1}^n \lVert d(e(x_i)) - x_i \rVert^2, \qquad e(x) \in \mathbb{R}^{\text{code}}
/// ```
///
/// The encoder $`e`$ has the hidden layers of `network` and then `code` units, the decoder $`d`$ the same in reverse. What
/// passes through the narrow place is what samples have in common. Without hidden layers, the best one spans the plane of
/// the first principal components.
///
/// # Shapes
///
/// `x: p × n`, one sample a column; codes: code × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a reconstruction is the decoded code | `a_reconstruction_is_the_decoded_code` |
/// | without hidden layers no reconstruction is better than that of principal components, and a trained one comes near | `a_linear_autoencoder_finds_the_principal_plane` |
///
/// # Errors
///
/// [`ModelError::NoSamples`], [`ModelError::NonFinite`]; [`ModelError::Network`] for settings without a meaning, and if
/// the training diverges.
///
/// # Examples
///
/// ```
/// use gradus_models::{Autoencoder, MatrixRef, Mlp, Order, Shape};
///
/// // Points on a line in the plane: one number tells where.
/// let points = [-2.0, -1.0, 0.0, 0.0, 2.0, 1.0, 4.0, 2.0];
/// let x = MatrixRef::new(&points, Shape::new(2, 4), Order::Columns)?;
/// let network = Mlp { hidden: vec![], epochs: 2000, learning_rate: 0.01, weight_decay: 0.0, ..Mlp::default() };
/// let model = Autoencoder { code: 1, network }.fit(x)?;
/// assert_eq!(model.encode(x)?.shape(), (1, 4));
/// let again = model.reconstruct(x)?;
/// assert!((again[(0, 3)] - 4.0).abs() < 0.05 && (again[(1, 3)] - 2.0).abs() < 0.05);
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// G. E. Hinton and R. R. Salakhutdinov, *Reducing the dimensionality of data with neural networks*, Science 313 (2006),
/// 504–507; P. Baldi and K. Hornik, *Neural networks and principal component analysis*, Neural Networks 2 (1989), 53–58.
#[derive(Clone, Debug, PartialEq)]
pub struct Autoencoder {
    /// How many numbers pass. Default 2.
    pub code: usize,
    /// Hidden layers of the encoder, and how it is trained.
    pub network: Mlp,
}

impl Default for Autoencoder {
    fn default() -> Self {
        Self {
            code: 2,
            network: Mlp::default(),
        }
    }
}

/// An encoder and its decoder; made by [`Autoencoder`].
#[derive(Debug)]
pub struct AutoencoderModel {
    encoder: Model<f64>,
    decoder: Model<f64>,
    features: usize,
    code: usize,
}

impl Autoencoder {
    /// Learns to say the samples again.
    ///
    /// # Errors
    ///
    /// As [`Autoencoder`].
    pub fn fit(&self, x: MatrixRef<'_, f64>) -> Result<AutoencoderModel, ModelError> {
        check_pairs(x, x.columns())?;
        let (columns, features) = (as_columns(x)?, x.rows());
        let same = view(&columns);
        let data = Dataset::new(Features::Numbers(same), Target::Values(same))?;
        let whole = network(features, self.layers(features), Output::Identity)?;
        let model = trained(&self.network, whole, &data, Box::new(SquaredError))?;
        self.parts(&model, features)
    }

    /// Encoder, then decoder; the code itself goes through no ReLU.
    fn layers(&self, features: usize) -> Vec<Box<dyn Layer<f64>>> {
        let mut layers = dense_layers(&self.network.hidden, self.code);
        layers.extend(dense_layers(&self.reversed(), features));
        layers
    }

    fn reversed(&self) -> Vec<usize> {
        self.network.hidden.iter().rev().copied().collect()
    }

    /// Two networks with the first and the last of the parameters.
    fn parts(&self, model: &Model<f64>, features: usize) -> Result<AutoencoderModel, ModelError> {
        let encoder = dense_layers(&self.network.hidden, self.code);
        let encoder = network(features, encoder, Output::Identity)?;
        let decoder = dense_layers(&self.reversed(), features);
        let decoder = network(self.code, decoder, Output::Identity)?;
        let (first, last) = model.theta().split_at(encoder.layout().len());
        let key = Key::new(0); // replaced at once
        let (mut encoder, mut decoder) = (encoder.initialize(key)?, decoder.initialize(key)?);
        encoder.set_theta(first.to_vec())?;
        decoder.set_theta(last.to_vec())?;
        Ok(AutoencoderModel {
            encoder,
            decoder,
            features,
            code: self.code,
        })
    }
}

impl AutoencoderModel {
    /// The encoder, for what `gradus-nn` can do with it: save it, explain it, train it on.
    #[must_use]
    pub const fn encoder(&self) -> &Model<f64> {
        &self.encoder
    }

    /// The decoder, for the same.
    #[must_use]
    pub const fn decoder(&self) -> &Model<f64> {
        &self.decoder
    }

    /// $`e(x)`$: the codes of samples.
    ///
    /// # Errors
    ///
    /// [`ModelError::FeatureCount`], [`ModelError::NonFinite`].
    pub fn encode(&self, x: MatrixRef<'_, f64>) -> Result<DMatrix<f64>, ModelError> {
        check_features(x, self.features)?;
        Ok(self.encoder.predict(x)?)
    }

    /// $`d(c)`$: the samples that belong to codes.
    ///
    /// # Errors
    ///
    /// As [`encode`](Self::encode).
    pub fn decode(&self, codes: MatrixRef<'_, f64>) -> Result<DMatrix<f64>, ModelError> {
        check_features(codes, self.code)?;
        Ok(self.decoder.predict(codes)?)
    }

    /// $`d(e(x))`$: what is left of samples.
    ///
    /// # Errors
    ///
    /// As [`encode`](Self::encode).
    pub fn reconstruct(&self, x: MatrixRef<'_, f64>) -> Result<DMatrix<f64>, ModelError> {
        self.decode(view(&self.encode(x)?))
    }
}
