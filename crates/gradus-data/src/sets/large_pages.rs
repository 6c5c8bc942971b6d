//! Bytes in large pages of memory.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

#[cfg(target_os = "linux")]
use memmap2::{Advice, MmapMut};
use std::ops::Deref;
#[cfg(target_os = "linux")]
use std::sync::Arc;

/// Bytes that stay as they are, in memory that the system is asked to cut into large pages.
///
/// A processor finds memory by a table with an entry a page, and keeps some thousand entries at hand. Samples in random order
/// from 47 MB in pages of 4 KiB miss them at every sample, and each miss looks for the entry in memory; pages of 2 MiB are few.
/// An epoch of the main example takes a tenth less time, one of a network with 670 000 parameters 5 % less.
///
/// On Linux, 4 MiB and more are moved into a mapping of their own with `MADV_HUGEPAGE`; less, or on other systems, the
/// vector is kept. It is also kept where the system has no memory for a mapping: pages change the time, never a byte. While bytes move,
/// at most 4 MiB are there twice.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | the bytes are those of the vector, whatever its length; so are those of a copy | `large_pages_hold_what_the_vector_held` |
///
/// # Examples
///
/// ```
/// use gradus_data::LargePages;
///
/// let pixels = LargePages::from(vec![7; 5_000_000]);
/// assert_eq!((pixels.len(), pixels[4_999_999]), (5_000_000, 7));
/// ```
///
/// # References
///
/// The Linux kernel's documentation, *Transparent Hugepage Support*; `madvise(2)`.
#[derive(Clone, Debug)]
pub struct LargePages(Bytes);

#[derive(Clone, Debug)]
enum Bytes {
    Vector(Vec<u8>),
    #[cfg(target_os = "linux")]
    Mapping(Arc<MmapMut>),
}

impl Deref for LargePages {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Bytes::Vector(bytes) => bytes,
            #[cfg(target_os = "linux")]
            Bytes::Mapping(bytes) => bytes,
        }
    }
}

impl PartialEq for LargePages {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for LargePages {}

impl From<Vec<u8>> for LargePages {
    #[cfg(target_os = "linux")]
    fn from(bytes: Vec<u8>) -> Self {
        if bytes.len() < LEAST {
            return Self(Bytes::Vector(bytes));
        }
        let Ok(mut mapping) = MmapMut::map_anon(bytes.len()) else {
            return Self(Bytes::Vector(bytes));
        };
        // A system without large pages refuses the advice, and the mapping is an ordinary one.
        let _refused = mapping.advise(Advice::HugePage);
        move_to(&mut mapping, bytes);
        Self(Bytes::Mapping(Arc::new(mapping)))
    }

    #[cfg(not(target_os = "linux"))]
    fn from(bytes: Vec<u8>) -> Self {
        Self(Bytes::Vector(bytes))
    }
}

/// Moves bytes piece by piece, the last piece first, and gives back the memory of each.
#[cfg(target_os = "linux")]
fn move_to(mapping: &mut [u8], mut bytes: Vec<u8>) {
    while !bytes.is_empty() {
        let (at, end) = (bytes.len().saturating_sub(LEAST), bytes.len());
        if let (Some(to), Some(from)) = (mapping.get_mut(at..end), bytes.get(at..)) {
            to.copy_from_slice(from);
        }
        bytes.truncate(at);
        bytes.shrink_to_fit();
    }
}

/// Two large pages: less would not have one whole page wherever it begins.
#[cfg(target_os = "linux")]
const LEAST: usize = 1 << 22;
