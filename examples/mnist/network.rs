//! The two networks that can be trained.

use crate::options::{Architecture, Options};
use gradus::data::TrainTest;
use gradus::nn::layers::{Layer, convolution, dense, flatten, max_pool, relu};
use gradus::nn::{Network, Output, SampleShape};
use std::error::Error;

/// The network that the options ask for.
pub(crate) fn network(options: &Options, data: &TrainTest) -> Result<Network<f32>, Box<dyn Error>> {
    match options.network {
        Architecture::Mlp => dense_layers(options, data),
        Architecture::Cnn => convolutions(options, data),
    }
}

/// The number of classes: what the last layer makes.
pub(crate) fn classes(options: &Options) -> Result<u32, Box<dyn Error>> {
    let classes = options.layers().last().copied().unwrap_or(0);
    u32::try_from(classes).map_err(|_| format!("--layers: {classes} classes are too many").into())
}

/// Dense layers with relu between them, with Glorot's uniform weights as in Keras.
fn dense_layers(options: &Options, data: &TrainTest) -> Result<Network<f32>, Box<dyn Error>> {
    let features = data.train.features();
    let [inputs, hidden @ .., outputs] = options.layers() else {
        return Err("--layers: give at least two numbers".into());
    };
    if *inputs != features {
        return Err(format!(
            "--layers: the first must be {features}, the pixels of an image, not {inputs}"
        )
        .into());
    }
    let mut layers: Vec<Box<dyn Layer<f32>>> = Vec::new();
    for &units in hidden {
        layers.push(dense(units));
        layers.push(relu());
    }
    layers.push(dense(*outputs));
    Ok(Network::new(*inputs, layers, Output::Softmax)?)
}

/// Two convolutions of 3 × 3 pixels, each with relu and the largest of 2 × 2 pixels, and a dense layer.
fn convolutions(options: &Options, data: &TrainTest) -> Result<Network<f32>, Box<dyn Error>> {
    if options.layers.is_some() {
        return Err("--layers: these are the layers of --network mlp".into());
    }
    let classes = usize::try_from(classes(options)?)?;
    let images = SampleShape::Image {
        channels: 1,
        height: data.train.rows(),
        width: data.train.columns(),
    };
    let layers = vec![
        convolution(16, 3),
        relu(),
        max_pool(2),
        convolution(32, 3),
        relu(),
        max_pool(2),
        flatten(),
        dense(classes),
    ];
    Ok(Network::new(images, layers, Output::Softmax)?)
}
