//! Checkpoints: what a training writes to go on after it was stopped.

use crate::options::Options;
use crate::screen::whisper;
use gradus::nn::{Callback, Event, NnError, Training};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Goes on from the checkpoint in the folder, if the options ask for it and there is one.
pub(crate) fn resume(options: &Options, training: &mut Training<f32>) -> Result<(), NnError> {
    let path = path(&options.out);
    if !options.resume || !path.exists() {
        return Ok(());
    }
    training.resume(&path)?;
    let (epochs, steps) = (training.epochs(), training.state().step());
    if !options.json {
        whisper(format_args!("goes on after {epochs} epochs, {steps} steps"));
    }
    Ok(())
}

/// Writes a checkpoint after every so many steps and at the end of an epoch, and stops the training if it cannot.
pub(crate) struct Checkpoints {
    path: PathBuf,
    every: u64,
    failure: Option<NnError>,
}

impl Checkpoints {
    /// Every 0 steps is never.
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            path: path(&options.out),
            every: options.checkpoint_every,
            failure: None,
        }
    }

    /// Whether all of them were written.
    pub(crate) fn end(self) -> Result<(), NnError> {
        self.failure.map_or(Ok(()), Err)
    }
}

impl Callback<f32> for Checkpoints {
    fn on(&mut self, event: &Event<'_, f32>) -> ControlFlow<()> {
        let training = match event {
            _ if self.every == 0 => return ControlFlow::Continue(()),
            Event::Step { training, .. } if training.state().step() % self.every == 0 => training,
            Event::EpochEnd { training, .. } => training,
            _ => return ControlFlow::Continue(()),
        };
        match training.save_checkpoint(&self.path) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.failure = Some(error);
                ControlFlow::Break(())
            }
        }
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join("checkpoint.safetensors")
}
