//! How much there is to learn from one variable, and from one about another.

pub(crate) mod entropy;
pub(crate) mod mutual;
