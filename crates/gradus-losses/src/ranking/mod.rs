//! Losses of orders: what comes before what.

pub(crate) mod list_net;
pub(crate) mod margin_ranking;
