//! The theorems of search, as properties.

#[path = "laws/space.rs"]
mod space;
#[path = "laws/surrogate.rs"]
mod surrogate;
#[path = "laws/trials.rs"]
mod trials;
