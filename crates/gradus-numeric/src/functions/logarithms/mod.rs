//! Logarithms of probabilities, of their sums and of their complements.

pub(crate) mod log1mexp;
pub(crate) mod logaddexp;
pub(crate) mod logit;
pub(crate) mod logsubexp;
pub(crate) mod xlog1py;
pub(crate) mod xlogx;
pub(crate) mod xlogy;
