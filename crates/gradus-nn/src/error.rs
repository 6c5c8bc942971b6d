//! What can go wrong in this crate.

use crate::exchange::ExchangeError;
use crate::sample_shape::SampleShape;
use gradus_autodiff::AutodiffError;
use gradus_data::DataError;
use gradus_linalg::LinalgError;
use gradus_losses::LossError;
use gradus_numeric::{NumericError, Shape};
use gradus_optim::OptimError;
use gradus_privacy::PrivacyError;
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum NnError {
    /// A network has no layers.
    #[error("a network needs at least one layer")]
    NoLayers,
    /// A layer cannot take what the layer before hands on.
    #[error("layer {layer} ({kind}) of {input}: {why}")]
    Layer {
        /// Path of the layer: `3`, or `3.0` for the first layer inside of layer 3.
        layer: String,
        /// What kind of layer it is.
        kind: &'static str,
        /// What a sample is that it gets.
        input: SampleShape,
        /// Why it cannot take it.
        why: Box<Misfit>,
    },
    /// A layer asks for something else than it asked for when the network was made.
    #[error(
        "layer {layer} ({kind}) asks {asked}; when the network was made it asked {declared}: \
         a layer asks for the same in the same order, whether it trains or not"
    )]
    Request {
        /// Path of the layer.
        layer: String,
        /// What kind of layer it is.
        kind: &'static str,
        /// What it asks for.
        asked: String,
        /// What it asked for first.
        declared: String,
    },
    /// Two layers that share a parameter want different ones.
    #[error("tied layers share {name}, but one has dimensions {first:?} and the other {second:?}")]
    Tied {
        /// Name of the parameter.
        name: String,
        /// Its dimensions in the first layer.
        first: Vec<usize>,
        /// Its dimensions in the other layer.
        second: Vec<usize>,
    },
    /// There is no memory for that many numbers.
    #[error("{what}: {numbers} numbers, {bytes} bytes, are more than there is memory for")]
    TooLarge {
        /// What the numbers are.
        what: &'static str,
        /// How many.
        numbers: usize,
        /// How many bytes.
        bytes: u128,
    },
    /// A parameter or buffer would not be a finite number.
    #[error("entry {index} of {name} is {value:e}, not a finite number")]
    NonFiniteParameter {
        /// Name of the parameter or buffer.
        name: String,
        /// Index of the first such entry.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// The validation loss of an epoch is not a number; the parameters are those after the epoch.
    #[error("epoch {epoch}: the validation loss is not a number")]
    ValidationLoss {
        /// The epoch, counted from 1.
        epoch: u64,
    },
    /// The metric that early stopping watches is not a number after an epoch; the parameters are those after it.
    #[error("epoch {epoch}: {name}, which early stopping watches, is not a number")]
    WatchedMetric {
        /// The epoch, counted from 1.
        epoch: u64,
        /// Its name.
        name: &'static str,
    },
    /// Early stopping is to watch a metric that the training does not have.
    #[error("early stopping watches {name:?}, which is none of the metrics: {metrics:?}")]
    NoSuchMetric {
        /// Its name.
        name: &'static str,
        /// The names of those that there are.
        metrics: String,
    },
    /// A training goes on in the middle of an epoch with another number of samples.
    #[error("the epoch was begun with {expected} samples and cannot go on with {got}")]
    OtherSamples {
        /// How many samples it was begun with.
        expected: usize,
        /// How many there are.
        got: usize,
    },
    /// A checkpoint belongs to another training.
    #[error("{}: {what} is {found} in the checkpoint, {expected} in this training", path.display())]
    Checkpoint {
        /// Which file.
        path: PathBuf,
        /// What differs.
        what: String,
        /// What it is in this training.
        expected: String,
        /// What it is in the file.
        found: String,
    },
    /// What a layer makes of the samples cannot be scaled to variance 1.
    #[error("layer {layer} makes numbers of variance {variance:e}, which no scale brings to 1")]
    NoVariance {
        /// The layer.
        layer: usize,
        /// Their variance.
        variance: f64,
    },
    /// A layer has no counterpart in ONNX.
    #[error("layer {layer} ({kind}) has no counterpart in ONNX")]
    NotExportable {
        /// Path of the layer.
        layer: String,
        /// What kind of layer it is.
        kind: &'static str,
    },
    /// There is no such output.
    #[error("there is no output {output}: the network has {outputs}, counted from 0")]
    NoSuchOutput {
        /// Which was asked for.
        output: usize,
        /// How many there are.
        outputs: usize,
    },
    /// There is no such layer.
    #[error("there is no layer {layer}: the network has {layers}, counted from 0")]
    NoSuchLayer {
        /// Which was asked for.
        layer: usize,
        /// How many there are.
        layers: usize,
    },
    /// A sample that is to be explained has an entry that is no number, or infinite.
    #[error("feature {feature} of sample {sample} is {value}, not a finite number")]
    NonFiniteInput {
        /// The feature.
        feature: usize,
        /// The sample.
        sample: usize,
        /// Its value.
        value: f64,
    },
    /// What an input contributes is not a finite number.
    #[error(
        "the attribution of feature {feature} of sample {sample} is {value}, not a finite number"
    )]
    NonFiniteAttribution {
        /// The feature, or the place.
        feature: usize,
        /// The sample.
        sample: usize,
        /// Its attribution.
        value: f64,
    },
    /// A setting lies outside of its domain.
    #[error("{name} = {value:e} lies outside of its domain {domain}")]
    Domain {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: f64,
        /// Where it must lie.
        domain: &'static str,
    },
    /// The samples do not have as many features as the network has inputs.
    #[error("the network takes {expected} features but the samples have {got}")]
    FeatureCount {
        /// How many the network takes.
        expected: usize,
        /// How many were given.
        got: usize,
    },
    /// Features and targets differ in number.
    #[error("{features} samples but {targets} targets")]
    TargetCount {
        /// How many samples there are.
        features: usize,
        /// How many targets there are.
        targets: usize,
    },
    /// There are no samples, or more than a 32-bit index can count.
    #[error("{samples} samples: a data set needs between 1 and 4294967295")]
    SampleCount {
        /// How many there are.
        samples: usize,
    },
    /// Samples and weights differ in number.
    #[error("{samples} samples but {weights} weights")]
    WeightCount {
        /// How many samples there are.
        samples: usize,
        /// How many weights there are.
        weights: usize,
    },
    /// A weight of a sample is negative, infinite or NaN.
    #[error("sample {sample} has weight {weight}, which is not in [0, ∞)")]
    SampleWeight {
        /// Which sample, counted from 0.
        sample: usize,
        /// Its weight.
        weight: f64,
    },
    /// Nothing in a batch counts.
    #[error(
        "epoch {epoch}, step {step}: all {samples} samples of the batch have weight 0, there is nothing to learn from: \
         leave such samples out, or take a larger batch"
    )]
    ZeroWeights {
        /// The epoch, counted from 1.
        epoch: u64,
        /// The step of the whole training, counted from 1.
        step: u64,
        /// How many samples the batch has.
        samples: usize,
    },
    /// A data set has no sample of that number.
    #[error("there is no sample {sample}: there are {samples}, counted from 0")]
    NoSuchSample {
        /// The number asked for.
        sample: u32,
        /// How many there are.
        samples: usize,
    },
    /// Features must have contiguous samples.
    #[error("samples must be contiguous: give the {shape} features in column order")]
    RowOrder {
        /// Shape of the features.
        shape: Shape,
    },
    /// A vector of parameters does not have the network's length.
    #[error("the network has {expected} parameters but the vector holds {got}")]
    ParameterCount {
        /// How many the network has.
        expected: usize,
        /// How many were given.
        got: usize,
    },
    /// There are not as many numbers as the dimensions of a parameter, or of its windows, ask for.
    #[error("the dimensions ask for {expected} numbers but there are {got}")]
    EntryCount {
        /// How many there should be; of whole windows the next number above.
        expected: usize,
        /// How many there are.
        got: usize,
    },
    /// The loss of a step is NaN or infinite; the parameters are those before the step.
    #[error("epoch {epoch}, step {step}: the loss is {loss}; try a smaller learning rate")]
    NonFiniteLoss {
        /// The epoch, counted from 1.
        epoch: u64,
        /// The step of the whole training, counted from 1.
        step: u64,
        /// The loss.
        loss: f64,
    },
    /// The worker threads could not be started.
    #[error("{threads} worker threads could not be started")]
    Threads {
        /// How many were asked for.
        threads: usize,
    },
    /// A file could not be read or written.
    #[error("{}: {kind}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What kind of failure.
        kind: io::ErrorKind,
    },
    /// A file of weights is larger than this network's can be.
    #[error("{}: {bytes} bytes, but the weights of this network take at most {limit}", path.display())]
    FileTooLarge {
        /// Which file.
        path: PathBuf,
        /// How large it is.
        bytes: u64,
        /// How large it may be.
        limit: u64,
    },
    /// A file holds no tensors, or what it holds is damaged; the reason says why.
    #[error("{}: {reason}", path.display())]
    InvalidFile {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        reason: Box<DataError>,
    },
    /// A file of weights lacks a tensor.
    #[error("{}: there is no tensor {name}", path.display())]
    MissingTensor {
        /// Which file.
        path: PathBuf,
        /// Name of the tensor.
        name: String,
    },
    /// A file of weights has tensors that the network does not know.
    #[error("{}: the network has no parameter {}", path.display(), names.join(", "))]
    UnknownTensors {
        /// Which file.
        path: PathBuf,
        /// Their names, sorted.
        names: Vec<String>,
    },
    /// A tensor has another shape than the parameter.
    #[error("{}: tensor {name} is {found:?}, the parameter is {expected:?}", path.display())]
    TensorShape {
        /// Which file.
        path: PathBuf,
        /// Name of the tensor.
        name: String,
        /// Shape of the parameter.
        expected: Vec<usize>,
        /// Shape of the tensor.
        found: Vec<usize>,
    },
    /// A tensor holds numbers of another type than the parameter.
    #[error("{}: tensor {name} holds {found} numbers, the network has {expected}", path.display())]
    TensorType {
        /// Which file.
        path: PathBuf,
        /// Name of the tensor.
        name: String,
        /// The number type of the network.
        expected: &'static str,
        /// The number type of the tensor.
        found: String,
    },
    /// A tensor holds a NaN or an infinity.
    #[error("{}: entry {index} of tensor {name} is {value}, not a finite number", path.display())]
    NonFiniteTensor {
        /// Which file.
        path: PathBuf,
        /// Name of the tensor.
        name: String,
        /// Index of the first such entry.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A layer learns from whole batches: what it keeps gets no noise.
    #[error(
        "private training refuses batch statistics: {buffer} is learned from whole batches, without noise"
    )]
    BatchStatistics {
        /// The name of the first such buffer.
        buffer: String,
    },
    /// The loss weighs classes, and training is private.
    #[error(
        "private training refuses the weights of {classes} classes: the mean would be divided by their sum over the \
         labels, which no noise hides"
    )]
    PrivateClassWeights {
        /// How many classes have a weight.
        classes: usize,
    },
    /// Samples have weights, and training is private.
    #[error(
        "private training refuses weights of samples, and ignored ones; sample 0 has weight {weight}: the mean would be \
         divided by the sum of weights, which no noise hides"
    )]
    PrivateSampleWeights {
        /// The weight of the first sample.
        weight: f64,
    },
    /// The gradient of a sample cannot be clipped.
    #[error(
        "step {step}: the gradient of sample {sample} has length {length}, which cannot be clipped"
    )]
    SampleGradient {
        /// The number of the step, from 1.
        step: u64,
        /// The number of the sample, from 0.
        sample: u32,
        /// Its length.
        length: f64,
    },
    /// A layer promises to keep samples apart, and a dense layer in it sees other columns than a batch has samples.
    #[error(
        "a dense layer sees {columns} columns of {samples} samples, so the gradient of a sample cannot be clipped: a layer \
         that regroups its samples must not promise to be samplewise"
    )]
    ColumnCount {
        /// How many samples there are.
        samples: usize,
        /// How many columns the dense layer sees.
        columns: usize,
    },
    /// The accountant of private training says no.
    #[error(transparent)]
    Privacy(#[from] PrivacyError),
    /// A factorization failed.
    #[error(transparent)]
    Linalg(#[from] LinalgError),
    /// A question to a tape failed.
    #[error(transparent)]
    Autodiff(#[from] AutodiffError),
    /// A loss refused its input.
    #[error(transparent)]
    Loss(#[from] LossError),
    /// An optimizer refused a step; parameters and its state have not changed.
    #[error(transparent)]
    Optim(#[from] OptimError),
    /// Processes that train together differ, or one of them has failed.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    /// A matrix does not fit its memory.
    #[error(transparent)]
    Numeric(#[from] NumericError),
}

/// Why a layer cannot take a sample.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum Misfit {
    /// The layer takes vectors.
    #[error("it takes a vector; flatten it first")]
    NotAVector,
    /// The layer takes images.
    #[error("it takes images, channels × height × width")]
    NotAnImage,
    /// The layer takes sequences.
    #[error("it takes sequences, features × steps")]
    NotASequence,
    /// A variance needs two values.
    #[error(
        "one sample of one place has no variance to normalize by: take a batch size that leaves no sample alone"
    )]
    OneValue,
    /// What the layer records does not fit together.
    #[error(transparent)]
    Recording(#[from] AutodiffError),
    /// There would be no numbers.
    #[error("there are no inputs or no outputs")]
    Empty,
    /// The layer takes images or sequences.
    #[error("it takes images or sequences, which have places")]
    NoPlaces,
    /// Groups do not divide channels and outputs.
    #[error("{groups} groups divide {channels} channels and {outputs} outputs not both evenly")]
    Groups {
        /// How many channels there are.
        channels: usize,
        /// How many outputs there are.
        outputs: usize,
        /// How many groups.
        groups: usize,
    },
    /// The window does not fit.
    #[error(
        "a window {kernel:?} with stride {stride:?}, padding {padding:?} and dilation {dilation:?} does not fit"
    )]
    Window {
        /// Height and width.
        kernel: [usize; 2],
        /// How far it moves.
        stride: [usize; 2],
        /// How far it stands over.
        padding: [usize; 2],
        /// How far apart its pixels are.
        dilation: [usize; 2],
    },
    /// A number is no row of a table.
    #[error("{value} is none of the rows 0 to {}", count.saturating_sub(1))]
    Index {
        /// The number.
        value: f64,
        /// How many rows there are.
        count: usize,
    },
    /// What comes out cannot be added to what went in.
    #[error("its layers make {output} of it, which cannot be added")]
    Residual {
        /// What a sample is that the layers make.
        output: SampleShape,
    },
}
