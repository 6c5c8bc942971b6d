//! Noise on a sum.

use crate::training::threads::each;
use gradus_linalg::Scalar;
use gradus_random::{Key, fill_normal};
use std::iter::zip;

/// Adds normal noise to every entry, on all threads: a block of entries has a key of its own.
pub(super) fn add_noise<T: Scalar>(sum: &mut [T], deviation: f64, key: Key) {
    if deviation == 0.0 {
        return;
    }
    let mut blocks: Vec<_> = sum.chunks_mut(BLOCK).map(Block).collect();
    each(&mut blocks, 0, &|number, block: &mut Block<'_, T>| {
        let mut rng = key.index(number as u64).rng();
        let mut draws = [0.0; DRAWS];
        for part in block.0.chunks_mut(DRAWS) {
            let draws = &mut draws[..part.len()]; // at most so many
            fill_normal(draws, &mut rng);
            for (x, &xi) in zip(part, &*draws) {
                *x = T::from_f64(x.to_f64() + deviation * xi); // rounded once
            }
        }
    });
}

/// Entries with one key.
struct Block<'a, T>(&'a mut [T]);

/// Entries with one key: enough that a new stream costs nothing beside them.
const BLOCK: usize = 4096;

/// Draws at a time: they stay in the nearest cache.
const DRAWS: usize = 512;
