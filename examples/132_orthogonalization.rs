//! An orthonormal basis, and how to keep it orthogonal: Gram and Schmidt, reflections, rotations.
//!
//! Columns a₁, a₂, … are to become perpendicular vectors of length 1 that span the same: A = Q R with Qᵀ Q = I and a
//! triangle R. Gram and Schmidt subtract from every column its shadows on those before, and divide by what is left:
//!
//! ```text
//! q ← a − (q₁ᵀa) q₁ − (q₂ᵀa) q₂ − …,    q ← q / ‖q‖
//! ```
//!
//! Where little is left, rounding is most of it. Subtracted one after the other (modified: the next shadow is that of what
//! is left) columns lose less than all at once (classical), reflections and rotations lose nothing:
//!
//! ```text
//! ‖Qᵀ Q − I‖  ~  κ² ε,   κ ε,   ε
//! ```
//!
//! A reflection H = I − 2 v vᵀ (‖v‖ = 1) sends a column x to the axis, H x = ∓‖x‖ e₁, by the mirror at right angles to
//! v ∝ x ± ‖x‖ e₁. The first makes the first column zero below the diagonal, the second the second column without
//! touching the first, and so on: `householder_qr` tells every one. For x = (1, 2, 2) below: ‖x‖ = 3 and v ∝ (4, 2, 2).
//! A rotation in a plane (Givens) makes one entry zero: (3, 4) becomes (5, 0) by c = 3/5, s = 4/5.
//!
//! What to try: µ = 1e-4, where all columns are independent enough. Orthogonalize the result of the classical way
//! again ("twice is enough"). The columns 1, t, t², … of twenty points: how many of them are distinct to a machine?

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::DMatrix;
use gradus::linalg::special::lauchli;
use gradus::linalg::{
    Givens, GramSchmidtStep, gram_schmidt, gram_schmidt_classical, householder_qr, max_norm, qr,
};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let [classical, modified, reflections] = three_bases()?;
    reflected()?;
    rotated()?;
    if classical > 0.1 && modified < 1e-7 && reflections < 1e-15 {
        println!(
            "result: of orthogonality lost {classical:.0e}, {modified:.0e}, {reflections:.0e}"
        );
        Ok(())
    } else {
        Err("classical loses all, modified half of the digits, reflections none".into())
    }
}

/// Three ways to an orthonormal basis of three nearly parallel columns, and what each has lost.
fn three_bases() -> Result<[f64; 3], Box<dyn Error>> {
    let a = lauchli(3, 1e-8)?;
    println!("Orthonormal bases of Läuchli's columns (1, µ, 0, 0), (1, 0, µ, 0), (1, 0, 0, µ)");
    let modified = gram_schmidt(&a, |step| match step {
        GramSchmidtStep::Subtracted {
            column,
            along,
            coefficient,
            left,
        } => {
            println!("  a{column} − {coefficient:.8} q{along}: what is left is {left:.1e} long");
        }
        GramSchmidtStep::Normalized { column, length } => {
            println!("  q{column} = a{column} / {length:.3e}");
        }
    })?;
    let modified = modified.loss_of_orthogonality;
    let classical = gram_schmidt_classical(&a, |_| {})?.loss_of_orthogonality;
    let q = qr(&a)?.q;
    let lost = max_norm(&(q.transpose() * &q - DMatrix::identity(3, 3)));
    println!("  classical         {classical:.1e} of orthogonality lost");
    println!("  modified          {modified:.1e}");
    println!("  reflections       {lost:.1e}");
    Ok([classical, modified, lost])
}

/// A triangle by reflections: the zeros appear column by column.
fn reflected() -> Result<(), Box<dyn Error>> {
    let a = DMatrix::from_row_slice(3, 3, &[1.0, -1.0, 2.0, 2.0, 4.0, 1.0, 2.0, 1.0, 1.0]);
    println!("By gradus::linalg::householder_qr, from");
    print_rows(&a);
    let factors = householder_qr(&a, |step| {
        let normal = step.reflection.normal() / step.reflection.normal().amax();
        println!(
            "  column {} by the mirror at right angles to",
            step.column + 1
        );
        print_rows(&DMatrix::from_row_slice(1, normal.len(), normal.as_slice()));
        println!("  becomes zero below the diagonal:");
        print_rows(step.matrix);
    })?;
    println!("  R, its rows turned so that the diagonal has no minus");
    print_rows(&factors.r);
    let expected = DMatrix::from_row_slice(3, 3, &[3.0, 3.0, 2.0, 0.0, 3.0, -1.0, 0.0, 0.0, 1.0]);
    let off = max_norm(&(&factors.r - expected)).max(max_norm(&(factors.q * factors.r - a)));
    if off < 1e-14 {
        Ok(())
    } else {
        Err(format!("the triangle is 3 3 2, 3 −1, 1, and Q R = A, but for {off:.0e}").into())
    }
}

/// One zero by a rotation.
fn rotated() -> Result<(), Box<dyn Error>> {
    let mut a = DMatrix::from_row_slice(2, 2, &[3.0, 1.0, 4.0, 2.0]);
    let turn = Givens::new(a[(0, 0)], a[(1, 0)])?;
    let (c, s) = (turn.cosine(), turn.sine());
    println!("By gradus::linalg::Givens, c = {c:.1}, s = {s:.1}: the rows 3 1 and 4 2 become");
    turn.rotate_rows(&mut a, 0, 1)?;
    print_rows(&a);
    Ok(())
}

fn print_rows(a: &DMatrix<f64>) {
    for row in a.row_iter() {
        let entry = |a: &f64| format!("{:7.3}", (1000.0 * a).round() / 1000.0 + 0.0); // no -0
        let entries: Vec<String> = row.iter().map(entry).collect();
        println!("    {}", entries.join(""));
    }
}
