//! Learning rates that change from step to step.

pub(crate) mod constant;
pub(crate) mod cosine;
pub(crate) mod schedule;
pub(crate) mod step_decay;
pub(crate) mod warm_up;
