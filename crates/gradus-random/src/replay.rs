//! A generator for tests that count words by hand.

use rand::{Rng, TryRng};
use std::convert::Infallible;

/// Repeats the words it was given, one after another.
pub(crate) struct Replay(Vec<u32>);

impl Replay {
    pub(crate) fn words(words: &[u32]) -> Self {
        Self(words.iter().rev().copied().collect())
    }
}

impl TryRng for Replay {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.0.pop().unwrap())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let low = u64::from(self.next_u32());
        Ok(low | u64::from(self.next_u32()) << 32)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill_with(|| self.next_u32().to_le_bytes()[0]);
        Ok(())
    }
}
