//! Comparisons of numbers, and what they answer.

mod assertions;
mod ulp;
mod violation;

pub use assertions::{
    all_relative, all_same_bits, all_same_bits_f32, all_scaled, all_within_ulps, at_least, at_most,
    relative, same_bits, same_bits_f32, scaled, within_ulps, within_ulps_f32,
};
pub use ulp::{ulp_distance, ulp_distance_f32};
pub use violation::Violation;
