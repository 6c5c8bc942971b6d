#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub use gradus_numeric::{Float, MatrixMut, MatrixRef, NumericError, Order, Real, Shape};
pub use nalgebra;

mod approximation;
mod checked;
mod error;
mod factorizations;
mod features;
mod functions;
mod iterations;
mod kernels;
mod norms;
mod orthogonal;
mod products;
mod scalar;
pub mod special;
mod spectra;
mod systems;

pub use approximation::least_squares::{LeastSquares, least_squares, least_squares_within};
pub use approximation::projector::{project, projector};
pub use approximation::pseudo_inverse::{pseudo_inverse, pseudo_inverse_within};
pub use error::LinalgError;
pub use factorizations::cholesky::cholesky;
pub use factorizations::inertia::Inertia;
pub use factorizations::ldlt::{Ldlt, ldlt};
pub use factorizations::lu::{Lu, lu};
pub use factorizations::positive_definite::solve_positive_definite;
pub use features::covariance::covariance;
pub use features::pca::Pca;
pub use features::whitening::{Whitening, WhiteningKind};
pub use functions::matrix_exponential::matrix_exponential;
pub use iterations::conjugate_gradients::{GradientStep, IterativeSolution, conjugate_gradients};
pub use iterations::eigenvector_iteration::{EigenStep, Eigenpair};
pub use iterations::inverse_iteration::inverse_iteration;
pub use iterations::power_iteration::power_iteration;
pub use iterations::rayleigh::{rayleigh_iteration, rayleigh_quotient};
pub use iterations::stopping::Stopping;
pub use kernels::conversion::{converted, from_columns, to_matrix};
pub use kernels::view::{view, view_mut};
pub use norms::cosine::cosine;
pub use norms::matrix_norm::{
    frobenius_norm, matrix_norm_infinity, matrix_norm1, matrix_norm2, max_norm,
};
pub use norms::normalize::normalize;
pub use norms::nuclear_norm::nuclear_norm;
pub use orthogonal::givens::Givens;
pub use orthogonal::gram_schmidt::{
    GramSchmidt, GramSchmidtStep, gram_schmidt, gram_schmidt_classical,
};
pub use orthogonal::householder::Householder;
pub use orthogonal::householder_qr::{HouseholderStep, householder_qr};
pub use orthogonal::pivoted_qr::{PivotedQr, qr_pivoted};
pub use orthogonal::qr::{Qr, qr};
pub use products::hadamard::hadamard;
pub use products::kronecker::kronecker;
pub use products::matmul::matmul;
pub use products::outer::outer;
pub use products::product::{accumulate, product};
pub use products::trace::trace;
pub use scalar::Scalar;
pub use spectra::cond::cond;
pub use spectra::eigen::{Eigen, eigen, eigenvalues};
pub use spectra::low_rank::LowRank;
pub use spectra::null_space::{null_space, null_space_within};
pub use spectra::polar::{Polar, polar};
pub use spectra::range::{range, range_within};
pub use spectra::rank::{rank, rank_tolerance};
pub use spectra::svd::{Svd, singular_values, svd, svd_full};
pub use spectra::symmetric_eigen::{SymmetricEigen, symmetric_eigen, symmetric_eigenvalues};
pub use systems::determinant::{LogDeterminant, det, slogdet};
pub use systems::eliminate::eliminate;
pub use systems::inverse::inverse;
pub use systems::solution::Solution;
pub use systems::solve::{solve, solve_columns, solve_refined};
pub use systems::step::Step;
pub use systems::triangular::{Triangle, solve_triangular};
