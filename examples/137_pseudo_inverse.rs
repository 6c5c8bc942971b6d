//! The pseudo-inverse, and the question of what counts as zero.
//!
//! A matrix that is not square, or flattens something, has no inverse. The pseudo-inverse A⁺ undoes what can be undone: it
//! sends b to the shortest of the vectors that A sends nearest to b. With the singular values σ,
//!
//! ```text
//! A = U Σ Vᵀ,    A⁺ = V Σ⁺ Uᵀ,    Σ⁺: every σ > 0 becomes 1/σ, and 0 stays 0
//! ```
//!
//! It is the one matrix X with these four properties (Penrose 1955): A X and X A are projections on what A and Aᵀ span,
//!
//! ```text
//! A X A = A,    X A X = X,    (A X)ᵀ = A X,    (X A)ᵀ = X A
//! ```
//!
//! For A with the rows (1, 2), (2, 4), (3, 6), of rank 1, A⁺ = Aᵀ / 70.
//!
//! A σ that should be 0 is 10⁻¹⁷ in a machine, and its inverse 10¹⁷. What counts as zero? Add δ to the 6, and A has rank 2.
//! Then ‖A⁺‖ = 1/σ₂ grows like 1/δ, and A⁺ b goes to infinity along the null space, as δ goes to 0; at δ = 0 it is short
//! again. If the entries are measured to six digits, that is noise. Ridge regression has no jump: with a penalty µ every
//! 1/σ becomes σ/(σ² + µ), which is 0 at σ = 0 and at most 1/(2√µ).
//!
//! The picture has the length of the solution over δ.
//!
//! What to try: b = (5, 10, 15), which lies in the range of A for δ = 0: is there still a jump? Other tolerances
//! of `rank`. A⁺ of a column is which row?

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::{
    matrix_norm2, max_norm, pseudo_inverse, rank, rank_tolerance, solve_positive_definite,
};
use gradus::numeric::norm2;
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use std::error::Error;

type Outcome<T> = Result<T, Box<dyn Error>>;

const PENALTY: f64 = 1e-6;

fn main() -> Outcome<()> {
    let b = DVector::from_row_slice(&[6.0, 8.0, 16.0]);
    penrose(&changed(0.0))?;
    println!("6 replaced by 6 + δ");
    println!(
        "  δ        rank (to rounding, to six digits)   ‖A⁺‖       A⁺ b                      ridge"
    );
    for delta in [0.0, 1e-17, 1e-12, 1e-9, 1e-6, 1e-3] {
        let a = changed(delta);
        let (inverse, ridge) = (pseudo_inverse(&a)?, ridge(&a, &b)?);
        let (all, six) = (rank(&a, rank_tolerance(&a))?, rank(&a, 1e-6)?);
        let (size, c) = (matrix_norm2(&inverse)?, &inverse * &b);
        print!("  {delta:<8.0e} {all:<17} {six:<17} {size:<10.2e} ");
        println!(
            "({:10.3e}, {:10.3e})  ({:.3}, {:.3})",
            c[0], c[1], ridge[0], ridge[1]
        );
    }
    draw(&b)?;

    let c = pseudo_inverse(&changed(0.0))? * &b;
    let held = ridge(&changed(1e-9), &b)?;
    if norm2((&c - DVector::from_row_slice(&[1.0, 2.0])).as_slice()) < 1e-14
        && norm2((held - &c).as_slice()) < 1e-3
    {
        println!(
            "result: A⁺ b = ({:.1}, {:.1}), and ridge regression stays there",
            c[0], c[1]
        );
        Ok(())
    } else {
        Err(format!("the shortest best solution is (1, 2), not {c}").into())
    }
}

/// A with δ added to its last entry.
fn changed(delta: f64) -> DMatrix<f64> {
    DMatrix::from_row_slice(3, 2, &[1.0, 2.0, 2.0, 4.0, 3.0, 6.0 + delta])
}

/// (`AᵀA` + µ I)⁻¹ Aᵀ b.
fn ridge(a: &DMatrix<f64>, b: &DVector<f64>) -> Outcome<DVector<f64>> {
    let penalty = DMatrix::from_diagonal_element(2, 2, PENALTY);
    Ok(solve_positive_definite(
        &(a.tr_mul(a) + penalty),
        &a.tr_mul(b),
    )?)
}

/// The four conditions that no other matrix satisfies.
fn penrose(a: &DMatrix<f64>) -> Outcome<()> {
    let x = pseudo_inverse(a)?;
    let (ax, xa) = (a * &x, &x * a);
    println!(
        "70 A⁺ (by rows)     {:.4?}",
        (x.transpose() * 70.0).as_slice()
    );
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

/// How long the solutions are, over δ, in `out/`.
fn draw(b: &DVector<f64>) -> Outcome<()> {
    let (mut free, mut held) = (Vec::new(), Vec::new());
    for power in (-36..=0).map(|k| f64::from(k) / 2.0) {
        let a = changed(10.0_f64.powf(power));
        free.push((power, norm2((pseudo_inverse(&a)? * b).as_slice()).log10()));
        held.push((power, norm2(ridge(&a, b)?.as_slice()).log10()));
    }
    let curves = [
        PlaneCurve::steps("A⁺ b", &free),
        PlaneCurve::steps("ridge, µ = 1e-6", &held),
    ];
    let figure = Figure::new(
        "How long is the solution?",
        "log₁₀ δ",
        "log₁₀ of its length",
    );
    let path = save("out/137_pseudo_inverse.svg", &xy_plot(&figure, &curves)?)?;
    println!("picture: {}", path.display());
    Ok(())
}
