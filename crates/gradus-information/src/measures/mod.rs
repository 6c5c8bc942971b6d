//! How much there is to learn from one variable, and from one about another.

pub(crate) mod conditional_mutual;
pub(crate) mod entropy;
pub(crate) mod mutual;
pub(crate) mod normalized;
pub(crate) mod order;
pub(crate) mod partial;
pub(crate) mod total_correlation;
pub(crate) mod unique;
