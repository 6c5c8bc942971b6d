//! Whether a matrix fits into memory, and into a system.

use crate::error::LinalgError;
use crate::kernels::view::shape;
use gradus_numeric::Shape;
use nalgebra::DMatrix;
use std::hint::black_box;

/// Refuses, before anything is computed, a result that memory cannot hold: asks for it once and gives it back.
///
/// Empty operands of any shape are cheap, their products need not be; and a number of entries that overflows would make
/// nalgebra write outside of the few that it allocates.
pub(crate) fn check_size<T>(operation: &'static str, shape: Shape) -> Result<(), LinalgError> {
    let too_large = LinalgError::TooLarge { operation, shape };
    let Some(entries) = shape.checked_len() else {
        return Err(too_large);
    };
    // Seen through, it would be taken for granted.
    let mut room = black_box(Vec::<T>::new());
    room.try_reserve_exact(entries).map_err(|_| too_large)
}

/// Whether `a` is square and has as many rows as the right-hand side.
pub(crate) fn check_rows<T>(
    operation: &'static str,
    a: &DMatrix<T>,
    rows: usize,
) -> Result<(), LinalgError> {
    let (left, right) = (shape(a), Shape::new(rows, 1));
    if left.rows != left.columns {
        let shape = left;
        return Err(LinalgError::NotSquare { operation, shape });
    }
    if left.rows != rows {
        return Err(LinalgError::ShapeMismatch {
            operation,
            left,
            right,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check_size;
    use gradus_numeric::Shape;

    #[test]
    fn what_no_memory_holds_is_refused() {
        let fits = |m, n| check_size::<f64>("test", Shape::new(m, n)).is_ok();
        assert!(fits(usize::MAX, 0) && fits(0, 0) && fits(1000, 100));
        // More entries than can be counted, more bytes, more than any processor can address.
        assert!(!fits(usize::MAX, 2) && !fits(usize::MAX / 16, 2) && !fits(1 << 27, 1 << 27));
    }
}
