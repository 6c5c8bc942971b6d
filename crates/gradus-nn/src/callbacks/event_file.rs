//! Event files of `TensorBoard`.

use crate::error::NnError;
use crate::network::failed;
use crate::training::{Callback, EpochRecord, Evaluation, Event, History};
use gradus_linalg::Scalar;
use std::fmt;
use std::iter::once;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Writes loss and metrics of every epoch as an event file of `TensorBoard`.
///
/// The tags are `training/loss`, `validation/loss` and so on, the steps are epochs, the numbers are in single precision, as
/// the format has them. The library has no clock: `seconds` tells the time of an event, since 1970, or the epoch if no
/// time is to be told. `TensorBoard` reads files whose names contain `tfevents`. The file appears whole or not at all, and
/// has all epochs of the history.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the bytes are those that `TensorBoard`'s own writer makes | `an_event_file_is_that_of_tensorboard` |
///
/// # Examples
///
/// ```
/// use gradus_nn::callbacks::EventFile;
/// use gradus_nn::layers::dense;
/// use gradus_nn::losses::{SquaredError, Target};
/// use gradus_nn::optim::sgd;
/// use gradus_nn::{Dataset, Features, Key, MatrixRef, Network, Output, Settings, Training};
/// use std::time::{SystemTime, UNIX_EPOCH};
///
/// # let path = std::env::temp_dir().join(format!("gradus-nn-tfevents-{}", std::process::id()));
/// let [x, y] = [&[1.0], &[3.0]].map(|row| MatrixRef::from_column(row).transposed());
/// let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
/// let model = Network::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
/// let mut training = Training::new(model, sgd(0.25)?, Box::new(SquaredError), Settings::default())?;
/// let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64());
/// let mut file = EventFile::new(&path, now);
/// training.fit(2, &data, &mut [&mut file])?;
/// file.end()?;
/// assert_eq!(std::fs::read(&path)?.len(), 40 + 2 * 51); // a header and two events of one number
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// `TensorFlow`, `tensorflow/core/util/event.proto`, `tensorflow/core/lib/io/record_writer.cc`; the checksum: G. Castagnoli,
/// S. Bräuer and M. Herrmann, *Optimization of cyclic redundancy-check codes* (1993), RFC 3720, appendix B.4.
#[doc(alias = "tfevents")]
pub struct EventFile {
    path: PathBuf,
    seconds: Box<dyn FnMut() -> f64 + Send>,
    bytes: Vec<u8>,
    /// How many epochs are in the bytes.
    epochs: usize,
    failure: Option<NnError>,
}

impl EventFile {
    /// A file at that path, in which an event has the time that `seconds` tells.
    pub fn new(
        path: impl Into<PathBuf>,
        mut seconds: impl FnMut() -> f64 + Send + 'static,
    ) -> Self {
        let mut head = time_and_step(seconds(), 0);
        field(&mut head, 3, b"brain.Event:2"); // file_version
        Self {
            path: path.into(),
            bytes: record(&head),
            seconds: Box::new(seconds),
            epochs: 0,
            failure: None,
        }
    }

    /// Whether everything was written.
    ///
    /// # Errors
    ///
    /// [`NnError::Io`] with what went wrong.
    pub fn end(self) -> Result<(), NnError> {
        self.failure.map_or(Ok(()), Err)
    }

    /// Adds the epochs that are not there yet.
    fn add(&mut self, history: &History) {
        for epoch in history.records().iter().skip(self.epochs) {
            let seconds = (self.seconds)();
            self.bytes
                .extend(record(&event(seconds, epoch, history.metric_names())));
            self.epochs += 1;
        }
    }
}

impl<T: Scalar> Callback<T> for EventFile {
    fn on(&mut self, event: &Event<'_, T>) -> ControlFlow<()> {
        let Event::EpochEnd { training, .. } = event else {
            return ControlFlow::Continue(());
        };
        self.add(training.history());
        match gradus_files::write(&self.path, &self.bytes) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.failure = Some(failed(&self.path, error.kind()));
                ControlFlow::Break(())
            }
        }
    }
}

impl fmt::Debug for EventFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut file = f.debug_struct("EventFile");
        file.field("path", &self.path).field("epochs", &self.epochs);
        file.finish_non_exhaustive()
    }
}

/// The message `Event` of an epoch: all its numbers as one summary.
fn event(seconds: f64, epoch: &EpochRecord, metrics: &[&str]) -> Vec<u8> {
    let mut summary = Vec::new();
    let parts = [
        ("training", Some(&epoch.training)),
        ("validation", epoch.validation.as_ref()),
    ];
    for (part, evaluation) in parts {
        let Some(Evaluation {
            loss,
            metrics: values,
        }) = evaluation
        else {
            continue;
        };
        let names = once(&"loss").chain(metrics);
        for (name, &value) in names.zip(once(loss).chain(values)) {
            field(&mut summary, 1, &scalar(&format!("{part}/{name}"), value)); // value
        }
    }
    let mut event = time_and_step(seconds, epoch.epoch);
    field(&mut event, 5, &summary); // summary
    event
}

/// The message `Summary.Value` of a number.
fn scalar(tag: &str, value: f64) -> Vec<u8> {
    let mut scalar = Vec::new();
    field(&mut scalar, 1, tag.as_bytes()); // tag
    scalar.push(2 << 3 | FOUR_BYTES); // simple_value
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the format has single precision"
    )]
    scalar.extend((value as f32).to_le_bytes());
    scalar
}

/// The fields `wall_time` and `step` of an event; a step of 0 is not written.
fn time_and_step(seconds: f64, step: u64) -> Vec<u8> {
    let mut event = vec![1 << 3 | EIGHT_BYTES];
    event.extend(seconds.to_le_bytes());
    if step > 0 {
        event.push(2 << 3 | VARIABLE);
        variable(&mut event, step);
    }
    event
}

/// A field of bytes in the format of protocol buffers: key, length, bytes.
fn field(message: &mut Vec<u8>, number: u8, bytes: &[u8]) {
    message.push(number << 3 | LENGTH_FIRST);
    variable(message, bytes.len() as u64);
    message.extend(bytes);
}

/// Seven bits a byte, lowest first, with the eighth bit set where more follow.
fn variable(message: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        message.push(number.to_le_bytes()[0] | 128);
        number >>= 7;
    }
    message.push(number.to_le_bytes()[0]);
}

/// A record: length, its checksum, the data, their checksum.
fn record(data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u64).to_le_bytes();
    let check = |bytes: &[u8]| masked(crc32c(bytes)).to_le_bytes();
    [&length[..], &check(&length), data, &check(data)].concat()
}

/// Records hide their checksums, so that the checksum of a record that contains one tells something.
const fn masked(checksum: u32) -> u32 {
    checksum.rotate_right(15).wrapping_add(0xa282_ead8)
}

/// The remainder of the bytes, as a polynomial with coefficients modulo 2, by Castagnoli's polynomial.
fn crc32c(bytes: &[u8]) -> u32 {
    const CASTAGNOLI: u32 = 0x82f6_3b78; // bits reversed: the lowest is the highest power
    let remainder = bytes.iter().fold(u32::MAX, |remainder, &byte| {
        let shift = |r: u32, _| r >> 1 ^ if r & 1 == 1 { CASTAGNOLI } else { 0 };
        (0..8).fold(remainder ^ u32::from(byte), shift)
    });
    !remainder
}

// Kinds of fields in protocol buffers.
const VARIABLE: u8 = 0;
const EIGHT_BYTES: u8 = 1;
const LENGTH_FIRST: u8 = 2;
const FOUR_BYTES: u8 = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    #[test]
    fn checksums_are_those_of_rfc_3720() {
        assert_eq!(crc32c(b"123456789"), 0xe306_9283);
        assert_eq!(crc32c(&[0; 32]), 0x8a91_36aa);
        assert_eq!(crc32c(&[0xff; 32]), 0x62a8_ab43);
    }

    /// The golden file of `tests/golden/event_file.py`, with its numbers.
    #[test]
    fn all_bytes_are_those_of_tensorboard() {
        let mut history = History::new(vec!["accuracy, of all"]);
        let evaluation = |loss, accuracy| Evaluation {
            loss,
            metrics: vec![accuracy],
        };
        history.push(EpochRecord {
            epoch: 1,
            training: evaluation(0.5, 0.75),
            validation: None,
        });
        history.push(EpochRecord {
            epoch: 2,
            training: evaluation(0.1, 0.875),
            validation: Some(evaluation(1e-3, 1.0)),
        });
        let mut time = 99.25;
        let mut file = EventFile::new("tfevents", move || {
            time += 1.0;
            time
        });
        file.add(&history);
        let mut written = String::new();
        for byte in &file.bytes {
            write!(written, "{byte:02x}").unwrap();
        }
        let golden = include_str!("../../tests/golden/event_file.hex");
        assert_eq!(written, golden.lines().collect::<String>());
    }

    #[test]
    fn numbers_of_variable_length() {
        let bytes = |number| {
            let mut bytes = Vec::new();
            variable(&mut bytes, number);
            bytes
        };
        assert_eq!(bytes(1), [1]);
        assert_eq!(bytes(150), [0x96, 1]); // the example of the documentation of protocol buffers
        assert_eq!(bytes(u64::MAX).len(), 10);
    }
}
