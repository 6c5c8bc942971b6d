#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;
pub mod functions;
mod matrix;
mod scalars;
mod shape;
mod simplex;
mod sums;

pub use error::NumericError;
pub use functions::activations::elu::{celu, elu, selu};
pub use functions::activations::gelu::{gelu, gelu_tanh};
pub use functions::activations::hard::{hard_sigmoid, hard_swish, hard_tanh, relu6};
pub use functions::activations::leaky_relu::leaky_relu;
pub use functions::activations::log_cosh::log_cosh;
pub use functions::activations::log_sigmoid::log_sigmoid;
pub use functions::activations::mish::mish;
pub use functions::activations::relu::relu;
pub use functions::activations::sigmoid::sigmoid;
pub use functions::activations::silu::silu;
pub use functions::activations::softplus::softplus;
pub use functions::activations::softplus_inverse::softplus_inverse;
pub use functions::activations::softsign::softsign;
pub use functions::logarithms::log1mexp::log1mexp;
pub use functions::logarithms::logaddexp::logaddexp;
pub use functions::logarithms::logit::logit;
pub use functions::logarithms::logsubexp::logsubexp;
pub use functions::logarithms::xlog1py::xlog1py;
pub use functions::logarithms::xlogx::{entr, xlogx};
pub use functions::logarithms::xlogy::xlogy;
pub use functions::roots::cbrt::cbrt;
pub use functions::roots::hypot::hypot;
pub use functions::special::deviance::deviance;
pub use functions::special::erf::{erf, erfc, normal_cdf};
pub use functions::special::erfinv::{erfcinv, erfinv};
pub use functions::special::gamma::{gamma, ln_gamma};
pub use functions::special::incomplete_beta::{beta_pq, beta_regularized, ln_beta_pq};
pub use functions::special::incomplete_gamma::{gamma_p, gamma_pq, gamma_q, ln_gamma_pq};
pub use functions::special::incomplete_inverse::{
    beta_pq_inverse, beta_regularized_inverse, gamma_p_inverse, gamma_pq_inverse, gamma_q_inverse,
};
pub use functions::special::ln_beta::ln_beta;
pub use functions::special::ln_binomial::{ln_binomial, ln_factorial};
pub use functions::special::normal::{normal_ln_cdf, normal_quantile};
pub use functions::special::polygamma::{digamma, polygamma, trigamma};
pub use functions::special::power_deviance::power_deviance;
pub use functions::special::stirling_error::stirling_error;
pub use matrix::kernels::{add_column, map, map2, map3, sum_rows};
pub use matrix::matrix_mut::MatrixMut;
pub use matrix::matrix_ref::MatrixRef;
pub use scalars::float::Float;
pub use scalars::function::{Binary, Unary, pull};
pub use scalars::powers_of_two::{binary_exponent, ldexp};
pub use scalars::real::Real;
pub use scalars::simd::vectorized;
pub use shape::{Order, Shape};
pub use simplex::Simplex;
pub use sums::extremes::{argmax, argmin, maximum, minimum};
pub use sums::log_sum_exp::{log_mean_exp, log_sum_exp, log_sum_exp_weighted};
pub use sums::moments::{Moments, mean, variance};
pub use sums::norm::{norm_infinity, norm1, norm2};
pub use sums::quantile::quantile_of_sorted;
pub use sums::running_log_sum_exp::LogSumExp;
pub use sums::softmax::{log_softmax, softmax, softmax_with_temperature};
pub use sums::sum::{CompensatedSum, compensated_dot, compensated_sum, pairwise_sum};
