//! What stands in a chain, one equation a file.

pub(crate) mod adafactor;
pub(crate) mod adagrad;
pub(crate) mod adam;
pub(crate) mod average;
pub(crate) mod clip_by_global_norm;
pub(crate) mod clip_by_value;
pub(crate) mod l1;
pub(crate) mod lbfgs;
pub(crate) mod learning_rate;
pub(crate) mod lion;
pub(crate) mod lookahead;
pub(crate) mod muon;
pub(crate) mod parameter_rms;
pub(crate) mod plateau;
pub(crate) mod rms;
pub(crate) mod scale_by_factor;
pub(crate) mod schedule_free;
pub(crate) mod scheduled;
pub(crate) mod standard_deviation;
pub(crate) mod trace;
pub(crate) mod trust_ratio;
pub(crate) mod weight_decay;
