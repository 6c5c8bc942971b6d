//! Work on all threads of a pool.

use crate::error::NnError;
use gradus_linalg::Scalar;
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};
use gradus_optim::Pass;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::Arc;

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
            rayon::join(
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
    rayon::join(|| update(left, threads - half), || update(right, half));
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
