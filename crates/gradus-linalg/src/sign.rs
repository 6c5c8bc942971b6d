//! The sign of vectors that are unique only up to their sign.

use faer::{Mat, MatRef};

/// The index of the first entry that is as great as any, within $`\sqrt\varepsilon`$: rounding errors do not
/// choose among entries that are equal in exact arithmetic.
pub(crate) fn leading(moduli: &[f64]) -> Option<usize> {
    let greatest = moduli.iter().copied().fold(0.0, f64::max);
    let threshold = greatest * (1.0 - f64::EPSILON.sqrt());
    moduli.iter().position(|&x| x >= threshold)
}

/// $`\pm 1`$ for every column: the factor that makes its leading entry positive.
pub(crate) fn signs(a: MatRef<'_, f64>) -> Vec<f64> {
    let sign = |j: usize| {
        let moduli: Vec<f64> = a.col(j).iter().map(|x| x.abs()).collect();
        match leading(&moduli) {
            Some(i) if a[(i, j)] < 0.0 => -1.0,
            _ => 1.0,
        }
    };
    (0..a.ncols()).map(sign).collect()
}

/// Every column times its sign.
pub(crate) fn times_signs(a: MatRef<'_, f64>, signs: &[f64]) -> Mat<f64> {
    Mat::from_fn(a.nrows(), a.ncols(), |i, j| signs[j] * a[(i, j)])
}

#[cfg(test)]
mod tests {
    use super::{leading, signs, times_signs};
    use faer::mat;

    #[test]
    fn rounding_does_not_choose_the_leading_entry() {
        assert_eq!(leading(&[]), None);
        assert_eq!(leading(&[0.0, 0.0]), Some(0));
        assert_eq!(leading(&[0.5, 1.0, 1.0 + 1e-15]), Some(1));
        assert_eq!(leading(&[0.5, 1.0, 1.0 + 1e-6]), Some(2));
    }

    #[test]
    fn the_leading_entry_becomes_positive() {
        let a = mat![[-0.6, -0.6, 0.0], [0.6, 0.8, 0.0]];
        assert_eq!(signs(a.as_ref()), [-1.0, 1.0, 1.0]);
        let oriented = times_signs(a.as_ref(), &signs(a.as_ref()));
        assert_eq!(oriented, mat![[0.6, -0.6, 0.0], [-0.6, 0.8, 0.0]]);
    }
}
