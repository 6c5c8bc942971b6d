//! The chain of sums.

use super::contract::Exchange;
use super::error::ExchangeError;
use super::{agreement, alone::Alone};
use gradus_linalg::Scalar;
use gradus_numeric::Float;
use std::iter::zip;
use std::ops::Range;

/// An exchange with the memory that its messages need; after the first step nothing is allocated here.
#[derive(Debug)]
pub(crate) struct Link<T> {
    exchange: Box<dyn Exchange>,
    bytes: Vec<u8>,
    /// The gradient of all processes.
    sum: Vec<T>,
}

impl<T> Default for Link<T> {
    fn default() -> Self {
        Self::new(Box::new(Alone))
    }
}

impl<T> Link<T> {
    pub(crate) fn new(exchange: Box<dyn Exchange>) -> Self {
        Self {
            exchange,
            bytes: Vec::new(),
            sum: Vec::new(),
        }
    }

    pub(crate) fn is_alone(&self) -> bool {
        self.exchange.rank().of <= 1
    }

    /// Which of so many places this process works on: contiguous ones, in the order of the processes.
    pub(crate) fn own(&self, places: usize) -> Range<usize> {
        let rank = self.exchange.rank();
        rank.number * places / rank.of..(rank.number + 1) * places / rank.of
    }

    /// How many of so many places, or fewer, this process works on at most.
    pub(crate) fn most(&self, places: usize) -> usize {
        places.div_ceil(self.exchange.rank().of)
    }

    pub(crate) fn agree(&mut self, mine: &[(String, String)]) -> Result<(), ExchangeError> {
        agreement::agree(&mut *self.exchange, mine)
    }

    /// Whether all processes have done their part of step `step`; all of them hear of the first that has not.
    pub(crate) fn all_done(&mut self, is_done: bool, step: u64) -> Result<(), ExchangeError> {
        let rank = self.exchange.rank();
        let mut failed = u64::MAX.to_le_bytes();
        if !rank.is_first() {
            self.exchange.receive(&mut failed)?;
        }
        if u64::from_le_bytes(failed) == u64::MAX && !is_done {
            failed = (rank.number as u64).to_le_bytes();
        }
        if !rank.is_last() {
            self.exchange.send(&failed)?;
        }
        self.exchange.share(&mut failed)?;
        match usize::try_from(u64::from_le_bytes(failed)) {
            Ok(rank) if rank < self.exchange.rank().of => Err(ExchangeError::Failed { rank, step }),
            _ => Ok(()),
        }
    }

    /// Fills `all` with the numbers of every process; those in `own` are here already.
    pub(crate) fn gather(
        &mut self,
        all: &mut [f64],
        own: Range<usize>,
    ) -> Result<(), ExchangeError> {
        let rank = self.exchange.rank();
        if self.is_alone() {
            return Ok(());
        }
        self.bytes.resize(size_of_val(all), 0);
        if !rank.is_first() {
            self.exchange.receive(&mut self.bytes)?;
            decode(&self.bytes, &mut all[..own.start]);
        }
        encode(all, &mut self.bytes);
        if !rank.is_last() {
            self.exchange.send(&self.bytes)?;
        }
        self.exchange.share(&mut self.bytes)?;
        decode(&self.bytes, all);
        Ok(())
    }
}

impl<T: Scalar> Link<T> {
    /// The gradient of the batch: `parts` added to what the processes before this one have, given to all.
    ///
    /// `is_begun` tells whether any process before this one has a part.
    pub(crate) fn gradient(
        &mut self,
        parts: &[&[T]],
        length: usize,
        is_begun: bool,
    ) -> Result<&[T], ExchangeError> {
        let mut sum = std::mem::take(&mut self.sum);
        sum.resize(length, T::from_f64(0.0));
        let added = self.add(parts, &mut sum, is_begun);
        self.sum = sum;
        added.map(|()| &self.sum[..])
    }

    /// Sets `sum` to the sum over all processes, in the order of their parts; the same bits as of one process.
    pub(crate) fn add(
        &mut self,
        parts: &[&[T]],
        sum: &mut [T],
        is_begun: bool,
    ) -> Result<(), ExchangeError> {
        let rank = self.exchange.rank();
        for (block, part) in sum.chunks_mut(BLOCK).enumerate() {
            let start = block * BLOCK;
            let bytes = &mut self.bytes;
            bytes.resize(size_of_val(part), 0);
            if !rank.is_first() {
                self.exchange.receive(bytes)?;
                decode(bytes, part);
            }
            fold(parts, start, part, is_begun);
            if !rank.is_last() {
                encode(part, bytes);
                self.exchange.send(bytes)?;
            }
        }
        if self.is_alone() {
            return Ok(());
        }
        for part in sum.chunks_mut(BLOCK) {
            self.bytes.resize(size_of_val(part), 0);
            if rank.is_last() {
                encode(part, &mut self.bytes);
            }
            self.exchange.share(&mut self.bytes)?;
            if !rank.is_last() {
                decode(&self.bytes, part);
            }
        }
        Ok(())
    }
}

/// Adds the block of every part that begins at `start`; the first part of all is copied, so that −0 stays −0.
fn fold<T: Float>(parts: &[&[T]], start: usize, sum: &mut [T], is_begun: bool) {
    for (i, part) in parts.iter().enumerate() {
        let part = part.get(start..).unwrap_or(&[]);
        let pairs = zip(&mut *sum, part);
        if i == 0 && !is_begun {
            pairs.for_each(|(sum, &x)| *sum = x);
        } else {
            pairs.for_each(|(sum, &x)| *sum += x);
        }
    }
}

fn encode<T: Float>(numbers: &[T], bytes: &mut [u8]) {
    let width = size_of::<T>();
    for (x, bytes) in zip(numbers, bytes.chunks_exact_mut(width)) {
        bytes.copy_from_slice(&x.bits().to_le_bytes()[..width]);
    }
}

fn decode<T: Float>(bytes: &[u8], numbers: &mut [T]) {
    let width = size_of::<T>();
    for (x, bytes) in zip(numbers, bytes.chunks_exact(width)) {
        let mut word = [0; 8];
        word[..width].copy_from_slice(bytes);
        *x = T::from_bits(u64::from_le_bytes(word));
    }
}

/// Numbers in a message: while one block is on its way, the next one is added.
const BLOCK: usize = 65_536;
