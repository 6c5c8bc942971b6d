//! Checkpoints that are written while a training runs.

use crate::error::NnError;
use crate::training::{Callback, Event, Training};
use gradus_linalg::Scalar;
use std::fmt;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Writes a [checkpoint](Training::save_checkpoint) every so many steps or seconds, and after every epoch.
///
/// There is one file: it appears whole or not at all, so a training that is killed goes on from the last one. A
/// checkpoint that cannot be written ends the training; [`end`](Self::end) tells why.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the file is that of the last step whose turn it was | `checkpoints_are_those_of_their_steps` |
/// | a training that goes on from it ends with the same bits | `a_training_goes_on_from_the_last_checkpoint` |
///
/// # Examples
///
/// ```
/// use gradus_nn::callbacks::Checkpoints;
/// use gradus_nn::layers::dense;
/// use gradus_nn::losses::{SquaredError, Target};
/// use gradus_nn::optim::sgd;
/// use gradus_nn::{Dataset, Features, Key, MatrixRef, Network, Output, Settings, Training};
/// use std::time::Instant;
///
/// # let path = std::env::temp_dir().join(format!("gradus-nn-checkpoints-{}.safetensors", std::process::id()));
/// let [x, y] = [&[1.0], &[3.0]].map(|row| MatrixRef::from_column(row).transposed());
/// let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
/// let start = || -> Result<Training<f64>, Box<dyn std::error::Error>> {
///     let model = Network::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
///     Ok(Training::new(model, sgd(0.1)?, Box::new(SquaredError), Settings::default())?)
/// };
/// let mut training = start()?;
/// let begin = Instant::now();
/// let mut checkpoints = Checkpoints::every_seconds(&path, 60.0, move || begin.elapsed().as_secs_f64())?;
/// training.fit(3, &data, &mut [&mut checkpoints])?;
/// checkpoints.end()?;
///
/// let mut other = start()?;
/// other.resume(&path)?;
/// assert_eq!(other.model().theta(), training.model().theta());
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Checkpoints {
    path: PathBuf,
    /// Whether it is the turn of the step of this number.
    due: Box<dyn FnMut(u64) -> bool + Send>,
    failure: Option<NnError>,
}

impl Checkpoints {
    /// After every `steps` steps of the optimizer.
    ///
    /// # Errors
    ///
    /// [`NnError::Domain`] for 0 steps.
    pub fn every_steps(path: impl Into<PathBuf>, steps: u64) -> Result<Self, NnError> {
        if steps == 0 {
            return Err(NnError::Domain {
                name: "steps between checkpoints",
                value: 0.0,
                domain: "1, 2, 3, …",
            });
        }
        Ok(Self::new(path.into(), move |step| {
            step.is_multiple_of(steps)
        }))
    }

    /// After the first step that ends `seconds` or more after the last checkpoint, by a clock that the caller has: the library has none.
    ///
    /// # Errors
    ///
    /// [`NnError::Domain`] unless `seconds` is finite and positive.
    pub fn every_seconds(
        path: impl Into<PathBuf>,
        seconds: f64,
        mut clock: impl FnMut() -> f64 + Send + 'static,
    ) -> Result<Self, NnError> {
        if !(seconds > 0.0 && seconds.is_finite()) {
            return Err(NnError::Domain {
                name: "seconds between checkpoints",
                value: seconds,
                domain: "(0, ∞)",
            });
        }
        let mut last = clock();
        Ok(Self::new(path.into(), move |_| {
            let now = clock();
            let due = now - last >= seconds;
            if due {
                last = now;
            }
            due
        }))
    }

    fn new(path: PathBuf, due: impl FnMut(u64) -> bool + Send + 'static) -> Self {
        Self {
            path,
            due: Box::new(due),
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

    fn write<T: Scalar>(&mut self, training: &Training<T>) -> ControlFlow<()> {
        match training.save_checkpoint(&self.path) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.failure = Some(error);
                ControlFlow::Break(())
            }
        }
    }
}

impl<T: Scalar> Callback<T> for Checkpoints {
    fn on(&mut self, event: &Event<'_, T>) -> ControlFlow<()> {
        match event {
            Event::Step { training, .. } if (self.due)(training.state().step()) => {
                self.write(training)
            }
            Event::EpochEnd { training, .. } => self.write(training),
            _ => ControlFlow::Continue(()),
        }
    }
}

impl fmt::Debug for Checkpoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = f.debug_struct("Checkpoints");
        all.field("path", &self.path).finish_non_exhaustive()
    }
}
