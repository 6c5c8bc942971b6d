//! Losses of directions and distances: what is near to what.

pub(crate) mod contrastive;
pub(crate) mod cosine_distance;
pub(crate) mod distance;
pub(crate) mod nt_xent;
pub(crate) mod triplet;
pub(crate) mod views;
