//! The main example of gradus on many processes: the same options, the same output, the same bits.
//!
//! ```text
//! gradus-mpi/run 2 --epochs 3
//! ```
//!
//! Every process reads the data and works on its part of every batch. The sums of their gradients go along a chain in the order
//! of the shards, so that any number of processes ends with the parameters of one. The first process writes and tells.

mod processes;

#[path = "../../examples/mnist/augment.rs"]
mod augment;
#[path = "../../examples/mnist/checkpoints.rs"]
mod checkpoints;
#[path = "../../examples/mnist/job.rs"]
mod job;
#[path = "../../examples/mnist/network.rs"]
mod network;
#[path = "../../examples/mnist/optimizer.rs"]
mod optimizer;
#[path = "../../examples/mnist/options.rs"]
mod options;
#[path = "../../examples/mnist/progress.rs"]
mod progress;
#[path = "../../examples/mnist/report.rs"]
mod report;
#[path = "../../examples/mnist/screen.rs"]
mod screen;

use gradus::nn::exchange::Exchange;
use options::Options;
use processes::{Processes, abort, start};
use screen::whisper;
use std::env;
use std::panic;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let (universe, processes) = match start() {
        Ok(started) => started,
        Err(error) => {
            whisper(format_args!("error: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let rank = processes.rank();
    // The others would wait for this process for ever, also if it panics.
    let ended = panic::catch_unwind(|| run(processes).map_err(|error| error.to_string()));
    match ended {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            whisper(format_args!("error on {rank}: {error}"));
            abort()
        }
        Err(_) => {
            whisper(format_args!("error: {rank} has panicked"));
            abort()
        }
    }
    drop(universe);
    ExitCode::SUCCESS
}

fn run(processes: Processes) -> Result<(), Box<dyn std::error::Error>> {
    let mut options = Options::parse()?;
    let is_told = |option: &str| env::args().any(|argument| argument.starts_with(option));
    if !is_told("--threads") {
        options.threads = (options.threads / neighbors(processes)).max(1);
    }
    if !is_told("--data") {
        options.data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/data/mnist");
    }
    if !is_told("--out") {
        options.out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../out/mnist");
    }
    job::run(&options, Box::new(processes))
}

/// How many processes share this machine, as Open MPI tells; all of them, if it does not.
fn neighbors(processes: Processes) -> usize {
    let told = env::var("OMPI_COMM_WORLD_LOCAL_SIZE").ok();
    let told = told.and_then(|size| size.parse().ok());
    told.unwrap_or(processes.rank().of).max(1)
}
