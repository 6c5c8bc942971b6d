#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod constrained;
mod core;
mod derivative_free;
mod descent;
mod error;
mod least_squares;
mod line_search;
mod projections;
mod scalar;
mod trust_region;

pub use crate::core::point::Point;
pub use crate::core::report::{Iterate, Report, Stop};
pub use crate::core::stopping::Stopping;
pub use constrained::frank_wolfe::frank_wolfe;
pub use constrained::lbfgs_b::lbfgs_b;
pub use constrained::mirror_descent::mirror_descent;
pub use constrained::proximal::{L1Norm, Proximal};
pub use constrained::proximal_gradient::{fista, proximal_gradient};
pub use derivative_free::annealing::{Annealing, simulated_annealing};
pub use derivative_free::cma_es::{CmaEs, cma_es};
pub use derivative_free::nelder_mead::nelder_mead;
pub use descent::bfgs::bfgs;
pub use descent::conjugate_gradients::{Conjugate, nonlinear_conjugate_gradients};
pub use descent::coordinate_descent::coordinate_descent;
pub use descent::gradient_descent::gradient_descent;
pub use descent::lbfgs::lbfgs;
pub use descent::newton::newton;
pub use error::MinimizeError;
pub use gradus_linalg::{LinalgError, nalgebra};
pub use gradus_random::rand;
pub use least_squares::gauss_newton::gauss_newton;
pub use least_squares::levenberg_marquardt::levenberg_marquardt;
pub use line_search::rule::{LineSearch, LineStep, line_search};
pub use projections::affine::AffineSet;
pub use projections::ball::Ball;
pub use projections::bounds::Bounds;
pub use projections::half_space::HalfSpace;
pub use projections::set::{ConvexSet, LinearMinimum};
pub use projections::simplex::ScaledSimplex;
pub use scalar::brent::brent;
pub use scalar::golden_section::{Minimum, golden_section};
pub use trust_region::dogleg::dogleg;
pub use trust_region::steihaug::steihaug;
