//! A network from layers to a trained model.

use super::mlp::Mlp;
use crate::error::ModelError;
use crate::samples::check_setting;
use gradus_nn::layers::{Layer, dense, relu};
use gradus_nn::losses::Loss;
use gradus_nn::optim::adam_w;
use gradus_nn::{Key, Model, Network, NnError, Output, Samples, Settings, Training};

/// Dense layers with ReLU behind each but the last.
pub(super) fn dense_layers(hidden: &[usize], outputs: usize) -> Vec<Box<dyn Layer<f64>>> {
    let mut layers: Vec<Box<dyn Layer<f64>>> = Vec::new();
    for &units in hidden {
        layers.push(dense(units));
        layers.push(relu());
    }
    layers.push(dense(outputs));
    layers
}

/// The network after its training.
pub(super) fn trained(
    settings: &Mlp,
    network: Network<f64>,
    samples: &dyn Samples<f64>,
    loss: Box<dyn Loss<f64>>,
) -> Result<Model<f64>, ModelError> {
    let decay = settings.weight_decay;
    let holds = decay >= 0.0 && decay.is_finite();
    check_setting("weight_decay", decay, holds, "finite and not negative")?;
    let model = network.initialize(Key::new(settings.seed).stream(INITIALIZATION))?;
    let optimizer = adam_w(settings.learning_rate, decay).map_err(NnError::from)?;
    let how = Settings {
        batch: settings.batch,
        threads: settings.threads,
        seed: settings.seed,
        ..Settings::default()
    };
    let mut training = Training::new(model, optimizer, loss, how)?;
    training.fit(settings.epochs, samples, &mut [])?;
    Ok(training.into_model())
}

/// A network of these layers.
pub(super) fn network(
    inputs: usize,
    layers: Vec<Box<dyn Layer<f64>>>,
    output: Output,
) -> Result<Network<f64>, ModelError> {
    Ok(Network::new(inputs, layers, output)?)
}

/// The random stream of the first weights; 0 is that of the shuffling.
const INITIALIZATION: u64 = 1;
