//! What goes into an algorithm, and what must hold before an answer comes out.

pub(crate) mod check;
pub(crate) mod probe;
pub(crate) mod scaled;
pub(crate) mod size;
pub(crate) mod tolerance;
