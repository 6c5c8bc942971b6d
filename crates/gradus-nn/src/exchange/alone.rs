//! One process.

use super::contract::{Exchange, Rank};
use super::error::ExchangeError;

/// The exchange of a process that trains alone: it never sends anything.
///
/// # Examples
///
/// ```
/// use gradus_nn::exchange::{Alone, Exchange, Rank};
///
/// assert_eq!(Alone.rank(), Rank { number: 0, of: 1 });
/// let mut bytes = [7];
/// Alone.share(&mut bytes)?; // the last process is this one
/// assert_eq!(bytes, [7]);
/// # Ok::<(), gradus_nn::exchange::ExchangeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alone;

impl Exchange for Alone {
    fn rank(&self) -> Rank {
        Rank { number: 0, of: 1 }
    }

    fn receive(&mut self, _: &mut [u8]) -> Result<(), ExchangeError> {
        Ok(())
    }

    fn send(&mut self, _: &[u8]) -> Result<(), ExchangeError> {
        Ok(())
    }

    fn share(&mut self, _: &mut [u8]) -> Result<(), ExchangeError> {
        Ok(())
    }
}
