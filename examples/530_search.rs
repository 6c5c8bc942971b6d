//! Which settings? Grid, random and Bayesian search, halving, and why what chose must not judge.
//!
//! A ridge regression tells the alcohol of 178 wines from twelve other measurements,
//!
//! ```text
//! w = (AᵀA + λ I)⁻¹ Aᵀy,      loss(λ, power) = mean squared error on validation samples,      features sign(x) |x|^power
//! ```
//!
//! and two settings are searched: the penalty λ from 10⁻⁴ to 10⁴, in logarithms, and the power from ¼ to 3. A grid of 5 × 5 tries five values
//! of each, 25 random points try 25; a Gaussian process looks where the loss should fall the most.
//!
//! Halving gives most of the work to what does well early: gradient descent from 81 rates, a third goes on with three times the steps.
//! Rates that are too large diverge, and go first.
//!
//! At last the choice is judged. Nested folds choose on inner folds and judge by outer ones, which had no part in the choice. The score by which a
//! setting won is no judgment: luck makes it look better than it is, and here the smaller training parts of the inner folds make it look worse.
//!
//! What to try: other seeds. Ten inner folds instead of three. `NOISE` = 300 columns of noise as further features.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{Scaler, wine};
use gradus::evaluation::{Fold, cross_validate, folds, mean_squared_error, nested_folds};
use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::solve_positive_definite;
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::random::{Key, normal};
use gradus::select::{
    Axis, Bayesian, Found, Halving, Trial, bayesian, grid, halve, random, search,
};
use std::error::Error;
use std::num::NonZeroUsize;

type Failure = Box<dyn Error + Send + Sync>;

const NOISE: usize = 30;
const TWO: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1);

fn main() -> Result<(), Box<dyn Error>> {
    let wines = Wines::new()?;
    let all: Vec<u32> = (0..178).collect();
    let halves = folds(178, 2, &mut Key::new(3).rng())?;
    let loss = |_: u32, x: &[f64]| wines.loss(&halves[0], x[0], x[1]);
    let axes = [Axis::logarithmic(1e-4, 1e4)?, Axis::linear(0.25, 3.0)?];
    let gridded = grid(&[axes[0].steps(5)?, axes[1].steps(5)?])?;
    let how = Bayesian {
        trials: 25,
        ..Bayesian::default()
    };
    let searches = [
        ("grid", search(&gridded, TWO, loss)?),
        (
            "random",
            search(&random(&axes, 25, Key::new(1))?, TWO, loss)?,
        ),
        ("Bayesian", bayesian(&axes, how, Key::new(1), TWO, loss)?),
    ];
    for (name, found) in &searches {
        let best = found.best().ok_or("every trial failed")?;
        let loss = best.loss().unwrap_or(f64::NAN);
        println!(
            "  {name:9} λ = {:9.3}, power {:.2}: {loss:.4}",
            best.point[0], best.point[1]
        );
    }
    draw(&searches)?;
    race(&wines, &all)?;

    let rng = &mut Key::new(5).rng();
    let rounds = nested_folds(folds(178, 6, rng)?, |train| {
        folds(u32::try_from(train.len()).unwrap_or(0), 3, rng)
    })?;
    let (mut plain, mut nested) = (0.0, 0.0);
    for round in &rounds {
        let inner = |_: u32, x: &[f64]| -> Result<f64, Failure> {
            Ok(cross_validate(&round.inner, |fold| wines.loss(fold, x[0], x[1]))?.mean())
        };
        let found = search(&random(&axes, 60, Key::new(6))?, TWO, inner)?;
        let best = found.best().ok_or("every trial failed")?;
        plain += best.loss().unwrap_or(f64::NAN) / rounds.len() as f64;
        nested += wines
            .loss(&round.outer, best.point[0], best.point[1])
            .map_err(|e| e.to_string())?
            / rounds.len() as f64;
    }
    println!(
        "  60 points, chosen by folds: {plain:.4} where they chose, {nested:.4} where they had no part"
    );
    let [coarse, _, learned] = searches.map(|(_, found)| found.best().and_then(Trial::loss));
    if learned <= coarse {
        println!(
            "result: squared error {:.4} by search, {:.4} by a grid",
            learned.unwrap_or(0.0),
            coarse.unwrap_or(0.0)
        );
        Ok(())
    } else {
        Err(format!("25 points of a model should beat a grid: {learned:?} and {coarse:?}").into())
    }
}

/// Standardized measurements, noise, and the alcohol.
struct Wines {
    x: DMatrix<f64>,
    y: Vec<f64>,
}

impl Wines {
    fn new() -> Result<Self, Box<dyn Error>> {
        let table = wine()?;
        let table = table.scaled(&Scaler::standard(table.samples())?)?;
        let (samples, rng) = (table.samples(), &mut Key::new(2).rng());
        let x = DMatrix::from_fn(table.len(), 12 + NOISE, |i, j| match j {
            0..12 => samples.get(j + 1, i).unwrap_or(0.0), // the first is the alcohol
            _ => normal(rng),
        });
        let y = samples.row(0).collect();
        Ok(Self { x, y })
    }

    /// Some rows, each feature to a power that keeps its sign.
    fn part(&self, part: &[u32], power: f64) -> (DMatrix<f64>, Vec<f64>) {
        let bent = |x: f64| x.signum() * x.abs().powf(power);
        let a = DMatrix::from_fn(part.len(), self.x.ncols(), |i, j| {
            bent(self.x[(part[i] as usize, j)])
        });
        (a, part.iter().map(|&i| self.y[i as usize]).collect())
    }

    /// The squared error of the ridge regression of one part on the other.
    fn loss(&self, fold: &Fold, lambda: f64, power: f64) -> Result<f64, Failure> {
        let (a, y) = self.part(&fold.train, power);
        let (b, truth) = self.part(&fold.validation, power);
        let penalty = DMatrix::from_diagonal_element(a.ncols(), a.ncols(), lambda);
        let w =
            solve_positive_definite(&(a.tr_mul(&a) + penalty), &a.tr_mul(&DVector::from_vec(y)))?;
        Ok(mean_squared_error(&truth, (b * w).as_slice())?)
    }
}

/// Learning rates of gradient descent, by halving.
fn race(wines: &Wines, all: &[u32]) -> Result<(), Box<dyn Error>> {
    let (a, y) = wines.part(all, 1.0);
    let y = DVector::from_vec(y);
    let loss = |_: u32, rate: &[f64], steps: u32| -> Result<f64, Failure> {
        let descend =
            |w: DVector<f64>, _| &w - a.tr_mul(&(&a * &w - &y)) * (rate[0] / y.len() as f64);
        let w = (0..steps).fold(DVector::zeros(a.ncols()), descend);
        let error = &a * w - &y;
        Ok(error.dot(&error) / y.len() as f64)
    };
    let rates = random(&[Axis::logarithmic(1e-4, 10.0)?], 81, Key::new(4))?;
    let race = halve(
        rates,
        Halving {
            factor: 3,
            first: 1,
            last: 81,
        },
        TWO,
        loss,
    )?;
    for rung in race.rungs() {
        let (best, failed) = (
            rung.found.best().ok_or("all diverged")?,
            rung.found.failed().len(),
        );
        println!(
            "  {:2} rates, {:2} steps each: best {:.4}, loss {:.4}, {failed} not finite",
            rung.found.trials().len(),
            rung.budget,
            best.point[0],
            best.loss().unwrap_or(f64::NAN)
        );
    }
    println!("  {} steps in all, instead of {}", race.work(), 81 * 81);
    Ok(())
}

/// Where each search has looked, in `out/`.
fn draw(searches: &[(&str, Found<Failure>)]) -> Result<(), Box<dyn Error>> {
    let places = |found: &Found<Failure>| -> Vec<(f64, f64)> {
        found
            .trials()
            .iter()
            .map(|t| (t.point[0].log10(), t.point[1]))
            .collect()
    };
    let all: Vec<_> = searches
        .iter()
        .map(|(name, found)| (*name, places(found)))
        .collect();
    let dots: Vec<_> = all
        .iter()
        .map(|(name, points)| PlaneCurve::points(name, points))
        .collect();
    let figure = Figure::new("Where three searches have looked", "log₁₀ λ", "power");
    println!(
        "picture: {}",
        save("out/530_search.svg", &xy_plot(&figure, &dots)?)?.display()
    );
    Ok(())
}
