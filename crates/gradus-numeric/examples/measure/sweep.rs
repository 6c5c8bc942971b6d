//! A function at all $`2^{32}`$ single-precision numbers.
//!
//! A result is proven to be the nearest single-precision number if the double-precision value, give or take its
//! own error, rounds to it. Undecided are values that close to the middle between two numbers.

use super::{Call, complain};
use gradus_numeric::Real;
use std::process::ExitCode;
use std::thread;

/// What a sweep found.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    nearest: u64,
    undecided: u64,
    wrong: u64,
    farthest: u32,
    largest: f64,
}

/// How far a double-precision value may be from the true one, relatively: 4 ULP.
const ERROR: f64 = 4.0 * f64::EPSILON;

/// Prints the row of the table.
pub(super) fn sweep(name: &str, here: Call, single: fn(f32) -> f32) -> ExitCode {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let counts = thread::scope(|scope| {
        let part = |worker| scope.spawn(move || count(worker, workers, here, single));
        let running: Vec<_> = (0..workers).map(part).collect();
        running
            .into_iter()
            .map(thread::ScopedJoinHandle::join)
            .collect::<Result<Vec<_>, _>>()
    });
    let Ok(counts) = counts else {
        return complain("a thread has stopped");
    };
    let sum = |part: fn(&Count) -> u64| counts.iter().map(part).sum::<u64>();
    let farthest = counts.iter().map(|c| c.farthest).max().unwrap_or(0);
    let largest = counts.iter().map(|c| c.largest).fold(0.0, f64::max);
    println!(
        "| `{name}` | {} | {} | {} | {farthest} | {largest:.6} |",
        sum(|c| c.nearest),
        sum(|c| c.undecided),
        sum(|c| c.wrong),
    );
    ExitCode::SUCCESS
}

/// Every number whose highest bits belong to this worker.
fn count(worker: usize, workers: usize, here: Call, single: fn(f32) -> f32) -> Count {
    let mut count = Count::default();
    for high in (worker..1 << 16).step_by(workers) {
        for low in 0..1 << 16 {
            let Ok(bits) = u32::try_from(high << 16 | low) else {
                continue;
            };
            let x = f32::from_bits(bits);
            judge(&mut count, single(x), here(&[x.into()]));
        }
    }
    count
}

fn judge(count: &mut Count, found: f32, reference: f64) {
    let [low, high] = [1.0 - ERROR, 1.0 + ERROR].map(|factor| f32::from_f64(reference * factor));
    let is = |y: f32| found == y || (found.is_nan() && y.is_nan());
    if is(low) && is(high) {
        count.nearest += 1;
    } else if is(low) || is(high) {
        count.undecided += 1;
    } else {
        count.wrong += 1;
    }
    if !is(low) && !is(high) {
        let distance = |y: f32| found.to_bits().abs_diff(y.to_bits());
        count.farthest = count.farthest.max(distance(low).min(distance(high)));
    }
    if found.is_finite() && reference.is_finite() {
        let error = (f64::from(found) - reference).abs() / place(reference);
        count.largest = count.largest.max(error);
    }
}

/// The distance of single-precision numbers at a double: $`2^{e - 23}`$ with its exponent, at least $`2^{-149}`$.
fn place(x: f64) -> f64 {
    let exponent = (x.to_bits() >> 52) & 0x7ff;
    f64::from_bits((exponent.max(1023 - 126) - 23) << 52)
}
