#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod cases;
mod checkers;
mod comparisons;
pub mod golden;
pub mod laws;
mod legible;
pub mod strategies;

pub use cases::cases;
pub use checkers::gradient;
pub use comparisons::{
    Violation, all_relative, all_same_bits, all_same_bits_f32, all_scaled, all_within_ulps,
    at_least, at_most, relative, same_bits, same_bits_f32, scaled, ulp_distance, ulp_distance_f32,
    within_ulps, within_ulps_f32,
};
pub use nalgebra;
pub use proptest;
