//! Memory that may not be there.

use crate::error::NnError;
use gradus_numeric::Float;
use gradus_pages::LargePages;

/// `count` times the number `x`, if there is memory for that.
///
/// # Errors
///
/// [`NnError::TooLarge`], before any memory is touched.
pub(crate) fn filled<T: Copy>(what: &'static str, count: usize, x: T) -> Result<Vec<T>, NnError> {
    let mut numbers = Vec::new();
    let reserved = numbers.try_reserve_exact(count);
    reserved.map_err(|_| too_large::<T>(what, count))?;
    numbers.resize(count, x);
    Ok(numbers)
}

/// `count` zeros that steps read or write again and again, in large pages if there is memory for that.
///
/// # Errors
///
/// [`NnError::TooLarge`], before any memory is touched.
pub(crate) fn zeros<T: Float>(what: &'static str, count: usize) -> Result<LargePages<T>, NnError> {
    LargePages::zeros(count).map_err(|_| too_large::<T>(what, count))
}

/// Whether there is memory for `times` vectors of `count` numbers, all at once.
///
/// # Errors
///
/// [`NnError::TooLarge`], with the numbers of all vectors.
pub(crate) fn check_room<T: Copy>(
    what: &'static str,
    count: usize,
    times: usize,
) -> Result<(), NnError> {
    let all = count.saturating_mul(times);
    // Asked for as one piece: systems promise single pieces that they do not have together.
    let reserved = Vec::<T>::new().try_reserve_exact(all);
    reserved.map_err(|_| too_large::<T>(what, all))
}

fn too_large<T>(what: &'static str, numbers: usize) -> NnError {
    let bytes = numbers as u128 * size_of::<T>() as u128;
    NnError::TooLarge {
        what,
        numbers,
        bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_machine_has_is_refused() {
        let huge = NnError::TooLarge {
            what: "numbers",
            numbers: 1 << 62,
            bytes: 1 << 65,
        };
        assert_eq!(filled("numbers", 1 << 62, 0.0_f64), Err(huge.clone()));
        assert_eq!(zeros::<f64>("numbers", 1 << 62), Err(huge.clone()));
        assert_eq!(check_room::<f64>("numbers", 1 << 60, 4), Err(huge));
        assert_eq!(filled("numbers", 2, 0.5_f64), Ok(vec![0.5; 2]));
        assert_eq!(check_room::<f64>("numbers", 1000, 3), Ok(()));
    }
}
