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
//! What to try: `--layers 784,512,512,10` for 98 % instead of 95 %; `--network cnn --epochs 3` for more than that with
//! fewer parameters; `--lr 0.1` to see it fail; `--checkpoint-every 100 --resume`, killed and started again; a folder with
//! Fashion-MNIST after `--data`.

mod augment;
mod checkpoints;
mod network;
mod optimizer;
mod options;
mod progress;
mod report;
mod screen;

use augment::{Augmented, Clock};
use checkpoints::Checkpoints;
use gradus::data::{LabelledImages, Limits, class_weights, open_folder};
use gradus::evaluation::{Fractions, hits, stratified_split};
use gradus::losses::{ClassWeightedCrossEntropy, Loss, SoftmaxCrossEntropy, Target};
use gradus::nn::{
    Callback, Dataset, EarlyStopping, Features, History, Metric, Model, NnError, Samples, Settings,
    Subset, Summary, Training,
};
use gradus::random::Key;
use network::{classes, network};
use options::Options;
use progress::Progress;
use report::Report;
use screen::{Screen, whisper};
use std::error::Error;
use std::process::ExitCode;
use std::sync::atomic::AtomicU64;

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
    let (model, history, progress) = fit(&options, &data.train, &train, model)?;
    report::save(&model, &history, &options.out)?;

    let report = Report::new(&model, &data.test, &test)?;
    let result = json(&options, &report, &progress, &model);
    report.write(&options.out, &model, &history, &result.to_string())?;
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

/// Trains the model, and tells what it has been through, and how long it took.
fn fit(
    options: &Options,
    images: &LabelledImages,
    train: &Dataset<'_, f32>,
    model: Model<f32>,
) -> Result<(Model<f32>, History, Progress), Box<dyn Error>> {
    let (epoch, key) = (AtomicU64::new(0), Key::new(options.seed));
    let drawn = Augmented::new(images, key.stream(AUGMENTATION), &epoch);
    let source: &dyn Samples<f32> = if options.augment { &drawn } else { train };
    let [learned, held_out] = split(options, images)?;
    let whole = held_out.is_empty();
    let learned = Subset::new(source, learned)?;
    let held_out = Subset::new(train, held_out)?;
    let samples: &dyn Samples<f32> = if whole { source } else { &learned };

    let mut training = training(options, model, images.labels(), samples.len())?;
    checkpoints::resume(options, &mut training)?;
    let left = training.remaining(options.epochs);
    let mut clock = Clock(&epoch);
    let mut checkpoints = Checkpoints::new(options);
    let mut progress = Progress::new(options.epochs, samples.len());
    let callbacks: &mut [&mut dyn Callback<f32>] =
        &mut [&mut clock, &mut checkpoints, &mut progress];
    if whole {
        training.fit(left, samples, callbacks)?;
    } else {
        training.fit_validated(left, samples, &held_out, callbacks)?;
    }
    checkpoints.end()?;
    let history = training.history().clone();
    Ok((training.into_best()?, history, progress))
}

/// Which training images are learned from and which are held out to tell when to stop: each class a tenth.
fn split(options: &Options, images: &LabelledImages) -> Result<[Vec<u32>; 2], Box<dyn Error>> {
    if options.patience.is_none() {
        return Ok([vec![], vec![]]);
    }
    let fractions = Fractions {
        validation: 0.1,
        test: 0.0,
    };
    let mut rng = Key::new(options.seed).stream(SPLIT).rng();
    let split = stratified_split(images.labels(), fractions, &mut rng)?;
    Ok([split.train, split.validation])
}

/// The model with everything that trains it, on so many images.
fn training(
    options: &Options,
    model: Model<f32>,
    labels: &[u32],
    images: usize,
) -> Result<Training<f32>, Box<dyn Error>> {
    let settings = Settings {
        batch: options.batch,
        shard: options.shard,
        threads: options.threads,
        seed: options.seed,
    };
    let loss: Box<dyn Loss<f32>> = if options.class_weights {
        let weights = class_weights(labels, classes(options)?)?;
        Box::new(ClassWeightedCrossEntropy::new(weights, 0.0)?)
    } else {
        Box::new(SoftmaxCrossEntropy::default())
    };
    let accuracy = Metric::new("accuracy", |logits, target| match target {
        Target::Labels(labels) => hits(logits, labels).map_or(f64::NAN, |n| n as f64),
        Target::Values(_) => f64::NAN,
    });
    let steps = images.div_ceil(options.batch.max(1)) as u64 * options.epochs;
    let optimizer = optimizer::optimizer(options, steps)?;
    let training = Training::new(model, optimizer, loss, settings)?
        .with_metrics(vec![accuracy])
        .with_penalties(optimizer::penalties(options))?;
    Ok(match options.patience {
        Some(patience) => training.with_early_stopping(EarlyStopping::new(patience, 0.0)?),
        None => training,
    })
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
/// The random stream of the images that are held out.
const SPLIT: u64 = 2;
/// The random stream of what is done to images.
const AUGMENTATION: u64 = 3;
