//! Lines that tell how a training comes on.

use crate::training::{Callback, Evaluation, Event};
use gradus_linalg::Scalar;
use std::fmt;
use std::ops::ControlFlow;

/// Tells how a training comes on, in lines of text: one every so many steps, and one an epoch.
///
/// Where the lines go, to a screen or a log, is the caller's matter: the library prints nothing. Numbers have four
/// decimals; the file with all digits is [`HistoryFile`](super::HistoryFile).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a line every so many steps with the means so far, and a line an epoch | `progress_tells_every_so_many_steps_and_every_epoch` |
///
/// # Examples
///
/// ```
/// use gradus_nn::callbacks::Progress;
/// use gradus_nn::layers::dense;
/// use gradus_nn::losses::{SquaredError, Target};
/// use gradus_nn::optim::sgd;
/// use gradus_nn::{Dataset, Features, Key, MatrixRef, Network, Output, Settings, Training};
/// use std::sync::mpsc::channel;
///
/// let [x, y] = [&[1.0], &[3.0]].map(|row| MatrixRef::from_column(row).transposed());
/// let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
/// let mut model = Network::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
/// model.set_theta(vec![1.0, 0.0])?; // an error of 2
/// let mut training = Training::new(model, sgd(0.25)?, Box::new(SquaredError), Settings::default())?;
/// let (send, lines) = channel();
/// let mut progress = Progress::new(0, move |line| drop(send.send(line.to_owned()))); // or |line| println!("{line}")
/// training.fit(2, &data, &mut [&mut progress])?;
/// drop(progress);
/// assert_eq!(lines.iter().collect::<Vec<_>>(), ["epoch 1: loss 4.0000", "epoch 2: loss 0.0000"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Progress {
    every: u64,
    tell: Box<dyn FnMut(&str) + Send>,
}

impl Progress {
    /// Tells a line after every `steps` steps of the optimizer (0: never), and after every epoch.
    pub fn new(steps: u64, tell: impl FnMut(&str) + Send + 'static) -> Self {
        Self {
            every: steps,
            tell: Box::new(tell),
        }
    }

    fn line<T: Scalar>(&self, event: &Event<'_, T>) -> Option<String> {
        match event {
            Event::Step {
                epoch,
                samples,
                of,
                so_far,
                training,
                ..
            } => {
                let step = training.state().step();
                let due = self.every > 0 && step.is_multiple_of(self.every);
                let names = training.history().metric_names();
                due.then(|| {
                    format!(
                        "epoch {epoch}: {samples}/{of}, {}",
                        described(so_far, names)
                    )
                })
            }
            Event::EpochEnd { record, training } => {
                let names = training.history().metric_names();
                let own = described(&record.training, names);
                let others = record.validation.as_ref();
                let others = others.map(|v| format!("; validation {}", described(v, names)));
                let epoch = record.epoch;
                Some(format!(
                    "epoch {epoch}: {own}{}",
                    others.unwrap_or_default()
                ))
            }
            _ => None,
        }
    }
}

impl<T: Scalar> Callback<T> for Progress {
    fn on(&mut self, event: &Event<'_, T>) -> ControlFlow<()> {
        if let Some(line) = self.line(event) {
            (self.tell)(&line);
        }
        ControlFlow::Continue(())
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = f.debug_struct("Progress");
        all.field("every", &self.every).finish_non_exhaustive()
    }
}

/// `loss 0.1234, accuracy 0.9000`.
fn described(evaluation: &Evaluation, names: &[&str]) -> String {
    let numbers = [evaluation.loss].into_iter();
    let numbers = numbers.chain(evaluation.metrics.iter().copied());
    let named = ["loss"].iter().chain(names).zip(numbers);
    let parts: Vec<String> = named.map(|(name, x)| format!("{name} {x:.4}")).collect();
    parts.join(", ")
}
