//! Checkpoints: what a training writes to go on after it was stopped.

use crate::options::Options;
use crate::screen::whisper;
use gradus::nn::callbacks::Checkpoints;
use gradus::nn::{NnError, Training};
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

/// What writes a checkpoint after every so many steps and at the end of an epoch, if the options ask for it.
pub(crate) fn writer(options: &Options) -> Result<Option<Checkpoints>, NnError> {
    match options.checkpoint_every {
        0 => Ok(None),
        steps => Checkpoints::every_steps(path(&options.out), steps).map(Some),
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join("checkpoint.safetensors")
}
