//! The theorems of information theory on finite sets, as properties.

#[path = "laws/coding.rs"]
mod coding;
#[path = "laws/divergences.rs"]
mod divergences;
#[path = "laws/entropies.rs"]
mod entropies;
#[path = "laws/estimators.rs"]
mod estimators;
#[path = "laws/families.rs"]
mod families;
#[path = "laws/fisher.rs"]
mod fisher;
#[path = "laws/generators.rs"]
mod generators;
#[path = "laws/groups.rs"]
mod groups;
#[path = "laws/members.rs"]
mod members;
#[path = "laws/mutual.rs"]
mod mutual;
#[path = "laws/nearest.rs"]
mod nearest;
#[path = "laws/orders.rs"]
mod orders;
#[path = "laws/partial.rs"]
mod partial;
#[path = "laws/samples.rs"]
mod samples;
