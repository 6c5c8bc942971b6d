//! What callbacks of the crate write and see.

use super::{cycle, draws, view};
use gradus_losses::{SoftmaxCrossEntropy, Target};
use gradus_nn::callbacks::{EventFile, HistoryFile, Statistics};
use gradus_nn::layers::{dense, relu};
use gradus_nn::{
    Callback, Dataset, Event, Features, Metric, Network, NnError, Output, Settings, Training,
};
use gradus_numeric::MatrixRef;
use gradus_optim::sgd;
use gradus_random::Key;
use gradus_testkit::relative;
use std::error::Error;
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

fn path(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("gradus-nn-{}-{name}", std::process::id()))
}

fn start(rate: f64) -> Result<Training<f64>, NnError> {
    let network = Network::new(3, vec![dense(6), relu(), dense(4)], Output::Softmax)?;
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let settings = Settings {
        batch: 8,
        shard: 3,
        ..Settings::default()
    };
    let sum = |z: MatrixRef<'_, f64>, _: Target<'_, f64>| z.as_slice().iter().sum();
    let training = Training::new(network.initialize(Key::new(1))?, sgd(rate)?, loss, settings)?;
    Ok(training.with_metrics(vec![Metric::new("sum, of \"all\"", sum)]))
}

#[test]
fn a_history_file_is_the_history() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 20, 1), cycle(4, 20));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let paths = [path("history.csv"), path("history.jsonl")];
    let mut training = start(0.1)?;
    let mut csv = HistoryFile::csv(&paths[0]);
    let mut json = HistoryFile::json_lines(&paths[1]);
    let mut compare = |event: &Event<'_, f64>| {
        if let Event::EpochEnd { training, .. } = event {
            // the callbacks before this one have written
            let told = [
                training.history().to_csv(),
                training.history().to_json_lines(),
            ];
            let read = paths.clone().map(|path| fs::read_to_string(path).ok());
            assert_eq!(read, told.map(Some));
        }
        ControlFlow::Continue(())
    };
    let callbacks: &mut [&mut dyn Callback<f64>] = &mut [&mut csv, &mut json, &mut compare];
    training.fit_validated(2, &data, &data, callbacks)?;
    training.fit(1, &data, callbacks)?;
    let lines = fs::read_to_string(&paths[1])?;
    let members = |line: &str| line.matches("\":").count();
    assert_eq!(lines.lines().map(members).collect::<Vec<_>>(), [5, 5, 3]);
    csv.end()?;
    json.end()?;
    for path in &paths {
        fs::remove_file(path)?;
    }
    // A file that cannot be written ends the training after its first epoch.
    let mut nowhere = HistoryFile::csv(path("no folder").join("history.csv"));
    training.fit(5, &data, &mut [&mut nowhere])?;
    assert_eq!(training.epochs(), 4);
    assert!(matches!(nowhere.end(), Err(NnError::Io { .. })));
    Ok(())
}

#[test]
fn statistics_are_of_activations_and_gradients() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 8, 1), cycle(4, 8)); // one batch
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let mut training = start(0.25)?;
    let before = training.model().theta().to_vec();
    let mut statistics = Statistics::new(&data);
    training.fit(1, &data, &mut [&mut statistics])?;
    let epochs = statistics.end()?;
    let [epoch] = &epochs[..] else {
        return Err("not one epoch".into());
    };
    let names: Vec<_> = epoch
        .activations
        .iter()
        .map(|spread| &*spread.name)
        .collect();
    assert_eq!(names, ["0 (dense)", "1 (Relu)", "2 (dense)"]);
    // Of the logits, the sum is the metric; of rectified numbers, none is negative.
    let sum = training.evaluate(&data)?.metrics[0] * 8.0;
    let logits = epoch.activations[2].mean * 32.0;
    assert!(
        (logits - sum).abs() < 32.0 * 64.0 * f64::EPSILON,
        "{logits} {sum}"
    );
    let [hidden, rectified] = [&epoch.activations[0], &epoch.activations[1]];
    assert!(rectified.zeros > 0.0 && rectified.mean > hidden.mean);
    assert!(rectified.largest <= hidden.largest && rectified.rms <= hidden.rms);
    // Gradient descent moves θ by the gradient times the rate.
    for (spread, entry) in epoch
        .gradients
        .iter()
        .zip(training.model().network().layout().entries())
    {
        assert_eq!(spread.name, entry.name);
        let moved = entry
            .window()
            .map(|i| (before[i] - training.model().theta()[i]) / 0.25);
        let largest = moved.fold(0.0, |m: f64, g| m.max(g.abs()));
        relative(spread.largest, largest, 1e-12)?; // a difference of numbers up to 1, of which 0.01 is left
    }
    Ok(())
}

#[test]
fn an_event_file_is_that_of_tensorboard() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 8, 1), cycle(4, 8));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let path = path("tfevents");
    let mut time = 99.25;
    let mut file = EventFile::new(&path, move || {
        time += 1.0;
        time
    });
    // A training of which the golden file could be: its numbers are put in the place of those that were learned.
    let sum = |_: MatrixRef<'_, f64>, _: Target<'_, f64>| 1.0;
    let metric = Metric::new("accuracy, of all", sum);
    let mut training = start(0.1)?.with_metrics(vec![metric]);
    training.fit(1, &data, &mut [&mut file])?;
    training.fit_validated(1, &data, &data, &mut [&mut file])?;
    file.end()?;
    let mut written = fs::read(&path)?;
    fs::remove_file(&path)?;
    let golden: String = include_str!("../golden/event_file.hex").lines().collect();
    let byte = |i: usize| u8::from_str_radix(&golden[i..i + 2], 16);
    let golden: Vec<u8> = (0..golden.len())
        .step_by(2)
        .map(byte)
        .collect::<Result<_, _>>()?;
    assert_eq!(written.len(), golden.len());
    // Numbers and the checksums of their records differ; everything else must not.
    let numbers = [
        ["training/loss", "training/accuracy, of all"],
        ["validation/loss", "validation/accuracy, of all"],
    ];
    for tag in numbers.as_flattened() {
        let at = |bytes: &[u8]| -> Vec<usize> {
            let ends = bytes.windows(tag.len()).enumerate();
            ends.filter(|(_, window)| *window == tag.as_bytes())
                .map(|(i, _)| i + tag.len())
                .collect()
        };
        assert_eq!(at(&written), at(&golden));
        for end in at(&golden) {
            written[end..end + 5].copy_from_slice(&golden[end..end + 5]);
        }
    }
    let records = |bytes: &[u8]| -> Vec<Vec<u8>> {
        let mut rest = bytes;
        let mut records = Vec::new();
        while let Some((length, after)) = rest.split_first_chunk::<8>() {
            let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(0);
            records.push(after[..4 + length].to_vec()); // checksum of the length, data
            rest = &after[8 + length..];
        }
        records
    };
    assert_eq!(records(&written), records(&golden));
    assert_eq!(written[..40], golden[..40]); // the first record with all of its checksums
    Ok(())
}
