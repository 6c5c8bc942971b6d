//! Images that are altered a little, so that a network does not learn them by heart.

mod affine_map;
mod augmenter;
mod displacement;
mod erase;
mod mixing;
mod resample;

pub use affine_map::AffineMap;
pub use augmenter::{Augmentation, Augmenter, Elastic};
pub use displacement::Displacement;
pub use erase::Rectangle;
pub use mixing::{cut_mix, mix_up, mixing_share};
pub use resample::warp;
