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
mod job;
mod network;
mod optimizer;
mod options;
mod progress;
mod report;
mod screen;

use gradus::nn::exchange::Alone;
use options::Options;
use screen::whisper;
use std::process::ExitCode;

fn main() -> ExitCode {
    match Options::parse().and_then(|options| job::run(&options, Box::new(Alone))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            whisper(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}
