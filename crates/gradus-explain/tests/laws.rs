//! The theorems of attribution, as properties.

#[path = "laws/global.rs"]
mod global;
#[path = "laws/gradients.rs"]
mod gradients;
#[path = "laws/local.rs"]
mod local;
#[path = "laws/models.rs"]
mod models;
#[path = "laws/shapley.rs"]
mod shapley;
