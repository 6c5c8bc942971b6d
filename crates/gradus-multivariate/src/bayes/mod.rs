//! What data say about parameters.

pub(crate) mod normal_inverse_wishart;
