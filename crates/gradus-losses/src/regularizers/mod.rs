//! What large parameters cost.

pub(crate) mod elastic_net;
pub(crate) mod group_lasso;
pub(crate) mod regularizer;
