//! A mapping of memory that asks for large pages.

use bytemuck::{Pod, try_cast_slice, try_cast_slice_mut};
use memmap2::{Advice, MmapMut};
use std::marker::PhantomData;

/// Numbers in a mapping of their own.
pub(crate) struct Mapping<T> {
    pages: MmapMut,
    /// How many bytes of it are numbers.
    bytes: usize,
    numbers: PhantomData<T>,
}

impl<T: Pod> Mapping<T> {
    /// Zeros; `None` for numbers that do not fill a large page, or if the system has no memory for a mapping.
    pub(crate) fn new(length: usize) -> Option<Self> {
        let bytes = length.checked_mul(size_of::<T>())?;
        if bytes < PAGE {
            return None;
        }
        // Only mappings of whole large pages begin where a large page may, since Linux 6.13.
        let pages = MmapMut::map_anon(bytes.checked_next_multiple_of(PAGE)?).ok()?;
        // A system without large pages refuses the advice; the mapping is an ordinary one then.
        let _refused = pages.advise(Advice::HugePage);
        let numbers = PhantomData;
        Some(Self {
            pages,
            bytes,
            numbers,
        })
    }

    pub(crate) fn numbers(&self) -> &[T] {
        let bytes = self.pages.get(..self.bytes).unwrap_or_default();
        try_cast_slice(bytes).unwrap_or_default() // a page begins where any number may
    }

    pub(crate) fn numbers_mut(&mut self) -> &mut [T] {
        let bytes = self.pages.get_mut(..self.bytes).unwrap_or_default();
        try_cast_slice_mut(bytes).unwrap_or_default()
    }

    /// Moves a vector of as many numbers piece by piece, the last piece first, and gives back the memory of each: what was
    /// read from a file is hardly ever there twice.
    pub(crate) fn take(&mut self, mut vector: Vec<T>) {
        let piece = PAGE.div_ceil(size_of::<T>().max(1));
        while !vector.is_empty() {
            let (at, end) = (vector.len().saturating_sub(piece), vector.len());
            if let (Some(to), Some(from)) = (self.numbers_mut().get_mut(at..end), vector.get(at..))
            {
                to.copy_from_slice(from);
            }
            vector.truncate(at);
            vector.shrink_to_fit();
        }
    }
}

/// The size of a large page on processors with pages of 4 KiB.
const PAGE: usize = 1 << 21;
