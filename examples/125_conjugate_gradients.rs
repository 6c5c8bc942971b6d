//! Conjugate gradients: why steepest descent goes in zigzag, and what to do about it.
//!
//! For a symmetric positive definite A, the solution of A x = b is the lowest point of a bowl, and what is left of
//! the equations is the direction of steepest descent:
//!
//! ```text
//! f(x) = ½ xᵀ A x − bᵀ x,    r = b − A x = −∇f(x)
//! ```
//!
//! Steepest descent follows r to the lowest point along it, x ← x + α r with α = rᵀr / rᵀA r. There the new r is
//! perpendicular to the old one, and in a long valley the next step undoes a part of the last. The energy of the
//! error falls, at worst, by ((κ − 1)/(κ + 1))² a step:
//!
//! ```text
//! E(x) = ½ (x* − x)ᵀ A (x* − x) = f(x) − f(x*)
//! ```
//!
//! Conjugate gradients bend the direction, p ← r + β p, with the β that makes it conjugate to the last one: pᵀ A times
//! that is 0. Seen in the metric of A, in which the bowl is round, the directions are perpendicular, so no step spoils
//! what was gained: n steps are enough in n dimensions, as many as A has different eigenvalues, and √κ takes the place
//! of κ. Nothing is asked of A but one product a step. In between, the energy always falls; the residual may rise.
//!
//! The picture has the bowl with A = diag(1, 4) and b = (4, 4), whose lowest point is (4, 1): from 0, steepest
//! descent meets its worst case, a factor of 0.36 a step.
//!
//! What to try: start the descent at (4, 0), where it needs one step. Give A two different eigenvalues alone, and
//! count the steps. Set the tolerance to 0 and see who stops.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::special::random_symmetric;
use gradus::linalg::{Stopping, conjugate_gradients};
use gradus::numeric::norm2;
use gradus::plot::{AxisScale, Figure, PlaneCurve, Series, learning_curves, plane_curves, save};
use gradus::random::{Key, normal};
use std::error::Error;

/// Unknowns of the larger systems, and the residual at which their solution is good enough.
const N: usize = 100;
const TOLERANCE: f64 = 1e-8;

fn main() -> Result<(), Box<dyn Error>> {
    let bowl = Bowl {
        a: DMatrix::from_row_slice(2, 2, &[1.0, 0.0, 0.0, 4.0]),
        solution: DVector::from_row_slice(&[4.0, 1.0]),
    };
    let steepest = bowl.steepest(1e-6, 100);
    let conjugate = bowl.conjugate(1e-14)?;
    println!("a bowl in the plane");
    println!("  step   steepest descent       E          conjugate gradients   E");
    for k in 0..6 {
        let (x, energy) = (&steepest[k], bowl.energy(&steepest[k]));
        print!("  {k:<6} ({:.4}, {:.4})     {energy:<10.6}", x[0], x[1]);
        match conjugate.get(k) {
            Some(x) => println!(" ({:.4}, {:.4})      {:.6}", x[0], x[1], bowl.energy(x)),
            None => println!(),
        }
    }
    let factor = bowl.energy(&steepest[5]) / bowl.energy(&steepest[4]);
    println!("  the energy falls by {factor:.6} a step; ((κ − 1)/(κ + 1))² = 0.36");
    draw_paths(&bowl, &steepest, &conjugate)?;
    many_unknowns()?;

    if conjugate.len() == 3 && (factor - 0.36).abs() < 1e-9 && few_eigenvalues()? == 3 {
        println!(
            "result: {} steps in the plane, and 3 for {N} unknowns with three eigenvalues",
            conjugate.len() - 1
        );
        Ok(())
    } else {
        Err("as many steps as eigenvalues are enough, and steepest descent loses 0.64 of the energy".into())
    }
}

/// ½ xᵀ A x − bᵀ x with b = A `solution`.
struct Bowl {
    a: DMatrix<f64>,
    solution: DVector<f64>,
}

impl Bowl {
    /// Eigenvalues as given, axes and solution at random.
    fn random(eigenvalues: &[f64], seed: u64) -> Result<Self, Box<dyn Error>> {
        let rng = &mut Key::new(seed).rng();
        let a = random_symmetric(&DVector::from_column_slice(eigenvalues), || normal(rng))?;
        let solution = DVector::from_fn(a.nrows(), |_, _| normal(rng));
        Ok(Self { a, solution })
    }

    fn b(&self) -> DVector<f64> {
        &self.a * &self.solution
    }

    fn energy(&self, x: &DVector<f64>) -> f64 {
        let error = &self.solution - x;
        0.5 * error.dot(&(&self.a * &error))
    }

    /// The points of steepest descent from 0.
    fn steepest(&self, tolerance: f64, most: usize) -> Vec<DVector<f64>> {
        let b = self.b();
        let enough = tolerance * norm2(b.as_slice());
        let (mut x, mut r) = (DVector::zeros(b.len()), b);
        let mut path = vec![x.clone()];
        while path.len() <= most && norm2(r.as_slice()) > enough {
            let ar = &self.a * &r;
            let alpha = r.dot(&r) / r.dot(&ar);
            x += alpha * &r;
            r -= alpha * ar;
            path.push(x.clone());
        }
        path
    }

    /// The points of conjugate gradients from 0, as the observer sees them.
    fn conjugate(&self, tolerance: f64) -> Result<Vec<DVector<f64>>, Box<dyn Error>> {
        let stopping = Stopping {
            tolerance,
            iterations: 10 * self.a.nrows(),
        };
        let mut path = Vec::new();
        conjugate_gradients(&self.a, &self.b(), stopping, |step| {
            path.push(step.x.clone());
        })?;
        Ok(path)
    }

    fn residual(&self, x: &DVector<f64>) -> f64 {
        let b = self.b();
        norm2((&b - &self.a * x).as_slice()) / norm2(b.as_slice())
    }
}

/// How many steps 100 unknowns take, by the condition number.
fn many_unknowns() -> Result<(), Box<dyn Error>> {
    println!("{N} unknowns, eigenvalues from 1 to κ, to a residual of {TOLERANCE:e}");
    println!("  κ       steepest descent   conjugate gradients   √κ      residual rose");
    for kappa in [10.0, 100.0, 1000.0_f64] {
        let spread = |i: usize| kappa.powf(i as f64 / (N - 1) as f64);
        let bowl = Bowl::random(&(0..N).map(spread).collect::<Vec<_>>(), 1)?;
        let steepest = bowl.steepest(TOLERANCE, 100_000);
        let conjugate = bowl.conjugate(TOLERANCE)?;
        let energies: Vec<f64> = conjugate.iter().map(|x| bowl.energy(x)).collect();
        let residuals: Vec<f64> = conjugate.iter().map(|x| bowl.residual(x)).collect();
        let rose = |values: &[f64]| values.windows(2).filter(|pair| pair[1] > pair[0]).count();
        println!(
            "  {kappa:<7} {:<18} {:<21} {:<7.1} {} times",
            steepest.len() - 1,
            conjugate.len() - 1,
            kappa.sqrt(),
            rose(&residuals)
        );
        if rose(&energies) > 0 {
            return Err(format!("the energy rose at κ = {kappa}").into());
        }
        if kappa == 100.0 {
            let steepest: Vec<f64> = steepest.iter().map(|x| bowl.energy(x)).collect();
            draw_energies(&steepest, &energies, kappa)?;
        }
    }
    Ok(())
}

/// The steps that 100 unknowns take if there are three different eigenvalues.
fn few_eigenvalues() -> Result<usize, Box<dyn Error>> {
    let three: Vec<f64> = (0..N).map(|i| [1.0, 10.0, 1000.0][i % 3]).collect();
    Ok(Bowl::random(&three, 2)?.conjugate(TOLERANCE)?.len() - 1)
}

/// Level lines and paths, in `out/`.
fn draw_paths(
    bowl: &Bowl,
    steepest: &[DVector<f64>],
    conjugate: &[DVector<f64>],
) -> Result<(), Box<dyn Error>> {
    let mut lines = Vec::new();
    for x in steepest.iter().take(4) {
        // ½ (u² + 4 v²) = E: an ellipse with the half axes √(2E) and √(2E/4).
        let [across, up] = [0, 1].map(|i| (2.0 * bowl.energy(x) / bowl.a[(i, i)]).sqrt());
        lines.extend((0..=180).map(|i| {
            let (sin, cos) = f64::from(2 * i).to_radians().sin_cos();
            (bowl.solution[0] + across * cos, bowl.solution[1] + up * sin)
        }));
        lines.push((f64::NAN, f64::NAN));
    }
    let points = |path: &[DVector<f64>]| path.iter().map(|x| (x[0], x[1])).collect::<Vec<_>>();
    let (steepest, conjugate) = (points(steepest), points(conjugate));
    let curves = [
        PlaneCurve::line("level lines of f", &lines),
        PlaneCurve::steps("steepest descent", &steepest),
        PlaneCurve::steps("conjugate gradients", &conjugate),
    ];
    let figure = Figure::new("Two ways down a bowl", "x₁", "x₂").sized(760, 400);
    println!(
        "picture: {}",
        save(
            "out/125_conjugate_gradients.svg",
            &plane_curves(&figure, &curves)?
        )?
        .display()
    );
    Ok(())
}

/// The energy over the steps, relative to that of the start, in `out/`.
fn draw_energies(steepest: &[f64], conjugate: &[f64], kappa: f64) -> Result<(), Box<dyn Error>> {
    let relative = |energies: &[f64]| energies.iter().map(|e| e / energies[0]).collect::<Vec<_>>();
    let (steepest, conjugate) = (relative(&steepest[..120]), relative(conjugate));
    let worst: Vec<f64> = (0..conjugate.len())
        .map(|k| {
            let rate = (kappa.sqrt() - 1.0) / (kappa.sqrt() + 1.0);
            4.0 * rate.powi(2 * i32::try_from(k).unwrap_or(i32::MAX))
        })
        .collect();
    let series = [
        Series {
            name: "steepest descent",
            values: &steepest,
        },
        Series {
            name: "conjugate gradients",
            values: &conjugate,
        },
        Series {
            name: "its bound",
            values: &worst,
        },
    ];
    let figure = Figure::new(
        "Energy of the error, κ = 100",
        "point (1 is the start)",
        "E(x) / E(0)",
    );
    let svg = learning_curves(&figure.sized(700, 400), &series, AxisScale::Logarithmic)?;
    println!(
        "picture: {}",
        save("out/125_conjugate_gradients_energy.svg", &svg)?.display()
    );
    Ok(())
}
