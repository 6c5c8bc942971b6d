//! The theorems of fairness, as properties.

#[path = "laws/groups.rs"]
mod groups;
#[path = "laws/impossibility.rs"]
mod impossibility;
#[path = "laws/mitigation.rs"]
mod mitigation;
#[path = "laws/scores.rs"]
mod scores;
