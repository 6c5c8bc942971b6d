//! Sums that know what they lost, and what is made of them: means, lengths, logarithms of sums.

pub(crate) mod extremes;
pub(crate) mod log_sum_exp;
pub(crate) mod moments;
pub(crate) mod norm;
pub(crate) mod quantile;
pub(crate) mod running_log_sum_exp;
pub(crate) mod softmax;
pub(crate) mod sum;
