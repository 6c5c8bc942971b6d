//! Losses of directions: what is near to what.

pub(crate) mod cosine_distance;
