//! Reverse mode: the list of operations, its memory, the way back, and the handles that record.
//!
//! Bottom up: `footprint`, `form`, `rule`, `visit`, `node`, `fit`, `sweep`, `arena`, `tape` with `var`, `reorder`, `matrix`.

mod arena;
mod fit;
mod footprint;
mod form;
mod matrix;
mod node;
mod reorder;
mod rule;
mod sweep;
mod tape;
mod var;
mod visit;

pub use arena::Arena;
pub(crate) use fit::{mismatch, only, products, same};
pub use footprint::Footprint;
pub use form::Form;
pub use matrix::MatrixVar;
pub(crate) use node::SCALAR;
pub use rule::{Point, Rule, Stored};
pub use tape::Tape;
pub use var::Var;
pub use visit::{Share, Visit};
