//! A training that is stopped, and goes on in another process.

use super::{draws, view};
use gradus_data::{Limits, safetensors};
use gradus_linalg::nalgebra::DMatrix;
use gradus_losses::{SoftmaxCrossEntropy, Target};
use gradus_nn::layers::{batch_norm, dense, dropout, relu};
use gradus_nn::{
    Dataset, EarlyStopping, Event, Features, Metric, Network, NnError, Output, Settings, Training,
};
use gradus_numeric::MatrixRef;
use gradus_optim::adam;
use gradus_random::Key;
use gradus_testkit::all_same_bits;
use std::error::Error;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

const SETTINGS: Settings = Settings {
    batch: 16,
    shard: 5,
    threads: 2,
    seed: 3,
};

/// A training with everything that must be remembered: moments of Adam, running moments, dropout, a metric, and
/// early stopping that does not stop within 4 epochs.
fn start(settings: Settings) -> Result<Training<f64>, Box<dyn Error>> {
    let layers = vec![dense(8), batch_norm(), relu(), dropout(0.3), dense(4)];
    let model = Network::new(3, layers, Output::Softmax)?.initialize(Key::new(7))?;
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let sum = |z: MatrixRef<'_, f64>, _: Target<'_, f64>| z.as_slice().iter().sum();
    let training = Training::new(model, adam(0.02)?, loss, settings)?;
    let training = training.with_metrics(vec![Metric::new("sum, of all", sum)]);
    Ok(training.with_early_stopping(EarlyStopping::new(4, 0.0)?))
}

fn path(name: &str) -> PathBuf {
    let file = format!("gradus-nn-{name}-{}.safetensors", std::process::id());
    std::env::temp_dir().join(file)
}

/// Writes a checkpoint anew with another count in the line of that name.
pub(super) fn with_note(path: &Path, name: &str, count: u64) -> Result<(), Box<dyn Error>> {
    let mut file = safetensors::open(path, &Limits::default())?;
    let start = format!("{name}=");
    for notes in file.metadata.values_mut() {
        let lines = notes.lines().map(|line| match line.strip_prefix(&start) {
            Some(_) => format!("{start}{count}\n"),
            None => format!("{line}\n"),
        });
        *notes = lines.collect();
    }
    Ok(std::fs::write(path, file.to_bytes()?)?)
}

/// Fits until `epochs` are done, and breaks after `steps` steps in all.
fn fit(
    training: &mut Training<f64>,
    x: [&DMatrix<f64>; 2],
    labels: &[u32],
    epochs: u64,
    steps: u64,
) -> Result<(), NnError> {
    let [data, validation] = x.map(|x| {
        let labels = labels.get(..x.ncols()).unwrap_or(labels);
        Dataset::new(Features::Numbers(view(x)?), Target::Labels(labels))
    });
    let mut stop = |event: &Event<'_, f64>| match event {
        Event::Step { training, .. } if training.state().step() == steps => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    };
    let left = training.remaining(epochs);
    training.fit_validated(left, &data?, &validation?, &mut [&mut stop])
}

#[test]
fn a_resumed_training_ends_with_the_same_bits() -> Result<(), Box<dyn Error>> {
    let (x, y, labels) = (draws(3, 50, 1), draws(3, 20, 2), super::cycle(4, 50));
    let (both, path) = ([&x, &y], path("resume"));
    let mut whole = start(SETTINGS)?;
    fit(&mut whole, both, &labels, 4, u64::MAX)?;
    assert_eq!(whole.epochs(), 4);
    for steps in 1..16_u8 {
        let mut first = start(SETTINGS)?;
        fit(&mut first, both, &labels, 4, steps.into())?;
        first.save_checkpoint(&path)?;
        let threads = 1 + usize::from(steps % 3);
        let mut second = start(Settings {
            threads,
            ..SETTINGS
        })?;
        fit(&mut second, both, &labels, 1, 2)?; // whatever it did before does not matter
        second.resume(&path)?;
        assert_eq!(second.state(), first.state());
        fit(&mut second, both, &labels, 4, u64::MAX)?;
        all_same_bits(whole.model().theta(), second.model().theta())?;
        all_same_bits(whole.model().buffers(), second.model().buffers())?;
        assert_eq!(
            whole.history(),
            second.history(),
            "stopped after {steps} steps"
        );
        assert_eq!(whole.best(), second.best());
        assert_eq!(whole.state(), second.state());
    }
    std::fs::remove_file(&path)?;
    Ok(())
}

/// A callback can write a checkpoint at every step: the last one is where the training is.
#[test]
fn checkpoints_are_written_from_callbacks() -> Result<(), Box<dyn Error>> {
    let (x, labels, path) = (draws(3, 40, 1), super::cycle(4, 40), path("callback"));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let mut training = start(SETTINGS)?;
    let mut failed = None;
    let mut save = |event: &Event<'_, f64>| {
        if let Event::Step { training, .. } | Event::EpochEnd { training, .. } = event {
            failed = training.save_checkpoint(&path).err();
        }
        ControlFlow::Continue(())
    };
    training.fit(2, &data, &mut [&mut save])?;
    assert_eq!(failed, None);
    let mut other = start(SETTINGS)?;
    other.resume(&path)?;
    std::fs::remove_file(&path)?;
    assert_eq!(other.epochs(), 2);
    assert_eq!(other.history(), training.history());
    all_same_bits(other.model().theta(), training.model().theta())?;
    Ok(())
}

#[test]
fn a_checkpoint_of_another_training_is_refused_as_a_whole() -> Result<(), Box<dyn Error>> {
    let (x, labels, path) = (draws(3, 40, 1), super::cycle(4, 40), path("other"));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let mut training = start(SETTINGS)?;
    training.fit(1, &data, &mut [])?;
    training.save_checkpoint(&path)?;
    let mut other = start(Settings {
        batch: 8,
        ..SETTINGS
    })?;
    let before = other.model().theta().to_vec();
    let told = other
        .resume(&path)
        .err()
        .map(|e| e.to_string())
        .unwrap_or_default();
    assert!(
        told.ends_with("batch is 16 in the checkpoint, 8 in this training"),
        "{told}"
    );
    let plain = Training::new(
        Network::<f64>::new(3, vec![dense(4)], Output::Softmax)?.initialize(Key::new(7))?,
        adam(0.02)?,
        Box::new(SoftmaxCrossEntropy::default()),
        SETTINGS,
    );
    let refused = plain?.resume(&path);
    assert!(
        matches!(refused, Err(NnError::Checkpoint { .. })),
        "{refused:?}"
    );
    training.model().save(&path)?; // weights alone are no checkpoint
    let refused = other.resume(&path);
    assert!(
        matches!(refused, Err(NnError::Checkpoint { .. })),
        "{refused:?}"
    );
    std::fs::remove_file(&path)?;
    all_same_bits(&before, other.model().theta())?;
    assert_eq!(other.epochs(), 0);
    Ok(())
}

#[test]
fn an_epoch_goes_on_with_its_own_samples() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 50, 1), super::cycle(4, 50));
    let mut training = start(SETTINGS)?;
    fit(&mut training, [&x, &x], &labels, 4, 2)?;
    let fewer = x.columns(0, 40).into_owned();
    let refused = fit(&mut training, [&fewer, &x], &labels[..40], 4, u64::MAX);
    assert!(refused.is_err(), "labels and samples differ, or samples do");
    let refused = fit(&mut training, [&fewer, &fewer], &labels, 4, u64::MAX);
    let told = NnError::OtherSamples {
        expected: 50,
        got: 40,
    };
    assert_eq!(refused, Err(told));
    Ok(())
}

#[test]
fn a_training_that_stopped_waits_anew() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 20, 8), super::cycle(4, 20));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let other = draws(3, 20, 9); // nothing in common: validation gets worse
    let validation = Dataset::new(Features::Numbers(view(&other)?), Target::Labels(&labels))?;
    let mut training = start(SETTINGS)?;
    training.fit_validated(500, &data, &validation, &mut [])?;
    let (stopped, best) = (training.epochs(), training.best().cloned());
    assert_eq!(training.remaining(500), 0);
    training.fit_validated(500, &data, &validation, &mut [])?;
    assert!(training.epochs() >= stopped + 4);
    assert!(training.best().map(|b| b.loss) <= best.map(|b| b.loss));
    Ok(())
}

/// No file makes a training count beyond what 64 bits can.
#[test]
fn absurd_counts_in_a_checkpoint_are_refused() -> Result<(), Box<dyn Error>> {
    let (x, labels, path) = (draws(3, 40, 1), super::cycle(4, 40), path("absurd"));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let mut training = start(SETTINGS)?;
    training.fit(1, &data, &mut [])?;
    let before = training.model().theta().to_vec();
    for name in [
        "epochs",
        "batches",
        "samples",
        "samples summed",
        "waited",
        "best epoch",
        "optimizer steps",
    ] {
        training.save_checkpoint(&path)?;
        for count in [u64::MAX, (1 << 53) + 1] {
            with_note(&path, name, count)?;
            let refused = training.resume(&path);
            let told = matches!(&refused, Err(NnError::Checkpoint { what, .. }) if what == name);
            assert!(told, "{name} = {count}: {refused:?}");
        }
        all_same_bits(&before, training.model().theta())?;
        assert_eq!(training.epochs(), 1);
    }
    std::fs::remove_file(&path)?;
    Ok(())
}
