//! One judge a task.

mod adam_step;
mod back_substitution;
mod compensated_sum;
mod dot_product;
mod elimination;
mod log_sum_exp;
mod matrix_product;
mod matrix_vector_product;
mod norm2;
mod sigmoid;
mod sigmoid_slope;
mod softmax;
mod softmax_cross_entropy_gradient;
mod transpose;
mod variance;

pub use adam_step::{AdamStep, adam_step};
pub use back_substitution::back_substitution;
pub use compensated_sum::compensated_sum;
pub use dot_product::dot_product;
pub use elimination::elimination;
pub use log_sum_exp::log_sum_exp;
pub use matrix_product::matrix_product;
pub use matrix_vector_product::matrix_vector_product;
pub use norm2::norm2;
pub use sigmoid::sigmoid;
pub use sigmoid_slope::sigmoid_slope;
pub use softmax::softmax;
pub use softmax_cross_entropy_gradient::softmax_cross_entropy_gradient;
pub use transpose::transpose;
pub use variance::variance;
