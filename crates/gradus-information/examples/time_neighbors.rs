//! How long the mutual information of pairs takes to estimate, as a command, so that it can be timed in turn with other libraries.
//!
//! ```text
//! cargo run --release -p gradus-information --example time_neighbors < pairs
//! ```
//!
//! reads a pair a line, and prints the shortest of five times in seconds and the estimate from three neighbors, by cubes.
//! `benches/peers/neighbors` compares both with scikit-learn.

#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, reason = "a command")]

use gradus_information::mutual_information_ksg1;
use gradus_numeric::MatrixRef;
use std::error::Error;
use std::hint::black_box;
use std::io::stdin;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for line in stdin().lines() {
        let line = line?;
        let (left, right) = line.split_once(' ').ok_or("two numbers a line")?;
        x.push(left.parse()?);
        y.push(right.parse()?);
    }
    let (x, y) = (MatrixRef::from_row(&x), MatrixRef::from_row(&y));
    let (mut shortest, mut estimate) = (f64::INFINITY, f64::NAN);
    for _ in 0..5 {
        let start = Instant::now();
        estimate = mutual_information_ksg1(black_box(x), black_box(y), 3)?;
        shortest = shortest.min(start.elapsed().as_secs_f64());
    }
    println!("{shortest:e} {estimate:e}");
    Ok(())
}
