//! Early stopping.

use super::callback::{Callback, Event};
use gradus_numeric::Float;
use std::ops::ControlFlow;

/// Stops when the validation loss has not improved for some epochs, and keeps the best parameters.
///
/// Without validation samples it watches the training loss.
///
/// # Examples
///
/// ```
/// use gradus_nn::EarlyStopping;
///
/// let stopping = EarlyStopping::<f32>::new(3, 1e-4);
/// assert_eq!(stopping.best(), None); // no epoch seen yet
/// ```
///
/// # References
///
/// L. Prechelt, *Early stopping — but when?*, in *Neural Networks: Tricks of the Trade*, Springer 1998.
#[derive(Clone, Debug, PartialEq)]
pub struct EarlyStopping<T> {
    patience: u64,
    least_gain: f64,
    waited: u64,
    best: Option<Best<T>>,
}

/// The best epoch so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Best<T> {
    /// Which epoch, counted from 1.
    pub epoch: u64,
    /// Its loss.
    pub loss: f64,
    /// The parameters after it.
    pub theta: Vec<T>,
}

impl<T: Float> EarlyStopping<T> {
    /// Stops after `patience` epochs in a row that do not lower the best loss by more than `least_gain`.
    #[must_use]
    pub const fn new(patience: u64, least_gain: f64) -> Self {
        Self {
            patience,
            least_gain,
            waited: 0,
            best: None,
        }
    }

    /// The best epoch so far.
    #[must_use]
    pub const fn best(&self) -> Option<&Best<T>> {
        self.best.as_ref()
    }
}

impl<T: Float> Callback<T> for EarlyStopping<T> {
    fn on(&mut self, event: &Event<'_, T>) -> ControlFlow<()> {
        let Event::EpochEnd { record, theta } = event else {
            return ControlFlow::Continue(());
        };
        let loss = record.validation.as_ref().unwrap_or(&record.training).loss;
        if self
            .best
            .as_ref()
            .is_none_or(|best| loss < best.loss - self.least_gain)
        {
            self.waited = 0;
            self.best = Some(Best {
                epoch: record.epoch,
                loss,
                theta: theta.to_vec(),
            });
            return ControlFlow::Continue(());
        }
        self.waited += 1;
        if self.waited < self.patience {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}
