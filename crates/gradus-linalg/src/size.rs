//! Whether a matrix fits into memory.

use crate::error::LinalgError;
use gradus_numeric::Shape;

/// Refuses, before anything is allocated, a result that no memory can hold.
///
/// Empty operands of any shape are cheap, their products need not be; and a number of entries that overflows would make
/// nalgebra write outside of the few that it allocates.
pub(crate) fn check_size<T>(operation: &'static str, shape: Shape) -> Result<(), LinalgError> {
    let bytes = shape
        .checked_len()
        .and_then(|n| n.checked_mul(size_of::<T>()));
    match bytes.map(isize::try_from) {
        Some(Ok(_)) => Ok(()),
        _ => Err(LinalgError::TooLarge { operation, shape }),
    }
}

#[cfg(test)]
mod tests {
    use super::check_size;
    use gradus_numeric::Shape;

    #[test]
    fn bytes_are_counted_not_entries() {
        let half = usize::MAX / 16;
        assert!(check_size::<u8>("test", Shape::new(half, 2)).is_ok());
        assert!(check_size::<f64>("test", Shape::new(half, 2)).is_err());
        assert!(check_size::<u8>("test", Shape::new(half, 17)).is_err());
        assert!(check_size::<f64>("test", Shape::new(usize::MAX, 0)).is_ok());
    }
}
