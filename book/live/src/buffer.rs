//! The numbers that a picture and its page share.

use std::cell::Cell;

/// How many numbers the buffer holds.
pub(crate) const LENGTH: usize = 512;

/// Where inputs and results lie.
#[must_use]
pub fn buffer() -> *const f64 {
    BUFFER.with(|cells| cells.as_ptr().cast())
}

pub(crate) fn read(n: usize) -> Vec<f64> {
    BUFFER.with(|cells| cells.iter().take(n).map(Cell::get).collect())
}

pub(crate) fn write(numbers: &[f64]) {
    BUFFER.with(|cells| {
        for (cell, &number) in cells.iter().zip(numbers) {
            cell.set(number);
        }
    });
}

// WebAssembly has one thread; each test has a buffer of its own.
thread_local! {
    static BUFFER: [Cell<f64>; LENGTH] = const { [const { Cell::new(0.0) }; LENGTH] };
}
