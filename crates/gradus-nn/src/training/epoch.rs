//! An epoch, and the steps in it.

use super::callback::{Callback, Event};
use super::early_stopping::Best;
use super::history::EpochRecord;
use super::shard::Place;
use super::threads::awake;
use super::trainer::Training;
use crate::data::Samples;
use crate::error::NnError;
use crate::memory::check_room;
use crate::network::Network;
use crate::recording::Mode;
use gradus_linalg::Scalar;
use gradus_random::{Key, permute};
use std::mem::take;
use std::ops::ControlFlow;
use std::sync::Arc;

impl<T: Scalar> Training<T> {
    /// Whether samples fit the network; how many there are.
    pub(super) fn check(&self, samples: &dyn Samples<T>) -> Result<u32, NnError> {
        check_samples(self.model.network(), samples)
    }

    /// Memory for every shard that an epoch of so many samples has, and whether the layers can take them.
    fn make_room(&mut self, samples: usize) -> Result<(), NnError> {
        let batch = self.settings.batch.min(samples);
        let (full, last) = (self.settings.cut(batch), samples % batch);
        let mut widths = full.widths().to_vec();
        if last > 0 {
            widths.extend(self.settings.cut(last).widths());
        }
        let (network, mode) = (self.model.network(), Mode::training(Key::default(), 0));
        let mut largest = network.footprint(full.widths()[0], mode)?;
        for &width in &widths {
            let footprint = network.footprint(width, mode)?;
            largest.values = largest.values.max(footprint.values);
            largest.adjoints = largest.adjoints.max(footprint.adjoints);
        }
        let own = self.link.most(full.places());
        let more = own.saturating_sub(self.places.len());
        let threads = own.min(self.settings.threads);
        let rooms = threads.saturating_sub(self.workspaces.count());
        let numbers = largest.values.saturating_add(largest.adjoints);
        let gradients = network.layout().len().saturating_mul(more);
        let all = numbers.saturating_mul(rooms).saturating_add(gradients);
        check_room::<T>("the shards of a batch", all, 1)?;
        for _ in 0..rooms {
            self.workspaces.add(network, &largest)?;
        }
        for _ in 0..more {
            self.places.push(Place::new(network, self.metrics.len())?);
        }
        Ok(())
    }

    pub(super) fn run(
        &mut self,
        epochs: u64,
        samples: &dyn Samples<T>,
        validation: Option<&dyn Samples<T>>,
        callbacks: &mut [&mut dyn Callback<T>],
    ) -> Result<(), NnError> {
        let count = self.check(samples)?;
        if let Some(validation) = validation {
            self.check(validation)?;
        }
        let (expected, got) = (self.samples, count as usize);
        if self.batches > 0 && expected != got {
            return Err(NnError::OtherSamples { expected, got });
        }
        let rule = self.watch.rule.as_ref();
        rule.map_or(Ok(None), |rule| rule.place(self.history.metric_names()))?;
        self.agree_to_begin(samples)?;
        self.make_room(got)?;
        self.samples = got;
        self.order.resize(got, 0);
        self.watch.start();
        let mut flow = tell(callbacks, &Event::FitStart { epoch: self.epoch });
        for _ in 0..epochs {
            if flow.is_break() {
                break;
            }
            flow = self.run_epoch(samples, validation, callbacks)?;
        }
        Ok(())
    }

    /// An epoch, or the rest of one, with its validation.
    fn run_epoch(
        &mut self,
        samples: &dyn Samples<T>,
        validation: Option<&dyn Samples<T>>,
        callbacks: &mut [&mut dyn Callback<T>],
    ) -> Result<ControlFlow<()>, NnError> {
        let epoch = self.epoch + 1;
        if tell(callbacks, &Event::EpochStart { epoch }).is_break()
            || self.train_epoch(epoch, samples, callbacks)?.is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
        let flow = tell(callbacks, &Event::EpochTrained { epoch });
        let validation = validation
            .map(|samples| self.evaluate(samples))
            .transpose()?;
        let record = EpochRecord {
            epoch,
            training: self.sums.mean().clone(),
            validation,
        };
        (self.epoch, self.batches) = (epoch, 0);
        self.agree_to_go_on()?;
        let (loss, watched) = (record.watched().loss, self.watched(&record)?);
        if self.watch.look(watched) {
            let (theta, buffers) = (self.evaluated_theta()?, self.model.buffers().to_vec());
            self.watch.best = Some(Best {
                epoch,
                loss,
                watched,
                theta,
                buffers,
            });
        }
        self.history.push(record.clone());
        let (record, training) = (&record, &*self);
        let told = tell(callbacks, &Event::EpochEnd { record, training });
        if record.validation.is_some() && loss.is_nan() {
            return Err(NnError::ValidationLoss { epoch });
        }
        if let Some(name) = self.watch.rule.and_then(|rule| rule.metric())
            && watched.is_nan()
        {
            return Err(NnError::WatchedMetric { epoch, name });
        }
        let stop = flow.is_break() || told.is_break() || self.watch.stopped;
        Ok(if stop {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        })
    }

    /// The number that early stopping looks at: the loss, or a metric.
    fn watched(&self, record: &EpochRecord) -> Result<f64, NnError> {
        let (names, seen) = (self.history.metric_names(), record.watched());
        let place = self.watch.rule.map_or(Ok(None), |rule| rule.place(names))?;
        let metric = place.and_then(|place| seen.metrics.get(place));
        Ok(metric.copied().unwrap_or(seen.loss))
    }

    /// All steps of an epoch that are not done yet.
    fn train_epoch(
        &mut self,
        epoch: u64,
        samples: &dyn Samples<T>,
        callbacks: &mut [&mut dyn Callback<T>],
    ) -> Result<ControlFlow<()>, NnError> {
        let mut rng = Key::new(self.settings.seed)
            .stream(SHUFFLE)
            .round(epoch)
            .rng();
        let mut order = take(&mut self.order);
        let permuted = permute(&mut order, &mut rng);
        permuted.map_err(|_| NnError::SampleCount {
            samples: samples.len(),
        })?;
        if self.batches == 0 {
            self.sums.clear();
        }
        let pool = Arc::clone(&self.pool);
        let mut flow = Ok(ControlFlow::Continue(()));
        awake(&pool, &mut || {
            flow = self.train_batches(epoch, &order, samples, callbacks);
        });
        self.order = order;
        flow
    }

    /// One step after the other, for all batches of this order that are not done yet.
    fn train_batches(
        &mut self,
        epoch: u64,
        order: &[u32],
        samples: &dyn Samples<T>,
        callbacks: &mut [&mut dyn Callback<T>],
    ) -> Result<ControlFlow<()>, NnError> {
        for batch in order.chunks(self.settings.batch).skip(self.batches) {
            self.step(batch, samples)?;
            self.batches += 1;
            let (seen, of) = (self.sums.samples(), order.len());
            self.sums.update();
            let event = Event::Step {
                epoch,
                loss: self.step_loss,
                samples: seen,
                of,
                so_far: self.sums.latest(),
                training: &*self,
            };
            if tell(callbacks, &event).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// Whether samples fit the network; how many there are.
pub(super) fn check_samples<T: Scalar>(
    network: &Network<T>,
    samples: &dyn Samples<T>,
) -> Result<u32, NnError> {
    let (expected, got) = (network.inputs(), samples.features());
    if expected != got {
        return Err(NnError::FeatureCount { expected, got });
    }
    match u32::try_from(samples.len()) {
        Ok(count) if count > 0 => Ok(count),
        _ => Err(NnError::SampleCount {
            samples: samples.len(),
        }),
    }
}

/// Tells all callbacks; breaks if one of them does.
fn tell<T: Scalar>(
    callbacks: &mut [&mut dyn Callback<T>],
    event: &Event<'_, T>,
) -> ControlFlow<()> {
    let mut flow = ControlFlow::Continue(());
    for callback in callbacks {
        if callback.on(event).is_break() {
            flow = ControlFlow::Break(());
        }
    }
    flow
}

/// Stream of the permutations.
const SHUFFLE: u64 = 0;
