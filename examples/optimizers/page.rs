//! The page: a table and a picture.

use crate::problems::Problem;
use crate::race::{Best, RATES, Row};
use gradus::plot::{Bar, Figure, PlotError, signed_bars};
use std::fmt::Write as _;

/// Values below this are rounding.
const NOTHING: f64 = 1e-15;

pub(crate) fn table(problems: &[Problem], rows: &[Row]) -> String {
    let mut page = String::from(HEAD);
    for problem in problems {
        let _ = writeln!(page, "- **{}**: {}.", problem.name, problem.what); // a string takes everything
    }
    let [first, .., last] = RATES;
    let count = RATES.len();
    let _ = writeln!(
        page,
        "\nThe grid has {count} rates from {first:e} to {last}, each about three times the one before.\n"
    );
    let names: Vec<_> = problems.iter().map(|problem| problem.name).collect();
    let _ = writeln!(
        page,
        "| optimizer | {} | digits gained |",
        names.join(" | ")
    );
    let _ = writeln!(page, "|---|{}---|", "---|".repeat(names.len()));
    for row in rows {
        let cells: Vec<_> = row
            .best
            .iter()
            .map(|best| best.map_or("–".into(), cell))
            .collect();
        let _ = writeln!(
            page,
            "| {} | {} | {:.1} |",
            row.name,
            cells.join(" | "),
            gained(row)
        );
    }
    page
}

/// The second table: a network, the best first.
pub(crate) fn of_network(problem: &Problem, rows: &[Row]) -> String {
    let mut page = format!("{OF_NETWORK}The value is the {}.\n\n", problem.what);
    let value = |row: &Row| row.best[0].map_or(f64::INFINITY, |best| best.value);
    let mut sorted: Vec<&Row> = rows.iter().collect();
    sorted.sort_by(|a, b| value(a).total_cmp(&value(b)));
    page += "| optimizer | loss (rate) |\n|---|---|\n";
    for row in sorted {
        let cell = row.best[0].map_or("–".into(), cell);
        let _ = writeln!(page, "| {} | {cell} |", row.name);
    }
    page
}

/// `2.3e-5 (0.1)`: the value, and the rate that gave it.
fn cell(best: Best) -> String {
    let rate = if best.rate < 1e-3 {
        format!("{:e}", best.rate)
    } else {
        best.rate.to_string()
    };
    if best.value < NOTHING {
        format!("0 ({rate})")
    } else if best.value < 1e-3 {
        format!("{:.1e} ({rate})", best.value)
    } else {
        format!("{:.2} ({rate})", Significant(best.value))
    }
}

/// A number with two significant digits.
struct Significant(f64);

impl std::fmt::Display for Significant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let places = if self.0 < 0.01 {
            4
        } else if self.0 < 0.1 {
            3
        } else {
            2
        };
        write!(f, "{:.places$}", self.0)
    }
}

/// The mean of log₁₀(start / end) over all problems, each between 0 and 15.
fn gained(row: &Row) -> f64 {
    let digits = |best: &Option<Best>| {
        best.map_or(0.0, |it| {
            (it.start / it.value.max(NOTHING * it.start)).log10()
        })
    };
    row.best
        .iter()
        .map(|best| digits(best).clamp(0.0, 15.0))
        .sum::<f64>()
        / row.best.len() as f64
}

pub(crate) fn picture(problems: &[Problem], rows: &[Row]) -> Result<String, PlotError> {
    let bars: Vec<_> = rows
        .iter()
        .map(|row| Bar {
            name: row.name,
            value: gained(row),
            error: 0.0,
        })
        .collect();
    let title = format!(
        "Decimal digits gained, mean of {} problems, best rate for each",
        problems.len()
    );
    let height = 90 + 22 * u32::try_from(rows.len()).unwrap_or(40);
    signed_bars(&Figure::new(title, "digits", "").sized(900, height), &bars)
}

const HEAD: &str = "# Optimizers side by side

Written by `tools/optimizers` from `examples/optimizers`; do not edit.

Every optimizer of `gradus-optim` on the same ten problems, with the best rate of a grid for each problem. A cell shows the
value above the minimum after 1000 steps (where nothing else is said), and in parentheses the rate that gave it; `0` is less
than 1e-15, and `–` says that no rate of the grid ended below the start. *Digits gained* is the mean of log₁₀(start / end)
over the ten problems, and what the picture shows.

![digits gained](optimizers.svg)

How to read it. The first seven problems are exact: a memory of curvature (L-BFGS) or a long one of gradients wins where they
are smooth; at kinks, a rate that falls. Steps of one size (sign, Lion) end at the size of their rate; LARS and LAMB step in
units of the parameters, which is nothing at a minimum in 0. The turned valley is the valley in other axes: gradient descent,
momentum and L-BFGS do not see the difference, methods with a rate for each parameter do, and SOAP, which turns its axes, does
not. With noise, rates that fall (by a schedule, or by themselves as Adagrad's) and averages win; L-BFGS and Rprop, which trust
single differences and signs, fail. On the network, those that see matrices (SOAP, Muon) and those with long averages do
well; its column is a training loss, and says nothing of new digits.

Ten small problems do not tell which optimizer trains a large network best; they tell what distinguishes them. A best rate
at the end of the grid is rare: the grid is wide enough.

Sophia learns the curvature every ten steps, by the difference of two gradients along random signs, with γ = 1. Prodigy's
rate multiplies what it finds by itself. SOAP turns vectors as well; Muon leaves them to Adam.

## Problems

";

const OF_NETWORK: &str = "
## The network of the main example

The same optimizers, each with the best rate of the same grid, on a training that is short: it tells who gets far in few steps,
and says nothing of long trainings or of new digits. Many steps of one method are the same as few of another: SOAP's first gradient
only makes its axes, and SAM asks for two gradients a step.

";
