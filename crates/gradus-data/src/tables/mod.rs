//! Numbers in lines and named columns.

pub(crate) mod table;

pub use table::{LabelledTable, Table};
