//! Four products of matrices, and where a network meets them.
//!
//! The matrix product asks every row about every column, cᵢⱼ = Σ aᵢₗ bₗⱼ. Read the other way round it is a sum of
//! outer products, a column times a row each: matrices of rank one.
//!
//! ```text
//! A B = a₁ b₁ᵀ + a₂ b₂ᵀ + …      aₗ the columns of A, bₗᵀ the rows of B
//! ```
//!
//! This is how the gradient of a dense layer comes about, ∂L/∂W = δ₁ x₁ᵀ + δ₂ x₂ᵀ + … over the samples.
//!
//! The Hadamard product A ⊙ B multiplies entry by entry, as the slopes of activations do in backpropagation. Summed
//! up it is the scalar product of two matrices, and a trace, the sum of the diagonal:
//!
//! ```text
//! Σ aᵢⱼ bᵢⱼ = tr AᵀB,    tr A B = tr B A
//! ```
//!
//! The Kronecker product A ⊗ B puts a copy of B in the place of every entry of A. With the columns of X below each
//! other, vec X, it makes one matrix of two factors, one on each side, so that an equation between matrices is
//! one between vectors:
//!
//! ```text
//! vec(A X B) = (Bᵀ ⊗ A) vec X
//! ```
//!
//! Four signs, doubled again and again, make Hadamard's matrices, whose columns are perpendicular to each other:
//!
//! ```text
//! H₂ₙ = H₂ ⊗ Hₙ,    H₂ = ⎛ 1   1 ⎞
//!                        ⎝ 1  −1 ⎠
//! ```
//!
//! What to try: solve A X + X B = C for X, by (I ⊗ A + Bᵀ ⊗ I) vec X = vec C and `solve`. Compare the numbers of
//! multiplications in A X B and in (Bᵀ ⊗ A) vec X for 100 × 100 matrices. What is tr(x yᵀ)?

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::special::hadamard_matrix;
use gradus::linalg::{hadamard, kronecker, matmul, outer, trace};
use gradus::numeric::{MatrixRef, Order, Shape};
use gradus::plot::{ColorMap, Figure, heat_map, save};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
    let b = DMatrix::from_row_slice(2, 2, &[5.0, 6.0, 7.0, 8.0]);
    print("A", &a);
    print("B", &b);

    let by_layers = layers(&a, &b)?;
    let by_trace = entries(&a, &b)?;
    let by_vectors = both_sides(&a, &b)?;
    let signs = doubled(4)?;
    draw(&signs)?;

    let n = signs.nrows() as f64;
    let perpendicular =
        matmul(&signs.transpose(), &signs)? == DMatrix::from_diagonal_element(16, 16, n);
    if by_layers && by_trace && by_vectors && perpendicular && signs == hadamard_matrix(16)? {
        println!("result: HᵀH = {n} I for the signs of H₂ ⊗ H₂ ⊗ H₂ ⊗ H₂");
        Ok(())
    } else {
        Err("a product is not what the other products say".into())
    }
}

/// A B as a sum of outer products.
fn layers(a: &DMatrix<f64>, b: &DMatrix<f64>) -> Result<bool, Box<dyn Error>> {
    let layer = |l: usize| outer(&a.column(l).into_owned(), &b.row(l).transpose());
    let (first, second) = (layer(0)?, layer(1)?);
    let product = matmul(a, b)?;
    print("a₁ b₁ᵀ", &first);
    print("a₂ b₂ᵀ", &second);
    print("A B, their sum", &product);
    Ok(first + second == product)
}

/// A ⊙ B, its sum, and traces.
fn entries(a: &DMatrix<f64>, b: &DMatrix<f64>) -> Result<bool, Box<dyn Error>> {
    let entries = hadamard(a, b)?;
    let sum: f64 = entries.sum();
    let scalar = trace(&matmul(&a.transpose(), b)?)?;
    let (ab, ba) = (matmul(a, b)?, matmul(b, a)?);
    print("A ⊙ B", &entries);
    println!("  its sum           {sum} = tr AᵀB = {scalar}");
    print("B A, not A B", &ba);
    println!(
        "  but tr A B        {} = tr B A = {}",
        trace(&ab)?,
        trace(&ba)?
    );
    Ok(sum == scalar && trace(&ab)? == trace(&ba)?)
}

/// A X B by two products, and by one on vec X.
fn both_sides(a: &DMatrix<f64>, b: &DMatrix<f64>) -> Result<bool, Box<dyn Error>> {
    let x = DMatrix::from_row_slice(2, 2, &[1.0, 0.0, -1.0, 2.0]);
    let product = matmul(&matmul(a, &x)?, b)?;
    let map = kronecker(&b.transpose(), a)?;
    let image = &map * vec(&x);
    print("X", &x);
    print("A X B", &product);
    print("Bᵀ ⊗ A", &map);
    println!("  times vec X       {:?}", image.as_slice());
    println!("  vec(A X B)        {:?}", vec(&product).as_slice());
    Ok(image == vec(&product))
}

/// The columns below each other.
fn vec(a: &DMatrix<f64>) -> DVector<f64> {
    DVector::from_column_slice(a.as_slice())
}

/// H₂ ⊗ H₂ ⊗ …, so many times.
fn doubled(times: usize) -> Result<DMatrix<f64>, Box<dyn Error>> {
    let signs = DMatrix::from_row_slice(2, 2, &[1.0, 1.0, 1.0, -1.0]);
    let mut product = DMatrix::identity(1, 1);
    for _ in 0..times {
        product = kronecker(&signs, &product)?;
    }
    Ok(product)
}

fn print(name: &str, a: &DMatrix<f64>) {
    for (i, row) in a.row_iter().enumerate() {
        let name = if i == 0 { name } else { "" };
        let entries: Vec<String> = row.iter().map(|a| format!("{a:4}")).collect();
        println!("  {name:<16}{}", entries.join(""));
    }
}

/// The signs as colors, in `out/`.
fn draw(signs: &DMatrix<f64>) -> Result<(), Box<dyn Error>> {
    let shape = Shape::new(signs.nrows(), signs.ncols());
    let cells = MatrixRef::new(signs.as_slice(), shape, Order::Columns)?;
    let figure = Figure::new("Hadamard's matrix, doubled four times", "", "").sized(520, 480);
    println!(
        "picture: {}",
        save(
            "out/105_products.svg",
            &heat_map(&figure, cells, ColorMap::Diverging)?
        )?
        .display()
    );
    Ok(())
}
