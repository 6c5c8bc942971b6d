//! A training that is killed and goes on: to the bit as if nothing had happened.
//!
//! Whatever decides how a training goes on is in its checkpoint: parameters, what the optimizer remembers, the place in
//! the epoch, sums, history, the best epoch so far. What is random (the order of samples, the masks of dropout) is a
//! function of seed, epoch and step, so no generator needs to be saved:
//!
//! ```text
//! state(t + 1) = F(state(t); seed, data),    F a pure function
//! ```
//!
//! This program starts itself as a second process that trains and writes a checkpoint every ten steps, kills it in the
//! middle, several times, and lets it go on until it comes to its end. Then it trains once without any of that.
//!
//! Nor does it matter who computes. Last, three machines (here threads; `gradus-mpi` connects real ones) train together: each
//! takes some shards of every batch, adds their gradients to the sum of the machine before, s(r) = s(r − 1) + Σ g(r, i), and
//! hands it on; all make the same step.
//!
//! What to try: another number of threads in the second process (no bit changes); another batch size, and read the error.

#![allow(clippy::print_stdout, reason = "an example talks to its reader")]

use gradus::data::{LabelledImages, digits};
use gradus::losses::{SoftmaxCrossEntropy, Target};
use gradus::nn::callbacks::Checkpoints;
use gradus::nn::exchange::{Alone, Channels, Exchange};
use gradus::nn::layers::{dense, dropout, relu};
use gradus::nn::{Dataset, EarlyStopping, Event, Features, Network, Output, Settings, Training};
use gradus::optim::{Cosine, adam};
use gradus::random::Key;
use std::env;
use std::error::Error;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::thread::{scope, sleep};
use std::time::Duration;

const EPOCHS: u64 = 12;
const KILLS: u32 = 3;

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(path) = env::args().nth(1) {
        return train_with_checkpoints(Path::new(&path));
    }
    let path = env::temp_dir().join(format!("gradus-765-{}.safetensors", std::process::id()));
    for kill in 1..=KILLS {
        let steps = start_and_kill(&path)?;
        println!("kill {kill}: the checkpoint is that of step {steps}");
    }
    let ended = Command::new(env::current_exe()?).arg(&path).status()?;
    assert!(ended.success(), "the second process failed");
    let mut resumed = training()?;
    resumed.resume(&path)?;
    std::fs::remove_file(&path)?;

    let whole = in_one_go(Alone)?;
    for (name, training) in [("killed and resumed", &resumed), ("in one go", &whole)] {
        println!("{name:<20} {} steps", training.state().step());
    }
    let theta = whole.model().theta();
    assert_eq!(theta, resumed.model().theta());
    assert_eq!(whole.history(), resumed.history());
    assert_eq!(on_three_machines()?, [theta, theta, theta]);
    println!("all parameters have the same bits, also if three machines make them");
    Ok(())
}

/// The same training by three machines that exchange their sums: what each of them ends with.
fn on_three_machines() -> Result<Vec<Vec<f32>>, String> {
    let one = |link| in_one_go(link).map_err(|error| error.to_string());
    scope(|scope| {
        let start = |link| scope.spawn(move || Ok(one(link)?.model().theta().to_vec()));
        let machines: Vec<_> = Channels::new(3).into_iter().map(start).collect();
        let ends = machines
            .into_iter()
            .map(std::thread::ScopedJoinHandle::join);
        ends.map(|end| end.map_err(|_| "a machine broke down")?)
            .collect()
    })
}

fn in_one_go(machine: impl Exchange + 'static) -> Result<Training<f32>, Box<dyn Error>> {
    let images = digits()?;
    let mut training = training()?.with_exchange(Box::new(machine));
    training.fit(EPOCHS, &dataset(&images)?, &mut [])?;
    Ok(training)
}

/// What the second process does: it goes on where the checkpoint is, or starts.
fn train_with_checkpoints(path: &Path) -> Result<(), Box<dyn Error>> {
    let images = digits()?;
    let mut training = training()?;
    if path.exists() {
        training.resume(path)?;
    }
    let mut checkpoints = Checkpoints::every_steps(path, 10)?;
    let mut slow = |_: &Event<'_, f32>| {
        sleep(Duration::from_micros(200)); // so that there is time to be killed
        ControlFlow::Continue(())
    };
    let left = training.remaining(EPOCHS);
    training.fit(left, &dataset(&images)?, &mut [&mut checkpoints, &mut slow])?;
    Ok(checkpoints.end()?)
}

/// Starts the second process, kills it when there is a new checkpoint, and tells how far it came.
fn start_and_kill(path: &PathBuf) -> Result<u64, Box<dyn Error>> {
    let time = |path: &PathBuf| path.metadata().and_then(|data| data.modified()).ok();
    let before = time(path);
    let mut child = Command::new(env::current_exe()?).arg(path).spawn()?;
    let mut ended: Option<ExitStatus> = None;
    while time(path) == before && ended.is_none() {
        sleep(Duration::from_millis(5));
        ended = child.try_wait()?;
    }
    sleep(Duration::from_millis(40)); // into the middle of something
    child.kill()?;
    child.wait()?;
    let mut training = training()?;
    training.resume(path)?;
    Ok(training.state().step())
}

/// The training that both processes make, with everything that a checkpoint must remember.
fn training() -> Result<Training<f32>, Box<dyn Error>> {
    let layers = vec![dense(32), relu(), dropout(0.2), dense(10)];
    let model = Network::new(64, layers, Output::Softmax)?.initialize(Key::new(1))?;
    let rate = Cosine {
        start: 1e-2,
        end: 1e-5,
        steps: 57 * EPOCHS, // 57 batches of 32
    };
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let (shard, settings) = (8, Settings::default());
    let settings = Settings { shard, ..settings };
    let training = Training::new(model, adam(rate)?, loss, settings)?;
    Ok(training.with_early_stopping(EarlyStopping::new(5, 0.0)?))
}

fn dataset(images: &LabelledImages) -> Result<Dataset<'_, f32>, Box<dyn Error>> {
    let (bytes, features) = (images.pixels(), images.features());
    let scale = 1.0 / f32::from(images.white());
    let features = Features::Bytes {
        bytes,
        features,
        scale,
    };
    Ok(Dataset::new(features, Target::Labels(images.labels()))?)
}
