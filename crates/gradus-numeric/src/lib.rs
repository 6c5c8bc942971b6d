#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;
mod float;
mod function;
pub mod functions;
mod kernels;
mod log_sum_exp;
mod matrix;
mod norm;
mod power;
mod real;
mod simd;
mod simplex;
mod softmax;
mod sum;

pub use error::NumericError;
pub use float::Float;
pub use function::{Binary, Unary, pull};
pub use functions::erf::{erf, erfc, normal_cdf};
pub use functions::erfinv::{erfcinv, erfinv};
pub use functions::log_sigmoid::log_sigmoid;
pub use functions::log1mexp::log1mexp;
pub use functions::logaddexp::logaddexp;
pub use functions::logit::logit;
pub use functions::normal::{normal_log_cdf, normal_quantile};
pub use functions::relu::relu;
pub use functions::sigmoid::sigmoid;
pub use functions::softplus::softplus;
pub use functions::xlogy::xlogy;
pub use kernels::{add_column, map, map2, map3, sum_rows};
pub use log_sum_exp::log_sum_exp;
pub use matrix::{MatrixMut, MatrixRef, Order, Shape};
pub use norm::{norm_infinity, norm1, norm2};
pub use power::{binary_exponent, ldexp};
pub use real::Real;
pub use simd::vectorized;
pub use simplex::Simplex;
pub use softmax::{log_softmax, softmax};
pub use sum::{CompensatedSum, compensated_dot, compensated_sum, pairwise_sum};
