//! How far one distribution is from another, measured in information.

pub(crate) mod bhattacharyya;
pub(crate) mod cross_entropy;
pub(crate) mod f_divergence;
pub(crate) mod hellinger;
pub(crate) mod jensen_shannon;
pub(crate) mod jensen_shannon_weighted;
pub(crate) mod kernel_distance;
pub(crate) mod kl;
pub(crate) mod on_the_line;
pub(crate) mod order;
mod pairs;
pub(crate) mod total_variation;
