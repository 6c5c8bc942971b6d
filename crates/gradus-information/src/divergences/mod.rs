//! How far one distribution is from another, measured in information.

pub(crate) mod cross_entropy;
pub(crate) mod hellinger;
pub(crate) mod jensen_shannon;
pub(crate) mod kl;
mod pairs;
pub(crate) mod total_variation;
