//! The shortest of a few runs.

use cpu_time::ProcessTime;
use std::error::Error;
use std::time::{Duration, Instant};

/// How long one question is worked on, and how long calls are counted together: on a virtual machine the processor's clock errs
/// by a millisecond now and then.
const LONG: Duration = Duration::from_millis(400);
const BATCH: Duration = Duration::from_millis(10);

/// Seconds of the fastest call: what disturbs a run makes it longer, never shorter. On one thread it is the processor's time,
/// which other programs disturb less; on more, the clock on the wall.
pub(crate) fn shortest(
    threads: usize,
    mut call: impl FnMut() -> Result<(), Box<dyn Error>>,
) -> Result<f64, Box<dyn Error>> {
    let mut time = |calls: u32| -> Result<Duration, Box<dyn Error>> {
        let (wall, processor) = (Instant::now(), ProcessTime::now());
        for _ in 0..calls {
            call()?;
        }
        Ok(if threads == 1 {
            processor.elapsed()
        } else {
            wall.elapsed()
        })
    };
    let mut calls = 1;
    while time(calls)? < BATCH {
        calls *= 2;
    }
    let (begin, mut best) = (Instant::now(), Duration::MAX);
    while begin.elapsed() < LONG || best == Duration::MAX {
        best = best.min(time(calls)?);
    }
    Ok(best.as_secs_f64() / f64::from(calls))
}

/// Numbers without a pattern between −1 and 1.
pub(crate) fn numbers(n: usize) -> Vec<f32> {
    let wave = |i: usize| ((i as f64 * 0.754_877_666).fract() * 2.0 - 1.0) as f32;
    (0..n).map(wave).collect()
}
