//! A part of the way from one number to another.

use gradus_numeric::Float;

/// The point that lies `share` of the way from `a` to `x`, for shares from 0 to 1.
///
/// It starts from the nearer end, so that the ends are exact and equal numbers stay what they are: a weighted mean
/// $`\beta a + (1 - \beta) x`$ would drift by the rounding of its weights, which in single precision moves an average
/// with $`\beta = 0.9999`$ by $`1.7 \cdot 10^{-4}`$ of its value.
#[inline(always)]
pub(crate) fn toward<T: Float>(a: T, x: T, share: T) -> T {
    let (gap, rest) = (x - a, T::from_f64(1.0) - share);
    if share < rest {
        a + share * gap
    } else {
        x - rest * gap
    }
}

#[cfg(test)]
mod tests {
    use super::toward;

    #[test]
    fn ends_are_exact() {
        for (a, x) in [(1e30_f32, 1e-3), (-0.1, 0.7), (3.0, 3.0)] {
            assert_eq!((toward(a, x, 0.0), toward(a, x, 1.0)), (a, x));
        }
        assert_eq!(toward(1.0, 5.0, 0.25), 2.0);
        assert_eq!(toward(1.0, 5.0, 0.75), 4.0);
        assert_eq!(toward(0.1_f32, 0.1, 1e-4), 0.1);
    }
}
