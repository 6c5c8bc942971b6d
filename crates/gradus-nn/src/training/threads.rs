//! Work on all threads of a pool.

use crate::error::NnError;
use gradus_linalg::Scalar;
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};
use gradus_optim::Pass;
use rayon::{ThreadPool, ThreadPoolBuilder, Yield};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// So many threads, each of which has done a product.
pub(crate) fn pool<T: Scalar>(threads: usize) -> Result<Arc<ThreadPool>, NnError> {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|_| NnError::Threads { threads })?;
    pool.broadcast(|_| warm_up::<T>());
    Ok(Arc::new(pool))
}

/// Does `work` on each item, with its number, on all threads of the pool.
pub(crate) fn each<I: Send>(items: &mut [I], first: usize, work: &(impl Fn(usize, &mut I) + Sync)) {
    match items {
        [] => {}
        [item] => work(first, item),
        _ => {
            let half = items.len().div_ceil(2);
            let (left, right) = items.split_at_mut(half);
            join(
                || each(left, first, work),
                || each(right, first + half, work),
            );
        }
    }
}

/// Runs a pass of the optimizer in parts, one per thread.
pub(crate) fn update<T: Scalar>(pass: Pass<'_, T>, threads: usize) {
    if threads <= 1 || pass.blocks() <= 1 {
        return pass.run();
    }
    let (left, right) = pass.halves();
    let half = threads / 2;
    join(|| update(left, threads - half), || update(right, half));
}

/// Does `steps` on a thread of the pool, while the other threads stay awake between one piece of work and the next.
///
/// A thread that finds nothing to do goes to sleep after some ten microseconds, and waking it takes about as long as half a shard of a small
/// network (`DESIGN.md` tells what was measured, by `benches/peers/compare`).
pub(crate) fn awake(pool: &ThreadPool, steps: &mut (dyn FnMut() + Send)) {
    pool.install(|| {
        let (done, here) = (AtomicBool::new(false), rayon::current_thread_index());
        let stay = || {
            // The thread of the steps takes up what no other thread has begun, and must not wait for itself.
            if rayon::current_thread_index() != here {
                stay_awake(&done);
            }
        };
        let mut steps = || {
            steps();
            done.store(true, Ordering::Release);
        };
        beside(rayon::current_num_threads() - 1, &stay, &mut steps);
    });
}

/// Does `steps` here, and `stay` on so many other threads; what waits on the stack needs no memory of its own.
fn beside(others: usize, stay: &(dyn Fn() + Sync), steps: &mut (dyn FnMut() + Send)) {
    if others == 0 {
        return steps();
    }
    rayon::join(|| beside(others - 1, stay, steps), stay);
}

/// Does both, on two threads if another one is free; the one that is done first waits awake.
fn join(left: impl FnOnce() + Send, right: impl FnOnce() + Send) {
    let done = AtomicBool::new(false);
    let first = || {
        left();
        stay_awake(&done);
    };
    let second = || {
        right();
        done.store(true, Ordering::Release);
    };
    rayon::join(first, second);
}

/// Does what the pool has to do until that is done, or until nothing has come for a while: then the thread may sleep.
///
/// The bound also makes it safe to begin this anywhere, even in the middle of a shard: it ends by itself.
fn stay_awake(done: &AtomicBool) {
    let mut idle = 0;
    while idle < PATIENCE && !done.load(Ordering::Acquire) {
        if rayon::yield_now() == Some(Yield::Executed) {
            idle = 0;
        } else {
            idle += 1;
            thread::yield_now(); // there may be more threads than cores
        }
    }
}

/// One product on this thread: what a thread allocates once in its life, to take part in the pool and to
/// pack matrices into, is then not left to the step that it first works in.
fn warm_up<T: Scalar>() {
    let numbers = [T::from_f64(0.0); WIDTH * WIDTH];
    let mut product = numbers;
    let shape = Shape::new(WIDTH, WIDTH);
    let a = MatrixRef::new(&numbers, shape, Order::Columns);
    let c = MatrixMut::new(&mut product, shape, Order::Columns);
    if let (Ok(a), Ok(c)) = (a, c) {
        // The product is not used, and the shapes fit.
        let _ = gradus_linalg::product(a, a, c);
    }
}

/// Wide enough that the product packs its factors.
const WIDTH: usize = 32;

/// Looks for work before a thread may sleep: some three milliseconds, more than shards of a convolutional network differ by.
const PATIENCE: u32 = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_run_once_on_a_thread_of_the_pool() -> Result<(), NnError> {
        for threads in [1, 2, 3, 8] {
            let (mut runs, mut inside) = (0, false);
            awake(&*pool::<f32>(threads)?, &mut || {
                runs += 1;
                inside = rayon::current_thread_index().is_some();
            });
            assert_eq!((runs, inside), (1, true), "{threads} threads");
        }
        Ok(())
    }

    #[test]
    fn every_item_is_worked_on_once_while_all_are_awake() -> Result<(), NnError> {
        for threads in [1, 2, 3, 8] {
            let mut items = vec![0; 37];
            awake(&*pool::<f32>(threads)?, &mut || {
                for _ in 0..100 {
                    each(&mut items, 5, &|number, item| *item += number);
                }
            });
            assert_eq!(items, (5..42).map(|n| 100 * n).collect::<Vec<_>>());
        }
        Ok(())
    }

    #[test]
    fn a_thread_may_sleep_if_nothing_comes() -> Result<(), NnError> {
        let never = AtomicBool::new(false);
        pool::<f32>(2)?.install(|| stay_awake(&never));
        assert!(!never.into_inner());
        Ok(())
    }
}
