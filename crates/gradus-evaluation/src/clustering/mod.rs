//! How much two groupings of the same samples have in common.

mod contingency;

pub use contingency::{
    adjusted_mutual_information, adjusted_rand_index, normalized_mutual_information,
};
