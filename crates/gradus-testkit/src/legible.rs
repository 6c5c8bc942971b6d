//! Matrices in reports, as rows.

use std::fmt::{Debug, Formatter, Result, Write};

/// What a value prints, with every matrix in it as its rows: `[1.0, 2.0; 3.0, 4.0]`.
pub(crate) struct Legible<'a>(pub(crate) &'a dyn Debug);

impl Debug for Legible<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let text = format!("{:?}", self.0);
        let mut rest = text.as_str();
        while let Some((before, matrix, after)) = next_matrix(rest) {
            write!(f, "{before}{matrix}")?;
            rest = after;
        }
        f.write_str(rest)
    }
}

/// What stands before the first matrix, its rows, and what stands behind.
///
/// nalgebra prints how it stores a matrix: all entries, column by column, then the shape.
fn next_matrix(text: &str) -> Option<(&str, String, &str)> {
    let (before, inside) = text.split_once("VecStorage { data: [")?;
    let (entries, shape) = inside.split_once("], nrows: ")?;
    let (rows, shape) = shape.split_once(", ncols: ")?;
    let (columns, after) = shape.split_once(" }")?;
    let (rows, columns) = (dimension(rows)?, dimension(columns)?);
    let entries: Vec<&str> = entries.split(", ").collect();
    Some((before, by_rows(&entries, rows, columns)?, after))
}

/// `Dyn(3)` is 3; a vector's one column is a constant of the type.
fn dimension(text: &str) -> Option<usize> {
    match text.strip_prefix("Dyn(") {
        Some(number) => number.strip_suffix(')')?.parse().ok(),
        None => Some(1),
    }
}

fn by_rows(entries: &[&str], rows: usize, columns: usize) -> Option<String> {
    if rows * columns == 0 {
        return Some(format!("[{rows} × {columns}]"));
    }
    let mut text = String::from("[");
    for i in 0..rows {
        for j in 0..columns {
            let separator = match (i, j) {
                (0, 0) => "",
                (_, 0) => "; ",
                _ => ", ",
            };
            write!(text, "{separator}{}", entries.get(i + j * rows)?).ok()?;
        }
    }
    text.push(']');
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::DMatrix;

    #[test]
    fn matrices_are_shown_as_rows() {
        let a = DMatrix::from_row_slice(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.5, -6.0]);
        let empty = DMatrix::<f64>::zeros(0, 2);
        let shown = format!("{:?}", Legible(&(&a, 7, empty, a.column(0).into_owned())));
        assert_eq!(
            shown,
            "([1.0, 2.0, 3.0; 4.0, 5.5, -6.0], 7, [0 × 2], [1.0; 4.0])"
        );
        assert_eq!(format!("{:?}", Legible(&"no matrix")), "\"no matrix\"");
    }
}
