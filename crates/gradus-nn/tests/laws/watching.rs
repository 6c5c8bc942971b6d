//! Early stopping by name, checkpoints that are written on the way, and lines of progress.

use super::{cycle, draws, view};
use gradus_linalg::nalgebra::DMatrix;
use gradus_losses::{Loss, SoftmaxCrossEntropy, Target, Weights};
use gradus_nn::callbacks::{Checkpoints, Progress};
use gradus_nn::layers::{dense, dropout, tanh};
use gradus_nn::{
    Better, Callback, Dataset, EarlyStopping, Event, Features, Metric, Network, NnError, Output,
    Settings, Training,
};
use gradus_numeric::MatrixRef;
use gradus_optim::adam;
use gradus_random::Key;
use gradus_testkit::all_same_bits;
use std::error::Error;
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::channel;

fn path(name: &str) -> PathBuf {
    let file = format!("gradus-nn-{}-{name}.safetensors", std::process::id());
    std::env::temp_dir().join(file)
}

/// The mean loss as a metric, or a fall of it: what is better when it is larger.
fn loss(name: &'static str, sign: f64) -> Metric<f64> {
    Metric::new(name, move |z: MatrixRef<'_, f64>, target| {
        let loss = SoftmaxCrossEntropy::default();
        let sum = loss.value(z, target, Weights::Equal, 1.0);
        sum.map_or(f64::NAN, |sum| sign * sum)
    })
}

fn start() -> Result<Training<f64>, NnError> {
    let layers = vec![dense(24), tanh(), dropout(0.1), dense(4)];
    let model = Network::new(3, layers, Output::Softmax)?.initialize(Key::new(7))?;
    let settings = Settings {
        batch: 8,
        ..Settings::default()
    };
    let training = Training::new(
        model,
        adam(0.05)?,
        Box::new(SoftmaxCrossEntropy::default()),
        settings,
    )?;
    let gone = Metric::new("gone", |_: MatrixRef<'_, f64>, _: Target<'_, f64>| f64::NAN);
    Ok(training.with_metrics(vec![gone, loss("mean loss", 1.0), loss("fall", -1.0)]))
}

/// Trains with validation samples that have nothing in common with the others: their loss must get worse.
fn fit(
    training: &mut Training<f64>,
    epochs: u64,
    callbacks: &mut [&mut dyn Callback<f64>],
) -> Result<(), NnError> {
    let (x, y, labels): (DMatrix<f64>, DMatrix<f64>, _) =
        (draws(3, 20, 8), draws(3, 20, 9), cycle(4, 20));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let others = Dataset::new(Features::Numbers(view(&y)?), Target::Labels(&labels))?;
    training.fit_validated(epochs, &data, &others, callbacks)
}

#[test]
fn early_stopping_watches_a_metric_by_name() -> Result<(), Box<dyn Error>> {
    let rule = EarlyStopping::new(3, 0.0)?.watching("fall", Better::Higher);
    let mut training = start()?.with_early_stopping(rule);
    fit(&mut training, 200, &mut [])?;
    let records = training.history().records().iter();
    let values = records.filter_map(|record| Some(record.validation.as_ref()?.metrics[2]));
    let best = training.best().ok_or("no best epoch")?;
    assert_eq!(best.watched, values.fold(f64::NEG_INFINITY, f64::max));
    assert_eq!(best.epoch + 3, training.epochs());
    assert!(training.epochs() < 200);
    Ok(())
}

#[test]
fn a_loss_by_name_is_the_loss() -> Result<(), Box<dyn Error>> {
    let rule = EarlyStopping::new(3, 0.0)?;
    let rules = [
        rule,
        rule.watching("mean loss", Better::Lower),
        rule.watching("fall", Better::Higher),
    ];
    let mut ends = Vec::new();
    for rule in rules {
        let mut training = start()?.with_early_stopping(rule);
        fit(&mut training, 200, &mut [])?;
        let best = training.best().ok_or("no best epoch")?.epoch;
        ends.push((
            training.epochs(),
            best,
            training.into_best()?.theta().to_vec(),
        ));
    }
    assert_eq!(ends[0], ends[1]);
    assert_eq!(ends[0], ends[2]);
    Ok(())
}

#[test]
fn metrics_that_are_not_there_or_no_numbers_are_named() -> Result<(), Box<dyn Error>> {
    let rule = EarlyStopping::new(3, 0.0)?;
    let mut training = start()?.with_early_stopping(rule.watching("accuracy", Better::Higher));
    let before = training.model().theta().to_vec();
    let told = fit(&mut training, 1, &mut []).map_err(|error| error.to_string());
    let message = "early stopping watches \"accuracy\", which is none of the metrics: \"gone, mean loss, fall\"";
    assert_eq!(told, Err(message.to_owned()));
    assert_eq!(training.model().theta(), before);

    let mut training = start()?.with_early_stopping(rule.watching("gone", Better::Lower));
    let told = fit(&mut training, 5, &mut []);
    assert_eq!(
        told,
        Err(NnError::WatchedMetric {
            epoch: 1,
            name: "gone"
        })
    );
    Ok(())
}

#[test]
fn checkpoints_are_those_of_their_steps() -> Result<(), Box<dyn Error>> {
    let path = path("every");
    let mut seen = Vec::new();
    let mut look = |event: &Event<'_, f64>| {
        if let Event::Step { .. } | Event::EpochEnd { .. } = event {
            let Ok(mut other) = start() else {
                return ControlFlow::Break(());
            };
            seen.push(
                other
                    .resume(&path)
                    .ok()
                    .map(|()| (other.state().step(), other.epochs())),
            );
        }
        ControlFlow::Continue(())
    };
    let mut checkpoints = Checkpoints::every_steps(&path, 2)?;
    fit(&mut start()?, 2, &mut [&mut checkpoints, &mut look])?; // three steps an epoch
    checkpoints.end()?;
    fs::remove_file(&path)?;
    let expected = [
        None,
        Some((2, 0)),
        Some((2, 0)),
        Some((3, 1)),
        Some((4, 1)),
        Some((4, 1)),
        Some((6, 1)),
        Some((6, 2)),
    ];
    assert_eq!(seen, expected);

    // by a clock that tells 0, 1, 2, … seconds: one look at the beginning, one a step
    let mut now = 0.0;
    let clock = move || {
        now += 1.0;
        now
    };
    let mut checkpoints = Checkpoints::every_seconds(&path, 2.0, clock)?;
    let mut stop = |event: &Event<'_, f64>| match event {
        Event::Step { training, .. } if training.state().step() == 3 => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    };
    fit(&mut start()?, 2, &mut [&mut checkpoints, &mut stop])?;
    checkpoints.end()?;
    let mut other = start()?;
    other.resume(&path)?;
    assert_eq!(other.state().step(), 2);
    fs::remove_file(&path)?;
    Ok(())
}

#[test]
fn a_training_goes_on_from_the_last_checkpoint() -> Result<(), Box<dyn Error>> {
    let path = path("last");
    let rule = EarlyStopping::new(9, 0.0)?.watching("fall", Better::Higher);
    let mut whole = start()?.with_early_stopping(rule);
    fit(&mut whole, 6, &mut [])?;
    for last in [4, 6, 11] {
        let mut checkpoints = Checkpoints::every_steps(&path, 2)?;
        let mut stop = |event: &Event<'_, f64>| match event {
            Event::Step { training, .. } if training.state().step() == last => {
                ControlFlow::Break(())
            }
            _ => ControlFlow::Continue(()),
        };
        fit(
            &mut start()?.with_early_stopping(rule),
            6,
            &mut [&mut checkpoints, &mut stop],
        )?;
        let mut resumed = start()?.with_early_stopping(rule);
        resumed.resume(&path)?;
        let left = resumed.remaining(6);
        fit(&mut resumed, left, &mut [])?;
        assert_eq!(resumed.history().to_csv(), whole.history().to_csv()); // a NaN is not itself
        assert_eq!(resumed.best(), whole.best());
        all_same_bits(resumed.model().theta(), whole.model().theta())?;
    }
    // what another number was watched for does not go on
    let refused = start()?.resume(&path);
    assert!(refused.is_err_and(|error| error.to_string().contains("watched is \"fall\", Higher")));
    fs::remove_file(&path)?;
    Ok(())
}

#[test]
fn checkpoints_refuse_what_makes_no_sense() -> Result<(), Box<dyn Error>> {
    assert!(matches!(
        Checkpoints::every_steps("x", 0),
        Err(NnError::Domain { .. })
    ));
    for seconds in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let refused = Checkpoints::every_seconds("x", seconds, || 0.0);
        assert!(matches!(refused, Err(NnError::Domain { .. })), "{seconds}");
    }
    // a folder that is not there ends the training after the first step that is due
    let mut nowhere = Checkpoints::every_steps(path("no folder").join("x"), 2)?;
    let mut training = start()?;
    fit(&mut training, 5, &mut [&mut nowhere])?;
    assert_eq!(training.state().step(), 2);
    assert!(matches!(nowhere.end(), Err(NnError::Io { .. })));
    Ok(())
}

#[test]
fn progress_tells_every_so_many_steps_and_every_epoch() -> Result<(), Box<dyn Error>> {
    let (send, lines) = channel();
    let mut progress = Progress::new(2, move |line| drop(send.send(line.to_owned())));
    let mut training = start()?.with_metrics(vec![loss("mean loss", 1.0)]);
    fit(&mut training, 2, &mut [&mut progress])?;
    drop(progress);
    let lines: Vec<String> = lines.iter().collect();
    let heads = [
        "epoch 1: 16/20, ",
        "epoch 1: ",
        "epoch 2: 8/20, ",
        "epoch 2: 20/20, ",
        "epoch 2: ",
    ];
    assert_eq!(lines.len(), heads.len(), "{lines:?}");
    assert!(
        lines
            .iter()
            .zip(heads)
            .all(|(line, head)| line.starts_with(head)),
        "{lines:?}"
    );
    let record = &training.history().records()[1];
    let (own, others) = (
        &record.training,
        record.validation.as_ref().ok_or("not validated")?,
    );
    let told = |loss: f64| format!("loss {loss:.4}, mean loss {loss:.4}");
    let expected = format!(
        "epoch 2: {}; validation {}",
        told(own.loss),
        told(others.loss)
    );
    assert_eq!(lines[4], expected);
    Ok(())
}
