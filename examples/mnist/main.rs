//! Handwritten digits: the whole way from files to a trained, judged and saved network.
//!
//! A network of dense layers learns which digit an image of 28 × 28 gray pixels shows. The last layer
//! makes ten numbers z of an image x, softmax makes them a distribution, and cross-entropy measures how
//! little of it falls on the true digit y:
//!
//! ```text
//! p(x) = softmax(z(x)),    L(θ) = −(1/N) Σₙ ln p(xₙ)[yₙ]
//! ```
//!
//! Adam follows the gradient of L on batches of 128 images. Run it with
//!
//! ```text
//! cargo run --release --example mnist
//! ```
//!
//! and look at `out/mnist`: the model, the history, the result, and pictures of them. The folder is tried before the
//! training starts, and the model is saved as soon as it ends, before anything else can go wrong.
//!
//! What to try: `--layers 784,512,512,10` for 98 % instead of 95 %; `--lr 0.1` to see it fail; a folder
//! with Fashion-MNIST after `--data`.

mod options;
mod progress;
mod report;
mod screen;

use gradus::data::{LabelledImages, Limits, TrainTest, open_folder};
use gradus::evaluation::hits;
use gradus::losses::{SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{Layer, dense, relu};
use gradus::nn::{
    Dataset, Features, Metric, Model, Network, NnError, Output, Settings, Summary, Training,
};
use gradus::optim::{Chain, OptimError, adam, adam_w, momentum, nesterov, sgd};
use gradus::random::Key;
use options::{Optimizer, Options};
use progress::Progress;
use report::Report;
use screen::{Screen, whisper};
use std::error::Error;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            whisper(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let options = Options::parse()?;
    let mut screen = Screen::default();
    if options.help {
        screen.say(options::HELP);
        return Ok(screen.end()?);
    }
    gradus::files::prepare_folder(&options.out)?;
    let data = open_folder(&options.data, classes(&options)?, &Limits::default())?;
    let model =
        network(&options, &data)?.initialize(Key::new(options.seed).stream(INITIALIZATION))?;
    if !options.json {
        screen.say(format_args!("{}\n", Summary::of(model.network())));
    }

    let (train, test) = (dataset(&data.train)?, dataset(&data.test)?);
    let mut progress = Progress::new(options.epochs, data.train.len());
    let mut training = training(&options, model)?;
    training.fit(options.epochs, &train, &mut [&mut progress])?;
    report::save(&training, &options.out)?;

    let report = Report::new(&training, &data.test, &test)?;
    let result = json(&options, &report, &progress, training.model());
    report.write(&options.out, &training, &result.to_string())?;
    if options.json {
        screen.say(result);
    } else {
        screen.say(&report);
        screen.say(format_args!(
            "model, history and pictures: {}",
            options.out.display()
        ));
    }
    let kept = |error| {
        format!(
            "{error}; model, history and result are in {}",
            options.out.display()
        )
    };
    Ok(screen.end().map_err(kept)?)
}

/// The model with everything that trains it.
fn training(options: &Options, model: Model<f32>) -> Result<Training<f32>, Box<dyn Error>> {
    let settings = Settings {
        batch: options.batch,
        shard: options.shard,
        threads: options.threads,
        seed: options.seed,
    };
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let accuracy = Metric::new("accuracy", |logits, target| match target {
        Target::Labels(labels) => hits(logits, labels).map_or(f64::NAN, |n| n as f64),
        Target::Values(_) => f64::NAN,
    });
    let training = Training::new(model, optimizer(options)?, loss, settings)?;
    Ok(training.with_metrics(vec![accuracy]))
}

/// The number of classes: what the last layer makes.
fn classes(options: &Options) -> Result<u32, Box<dyn Error>> {
    let classes = options.layers.last().copied().unwrap_or(0);
    u32::try_from(classes).map_err(|_| format!("--layers: {classes} classes are too many").into())
}

/// Dense layers with relu between them, with Glorot's uniform weights as in Keras.
fn network(options: &Options, data: &TrainTest) -> Result<Network<f32>, Box<dyn Error>> {
    let features = data.train.features();
    let [inputs, hidden @ .., outputs] = &options.layers[..] else {
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

fn dataset(images: &LabelledImages) -> Result<Dataset<'_, f32>, NnError> {
    let (bytes, features) = (images.pixels(), images.features());
    Dataset::new(
        Features::Bytes {
            bytes,
            features,
            scale: 1.0 / 255.0,
        },
        Target::Labels(images.labels()),
    )
}

fn optimizer(options: &Options) -> Result<Chain<f32>, OptimError> {
    let rate = options.learning_rate;
    match options.optimizer {
        Optimizer::Adam => adam(rate),
        Optimizer::AdamW => adam_w(rate, 1e-2),
        Optimizer::Sgd => sgd(rate),
        Optimizer::Momentum => momentum(rate, 0.9),
        Optimizer::Nesterov => nesterov(rate, 0.9),
    }
}

fn json(
    options: &Options,
    report: &Report,
    progress: &Progress,
    model: &Model<f32>,
) -> serde_json::Value {
    serde_json::json!({
        "test_accuracy": report.accuracy(),
        "epoch_seconds": progress.epoch_seconds,
        "parameters": model.theta().len(),
        "seed": options.seed,
        "threads": options.threads,
        "theta_hash": format!("{:016x}", hash(model.theta())),
    })
}

/// The 64-bit FNV-1a hash of the bits of the parameters.
fn hash(theta: &[f32]) -> u64 {
    let bytes = theta.iter().flat_map(|x| x.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

/// The random stream of the first weights; 0 is that of the shuffling.
const INITIALIZATION: u64 = 1;
