//! Factorizations and the pieces that they are made of, each with numbers that can be checked by hand.
//!
//! A factorization writes a matrix as a product of matrices with which systems are easy:
//!
//! ```text
//! A = L Lᵀ                Cholesky: A positive definite; half of the work of elimination
//! P A Pᵀ = L D Lᵀ         Bunch and Parlett: A symmetric; D tells the signs of the eigenvalues
//! A P = Q R               QR: the columns, longest first, at right angles
//! A = U Σ Vᵀ              the singular values, with square U and V
//! ```
//!
//! Triangles are solved from one end to the other. Q is a product of reflections (Householder), each of which clears a
//! column, or of rotations (Givens), each of which clears one entry.
//!
//! What to try: change the 2 of `POSITIVE` to 7, so that x² + 14xy + 10y² has negative values: Cholesky refuses, and
//! L D Lᵀ shows one negative entry.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::{
    Givens, Householder, Triangle, cholesky, frobenius_norm, ldlt, max_norm, project, qr_pivoted,
    solve_triangular, svd_full,
};
use gradus::numeric::norm2;
use std::error::Error;

/// 4 x² + 4 x y + 10 y²
const POSITIVE: [f64; 4] = [4.0, 2.0, 2.0, 10.0];
/// 4 x² + 4 x y − 2 y²
const SADDLE: [f64; 4] = [4.0, 2.0, 2.0, -2.0];

fn main() -> Result<(), Box<dyn Error>> {
    let solved = by_cholesky()?;
    let negative = by_ldlt()?;
    let rank = by_pivoted_qr()?;
    let off = reflected_and_rotated()?;
    let shadow = projected()?;
    let whole = by_svd()?;

    let right = solved < 1e-15 && negative == 1 && rank == 1 && off < 1e-14;
    if right && shadow < 1e-14 && whole < 1e-14 {
        println!("result: six factorizations, each within {off:.0e} of its matrix");
        Ok(())
    } else {
        Err(format!("{solved}, {negative}, {rank}, {off}, {shadow}, {whole}").into())
    }
}

/// A x = b by two triangles: L y = b, then Lᵀ x = y.
fn by_cholesky() -> Result<f64, Box<dyn Error>> {
    let a = DMatrix::from_row_slice(2, 2, &POSITIVE);
    let b = DVector::from_row_slice(&[6.0, 12.0]); // A (1, 1)
    let l = cholesky(&a)?;
    let y = solve_triangular(&l, &b, Triangle::Lower)?;
    let x = solve_triangular(&l.transpose(), &y, Triangle::Upper)?;
    println!(
        "Cholesky          L = {:?} by columns, y = {:?}",
        l.as_slice(),
        y.as_slice()
    );
    println!("  A x = b         x = {:?}", x.as_slice());
    Ok(norm2((x - DVector::from_element(2, 1.0)).as_slice()))
}

/// How many squares of the form have a minus.
fn by_ldlt() -> Result<usize, Box<dyn Error>> {
    let a = DMatrix::from_row_slice(2, 2, &SADDLE);
    if let Err(error) = cholesky(&a) {
        println!("a saddle          Cholesky: {error}");
    }
    let factors = ldlt(&a)?;
    let inertia = factors.inertia();
    println!(
        "  L D Lᵀ          D = {:?}: {} square with a plus, {} with a minus",
        factors.d.diagonal().as_slice(),
        inertia.positive,
        inertia.negative
    );
    Ok(inertia.negative)
}

/// The second column is twice the first: pivoting takes it first, and nothing is left of the other.
fn by_pivoted_qr() -> Result<usize, Box<dyn Error>> {
    let a = DMatrix::from_row_slice(2, 2, &[3.0_f64, 6.0, 4.0, 8.0]);
    let factors = qr_pivoted(&a)?;
    let rank = factors.rank(1e-12)?;
    println!(
        "pivoted QR        columns in the order {:?}, |r₁₁| = {:.3}, rank {rank}",
        factors.permutation,
        factors.r[(0, 0)].abs()
    );
    Ok(rank)
}

/// (3, 4) to an axis, by a mirror and by a turn.
fn reflected_and_rotated() -> Result<f64, Box<dyn Error>> {
    let x = DVector::from_row_slice(&[3.0, 4.0]);
    let mirror = Householder::new(&x)?;
    let reflected = mirror.reflect(&x)?;
    let turn = Givens::new(3.0, 4.0)?;
    let rotated = turn.matrix() * &x;
    println!(
        "(3, 4)            reflected to ({:.3}, {:.3})",
        reflected[0],
        reflected[1].abs()
    );
    println!(
        "                  rotated to ({:.3}, {:.3}), cosine {}, sine {}",
        rotated[0],
        rotated[1].abs(),
        turn.cosine(),
        turn.sine()
    );
    let axis = |length: f64| DVector::from_row_slice(&[length, 0.0]);
    let off = [reflected - axis(mirror.image()), rotated - axis(5.0)];
    let off = off.map(|difference| norm2(difference.as_slice()));
    Ok(off[0].max(off[1]))
}

/// The shadow of a vector on the diagonal of the plane is its mean, twice.
fn projected() -> Result<f64, Box<dyn Error>> {
    let diagonal = DMatrix::from_column_slice(2, 1, &[1.0, 1.0]);
    let shadow = project(&diagonal, &DVector::from_row_slice(&[1.0, 3.0]))?;
    println!(
        "projection        (1, 3) on the diagonal: ({:.3}, {:.3})",
        shadow[0], shadow[1]
    );
    Ok(norm2((shadow - DVector::from_element(2, 2.0)).as_slice()))
}

/// A column as U Σ Vᵀ with a square U: its first column is the direction, the others fill the plane at right angles.
fn by_svd() -> Result<f64, Box<dyn Error>> {
    let a = DMatrix::from_column_slice(3, 1, &[2.0_f64, 1.0, 2.0]);
    let factors = svd_full(&a)?;
    let mut sigma = DMatrix::zeros(3, 1);
    sigma[(0, 0)] = factors.singular_values[0];
    let again = &factors.u * sigma * factors.v.transpose();
    println!(
        "singular values   σ = {:.3}, U is {}×{}; ‖A‖ = {:.3}",
        factors.singular_values[0],
        factors.u.nrows(),
        factors.u.ncols(),
        frobenius_norm(&a)
    );
    Ok(max_norm(&(again - a)).max((factors.singular_values[0] - 3.0).abs()))
}
