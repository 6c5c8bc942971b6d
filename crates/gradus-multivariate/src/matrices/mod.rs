//! Positive definite matrices by their triangular roots.

pub(crate) mod ellipsoid;
pub(crate) mod factor;
pub(crate) mod substitution;
