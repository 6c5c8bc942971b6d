//! The command line.

use lexopt::prelude::*;
use std::error::Error;
use std::path::PathBuf;
use std::str::FromStr;

pub(crate) const HELP: &str = "\
Trains a network on handwritten digits (or any IDX data set) and reports what it learned.

usage: cargo run --release --example mnist -- [options]

  --layers 784,10,128,10   units: input, hidden layers (relu), classes (softmax)
  --epochs 10              how often every sample is seen
  --batch 128              samples per step
  --shard 64               samples per shard: a batch is cut into shards that run on the threads
  --optimizer adam         adam, adamw, sgd, momentum or nesterov
  --lr 0.001               learning rate
  --seed 0                 seed of weights and shuffling
  --threads N              worker threads (default: as many as the machine has)
  --data FOLDER            folder with train- and t10k- IDX files, plain or .gz
                           (default: examples/data/mnist)
  --out FOLDER             where model, history, result and pictures go (default: out/mnist)
  --json                   print one JSON object on stdout, and nothing else
  --help                   this text

The same options and seed give the same parameters, to the bit, for any number of threads.";

/// What the command line says.
pub(crate) struct Options {
    pub(crate) layers: Vec<usize>,
    pub(crate) epochs: u64,
    pub(crate) batch: usize,
    pub(crate) shard: usize,
    pub(crate) optimizer: Optimizer,
    pub(crate) learning_rate: f64,
    pub(crate) seed: u64,
    pub(crate) threads: usize,
    pub(crate) data: PathBuf,
    pub(crate) out: PathBuf,
    pub(crate) json: bool,
    pub(crate) help: bool,
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
            layers: vec![784, 10, 128, 10],
            epochs: 10,
            batch: 128,
            shard: 64,
            optimizer: Optimizer::Adam,
            learning_rate: 1e-3,
            seed: 0,
            threads: std::thread::available_parallelism().map_or(1, Into::into),
            data: root.join("examples/data/mnist"),
            out: PathBuf::from("out/mnist"),
            json: false,
            help: false,
        }
    }
}

impl Options {
    /// Reads the command line.
    pub(crate) fn parse() -> Result<Self, Box<dyn Error>> {
        let mut options = Self::default();
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("layers") => options.layers = layers(&arguments.value()?.string()?)?,
                Long("epochs") => options.epochs = number("--epochs", &mut arguments)?,
                Long("batch") => options.batch = number("--batch", &mut arguments)?,
                Long("shard") => options.shard = number("--shard", &mut arguments)?,
                Long("optimizer") => options.optimizer = optimizer(&arguments.value()?.string()?)?,
                Long("lr") => options.learning_rate = number("--lr", &mut arguments)?,
                Long("seed") => options.seed = number("--seed", &mut arguments)?,
                Long("threads") => options.threads = number("--threads", &mut arguments)?,
                Long("data") => options.data = arguments.value()?.into(),
                Long("out") => options.out = arguments.value()?.into(),
                Long("json") => options.json = true,
                Long("help") | Short('h') => options.help = true,
                other => {
                    return Err(format!("{}; --help lists the options", other.unexpected()).into());
                }
            }
        }
        Ok(options)
    }
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

fn optimizer(name: &str) -> Result<Optimizer, Box<dyn Error>> {
    Ok(match name {
        "adam" => Optimizer::Adam,
        "adamw" => Optimizer::AdamW,
        "sgd" => Optimizer::Sgd,
        "momentum" => Optimizer::Momentum,
        "nesterov" => Optimizer::Nesterov,
        _ => {
            return Err(format!(
                "--optimizer {name}: choose adam, adamw, sgd, momentum or nesterov"
            )
            .into());
        }
    })
}
