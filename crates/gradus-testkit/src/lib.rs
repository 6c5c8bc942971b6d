#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod assertions;
mod cases;
pub mod golden;
pub mod gradient;
pub mod laws;
pub mod strategies;
mod ulp;
mod violation;

pub use assertions::{
    all_relative, all_same_bits, all_same_bits_f32, all_scaled, all_within_ulps, at_most, relative,
    same_bits, same_bits_f32, scaled, within_ulps, within_ulps_f32,
};
pub use cases::cases;
pub use nalgebra;
pub use proptest;
pub use ulp::{ulp_distance, ulp_distance_f32};
pub use violation::Violation;
