//! Rotations, reflections and orthonormal columns.

pub(crate) mod givens;
pub(crate) mod gram_schmidt;
pub(crate) mod householder;
pub(crate) mod householder_qr;
pub(crate) mod pivoted_qr;
pub(crate) mod qr;
