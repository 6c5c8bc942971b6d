//! Data with one sample a column: how features vary together.

pub(crate) mod affine;
pub(crate) mod centered;
pub(crate) mod covariance;
pub(crate) mod pca;
pub(crate) mod whitening;
