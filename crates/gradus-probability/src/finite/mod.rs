//! Random variables on finite sets, one and two at a time.

pub(crate) mod joint;
pub(crate) mod moments;
