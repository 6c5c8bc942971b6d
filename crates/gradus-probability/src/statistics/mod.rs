//! Parameters from data, and samples themselves: their distribution, quantiles, bins.

pub(crate) mod bins;
pub(crate) mod empirical;
pub(crate) mod fit;
pub(crate) mod quantile;
pub(crate) mod sample;
