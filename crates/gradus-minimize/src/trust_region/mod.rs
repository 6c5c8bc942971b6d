//! Newton's method where the model is trusted.

pub(crate) mod dogleg;
pub(crate) mod region;
pub(crate) mod steihaug;
