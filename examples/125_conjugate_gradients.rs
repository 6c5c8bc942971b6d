//! Conjugate gradients: why steepest descent goes in zigzag, and what to do about it.
//!
//! For a symmetric positive definite A, the solution of A x = b is the lowest point of a bowl, and what is left of
//! the equations is the direction of steepest descent:
//!
//! ```text
//! f(x) = ½ xᵀ A x − bᵀ x,    r = b − A x = −∇f(x),    E(x) = f(x) − f(x*) = ½ (x* − x)ᵀ A (x* − x)
//! ```
//!
//! Steepest descent follows r to the lowest point along it, x ← x + α r with α = rᵀr / rᵀA r. There the new r is
//! perpendicular to the old one, and in a long valley the next step undoes a part of the last. The energy E of the
//! error falls, at worst, by ((κ − 1)/(κ + 1))² a step.
//!
//! Conjugate gradients bend the direction, p ← r + β p, with the β that makes it conjugate to the last one: pᵀ A times
//! that is 0. Seen in the metric of A, in which the bowl is round, the directions are perpendicular, so no step spoils
//! what was gained: n steps are enough in n dimensions. Nothing is asked of A but one product a step. `127_krylov` asks
//! how many steps are enough for a hundred unknowns.
//!
//! The picture has the bowl with A = diag(1, 4) and b = (4, 4), whose lowest point is (4, 1): from 0, steepest
//! descent meets its worst case, a factor of 0.36 a step.
//!
//! What to try: start the descent at (4, 0), where it needs one step. An A that is not diagonal, with the same eigenvalues.
//! Set the tolerance to 0 and see who stops.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::{Stopping, conjugate_gradients};
use gradus::numeric::norm2;
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use std::error::Error;

type Outcome<T> = Result<T, Box<dyn Error>>;
type Path = Vec<DVector<f64>>;

fn main() -> Outcome<()> {
    let bowl = Bowl::new(
        DMatrix::from_row_slice(2, 2, &[1.0, 0.0, 0.0, 4.0]),
        DVector::from_row_slice(&[4.0, 1.0]),
    );
    let (steepest, conjugate) = (bowl.steepest(1e-6), bowl.conjugate(1e-14)?);
    println!("a bowl in the plane");
    println!("  step   steepest descent       E          conjugate gradients   E");
    for (k, x) in steepest.iter().take(6).enumerate() {
        print!(
            "  {k:<6} ({:.4}, {:.4})     {:<10.6}",
            x[0],
            x[1],
            bowl.energy(x)
        );
        match conjugate.get(k) {
            Some(x) => println!(" ({:.4}, {:.4})      {:.6}", x[0], x[1], bowl.energy(x)),
            None => println!(),
        }
    }
    let factor = bowl.energy(&steepest[5]) / bowl.energy(&steepest[4]);
    println!("  the energy falls by {factor:.6} a step; ((κ − 1)/(κ + 1))² = 0.36");
    draw(&bowl, &steepest, &conjugate)?;
    let steps = conjugate.len() - 1;
    if steps == 2 && (factor - 0.36).abs() < 1e-9 {
        println!(
            "result: {steps} conjugate steps in the plane, where steepest descent needs {}",
            steepest.len() - 1
        );
        Ok(())
    } else {
        Err(format!("{steps} steps should be 2, and the factor {factor} 0.36").into())
    }
}

/// ½ xᵀ A x − bᵀ x with b = A `solution`.
struct Bowl {
    a: DMatrix<f64>,
    b: DVector<f64>,
    solution: DVector<f64>,
}

impl Bowl {
    fn new(a: DMatrix<f64>, solution: DVector<f64>) -> Self {
        let b = &a * &solution;
        Self { a, b, solution }
    }

    fn energy(&self, x: &DVector<f64>) -> f64 {
        let error = &self.solution - x;
        0.5 * error.dot(&(&self.a * &error))
    }

    /// The points of steepest descent from 0.
    fn steepest(&self, tolerance: f64) -> Path {
        let enough = tolerance * norm2(self.b.as_slice());
        let (mut x, mut r) = (DVector::zeros(self.b.len()), self.b.clone());
        let mut path = vec![x.clone()];
        while norm2(r.as_slice()) > enough {
            let ar = &self.a * &r;
            let alpha = r.dot(&r) / r.dot(&ar);
            x += alpha * &r;
            r -= alpha * ar;
            path.push(x.clone());
        }
        path
    }

    /// The points of conjugate gradients from 0, as the observer sees them.
    fn conjugate(&self, tolerance: f64) -> Outcome<Path> {
        let (mut path, iterations) = (Path::new(), 10 * self.a.nrows());
        let stopping = Stopping {
            tolerance,
            iterations,
        };
        conjugate_gradients(&self.a, &self.b, stopping, |step| path.push(step.x.clone()))?;
        Ok(path)
    }
}

/// Level lines and paths, in `out/`.
fn draw(bowl: &Bowl, steepest: &Path, conjugate: &Path) -> Outcome<()> {
    let mut lines = Vec::new();
    for x in steepest.iter().take(4) {
        // ½ (u² + 4 v²) = E: an ellipse with the half axes √(2E) and √(2E/4).
        let [across, up] = [0, 1].map(|i| (2.0 * bowl.energy(x) / bowl.a[(i, i)]).sqrt());
        let around = (0..=180).map(|i| f64::from(2 * i).to_radians().sin_cos());
        lines.extend(around.map(|(sin, cos)| (4.0 + across * cos, 1.0 + up * sin)));
        lines.push((f64::NAN, f64::NAN));
    }
    let [steepest, conjugate] =
        [steepest, conjugate].map(|path| path.iter().map(|x| (x[0], x[1])).collect::<Vec<_>>());
    let curves = [
        PlaneCurve::line("level lines of f", &lines),
        PlaneCurve::steps("steepest descent", &steepest),
        PlaneCurve::steps("conjugate gradients", &conjugate),
    ];
    let figure = Figure::new("Two ways down a bowl", "x₁", "x₂").sized(760, 400);
    let path = save(
        "out/125_conjugate_gradients.svg",
        &plane_curves(&figure, &curves)?,
    )?;
    println!("picture: {}", path.display());
    Ok(())
}
