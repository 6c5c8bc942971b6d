//! Numbers in a file have an order. Book: *Files of models*.

/// The rows of a matrix whose numbers stand in a file one after the other: row by row (C order), or column by column if `fortran`
/// is true. There are `rows * columns` numbers, and both are positive.
pub fn read_array(data: &[f64], rows: usize, columns: usize, fortran: bool) -> Vec<Vec<f64>> {
    todo!("{data:?} {rows} {columns} {fortran}")
}

gradus_judges::judge!(read_array);
