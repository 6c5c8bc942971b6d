//! IDX files that are larger than memory, some samples at a time.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use super::blocks;
use super::idx::{Idx, count, elements, header};
use crate::error::DataError;
use crate::formats::input::Input;
use crate::formats::limits::Limits;
use std::fmt;
use std::io::Read;

/// The samples of an IDX file, plain or gzip, read some at a time: no more than these are in memory.
///
/// A sample is what stands at one index of the first dimension: an image, a label. [`Limits::elements`] counts for what is
/// asked for at once; [`Limits::file_bytes`] and, for a gzip file, [`Limits::unpacked_bytes`] for the file.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | the blocks together are the array, of any type and rank | `idx_blocks_are_the_array` |
///
/// # Examples
///
/// Images and their labels, two at a time:
///
/// ```
/// use gradus_data::{LabelledImages, Limits, idx};
///
/// let images = [&[0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2][..], &[0, 50, 100, 150, 200, 250]].concat();
/// let labels = [0, 0, 8, 1, 0, 0, 0, 3, 7, 3, 1];
/// let limits = Limits::default();
/// let (mut images, mut labels) = (idx::Blocks::new(&images[..], &limits)?, idx::Blocks::new(&labels[..], &limits)?);
/// let mut sizes = Vec::new();
/// while let (Some(images), Some(labels)) = (images.next_block(2)?, labels.next_block(2)?) {
///     sizes.push(LabelledImages::from_idx(images, &labels, 10)?.len());
/// }
/// assert_eq!(sizes, [2, 1]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub struct Blocks<R> {
    samples: blocks::Blocks<R>,
    code: u8,
    /// The dimensions of one sample.
    sample: Vec<u32>,
}

impl<R: Read> fmt::Debug for Blocks<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut blocks = f.debug_struct("Blocks");
        blocks
            .field("sample", &self.sample)
            .field("left", &self.remaining());
        blocks.finish_non_exhaustive()
    }
}

impl<R: Read> Blocks<R> {
    /// Reads the header of a file.
    ///
    /// # Errors
    ///
    /// As [`read`](super::idx::read) for the header; [`DataError::EmptySamples`] for samples of nothing.
    pub fn new(reader: R, limits: &Limits) -> Result<Self, DataError> {
        let mut input = Input::new(reader, limits)?;
        let (code, dimensions) = header(&mut input)?;
        let (&samples, sample) = dimensions.split_first().ok_or(DataError::Empty)?;
        let all = count(&dimensions)?;
        let width = all.checked_div(samples.into()).unwrap_or(0);
        Ok(Self {
            samples: blocks::Blocks::new(input, samples.into(), width, limits)?,
            code,
            sample: sample.to_vec(),
        })
    }

    /// How many samples are left.
    #[must_use]
    pub const fn remaining(&self) -> u64 {
        self.samples.remaining()
    }

    /// The next samples, `most` or, at the end, fewer; none when all were given.
    ///
    /// # Errors
    ///
    /// [`DataError::Empty`] if no sample is asked for; as [`read`](super::idx::read) for the elements, and, behind the last
    /// sample, for the end of the file.
    pub fn next_block(&mut self, most: u32) -> Result<Option<Idx>, DataError> {
        let Self {
            samples,
            code,
            sample,
        } = self;
        samples.next(most.into(), |input, count, numbers| {
            let count = u32::try_from(count).map_err(|_| DataError::SizeOverflow)?;
            Ok(Idx {
                dimensions: [&[count], &sample[..]].concat(),
                values: elements(input, *code, numbers)?,
            })
        })
    }
}
