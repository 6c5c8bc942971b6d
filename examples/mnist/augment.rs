//! Images that are a little different in every epoch: moved, turned, larger or smaller.
//!
//! What is done to an image depends on seed, epoch and image alone, so that neither threads nor a killed training change
//! it.

use gradus::data::{Augmentation, Augmenter, DataError, LabelledImages};
use gradus::nn::{Callback, Event};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

/// What keeps a digit the digit that it is.
pub(crate) fn augmenter(images: &LabelledImages) -> Result<Augmenter, DataError> {
    let settings = Augmentation {
        shift: 2.0,
        rotation: 0.15,
        scale: 0.1,
        ..Augmentation::default()
    };
    Augmenter::new(settings, images.size())
}

/// Tells which epoch it is, also where a training goes on in the middle of one.
pub(crate) struct Clock<'a>(pub(crate) &'a AtomicU64);

impl Callback<f32> for Clock<'_> {
    fn on(&mut self, event: &Event<'_, f32>) -> ControlFlow<()> {
        if let Event::EpochStart { epoch } = event {
            self.0.store(*epoch, Ordering::Relaxed);
        }
        ControlFlow::Continue(())
    }
}
