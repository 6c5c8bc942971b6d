//! One judge a task, in the order of the ladder.

mod adam_step;
mod log_sum_exp;
mod softmax_cross_entropy_gradient;

pub use adam_step::{AdamStep, adam_step};
pub use log_sum_exp::log_sum_exp;
pub use softmax_cross_entropy_gradient::softmax_cross_entropy_gradient;
