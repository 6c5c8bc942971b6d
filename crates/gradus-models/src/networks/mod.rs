//! Networks as ready models.

mod autoencoder;
mod mlp;
mod training;

pub use autoencoder::{Autoencoder, AutoencoderModel};
pub use mlp::{Mlp, MlpClassifier, MlpRegressor};
