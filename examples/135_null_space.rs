//! What a matrix spans: rank, range, null space, and the shortest of many solutions.
//!
//! Here is a regression in which the second feature is twice the first, as a length in two units would be:
//!
//! ```text
//! A = ⎛ 1  2 ⎞        b = ⎛ 6 ⎞
//!     ⎜ 2  4 ⎟,           ⎜ 8 ⎟
//!     ⎝ 3  6 ⎠            ⎝16 ⎠
//! ```
//!
//! Both columns are multiples of t = (1, 2, 3): the range of A is a line in ℝ³, its rank 1. Only s = c₁ + 2 c₂
//! can be seen in A c = s t, and what cannot be seen is the null space, the multiples of (2, −1). Every matrix
//! splits what it is applied to like this:
//!
//! ```text
//! rank A + dim ker A = n,    ker A ⊥ range Aᵀ
//! ```
//!
//! The nearest s is t·b / t·t = 70 / 14 = 5, and all c with c₁ + 2 c₂ = 5 fit equally well: a line of best
//! solutions, x + ker A. The shortest of them has no part in the null space: (1, 2).
//!
//! Gradient descent finds it without knowing. Its steps are combinations of the rows of A and never enter the null
//! space: from 0 it ends at the shortest solution, from elsewhere it keeps what it started with. This is how networks
//! with more weights than data can still do something sensible.
//!
//! What to try: start at (0, 5). Exchange b for (1, 2, 3), which lies in the range. What is the null space of Aᵀ, and
//! why is b − A c in it? `137_pseudo_inverse` asks what counts as zero.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::{least_squares, max_norm, null_space, range, rank, rank_tolerance};
use gradus::numeric::norm2;
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use std::error::Error;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let a = DMatrix::from_row_slice(3, 2, &[1.0, 2.0, 2.0, 4.0, 3.0, 6.0]);
    let b = DVector::from_row_slice(&[6.0, 8.0, 16.0]);
    spans(&a)?;
    let shortest = shortest(&a, &b)?;
    let from_zero = descend(&a, &b, [0.0, 0.0])?;
    let from_elsewhere = descend(&a, &b, [4.0, -1.0])?;
    draw(&shortest, [&from_zero, &from_elsewhere])?;

    let ends = from_zero.last().ok_or("no steps")?;
    let apart = |a: &DVector<f64>, b: &DVector<f64>| norm2((a - b).as_slice());
    if apart(&shortest, ends) < 1e-8 && apart(&shortest, &vector(1.0, 2.0)) < 1e-14 {
        let (c1, c2) = (shortest[0], shortest[1]);
        println!("result: the shortest best solution is ({c1:.1}, {c2:.1})");
        Ok(())
    } else {
        Err(format!("the shortest is (1, 2), not {shortest}, and descent ends at {ends}").into())
    }
}

fn vector(c1: f64, c2: f64) -> DVector<f64> {
    DVector::from_row_slice(&[c1, c2])
}

/// Rank and bases.
fn spans(a: &DMatrix<f64>) -> Outcome<()> {
    let (found, null) = (rank(a, rank_tolerance(a))?, null_space(a)?);
    let show = |name: &str, basis: &DMatrix<f64>| {
        let over_first = basis.column(0) / basis[(0, 0)];
        println!("  {name:<17} along {:.4?}", over_first.as_slice());
    };
    println!("what A spans");
    println!(
        "  rank              {found}, dimensions of the null space {}",
        null.ncols()
    );
    show("range of A", &range(a)?);
    show("range of Aᵀ", &range(&a.transpose())?);
    show("null space of A", &null);
    println!("  A N               {:.0e}", max_norm(&(a * &null)));
    println!(
        "  null space of Aᵀ  {} dimensions",
        null_space(&a.transpose())?.ncols()
    );
    if found + null.ncols() == a.ncols() {
        Ok(())
    } else {
        Err("rank and nullity do not add up".into())
    }
}

/// The shortest of the best solutions, beside two others.
fn shortest(a: &DMatrix<f64>, b: &DVector<f64>) -> Outcome<DVector<f64>> {
    let found = least_squares(a, b)?;
    println!(
        "best solutions, by gradus::linalg::least_squares, which finds the rank {}",
        found.rank
    );
    println!("  c                  ‖b − A c‖   ‖c‖");
    for c in [found.x.clone(), vector(5.0, 0.0), vector(3.0, 1.0)] {
        let (residual, length) = (norm2((b - a * &c).as_slice()), norm2(c.as_slice()));
        println!(
            "  ({:.4}, {:.4})   {residual:.6}    {length:.6}",
            c[0], c[1]
        );
    }
    Ok(found.x)
}

/// c ← c + η Aᵀ(b − A c) with η = 1/140, half of the step that would end at once.
fn descend(a: &DMatrix<f64>, b: &DVector<f64>, start: [f64; 2]) -> Outcome<Vec<DVector<f64>>> {
    let null = null_space(a)?;
    let unseen = |c: &DVector<f64>| (null.transpose() * c)[0].abs();
    let mut path = vec![DVector::from(start.to_vec())];
    println!("gradient descent      c                  in the null space");
    for step in 0..40 {
        let c = &path[step];
        if [0, 1, 2, 3, 39].contains(&step) {
            println!(
                "  step {step:<2}             ({:.4}, {:.4})    {:.4}",
                c[0],
                c[1],
                unseen(c)
            );
        }
        path.push(c + a.transpose() * (b - a * c) / 140.0);
    }
    if (unseen(&path[40]) - unseen(&path[0])).abs() < 1e-12 {
        Ok(path)
    } else {
        Err("gradient descent has entered the null space".into())
    }
}

/// The line of best solutions and the two descents to it, in `out/`.
fn draw(shortest: &DVector<f64>, descents: [&[DVector<f64>]; 2]) -> Outcome<()> {
    let points = |path: &[DVector<f64>]| path.iter().map(|c| (c[0], c[1])).collect::<Vec<_>>();
    let [zero, elsewhere] = descents.map(points);
    let (end, best) = ([(shortest[0], shortest[1])], [(-1.0, 3.0), (6.0, -0.5)]);
    let null = [(-2.0, 1.0), (4.0, -2.0)];
    let curves = [
        PlaneCurve::line("best solutions", &best),
        PlaneCurve::line("null space", &null),
        PlaneCurve::steps("descent from 0", &zero),
        PlaneCurve::steps("from (4, −1)", &elsewhere),
        PlaneCurve::points("A⁺ b", &end),
    ];
    let figure = Figure::new("A line of solutions, and the shortest", "c₁", "c₂").sized(720, 430);
    let path = save("out/135_null_space.svg", &plane_curves(&figure, &curves)?)?;
    println!("picture: {}", path.display());
    Ok(())
}
