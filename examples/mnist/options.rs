//! The command line.

use lexopt::prelude::*;
use std::error::Error;
use std::path::PathBuf;
use std::str::FromStr;

pub(crate) const HELP: &str = "\
Trains a network on handwritten digits (or any IDX data set) and reports what it learned.

usage: cargo run --release --example mnist -- [options]

  --network mlp            mlp: dense layers; cnn: two convolutions, pooling, a dense layer
  --layers 784,10,128,10   units of the mlp: input, hidden layers (relu), classes (softmax)
  --epochs 10              how often every sample is seen
  --batch 128              samples per step
  --shard 64               samples per shard: a batch is cut into shards that run on the threads (default of the cnn: 16)
  --optimizer adam         adam, adamw, sgd, momentum or nesterov
  --lr 0.001               learning rate, the largest of a schedule (default of the cnn: 0.003)
  --schedule constant      constant, cosine, one-cycle, warm-up, step or exponential
  --weight-decay 0         price of the weights, not of biases; adamw decays by itself, 0.01 of everything if not told
  --class-weights          every class counts alike, however rare it is
  --augment                move, turn and scale every image a little, anew in every epoch
  --patience N             stop after N epochs without a better loss on a tenth of the training images, which is
                           held out, and keep the best
  --seed 0                 seed of weights and shuffling
  --threads N              worker threads (default: as many as the machine has)
  --data FOLDER            folder with train- and t10k- IDX files, plain or .gz
                           (default: examples/data/mnist)
  --out FOLDER             where model, history, result and pictures go (default: out/mnist)
  --checkpoint-every N     write a checkpoint there every N steps, and at the end of an epoch
  --resume                 go on from the checkpoint there, if there is one
  --json                   print one JSON object on stdout, and nothing else
  --help                   this text

The same options and seed give the same parameters, to the bit, for any number of threads, and however often the
training was stopped and resumed.";

/// What the command line says.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub(crate) struct Options {
    pub(crate) network: Architecture,
    /// Those of the help if none are told.
    pub(crate) layers: Option<Vec<usize>>,
    pub(crate) epochs: u64,
    pub(crate) batch: usize,
    /// That of the help if none is told.
    pub(crate) shard: Option<usize>,
    pub(crate) optimizer: Optimizer,
    /// That of the help if none is told.
    pub(crate) learning_rate: Option<f64>,
    pub(crate) schedule: Shape,
    pub(crate) weight_decay: Option<f64>,
    pub(crate) class_weights: bool,
    pub(crate) augment: bool,
    pub(crate) patience: Option<u64>,
    pub(crate) seed: u64,
    pub(crate) threads: usize,
    pub(crate) data: PathBuf,
    pub(crate) out: PathBuf,
    /// Never, if 0.
    pub(crate) checkpoint_every: u64,
    pub(crate) resume: bool,
    pub(crate) json: bool,
    pub(crate) help: bool,
}

/// The networks that can be chosen by name.
#[derive(Clone, Copy)]
pub(crate) enum Architecture {
    Mlp,
    Cnn,
}

/// The shapes of the learning rate over the steps that can be chosen by name.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    Constant,
    Cosine,
    OneCycle,
    WarmUp,
    Step,
    Exponential,
}

/// The optimizers that can be chosen by name.
#[derive(Clone, Copy)]
pub(crate) enum Optimizer {
    Adam,
    AdamW,
    Sgd,
    Momentum,
    Nesterov,
}

impl Default for Options {
    fn default() -> Self {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        Self {
            network: Architecture::Mlp,
            layers: None,
            epochs: 10,
            batch: 128,
            shard: None,
            optimizer: Optimizer::Adam,
            learning_rate: None,
            schedule: Shape::Constant,
            weight_decay: None,
            class_weights: false,
            augment: false,
            patience: None,
            seed: 0,
            threads: std::thread::available_parallelism().map_or(1, Into::into),
            data: root.join("examples/data/mnist"),
            out: PathBuf::from("out/mnist"),
            checkpoint_every: 0,
            resume: false,
            json: false,
            help: false,
        }
    }
}

impl Options {
    /// Units of the layers of the mlp.
    pub(crate) fn layers(&self) -> &[usize] {
        self.layers.as_deref().unwrap_or(&[784, 10, 128, 10])
    }

    /// The learning rate, the largest of a schedule.
    pub(crate) fn learning_rate(&self) -> f64 {
        let default = match self.network {
            Architecture::Mlp => 1e-3,
            Architecture::Cnn => 3e-3,
        };
        self.learning_rate.unwrap_or(default)
    }

    /// How many samples are worked on at a time: images of 48 channels fill the caches sooner than 784 pixels.
    pub(crate) fn shard(&self) -> usize {
        let default = match self.network {
            Architecture::Mlp => 64,
            Architecture::Cnn => 16,
        };
        self.shard.unwrap_or(default)
    }

    /// Reads the command line.
    pub(crate) fn parse() -> Result<Self, Box<dyn Error>> {
        let mut options = Self::default();
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            if let Long(name) = argument {
                let name = format!("--{name}");
                options.read(&name, &mut arguments)?;
            } else if argument == Short('h') {
                options.help = true;
            } else {
                return Err(unknown(&argument.unexpected()));
            }
        }
        Ok(options)
    }

    /// Reads one option with its value.
    fn read(&mut self, name: &str, rest: &mut lexopt::Parser) -> Result<(), Box<dyn Error>> {
        match name {
            "--network" => self.network = choice(name, rest, &NETWORKS)?,
            "--layers" => self.layers = Some(layers(&rest.value()?.string()?)?),
            "--epochs" => self.epochs = number(name, rest)?,
            "--batch" => self.batch = number(name, rest)?,
            "--shard" => self.shard = Some(number(name, rest)?),
            "--optimizer" => self.optimizer = choice(name, rest, &OPTIMIZERS)?,
            "--lr" => self.learning_rate = Some(number(name, rest)?),
            "--schedule" => self.schedule = choice(name, rest, &SCHEDULES)?,
            "--weight-decay" => self.weight_decay = Some(number(name, rest)?),
            "--class-weights" => self.class_weights = true,
            "--augment" => self.augment = true,
            "--patience" => self.patience = Some(number(name, rest)?),
            "--seed" => self.seed = number(name, rest)?,
            "--threads" => self.threads = number(name, rest)?,
            "--data" => self.data = rest.value()?.into(),
            "--out" => self.out = rest.value()?.into(),
            "--checkpoint-every" => self.checkpoint_every = number(name, rest)?,
            "--resume" => self.resume = true,
            "--json" => self.json = true,
            "--help" => self.help = true,
            _ => return Err(unknown(&Long(name.trim_start_matches('-')).unexpected())),
        }
        Ok(())
    }
}

fn unknown(error: &lexopt::Error) -> Box<dyn Error> {
    format!("{error}; --help lists the options").into()
}

fn number<N: FromStr>(name: &str, arguments: &mut lexopt::Parser) -> Result<N, Box<dyn Error>> {
    let value = arguments.value()?.string()?;
    value
        .parse()
        .map_err(|_| format!("{name} {value}: not a number that fits").into())
}

fn layers(list: &str) -> Result<Vec<usize>, Box<dyn Error>> {
    let units: Result<Vec<usize>, _> = list.split(',').map(|units| units.trim().parse()).collect();
    match units {
        Ok(units) if units.len() >= 2 => Ok(units),
        _ => Err(
            format!("--layers {list}: give at least two whole numbers, as in 784,10,128,10").into(),
        ),
    }
}

/// One of several by its name.
fn choice<C: Copy>(
    name: &str,
    arguments: &mut lexopt::Parser,
    all: &[(&str, C)],
) -> Result<C, Box<dyn Error>> {
    let value = arguments.value()?.string()?;
    let found = all.iter().find(|(name, _)| *name == value);
    let (last, first) = all.split_last().ok_or("nothing to choose from")?;
    let first: Vec<&str> = first.iter().map(|(name, _)| *name).collect();
    let refused = || format!("{name} {value}: choose {} or {}", first.join(", "), last.0);
    Ok(found.ok_or_else(refused)?.1)
}

const NETWORKS: [(&str, Architecture); 2] =
    [("mlp", Architecture::Mlp), ("cnn", Architecture::Cnn)];

const OPTIMIZERS: [(&str, Optimizer); 5] = [
    ("adam", Optimizer::Adam),
    ("adamw", Optimizer::AdamW),
    ("sgd", Optimizer::Sgd),
    ("momentum", Optimizer::Momentum),
    ("nesterov", Optimizer::Nesterov),
];

const SCHEDULES: [(&str, Shape); 6] = [
    ("constant", Shape::Constant),
    ("cosine", Shape::Cosine),
    ("one-cycle", Shape::OneCycle),
    ("warm-up", Shape::WarmUp),
    ("step", Shape::Step),
    ("exponential", Shape::Exponential),
];
