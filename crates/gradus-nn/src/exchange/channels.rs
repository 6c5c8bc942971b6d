//! Threads of one program in the place of processes.

use super::contract::{Exchange, Rank};
use super::error::ExchangeError;
use std::sync::mpsc::{Receiver, Sender, channel};

/// One of several trainings in one program, each on a thread of its own, that work as processes do.
///
/// Tests see with it what many machines would do. To train faster on one machine, take more threads in
/// [`Settings`](crate::Settings): they share memory, so nothing is sent.
///
/// # Examples
///
/// ```
/// use gradus_nn::exchange::{Channels, Exchange};
///
/// let ranks: Vec<usize> = Channels::new(3).iter().map(|channels| channels.rank().number).collect();
/// assert_eq!(ranks, [0, 1, 2]);
/// ```
#[derive(Debug)]
pub struct Channels {
    rank: Rank,
    /// From the process before.
    before: Option<Receiver<Vec<u8>>>,
    /// To the process after.
    after: Option<Sender<Vec<u8>>>,
    /// From the last process; none for the last one.
    last: Option<Receiver<Vec<u8>>>,
    /// From the last process to all others; empty for these.
    others: Vec<Sender<Vec<u8>>>,
}

impl Channels {
    /// As many connected processes, in their order; none for 0.
    #[must_use]
    pub fn new(processes: usize) -> Vec<Self> {
        let mut before = None;
        let mut all: Vec<Self> = Vec::with_capacity(processes);
        let mut others = Vec::new();
        for number in 0..processes {
            let rank = Rank {
                number,
                of: processes,
            };
            let (mut after, mut next, mut last) = (None, None, None);
            if !rank.is_last() {
                let (sender, receiver) = channel();
                (after, next) = (Some(sender), Some(receiver));
                let (sender, receiver) = channel();
                others.push(sender);
                last = Some(receiver);
            }
            all.push(Self {
                rank,
                before: before.take(),
                after,
                last,
                others: Vec::new(),
            });
            before = next;
        }
        if let Some(last) = all.last_mut() {
            last.others = others;
        }
        all
    }

    /// What came from process `rank`, if it fits.
    fn take(
        from: Option<&Receiver<Vec<u8>>>,
        rank: usize,
        bytes: &mut [u8],
    ) -> Result<(), ExchangeError> {
        let Some(from) = from else {
            return Ok(()); // no one sends: the first process receives nothing, the last shares its own
        };
        let message = from.recv().map_err(|_| ExchangeError::Gone { rank })?;
        let (expected, got) = (bytes.len(), message.len());
        if expected != got {
            return Err(ExchangeError::Length {
                rank,
                expected,
                got,
            });
        }
        bytes.copy_from_slice(&message);
        Ok(())
    }
}

impl Exchange for Channels {
    fn rank(&self) -> Rank {
        self.rank
    }

    fn receive(&mut self, bytes: &mut [u8]) -> Result<(), ExchangeError> {
        let rank = self.rank.number.saturating_sub(1);
        Self::take(self.before.as_ref(), rank, bytes)
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), ExchangeError> {
        let rank = self.rank.number + 1;
        let Some(after) = &self.after else {
            return Ok(());
        };
        let sent = after.send(bytes.to_vec());
        sent.map_err(|_| ExchangeError::Gone { rank })
    }

    fn share(&mut self, bytes: &mut [u8]) -> Result<(), ExchangeError> {
        for (rank, other) in self.others.iter().enumerate() {
            let sent = other.send(bytes.to_vec());
            sent.map_err(|_| ExchangeError::Gone { rank })?;
        }
        let rank = self.rank.of.saturating_sub(1);
        Self::take(self.last.as_ref(), rank, bytes)
    }
}
