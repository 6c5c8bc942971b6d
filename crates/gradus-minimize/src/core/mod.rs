//! What all methods share: points, when to stop, what to report.

pub(crate) mod counted;
pub(crate) mod point;
pub(crate) mod progress;
pub(crate) mod report;
pub(crate) mod stopping;
pub(crate) mod vector;
