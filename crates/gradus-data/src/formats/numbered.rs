//! Tables whose columns have no names.

use crate::error::DataError;
use crate::formats::input::check;
use crate::formats::limits::Limits;
use crate::tables::table::Table;

/// A table whose columns are named by their numbers.
pub(super) fn numbered(columns: u64, numbers: Vec<f64>) -> Result<Table, DataError> {
    // Without a line no number stands for a column: a file of a hundred bytes may tell of 2^63 of them.
    let allowed = Limits::default().columns.max(numbers.len() as u64);
    check("columns", allowed, columns)?;
    Table::new((0..columns).map(|i| i.to_string()), numbers)
}
