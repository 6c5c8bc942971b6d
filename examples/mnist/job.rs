//! What the example does, from options to pictures.

use crate::augment::{Clock, augmenter};
use crate::checkpoints;
use crate::network::{classes, network};
use crate::optimizer;
use crate::options::{self, Options};
use crate::progress::Progress;
use crate::report::{self, Report};
use crate::screen::Screen;
use gradus::data::{LabelledImages, Limits, class_weights, open_folder};
use gradus::evaluation::{Fractions, hits, stratified_split};
use gradus::losses::{ClassWeightedCrossEntropy, Loss, SoftmaxCrossEntropy, Target};
use gradus::nn::exchange::Exchange;
use gradus::nn::{
    Callback, Dataset, EarlyStopping, Features, History, Mapped, Metric, Model, NnError, Samples,
    Settings, Subset, Summary, Training,
};
use gradus::random::Key;
use std::error::Error;
use std::sync::atomic::{AtomicU64, Ordering};

/// Reads the data, trains, and tells what was learned. Of several processes that train together the first one tells.
pub(crate) fn run(options: &Options, exchange: Box<dyn Exchange>) -> Result<(), Box<dyn Error>> {
    let is_first = exchange.rank().is_first();
    let mut screen = Screen::default();
    if options.help {
        if is_first {
            screen.say(options::HELP);
        }
        return Ok(screen.end()?);
    }
    if is_first {
        gradus::files::prepare_folder(&options.out)?;
    }
    let data = open_folder(&options.data, classes(options)?, &Limits::default())?;
    let model =
        network(options, &data)?.initialize(Key::new(options.seed).stream(INITIALIZATION))?;
    if is_first && !options.json {
        screen.say(format_args!("{}\n", Summary::of(model.network())));
    }

    let (train, test) = (dataset(&data.train)?, dataset(&data.test)?);
    let (model, history, progress) = fit(options, &data.train, &train, model, exchange)?;
    if !is_first {
        return Ok(());
    }
    report::save(&model, &history, &options.out)?;

    let report = Report::new(&model, &data.test, &test)?;
    let result = json(options, &report, &progress, &model);
    report.write(&options.out, &model, &history, &result.to_string())?;
    tell(options, &report, &result, screen)
}

/// Trains the model, and tells what it has been through, and how long it took.
fn fit(
    options: &Options,
    images: &LabelledImages,
    train: &Dataset<'_, f32>,
    model: Model<f32>,
    exchange: Box<dyn Exchange>,
) -> Result<(Model<f32>, History, Progress), Box<dyn Error>> {
    let is_first = exchange.rank().is_first();
    let epoch = AtomicU64::new(0);
    let augmenter = augmenter(images)?;
    let drawn = Mapped::new(train, |i, image: &mut [f32]| {
        let key = Key::new(options.seed).stream(AUGMENTATION);
        let key = key.round(epoch.load(Ordering::Relaxed)).index(i.into());
        let _ = augmenter.apply(image, key); // it was made for images of this size
    });
    let source: &dyn Samples<f32> = if options.augment { &drawn } else { train };
    let [learned, held_out] = split(options, images)?;
    let whole = held_out.is_empty();
    let learned = Subset::new(source, learned)?;
    let held_out = Subset::new(train, held_out)?;
    let samples: &dyn Samples<f32> = if whole { source } else { &learned };

    let training = training(options, model, images.labels(), samples.len())?;
    let mut training = training.with_exchange(exchange);
    checkpoints::resume(options, &mut training)?;
    let left = training.remaining(options.epochs);
    let mut clock = Clock(&epoch);
    let mut checkpoints = checkpoints::writer(options)?;
    let mut progress = Progress::new(options.epochs, samples.len());
    let mut callbacks: Vec<&mut dyn Callback<f32>> = vec![&mut clock];
    if is_first {
        callbacks.extend(
            checkpoints
                .as_mut()
                .map(|c| -> &mut dyn Callback<f32> { c }),
        );
        callbacks.push(&mut progress);
    }
    if whole {
        training.fit(left, samples, &mut callbacks)?;
    } else {
        training.fit_validated(left, samples, &held_out, &mut callbacks)?;
    }
    if let Some(checkpoints) = checkpoints {
        checkpoints.end()?;
    }
    let history = training.history().clone();
    Ok((training.into_best()?, history, progress))
}

/// Says the result, or the report and where everything is.
fn tell(
    options: &Options,
    report: &Report,
    result: &serde_json::Value,
    mut screen: Screen,
) -> Result<(), Box<dyn Error>> {
    let folder = options.out.display();
    if options.json {
        screen.say(result);
    } else {
        screen.say(report);
        screen.say(format_args!("model, history and pictures: {folder}"));
    }
    let kept = |error| format!("{error}; model, history and result are in {folder}");
    Ok(screen.end().map_err(kept)?)
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
        shard: options.shard(),
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
