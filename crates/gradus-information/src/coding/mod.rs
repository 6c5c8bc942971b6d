//! Codes, and the rates that no code beats.

pub(crate) mod arithmetic;
pub(crate) mod bottleneck;
pub(crate) mod capacity;
pub(crate) mod huffman;
pub(crate) mod prefix_code;
pub(crate) mod rate_distortion;
