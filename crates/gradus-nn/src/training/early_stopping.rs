//! Early stopping.

use crate::error::NnError;

/// Stops a training when the validation loss has not improved for some epochs, and keeps the best parameters.
///
/// Without validation samples it watches the training loss. A loss that is not a number is never the best. A
/// training that goes on after it has stopped waits anew.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the best epoch has the smallest loss, and `patience` more follow | `early_stopping_keeps_the_best_parameters` |
/// | a second `fit` waits anew | `a_training_that_stopped_waits_anew` |
/// | a restarted training stops where the other one does | `a_resumed_training_ends_with_the_same_bits` |
///
/// # Examples
///
/// ```
/// use gradus_nn::EarlyStopping;
///
/// assert!(EarlyStopping::new(3, 1e-4).is_ok());
/// assert!(EarlyStopping::new(3, f64::NAN).is_err());
/// ```
///
/// # References
///
/// L. Prechelt, *Early stopping — but when?*, in *Neural Networks: Tricks of the Trade*, Springer 1998.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EarlyStopping {
    patience: u64,
    smallest_gain: f64,
}

/// The best epoch so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Best<T> {
    /// Which epoch, counted from 1.
    pub epoch: u64,
    /// Its loss.
    pub loss: f64,
    /// The parameters after it, as they were evaluated: averages where the optimizer keeps some.
    pub theta: Vec<T>,
    /// The numbers after it that are not trained.
    pub buffers: Vec<T>,
}

impl EarlyStopping {
    /// Stops after `patience` epochs in a row that do not lower the best loss by more than `smallest_gain`.
    ///
    /// # Errors
    ///
    /// [`NnError::Domain`] unless `smallest_gain` is finite and not negative.
    pub fn new(patience: u64, smallest_gain: f64) -> Result<Self, NnError> {
        if smallest_gain >= 0.0 && smallest_gain.is_finite() {
            return Ok(Self {
                patience,
                smallest_gain,
            });
        }
        Err(NnError::Domain {
            name: "smallest gain",
            value: smallest_gain,
            domain: "[0, ∞)",
        })
    }
}

/// Early stopping at work, or nothing.
#[derive(Clone, Debug)]
pub(super) struct Watch<T> {
    pub(super) rule: Option<EarlyStopping>,
    /// How many epochs have passed since the best one.
    pub(super) waited: u64,
    pub(super) stopped: bool,
    pub(super) best: Option<Best<T>>,
}

impl<T> Default for Watch<T> {
    fn default() -> Self {
        Self {
            rule: None,
            waited: 0,
            stopped: false,
            best: None,
        }
    }
}

impl<T> Watch<T> {
    /// Waits anew if it has stopped.
    pub(super) const fn start(&mut self) {
        if self.stopped {
            (self.waited, self.stopped) = (0, false);
        }
    }

    /// Looks at the loss of an epoch; whether it is the best so far, and so to be kept.
    pub(super) fn look(&mut self, loss: f64) -> bool {
        let Some(rule) = self.rule else { return false };
        let better = match &self.best {
            Some(best) => loss < best.loss - rule.smallest_gain,
            None => !loss.is_nan(),
        };
        if better {
            self.waited = 0;
        } else {
            self.waited += 1;
            self.stopped = self.waited >= rule.patience;
        }
        better
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best epoch and whether it stopped, after epochs with these losses.
    fn watched(losses: &[f64]) -> Result<(Option<u64>, bool), NnError> {
        let mut watch = Watch::<f64> {
            rule: Some(EarlyStopping::new(2, 0.0)?),
            ..Watch::default()
        };
        for (epoch, &loss) in (1..).zip(losses) {
            if watch.look(loss) {
                let (theta, buffers) = (vec![], vec![]);
                watch.best = Some(Best {
                    epoch,
                    loss,
                    theta,
                    buffers,
                });
            }
        }
        Ok((watch.best.map(|best| best.epoch), watch.stopped))
    }

    #[test]
    fn nan_is_never_the_best() -> Result<(), NnError> {
        assert_eq!(watched(&[f64::NAN, 0.5, 0.4, 0.3])?, (Some(4), false));
        assert_eq!(watched(&[0.3, f64::NAN, f64::NAN])?, (Some(1), true));
        assert_eq!(watched(&[f64::NAN, f64::NAN])?, (None, true));
        assert_eq!(watched(&[0.3, 0.3])?, (Some(1), false));
        assert_eq!(watched(&[f64::INFINITY, 1.0])?, (Some(2), false));
        Ok(())
    }

    #[test]
    fn gains_are_finite_and_not_negative() {
        for gain in [f64::NAN, -1.0, f64::INFINITY] {
            let refused = EarlyStopping::new(2, gain);
            assert!(matches!(refused, Err(NnError::Domain { .. })), "{gain}");
        }
    }
}
