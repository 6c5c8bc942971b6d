//! The theorems of information theory on finite sets, as properties.

#[path = "laws/divergences.rs"]
mod divergences;
#[path = "laws/entropies.rs"]
mod entropies;
#[path = "laws/families.rs"]
mod families;
#[path = "laws/generators.rs"]
mod generators;
#[path = "laws/mutual.rs"]
mod mutual;
