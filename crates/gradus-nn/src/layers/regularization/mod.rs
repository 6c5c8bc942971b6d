//! Noise against learning by heart.

mod alpha_dropout;
mod channel_dropout;
mod dropout;
mod mask;

pub use alpha_dropout::AlphaDropout;
pub use channel_dropout::ChannelDropout;
pub use dropout::Dropout;
