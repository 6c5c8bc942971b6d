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
//! solutions, x + ker A. The pseudo-inverse picks the shortest, which has no part in the null space: (1, 2).
//!
//! ```text
//! A⁺ = V Σ⁺ Uᵀ,  here  Aᵀ / 70,    c = A⁺ b
//! ```
//!
//! Gradient descent finds the same without knowing it. Its steps are combinations of the rows of A and never enter
//! the null space: from 0 it ends at the shortest solution, from elsewhere it keeps what it started with. This is how
//! networks with more weights than data can still do something sensible.
//!
//! What counts as zero is a question. Change one entry in the tenth digit, and A has rank 2; to an A measured to six
//! digits that means nothing, but ‖A⁺‖ jumps from 0.12 to 6 · 10⁹.
//!
//! What to try: start at (0, 5). Solve the changed problem with `least_squares`, and then with the row (0, λ), (λ, 0)
//! added to A and zeros to b (ridge regression, λ = 0.001). What is the null space of Aᵀ, and why is r in it?

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::{
    least_squares, matrix_norm2, max_norm, null_space, pseudo_inverse, range, rank, rank_tolerance,
};
use gradus::numeric::norm2;
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let a = DMatrix::from_row_slice(3, 2, &[1.0, 2.0, 2.0, 4.0, 3.0, 6.0]);
    let b = DVector::from_row_slice(&[6.0, 8.0, 16.0]);

    spans(&a)?;
    let shortest = shortest(&a, &b)?;
    penrose(&a)?;
    let from_zero = descend(&a, &b, [0.0, 0.0])?;
    let from_elsewhere = descend(&a, &b, [4.0, -1.0])?;
    nearly(&a)?;
    draw(&shortest, &from_zero, &from_elsewhere)?;

    let ends = from_zero.last().ok_or("no steps")?;
    if norm2((&shortest - ends).as_slice()) < 1e-8
        && norm2((&shortest - vector([1.0, 2.0])).as_slice()) < 1e-14
    {
        println!(
            "result: the shortest best solution is ({:.1}, {:.1})",
            shortest[0], shortest[1]
        );
        Ok(())
    } else {
        Err(format!(
            "the shortest best solution is (1, 2), not {shortest}, and descent ends at {ends}"
        )
        .into())
    }
}

fn vector(x: [f64; 2]) -> DVector<f64> {
    DVector::from_row_slice(&x)
}

/// Rank and bases.
fn spans(a: &DMatrix<f64>) -> Result<(), Box<dyn Error>> {
    let found = rank(a, rank_tolerance(a))?;
    let null = null_space(a)?;
    let (columns, rows) = (range(a)?, range(&a.transpose())?);
    let over_first = |q: &DMatrix<f64>| q.column(0) / q[(0, 0)];
    println!("what A spans");
    println!(
        "  rank              {found}, and the null space has {} dimension: together {}",
        null.ncols(),
        a.ncols()
    );
    println!(
        "  range of A        along {:.4?}",
        over_first(&columns).as_slice()
    );
    println!(
        "  range of Aᵀ       along {:.4?}",
        over_first(&rows).as_slice()
    );
    println!(
        "  null space of A   along {:.4?}",
        over_first(&null).as_slice()
    );
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

/// A⁺ b, beside two other best solutions.
fn shortest(a: &DMatrix<f64>, b: &DVector<f64>) -> Result<DVector<f64>, Box<dyn Error>> {
    let inverse = pseudo_inverse(a)?;
    let c = &inverse * b;
    println!("best solutions");
    println!(
        "  70 A⁺ (by rows)   {:.4?}",
        (inverse.transpose() * 70.0).as_slice()
    );
    println!("  c                  ‖b − A c‖   ‖c‖");
    for c in [c.clone(), vector([5.0, 0.0]), vector([3.0, 1.0])] {
        let residual = b - a * &c;
        println!(
            "  ({:.4}, {:.4})   {:.6}    {:.6}",
            c[0],
            c[1],
            norm2(residual.as_slice()),
            norm2(c.as_slice())
        );
    }
    let checked = least_squares(a, b)?;
    println!(
        "  by least_squares  {:.4?}, rank {}",
        checked.x.as_slice(),
        checked.rank
    );
    Ok(c)
}

/// The four conditions that no other matrix satisfies.
fn penrose(a: &DMatrix<f64>) -> Result<(), Box<dyn Error>> {
    let x = pseudo_inverse(a)?;
    let (ax, xa) = (a * &x, &x * a);
    println!("the conditions of Penrose, X = A⁺");
    for (name, difference) in [
        ("A X A − A", &ax * a - a),
        ("X A X − X", &xa * &x - &x),
        ("A X − (A X)ᵀ", &ax - ax.transpose()),
        ("X A − (X A)ᵀ", &xa - xa.transpose()),
    ] {
        println!("  {name:<16}  {:.0e}", max_norm(&difference));
        if max_norm(&difference) > 1e-14 {
            return Err(format!("{name} is not zero").into());
        }
    }
    Ok(())
}

/// c ← c + η Aᵀ(b − A c) with η = 1/140, half of the step that would end at once.
fn descend(
    a: &DMatrix<f64>,
    b: &DVector<f64>,
    start: [f64; 2],
) -> Result<Vec<DVector<f64>>, Box<dyn Error>> {
    let null = null_space(a)?;
    let kept = |c: &DVector<f64>| (null.transpose() * c)[0].abs();
    let mut c = vector(start);
    let mut path = vec![c.clone()];
    println!("gradient descent      c                  in the null space");
    for step in 0..40 {
        if [0, 1, 2, 3, 39].contains(&step) {
            println!(
                "  step {step:<2}             ({:.4}, {:.4})    {:.4}",
                c[0],
                c[1],
                kept(&c)
            );
        }
        c += a.transpose() * (b - a * &c) / 140.0;
        path.push(c.clone());
    }
    if (kept(&c) - kept(&vector(start))).abs() < 1e-12 {
        Ok(path)
    } else {
        Err("gradient descent has entered the null space".into())
    }
}

/// One entry changed in the tenth digit.
fn nearly(a: &DMatrix<f64>) -> Result<(), Box<dyn Error>> {
    let mut changed = a.clone();
    changed[(2, 1)] += 6e-10;
    println!("6 replaced by 6 + 6e-10");
    println!(
        "  rank              {} to rounding, {} to six digits",
        rank(&changed, rank_tolerance(&changed))?,
        rank(&changed, 1e-6)?
    );
    println!(
        "  ‖A⁺‖              {:.4} before, {:.1e} after",
        matrix_norm2(&pseudo_inverse(a)?)?,
        matrix_norm2(&pseudo_inverse(&changed)?)?
    );
    Ok(())
}

/// The line of best solutions and the two descents to it, in `out/`.
fn draw(
    shortest: &DVector<f64>,
    from_zero: &[DVector<f64>],
    from_elsewhere: &[DVector<f64>],
) -> Result<(), Box<dyn Error>> {
    let points = |path: &[DVector<f64>]| path.iter().map(|c| (c[0], c[1])).collect::<Vec<_>>();
    let end = [(shortest[0], shortest[1])];
    let best = [(-1.0, 3.0), (6.0, -0.5)];
    let unseen = [(-2.0, 1.0), (4.0, -2.0)];
    let (zero, elsewhere) = (points(from_zero), points(from_elsewhere));
    let curves = [
        PlaneCurve::line("best solutions", &best),
        PlaneCurve::line("null space", &unseen),
        PlaneCurve::steps("descent from 0", &zero),
        PlaneCurve::steps("from (4, −1)", &elsewhere),
        PlaneCurve::points("A⁺ b", &end),
    ];
    let figure = Figure::new("A line of solutions, and the shortest", "c₁", "c₂").sized(720, 430);
    println!(
        "picture: {}",
        save("out/135_null_space.svg", &plane_curves(&figure, &curves)?)?.display()
    );
    Ok(())
}
