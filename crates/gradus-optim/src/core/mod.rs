//! The contract: layouts, gradients, states, transformations, chains and the steps they make.

pub(crate) mod accumulation;
pub(crate) mod chain;
pub(crate) mod curvature;
pub(crate) mod entrywise;
pub(crate) mod global_norm;
pub(crate) mod gradient;
pub(crate) mod layout;
pub(crate) mod link;
pub(crate) mod loops;
pub(crate) mod ordinary;
pub(crate) mod pair;
pub(crate) mod pass;
pub(crate) mod plan;
pub(crate) mod settings;
pub(crate) mod squares;
pub(crate) mod state;
pub(crate) mod step;
pub(crate) mod toward;
pub(crate) mod transformation;
