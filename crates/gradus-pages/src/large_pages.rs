//! A slice that owns memory in large pages.

#[cfg(target_os = "linux")]
use crate::mapping::Mapping;
use bytemuck::Pod;
use std::collections::TryReserveError;
use std::fmt;
use std::ops::{Deref, DerefMut};

/// Numbers in memory that the system is asked to cut into large pages: a slice that owns its memory.
///
/// On Linux, 2 MiB and more lie in a mapping of their own with `MADV_HUGEPAGE`; less, or on other systems, in a
/// vector, and so where the system has no memory for a mapping. The numbers are the same.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | what was a vector holds the same numbers, whatever its length; so does a copy | `large_pages_hold_what_the_vector_held` |
/// | zeros are zeros, and what is written stays | `zeros_are_zeros_until_written` |
///
/// # Examples
///
/// ```
/// use gradus_pages::LargePages;
///
/// let mut numbers = LargePages::<f64>::zeros(300_000)?;
/// numbers[0] = 2.5;
/// assert_eq!((numbers.len(), numbers[0], numbers[299_999]), (300_000, 2.5, 0.0));
/// # Ok::<(), std::collections::TryReserveError>(())
/// ```
///
/// # References
///
/// The Linux kernel's documentation, *Transparent Hugepage Support*; `madvise(2)`.
#[doc(alias = "hugepage")]
pub struct LargePages<T>(Memory<T>);

enum Memory<T> {
    Vector(Vec<T>),
    #[cfg(target_os = "linux")]
    Mapping(Mapping<T>),
}

impl<T: Pod> LargePages<T> {
    /// Zeros.
    ///
    /// # Errors
    ///
    /// As [`Vec::try_reserve_exact`], if there is no memory for them.
    pub fn zeros(length: usize) -> Result<Self, TryReserveError> {
        #[cfg(target_os = "linux")]
        if let Some(mapping) = Mapping::new(length) {
            return Ok(Self(Memory::Mapping(mapping)));
        }
        let mut vector = Vec::new();
        vector.try_reserve_exact(length)?;
        vector.resize(length, T::zeroed());
        Ok(Self(Memory::Vector(vector)))
    }
}

impl<T: Pod> From<Vec<T>> for LargePages<T> {
    fn from(vector: Vec<T>) -> Self {
        #[cfg(target_os = "linux")]
        if let Some(mut mapping) = Mapping::new(vector.len()) {
            mapping.take(vector);
            return Self(Memory::Mapping(mapping));
        }
        Self(Memory::Vector(vector))
    }
}

impl<T: Pod> Deref for LargePages<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Memory::Vector(vector) => vector,
            #[cfg(target_os = "linux")]
            Memory::Mapping(mapping) => mapping.numbers(),
        }
    }
}

impl<T: Pod> DerefMut for LargePages<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.0 {
            Memory::Vector(vector) => vector,
            #[cfg(target_os = "linux")]
            Memory::Mapping(mapping) => mapping.numbers_mut(),
        }
    }
}

impl<T: Pod> Clone for LargePages<T> {
    fn clone(&self) -> Self {
        match Self::zeros(self.len()) {
            Ok(mut copy) => {
                copy.copy_from_slice(self);
                copy
            }
            Err(_) => Self(Memory::Vector(self.to_vec())), // what a vector does without memory
        }
    }
}

/// No numbers.
impl<T> Default for LargePages<T> {
    fn default() -> Self {
        Self(Memory::Vector(Vec::new()))
    }
}

impl<T: Pod + fmt::Debug> fmt::Debug for LargePages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Pod + PartialEq> PartialEq for LargePages<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Pod + Eq> Eq for LargePages<T> {}
