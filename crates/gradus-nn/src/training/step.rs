//! One step: gradients of the shards, their sum in order, the optimizer's update.

use super::count::Count;
use super::curvature::Outcomes;
use super::settings::{Cut, MAX_PLACES};
use super::shard::{Place, Sum, Task};
use super::threads::{each, update};
use super::trainer::Training;
use crate::data::Samples;
use crate::error::NnError;
use crate::network::not_finite;
use gradus_linalg::Scalar;
use gradus_optim::{Gradient, OptimError, is_ordinary};
use gradus_random::Key;
use std::iter::zip;

impl<T: Scalar> Training<T> {
    /// Does a step as a whole or not at all.
    pub(super) fn step(&mut self, batch: &[u32], samples: &dyn Samples<T>) -> Result<(), NnError> {
        let (epoch, step) = (self.epoch + 1, self.state.step() + 1);
        for penalty in &self.penalties {
            penalty.rate_of(step)?; // a rate that is none refuses the step while nothing has changed
        }
        self.learn_curvature(batch, samples)?;
        let cut = self.settings.cut(batch.len());
        let count = self.weights.gather(&*self.loss, samples, batch)?;
        if count.denominator == 0.0 {
            let samples = batch.len();
            return Err(NnError::ZeroWeights {
                epoch,
                step,
                samples,
            });
        }
        self.run_shards(batch, samples, (count, cut), None);
        self.hear_all(cut, step)?;
        let width = 1 + self.metrics.len();
        let mean_loss: f64 = self.heard.iter().step_by(width).sum();
        let loss = mean_loss + self.add_price(cut)?;
        self.sum_buffers(cut)?;
        if loss.is_finite() {
            self.check_buffers()?;
        }
        let done = self.descend(loss, cut).map_err(|error| match error {
            NnError::Optim(OptimError::BadLoss { .. }) => {
                NnError::NonFiniteLoss { epoch, step, loss }
            }
            error => error,
        })?;
        (self.step_loss, self.step_places) = (loss, cut.places());
        if !done {
            return Ok(()); // the optimizer has skipped and counted it
        }
        let (_, theta, _) = self.model.parts_mut();
        for penalty in &self.penalties {
            penalty.shrink(theta, step)?;
        }
        self.constrain();
        let (_, _, buffers) = self.model.parts_mut();
        buffers.copy_from_slice(&self.next_buffers);
        self.sums.add_loss(count, loss);
        for place in self.heard.chunks_exact(width) {
            self.sums.add_metrics(&place[1..]);
        }
        Ok(())
    }

    /// Loss and gradient of all shards of this process, on all threads; for their own outcomes, or for some that are drawn.
    pub(super) fn run_shards(
        &mut self,
        batch: &[u32],
        samples: &dyn Samples<T>,
        (count, cut): (Count, Cut),
        outcomes: Option<Outcomes>,
    ) {
        let own = self.link.own(cut.places());
        let (network, theta, buffers) = self.model.parts_mut();
        let step = self.state.step() + 1;
        let task = Task {
            network,
            theta,
            buffers,
            loss: match outcomes {
                Some(outcomes) => outcomes.loss(),
                None => &*self.loss,
            },
            metrics: if outcomes.is_some() {
                &[]
            } else {
                &self.metrics
            },
            outcomes,
            samples,
            workspaces: &self.workspaces,
            batch,
            weights: &self.weights,
            count,
            cut,
            key: Key::new(self.settings.seed).stream(LAYERS).round(step),
        };
        let places = &mut self.places[..own.len()];
        each(places, own.start, &|number, place: &mut Place<T>| {
            place.run(number, &task);
        });
    }

    /// Hears of every place its loss and its metrics, or what went wrong.
    pub(super) fn hear_all(&mut self, cut: Cut, step: u64) -> Result<(), NnError> {
        let (all, width) = (cut.places(), 1 + self.metrics.len());
        let own = self.link.own(all);
        let places = &self.places[..own.len()];
        let failed = places.iter().find_map(|place| place.loss.clone().err());
        let all_done = self.link.all_done(failed.is_none(), step);
        failed.map_or(Ok(()), Err)?; // the own error tells more than that there is one
        all_done?;
        self.heard.resize(all * width, 0.0);
        let rows = self.heard.chunks_exact_mut(width).skip(own.start);
        for (row, place) in zip(rows, places) {
            row[0] = place.loss.clone().unwrap_or(f64::NAN); // there was no error
            row[1..].copy_from_slice(&place.sum.metrics);
        }
        let mine = own.start * width..own.end * width;
        Ok(self.link.gather(&mut self.heard, mine)?)
    }

    /// The price of the parameters; its gradient is added to that of the first place of the batch.
    fn add_price(&mut self, cut: Cut) -> Result<f64, NnError> {
        let own = self.link.own(cut.places());
        let mut price = 0.0;
        for penalty in &self.penalties {
            price += penalty.value(self.model.theta())?;
        }
        let first = self.places.first_mut();
        let first = first.filter(|_| own.contains(&0) && !self.penalties.is_empty());
        if let Some(Place { sum, .. }) = first {
            for penalty in &self.penalties {
                penalty.add_gradient(self.model.theta(), &mut sum.gradient)?;
            }
            sum.finite = is_ordinary(&sum.gradient, cut.places());
        }
        Ok(price)
    }

    /// The buffers after the step: the mean of what the shards wish, weighted by their samples, in shard order.
    fn sum_buffers(&mut self, cut: Cut) -> Result<(), NnError> {
        let own = self.link.own(cut.places());
        let mut memory = [&[][..]; MAX_PLACES];
        let wishes = slices(&self.places[..own.len()], |sum| &sum.buffers, &mut memory);
        self.next_buffers.fill(T::from_f64(0.0));
        Ok(self.link.add(wishes, &mut self.next_buffers, true)?)
    }

    fn check_buffers(&self) -> Result<(), NnError> {
        match self.next_buffers.iter().position(|x| !x.is_finite()) {
            None => Ok(()),
            Some(at) => {
                let layout = self.model.network().buffer_layout();
                Err(not_finite(layout, &self.next_buffers, at))
            }
        }
    }

    /// One step of the optimizer along the sum of the gradients, on all threads; `false` if it has skipped the step.
    fn descend(&mut self, loss: f64, cut: Cut) -> Result<bool, NnError> {
        let own = self.link.own(cut.places());
        let places = &self.places[..own.len()];
        let (_, theta, _) = self.model.parts_mut();
        let mut memory = [&[][..]; MAX_PLACES];
        let gradients = slices(places, |sum| &sum.gradient, &mut memory);
        let whole;
        let gradient = if !self.link.is_alone() {
            whole = [self.link.gradient(gradients, theta.len(), own.start > 0)?];
            Gradient::sum_of(&whole)
        } else if places.iter().all(|place| place.sum.finite) {
            Gradient::known_ordinary(gradients)
        } else {
            Gradient::sum_of(gradients)
        };
        let (state, gradient) = (&mut self.state, gradient.with_loss(loss));
        let mut step = self.optimizer.prepare(state, theta, gradient)?;
        let done = !step.is_skipped();
        while let Some(pass) = step.next_pass() {
            update(pass, self.settings.threads);
        }
        Ok(done)
    }
}

/// One vector of every place, in their order.
pub(super) fn slices<'m, 'p, T: Scalar>(
    places: &'p [Place<T>],
    which: impl Fn(&Sum<T>) -> &[T],
    memory: &'m mut [&'p [T]; MAX_PLACES],
) -> &'m [&'p [T]] {
    for (slice, place) in zip(&mut *memory, places) {
        *slice = which(&place.sum);
    }
    &memory[..places.len()] // at most MAX_PLACES
}

/// First stream of the layers; initialization has the stream of the caller's key.
const LAYERS: u64 = 1 << 32;
