//! Numbers in lines and named columns.

pub(crate) mod labelled;
pub(crate) mod table;

pub use labelled::LabelledTable;
pub use table::Table;
