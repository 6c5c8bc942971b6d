//! Answers one question a line, `case size… threads`, with the shortest seconds of a few runs and what else there is to tell.
//!
//! `benches/peers/optim` asks, in turn with the other libraries.

#![allow(clippy::print_stdout, reason = "its answers are what it is for")]

mod clock;
mod losses;
mod minimizers;
mod steps;

use std::error::Error;
use std::io::{Write, stdin, stdout};

fn main() -> Result<(), Box<dyn Error>> {
    for line in stdin().lines() {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        let numbers = words[1..].iter().map(|word| word.parse());
        let numbers: Vec<usize> = numbers.collect::<Result<_, _>>()?;
        let answer = match (words[0], &numbers[..]) {
            ("softmax", &[samples, classes, threads]) => {
                losses::softmax(samples, classes, threads)?
            }
            ("binary", &[samples, threads]) => losses::binary(samples, threads)?,
            ("pairs", &[views, rows, _]) => losses::pairs(views, rows)?,
            ("copy", &[n]) => steps::copy(n),
            ("lbfgs" | "argmin", &[problem]) => {
                let [seconds, evaluations, value] = minimizers::time(words[0], problem)?;
                println!("{seconds:e} {evaluations} {value:e}");
                continue;
            }
            (name, &[n, threads]) => steps::step(name, n, threads)?,
            _ => return Err(format!("no such question: {line}").into()),
        };
        println!("{answer:e}");
        stdout().flush()?;
    }
    Ok(())
}
