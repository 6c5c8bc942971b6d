#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub use nalgebra;

mod check;
mod cholesky;
mod condition;
mod error;
mod inverse;
mod least_squares;
mod lu;
mod matmul;
mod matrix_norm;
mod product;
mod qr;
mod scalar;
mod scaled;
mod sign;
mod solve;
mod svd;
mod symmetric_eigen;
mod view;

pub use cholesky::cholesky;
pub use error::LinalgError;
pub use inverse::inverse;
pub use least_squares::{LeastSquares, least_squares};
pub use matmul::matmul;
pub use matrix_norm::{frobenius_norm, matrix_norm_infinity, matrix_norm1, matrix_norm2, max_norm};
pub use product::{accumulate, product};
pub use qr::{Qr, qr};
pub use scalar::Scalar;
pub use solve::{Solution, solve, solve_columns};
pub use svd::{Svd, singular_values, svd};
pub use symmetric_eigen::{SymmetricEigen, symmetric_eigen, symmetric_eigenvalues};
pub use view::{view, view_mut};
