//! Prints `docs/distributions.md`, the accuracy of the families beside SciPy; `tools/distributions` writes it.

#![allow(clippy::print_stdout, reason = "it prints the page")]

#[path = "../tests/points/mod.rs"]
mod points;

use points::{rows, short, summary};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let rows = rows()?;
    println!("{HEAD}\n\n{}\n\n{ROWS}", summary(&rows));
    for row in rows {
        println!(
            "| {} | {} | {} | {} | {} |",
            row.family,
            row.function,
            row.points,
            short(row.here),
            row.peers().join(" | ")
        );
    }
    Ok(())
}

const HEAD: &str = "\
# Accuracy of the distributions

Written by `tools/distributions`; do not edit.

The largest error of every function at the points of `crates/gradus-probability/tests/golden/families.tsv`, here, in SciPy 1.17.1, in
statrs 0.19.1 and in scirs2-stats 0.6.5. The truth
are 60 digits of mpmath; parameters go from 1e-8 to 1e8, tails to 1e-300. An error is relative; of ln p it is measured at least in units of 1, and of a
quantile in units of its place and of what a rounding of the probability moves it. It is rounded up to one digit. In brackets: how many answers are wrong
by more than 1e-6, NaN, infinite or outside of \\[0, 1\\], panicked, or took more than two seconds. A dash: there is no such function.
Masses and counts stand under `pdf` and `ln_pdf` too. The von Mises law of scirs2-stats counts F from the middle of the circle, so only its density is
asked; its sf is 1 − F where it has one.

All answers, and what is wrong with them:";

const ROWS: &str = "\
| family | function | points | here | SciPy | statrs | scirs2-stats |
|---|---|---|---|---|---|---|";
