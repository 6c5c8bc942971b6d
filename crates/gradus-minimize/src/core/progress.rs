//! Step after step: the observer is told, the criteria are asked.

use crate::core::report::{Iterate, Report, Stop};
use crate::core::stopping::Stopping;
use crate::core::vector::difference;
use crate::error::MinimizeError;
use gradus_numeric::norm_infinity;

/// A search on its way.
pub(crate) struct Progress<'o> {
    stopping: Stopping,
    observe: &'o mut dyn FnMut(Iterate<'_>),
    last: Option<(Vec<f64>, f64)>,
    may_rest: bool,
    pub(crate) iterations: usize,
}

impl<'o> Progress<'o> {
    pub(crate) fn new(
        stopping: Stopping,
        observe: &'o mut dyn FnMut(Iterate<'_>),
    ) -> Result<Self, MinimizeError> {
        Ok(Self {
            stopping: stopping.checked()?,
            observe,
            last: None,
            may_rest: false,
            iterations: 0,
        })
    }

    /// For methods whose best point may stay where it is for some steps: only the residual and the limits count.
    pub(crate) fn resting(self) -> Self {
        Self {
            may_rest: true,
            ..self
        }
    }

    /// Shows a new point to the observer and says whether to stop there.
    pub(crate) fn reach(
        &mut self,
        x: &[f64],
        value: f64,
        residual: f64,
        evaluations: usize,
    ) -> Option<Stop> {
        self.iterations += usize::from(self.last.is_some());
        (self.observe)(Iterate {
            iteration: self.iterations,
            evaluations,
            x,
            value,
            residual,
        });
        let stop = self.criterion(x, value, residual, evaluations);
        self.last = Some((x.to_vec(), value));
        stop
    }

    fn criterion(&self, x: &[f64], value: f64, residual: f64, evaluations: usize) -> Option<Stop> {
        let limits = &self.stopping;
        if residual <= limits.residual {
            return Some(Stop::Residual);
        }
        if let Some((before, at_before)) = self.last.as_ref().filter(|_| !self.may_rest) {
            let step = norm_infinity(&difference(x, before));
            let size = norm_infinity(before).max(1.0);
            if step <= limits.step * size {
                return Some(Stop::Step);
            }
            let scale = value.abs().max(at_before.abs()).max(1.0);
            if limits.decrease > 0.0 && at_before - value <= limits.decrease * scale {
                return Some(Stop::Decrease);
            }
        }
        if self.iterations >= limits.iterations {
            Some(Stop::Iterations)
        } else if evaluations >= limits.evaluations {
            Some(Stop::Evaluations)
        } else {
            None
        }
    }

    /// The report of a search that ends at a point.
    pub(crate) fn report(
        &self,
        x: Vec<f64>,
        value: f64,
        residual: f64,
        stop: Stop,
        evaluations: usize,
    ) -> Report {
        Report {
            x,
            value,
            residual,
            stop,
            iterations: self.iterations,
            evaluations,
        }
    }
}
