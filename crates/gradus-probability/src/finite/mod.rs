//! Finite probability: events, joint tables, networks, Markov chains, and the moments of variables on them.

pub(crate) mod deviations;
pub(crate) mod event;
pub(crate) mod factor;
pub(crate) mod joint;
pub(crate) mod joint_distribution;
pub(crate) mod markov_chain;
pub(crate) mod moments;
pub(crate) mod network;
mod stationary;
mod variables;
