//! Early stopping.

use super::callback::{Callback, Event};
use crate::error::NnError;
use gradus_numeric::Float;
use std::ops::ControlFlow;

/// Stops when the validation loss has not improved for some epochs, and keeps the best parameters.
///
/// Without validation samples it watches the training loss. A loss that is not a number is never the best.
/// Every call of [`fit`](crate::Training::fit) starts anew.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the best epoch has the smallest loss, and `patience` more follow | `early_stopping_keeps_the_best_parameters` |
/// | NaN is not the best, and a second `fit` starts anew | `early_stopping_passes_over_nan_and_starts_anew` |
///
/// # Examples
///
/// ```
/// use gradus_nn::EarlyStopping;
///
/// let stopping = EarlyStopping::<f32>::new(3, 1e-4)?;
/// assert_eq!(stopping.best(), None); // no epoch seen yet
/// assert!(EarlyStopping::<f32>::new(3, f64::NAN).is_err());
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
///
/// # References
///
/// L. Prechelt, *Early stopping — but when?*, in *Neural Networks: Tricks of the Trade*, Springer 1998.
#[derive(Clone, Debug, PartialEq)]
pub struct EarlyStopping<T> {
    patience: u64,
    smallest_gain: f64,
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
    /// Stops after `patience` epochs in a row that do not lower the best loss by more than `smallest_gain`.
    ///
    /// # Errors
    ///
    /// [`NnError::Domain`] unless `smallest_gain` is finite and not negative.
    pub fn new(patience: u64, smallest_gain: f64) -> Result<Self, NnError> {
        if !(smallest_gain >= 0.0 && smallest_gain.is_finite()) {
            let (name, domain) = ("smallest gain", "[0, ∞)");
            let value = smallest_gain;
            return Err(NnError::Domain {
                name,
                value,
                domain,
            });
        }
        Ok(Self {
            patience,
            smallest_gain,
            waited: 0,
            best: None,
        })
    }

    /// The best epoch so far.
    #[must_use]
    pub const fn best(&self) -> Option<&Best<T>> {
        self.best.as_ref()
    }
}

impl<T: Float> Callback<T> for EarlyStopping<T> {
    fn on(&mut self, event: &Event<'_, T>) -> ControlFlow<()> {
        let (record, theta) = match event {
            Event::FitStart { .. } => {
                (self.waited, self.best) = (0, None);
                return ControlFlow::Continue(());
            }
            Event::EpochEnd { record, theta } => (record, theta),
            _ => return ControlFlow::Continue(()),
        };
        let loss = record.validation.as_ref().unwrap_or(&record.training).loss;
        let better = match &self.best {
            Some(best) => loss < best.loss - self.smallest_gain,
            None => !loss.is_nan(),
        };
        if better {
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
