//! How much two groupings of the same samples have in common.

mod contingency;
mod groupings;

pub use contingency::Contingency;
pub use groupings::{
    adjusted_mutual_information, adjusted_rand_index, normalized_mutual_information,
};
