//! The chain of processes, by MPI.

use gradus::nn::exchange::{Exchange, ExchangeError, Rank};
use mpi::Threading;
use mpi::environment::Universe;
use mpi::topology::SimpleCommunicator;
use mpi::traits::{Communicator, Destination, Equivalence, Root, Source};

/// The processes that `mpirun` started, seen from this one.
///
/// The communicator is asked for anew in every call: it may not move to another thread, and the training calls from a
/// thread of its pool. MPI allows that, one call at a time ([`start`]).
#[derive(Clone, Copy, Debug)]
pub struct Processes {
    number: i32,
    of: i32,
}

/// Starts MPI for calls from one thread at a time, whichever it is.
///
/// MPI ends when the universe is dropped.
///
/// # Errors
///
/// A sentence, if MPI is running already or cannot do that.
pub fn start() -> Result<(Universe, Processes), String> {
    let started = mpi::initialize_with_threading(Threading::Serialized);
    let (universe, threading) = started.ok_or("MPI has been started already")?;
    if threading < Threading::Serialized {
        return Err(format!(
            "this MPI library allows {threading:?} calls only, and training calls it from several threads in turn"
        ));
    }
    let world = universe.world();
    let processes = Processes {
        number: world.rank(),
        of: world.size(),
    };
    Ok((universe, processes))
}

/// Ends all processes: they would wait for this one for ever.
pub fn abort() -> ! {
    SimpleCommunicator::world().abort(1)
}

impl Exchange for Processes {
    fn rank(&self) -> Rank {
        Rank {
            number: count(self.number),
            of: count(self.of),
        }
    }

    fn receive(&mut self, bytes: &mut [u8]) -> Result<(), ExchangeError> {
        if self.number == 0 {
            return Ok(());
        }
        let world = SimpleCommunicator::world();
        let before = self.number - 1;
        // The length is asked for first: a message that is too long would end the process without a word.
        let (message, status) = world.process_at_rank(before).matched_probe();
        let (expected, got) = (bytes.len(), count(status.count(u8::equivalent_datatype())));
        if got != expected {
            return Err(ExchangeError::Length {
                rank: count(before),
                expected,
                got,
            });
        }
        message.matched_receive_into(bytes);
        Ok(())
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), ExchangeError> {
        if self.number + 1 < self.of {
            let world = SimpleCommunicator::world();
            world.process_at_rank(self.number + 1).send(bytes);
        }
        Ok(())
    }

    fn share(&mut self, bytes: &mut [u8]) -> Result<(), ExchangeError> {
        // The address of an empty slice may be 1, which Open MPI takes for its `MPI_IN_PLACE`.
        if self.of > 1 && !bytes.is_empty() {
            let world = SimpleCommunicator::world();
            world.process_at_rank(self.of - 1).broadcast_into(bytes);
        }
        Ok(())
    }
}

/// A count of MPI, which is never negative.
fn count(i: i32) -> usize {
    usize::try_from(i).unwrap_or(0)
}
