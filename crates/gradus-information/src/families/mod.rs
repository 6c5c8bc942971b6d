//! Closed forms within the families of `gradus-probability`.

pub(crate) mod fisher;
pub(crate) mod fisher_matrix;
pub(crate) mod kl;
pub(crate) mod mutual;
pub(crate) mod relative_entropy;
mod shapes;
