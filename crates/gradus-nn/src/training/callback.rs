//! What is told while a training runs.

use super::evaluation::Evaluation;
use super::history::EpochRecord;
use super::trainer::Training;
use gradus_linalg::Scalar;
use std::ops::ControlFlow;

/// Something that happens during a training.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Event<'a, T: Scalar> {
    /// A call of [`fit`](crate::Training::fit) begins.
    FitStart {
        /// How many epochs were done before.
        epoch: u64,
    },
    /// An epoch begins, or goes on where the training was stopped.
    EpochStart {
        /// Which epoch, counted from 1.
        epoch: u64,
    },
    /// A step of the optimizer is done.
    Step {
        /// Which epoch, counted from 1.
        epoch: u64,
        /// Mean loss of its batch before the step, with the price of the parameters.
        loss: f64,
        /// Samples seen in this epoch.
        samples: usize,
        /// Samples of an epoch.
        of: usize,
        /// Means over the epoch so far.
        so_far: &'a Evaluation,
        /// The training as it is after the step.
        training: &'a Training<T>,
    },
    /// All steps of an epoch are done; validation, if there is any, comes next.
    EpochTrained {
        /// Which epoch, counted from 1.
        epoch: u64,
    },
    /// An epoch ends.
    EpochEnd {
        /// What it brought.
        record: &'a EpochRecord,
        /// The training as it is after the epoch.
        training: &'a Training<T>,
    },
}

/// What is told of a training as it runs, and can stop it by [`ControlFlow::Break`].
///
/// Every closure `|event: &Event<'_, T>| ControlFlow::Continue(())` is one. The trainer has no clock and
/// prints nothing: progress bars, time measurement and checkpoints ([`Training::save_checkpoint`]) are callbacks.
///
/// # Examples
///
/// Stop as soon as the training loss is below a bound, and count the steps until then:
///
/// ```
/// use gradus_nn::layers::dense;
/// use gradus_nn::losses::{SquaredError, Target};
/// use gradus_nn::optim::sgd;
/// use gradus_nn::{Callback, Dataset, Event, Features, Key, MatrixRef, Network, Output, Settings, Training};
/// use std::ops::ControlFlow;
///
/// struct Below {
///     loss: f64,
///     steps: u64,
/// }
/// impl Callback<f64> for Below {
///     fn on(&mut self, event: &Event<'_, f64>) -> ControlFlow<()> {
///         match event {
///             Event::Step { .. } => self.steps += 1,
///             Event::EpochEnd { record, .. } if record.training.loss < self.loss => return ControlFlow::Break(()),
///             _ => {}
///         }
///         ControlFlow::Continue(())
///     }
/// }
///
/// let (x, y) = ([1.0, 2.0], [3.0, 6.0]); // y = 3 x
/// let [x, y] = [&x, &y].map(|row| MatrixRef::from_column(row).transposed());
/// let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
/// let model = Network::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
/// let mut training = Training::new(model, sgd(0.1)?, Box::new(SquaredError), Settings::default())?;
/// let mut below = Below { loss: 1e-6, steps: 0 };
/// training.fit(10_000, &data, &mut [&mut below])?;
/// assert!(below.steps < 10_000);
/// assert_eq!(below.steps, training.state().step());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Callback<T: Scalar>: Send {
    /// Takes notice of an event.
    fn on(&mut self, event: &Event<'_, T>) -> ControlFlow<()>;
}

impl<T: Scalar, F: FnMut(&Event<'_, T>) -> ControlFlow<()> + Send> Callback<T> for F {
    fn on(&mut self, event: &Event<'_, T>) -> ControlFlow<()> {
        self(event)
    }
}
