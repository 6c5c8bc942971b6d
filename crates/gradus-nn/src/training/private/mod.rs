//! Private training: samples drawn by chance, gradients clipped one by one, noise.

mod checkpoint;
mod clip;
mod gradient;
mod noise;
mod settings;
mod training;
mod ways_back;

pub use settings::Private;
pub use training::PrivateTraining;
