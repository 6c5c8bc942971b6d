//! Files that are larger than memory, some samples at a time.

use crate::error::DataError;
use crate::formats::input::{Input, check};
use crate::formats::limits::Limits;
use std::io::Read;

/// What is left of a file whose samples lie one after the other, all of one width.
pub(super) struct Blocks<R> {
    /// None after the last sample.
    input: Option<Input<R>>,
    left: u64,
    /// Elements of one sample.
    width: u64,
    limits: Limits,
}

impl<R: Read> Blocks<R> {
    /// The samples behind a header that was read.
    ///
    /// Samples of nothing are refused: a file of twenty bytes could tell of billions, and each block would be one of them.
    pub(super) fn new(
        input: Input<R>,
        samples: u64,
        width: u64,
        limits: &Limits,
    ) -> Result<Self, DataError> {
        if width == 0 && samples > 0 {
            return Err(DataError::EmptySamples { samples });
        }
        Ok(Self {
            input: Some(input),
            left: samples,
            width,
            limits: *limits,
        })
    }

    /// How many samples are left.
    pub(super) const fn remaining(&self) -> u64 {
        self.left
    }

    /// The next samples, `most` or, at the end, fewer: `read` is told how many, and of how many elements in all. None
    /// when all were given; then the file must end.
    pub(super) fn next<T>(
        &mut self,
        most: u64,
        read: impl FnOnce(&mut Input<R>, u64, u64) -> Result<T, DataError>,
    ) -> Result<Option<T>, DataError> {
        if most == 0 {
            return Err(DataError::Empty);
        }
        let samples = most.min(self.left);
        let Some(input) = self.input.as_mut() else {
            return Ok(None);
        };
        if samples == 0 {
            self.input.take().map_or(Ok(()), Input::end)?;
            return Ok(None);
        }
        let count = samples
            .checked_mul(self.width)
            .ok_or(DataError::SizeOverflow)?;
        check("elements", self.limits.elements, count)?;
        let block = read(input, samples, count)?;
        self.left = self.left.saturating_sub(samples);
        Ok(Some(block))
    }
}
