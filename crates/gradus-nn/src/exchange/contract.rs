//! What processes must be able to do.

use super::error::ExchangeError;
use std::fmt::{self, Debug, Display};

/// The place of a process in the chain of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// Its number, from 0.
    pub number: usize,
    /// How many processes there are.
    pub of: usize,
}

impl Rank {
    /// Whether no process stands before this one.
    #[must_use]
    pub const fn is_first(self) -> bool {
        self.number == 0
    }

    /// Whether no process stands after this one.
    #[must_use]
    pub const fn is_last(self) -> bool {
        self.number + 1 >= self.of
    }
}

impl Display for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rank {} of {}", self.number, self.of)
    }
}

/// The processes that train one model together, seen from one of them.
///
/// The batch is cut into shards as ever, and each process works on contiguous ones. Their gradients are added along a
/// chain,
///
/// ```math
/// s_r = s_{r - 1} + g_{r,1} + g_{r,2} + \dots, \qquad s_{-1} = 0
/// ```
///
/// where $`g_{r,i}`$ is the gradient of the shard $`i`$ of process $`r`$, and the last process gives the sum to all. Addition in
/// floating point is not associative, so a sum in an order of its own, as that of an all-reduce, would change with the number of
/// processes. The chain adds in the order of the shards: the number of processes changes no bit.
///
/// A training asks for these four things and nothing else. All processes ask in the same order, so messages need no
/// tags. After an error a process is not asked again.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | any number of processes gives the same bits | `processes_change_no_bit` |
/// | a process without a shard passes on what it gets | `a_rank_without_shards_passes_the_sum` |
/// | what differs between two processes is named on all | `any_difference_is_named` |
/// | an error in one process is an error in all | `an_error_in_one_rank_is_an_error_in_all` |
///
/// # Examples
///
/// Two threads as processes: the first sends, the second receives, and both share what the second has.
///
/// ```
/// use gradus_nn::exchange::{Channels, Exchange, ExchangeError};
///
/// let (mut first, mut second) = match Channels::new(2) {
///     processes => {
///         let mut processes = processes.into_iter();
///         (processes.next().unwrap(), processes.next().unwrap())
///     }
/// };
/// let thread = std::thread::spawn(move || {
///     first.send(&[1, 2])?;
///     let mut all = [0; 2];
///     first.share(&mut all)?;
///     Ok::<_, ExchangeError>(all)
/// });
/// let mut bytes = [0; 2];
/// second.receive(&mut bytes)?;
/// bytes[0] += 10;
/// second.share(&mut bytes)?;
/// assert_eq!((bytes, thread.join().unwrap()?), ([11, 2], [11, 2]));
/// # Ok::<(), ExchangeError>(())
/// ```
///
/// # References
///
/// *MPI: a message-passing interface standard*, version 4.0 (2021), §5.9.1, where the order of a reduction is left
/// open.
pub trait Exchange: Debug + Send {
    /// Which process this is.
    fn rank(&self) -> Rank;

    /// Fills `bytes` with what the process before this one sends.
    ///
    /// # Errors
    ///
    /// [`ExchangeError::Gone`] if that process has ended, [`ExchangeError::Length`] if it sends another number of bytes.
    fn receive(&mut self, bytes: &mut [u8]) -> Result<(), ExchangeError>;

    /// Sends `bytes` to the process after this one.
    ///
    /// # Errors
    ///
    /// [`ExchangeError::Gone`] if that process has ended.
    fn send(&mut self, bytes: &[u8]) -> Result<(), ExchangeError>;

    /// Makes `bytes` of every process those of the last one.
    ///
    /// # Errors
    ///
    /// As [`receive`](Self::receive).
    fn share(&mut self, bytes: &mut [u8]) -> Result<(), ExchangeError>;
}
