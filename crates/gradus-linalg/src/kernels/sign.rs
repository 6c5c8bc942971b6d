//! The sign of vectors that are unique only up to their sign.

use crate::kernels::view::{column_mut, columns};
use nalgebra::DMatrix;

/// The index of the first entry that is as large as any, within $`\sqrt\varepsilon`$: rounding errors do not
/// choose among entries that are equal in exact arithmetic.
pub(crate) fn leading(moduli: &[f64]) -> Option<usize> {
    let largest = moduli.iter().copied().fold(0.0, f64::max);
    let threshold = largest * (1.0 - f64::EPSILON.sqrt());
    moduli.iter().position(|&x| x >= threshold)
}

/// $`\pm 1`$ for every column: the factor that makes its leading entry positive.
pub(crate) fn signs(a: &DMatrix<f64>) -> Vec<f64> {
    let sign = |x: &[f64]| {
        let moduli: Vec<f64> = x.iter().map(|x| x.abs()).collect();
        match leading(&moduli) {
            Some(i) if x[i] < 0.0 => -1.0,
            _ => 1.0,
        }
    };
    columns(a).map(sign).collect()
}

/// $`x \leftarrow -x`$.
pub(crate) fn turn_around(x: &mut [f64]) {
    for x in x {
        *x = -*x;
    }
}

/// Every column times its sign.
pub(crate) fn times_signs(mut a: DMatrix<f64>, signs: &[f64]) -> DMatrix<f64> {
    for (j, &sign) in signs.iter().enumerate() {
        if sign < 0.0 {
            turn_around(column_mut(&mut a, j));
        }
    }
    a
}

#[cfg(test)]
mod tests {
    use super::{leading, signs, times_signs};
    use nalgebra::DMatrix;

    #[test]
    fn rounding_does_not_choose_the_leading_entry() {
        assert_eq!(leading(&[]), None);
        assert_eq!(leading(&[0.0, 0.0]), Some(0));
        assert_eq!(leading(&[0.5, 1.0, 1.0 + 1e-15]), Some(1));
        assert_eq!(leading(&[0.5, 1.0, 1.0 + 1e-6]), Some(2));
    }

    #[test]
    fn the_leading_entry_becomes_positive() {
        let a = DMatrix::from_row_slice(2, 3, &[-0.6, -0.6, 0.0, 0.6, 0.8, 0.0]);
        assert_eq!(signs(&a), [-1.0, 1.0, 1.0]);
        let oriented = times_signs(a.clone(), &signs(&a));
        assert_eq!(
            oriented,
            DMatrix::from_row_slice(2, 3, &[0.6, -0.6, 0.0, -0.6, 0.8, 0.0])
        );
    }
}
