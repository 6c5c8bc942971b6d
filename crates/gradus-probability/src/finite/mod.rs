//! Finite probability: events, joint tables, networks, and the moments of variables on them.

pub(crate) mod deviations;
pub(crate) mod event;
pub(crate) mod factor;
pub(crate) mod joint;
pub(crate) mod joint_distribution;
pub(crate) mod moments;
pub(crate) mod network;
mod variables;
