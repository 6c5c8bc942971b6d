//! Learning rates that change from step to step.

pub(crate) mod constant;
pub(crate) mod cosine;
pub(crate) mod exponential;
pub(crate) mod inverse_root;
pub(crate) mod one_cycle;
pub(crate) mod polynomial;
pub(crate) mod restarts;
pub(crate) mod schedule;
pub(crate) mod step_decay;
pub(crate) mod switch;
pub(crate) mod triangular;
pub(crate) mod warm_up;
