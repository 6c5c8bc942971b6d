//! Early stopping.

use crate::error::NnError;

/// Stops a training when the validation loss, or a metric by name, has not improved for some epochs, and keeps the best parameters.
///
/// Without validation samples it watches the number of the training. A loss that is not a number is never the best. A
/// training that goes on after it has stopped waits anew.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the best epoch has the smallest loss, and `patience` more follow | `early_stopping_keeps_the_best_parameters` |
/// | the best epoch has the largest metric, if that is watched | `early_stopping_watches_a_metric_by_name` |
/// | a loss under another name stops at the same epoch | `a_loss_by_name_is_the_loss` |
/// | a second `fit` waits anew | `a_training_that_stopped_waits_anew` |
/// | a restarted training stops where the other one does | `a_resumed_training_ends_with_the_same_bits` |
///
/// # Examples
///
/// ```
/// use gradus_nn::{Better, EarlyStopping};
///
/// let by_loss = EarlyStopping::new(3, 1e-4)?;
/// let by_accuracy = EarlyStopping::new(3, 0.0)?.watching("accuracy", Better::Higher);
/// assert_ne!(by_loss, by_accuracy);
/// assert!(EarlyStopping::new(3, f64::NAN).is_err());
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
///
/// # References
///
/// L. Prechelt, *Early stopping — but when?*, in *Neural Networks: Tricks of the Trade*, Springer 1998.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EarlyStopping {
    patience: u64,
    smallest_gain: f64,
    metric: Option<(&'static str, Better)>,
}

/// Which numbers of a metric are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Larger ones, as of an accuracy.
    Higher,
    /// Smaller ones, as of an error.
    Lower,
}

/// The best epoch so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Best<T> {
    /// Which epoch, counted from 1.
    pub epoch: u64,
    /// Its loss.
    pub loss: f64,
    /// The number that is watched: the loss, or the metric by name.
    pub watched: f64,
    /// The parameters after it, as they were evaluated: averages where the optimizer keeps some.
    pub theta: Vec<T>,
    /// The numbers after it that are not trained.
    pub buffers: Vec<T>,
}

impl EarlyStopping {
    /// Stops after `patience` epochs in a row that do not better the best loss, or metric, by more than `smallest_gain`.
    ///
    /// # Errors
    ///
    /// [`NnError::Domain`] unless `smallest_gain` is finite and not negative.
    pub fn new(patience: u64, smallest_gain: f64) -> Result<Self, NnError> {
        if smallest_gain >= 0.0 && smallest_gain.is_finite() {
            return Ok(Self {
                patience,
                smallest_gain,
                metric: None,
            });
        }
        Err(NnError::Domain {
            name: "smallest gain",
            value: smallest_gain,
            domain: "[0, ∞)",
        })
    }

    /// The same rule by a metric of the training in the place of the loss.
    ///
    /// A training without a metric of that name refuses to begin ([`NnError::NoSuchMetric`]), and an epoch in which it is not a
    /// number ends with an error ([`NnError::WatchedMetric`]).
    #[must_use]
    #[doc(alias = "monitor")]
    pub const fn watching(mut self, metric: &'static str, better: Better) -> Self {
        self.metric = Some((metric, better));
        self
    }

    /// The metric that is watched, if it is not the loss.
    pub(super) fn metric(&self) -> Option<&'static str> {
        self.metric.map(|(name, _)| name)
    }

    /// Which number is watched, in words.
    pub(super) fn watched(&self) -> String {
        match self.metric {
            Some((name, better)) => format!("{name:?}, {better:?}"),
            None => "the loss".to_owned(),
        }
    }

    /// The place of the metric among those of the training, if one is watched.
    pub(super) fn place(&self, names: &[&'static str]) -> Result<Option<usize>, NnError> {
        let Some((name, _)) = self.metric else {
            return Ok(None);
        };
        let place = names.iter().position(|other| *other == name);
        place.map(Some).ok_or_else(|| NnError::NoSuchMetric {
            name,
            metrics: names.join(", "),
        })
    }

    fn betters(&self, now: f64, best: f64) -> bool {
        match self.metric {
            Some((_, Better::Higher)) => now > best + self.smallest_gain,
            _ => now < best - self.smallest_gain,
        }
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

    /// Looks at the number of an epoch; whether it is the best so far, and so to be kept.
    pub(super) fn look(&mut self, watched: f64) -> bool {
        let Some(rule) = self.rule else { return false };
        let better = match &self.best {
            Some(best) => rule.betters(watched, best.watched),
            None => !watched.is_nan(),
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
        Ok(by(EarlyStopping::new(2, 0.0)?, losses))
    }

    fn by(rule: EarlyStopping, losses: &[f64]) -> (Option<u64>, bool) {
        let mut watch = Watch::<f64> {
            rule: Some(rule),
            ..Watch::default()
        };
        for (epoch, &loss) in (1..).zip(losses) {
            if watch.look(loss) {
                let (theta, buffers) = (vec![], vec![]);
                watch.best = Some(Best {
                    epoch,
                    loss,
                    watched: loss,
                    theta,
                    buffers,
                });
            }
        }
        (watch.best.map(|best| best.epoch), watch.stopped)
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
    fn a_metric_may_have_to_rise() -> Result<(), NnError> {
        let rule = EarlyStopping::new(2, 0.125)?;
        let [up, down] = [Better::Higher, Better::Lower].map(|better| rule.watching("m", better));
        let values = [0.5, 0.75, 0.875, 0.875]; // a gain of an eighth is not more than that
        assert_eq!(by(up, &values), (Some(2), true));
        assert_eq!(by(down, &values), (Some(1), true));
        assert_eq!(by(down, &values.map(|x| -x)), (Some(2), true));
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
