//! How far two embeddings are apart.

use gradus_numeric::norm2;
use std::iter::zip;

/// How far two columns are apart.
///
/// | distance | $`D(a, b)`$ | $`\partial D / \partial a`$ |
/// |---|---|---|
/// | `Euclidean` | $`\lVert a - b \rVert_2`$ | $`(a - b) / D`$ |
/// | `SquaredEuclidean` | $`\lVert a - b \rVert_2^2`$ | $`2 (a - b)`$ |
/// | `Manhattan` | $`\lVert a - b \rVert_1`$ | $`\operatorname{sgn}(a - b)`$ |
///
/// # Numerics
///
/// The Euclidean distance neither overflows nor vanishes where its square does. At distance 0 the gradient is 0, the subgradient
/// of least norm. Squares of differences beyond 1e154 are infinite, and a difference of two such distances is NaN. PyTorch adds
/// 1e-6 to every difference instead, so there equal columns have the distance $`10^{-6} \sqrt m`$.
///
/// # Examples
///
/// See [`Triplet`](crate::Triplet).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Distance {
    /// The length of the difference; the default, PyTorch's `p=2`.
    #[default]
    Euclidean,
    /// Its square, as in `FaceNet`.
    SquaredEuclidean,
    /// The sum of the magnitudes, PyTorch's `p=1`.
    Manhattan,
}

impl Distance {
    /// $`D(a, b)`$.
    pub(crate) fn between(self, a: &[f64], b: &[f64]) -> f64 {
        match self {
            Self::Euclidean => euclidean(a, b),
            Self::SquaredEuclidean => squared(a, b),
            Self::Manhattan => zip(a, b).map(|(a, b)| (a - b).abs()).sum(),
        }
    }

    /// $`\partial D / \partial a_k`$ from $`a_k - b_k`$ and $`D`$.
    pub(crate) fn slope(self, difference: f64, distance: f64) -> f64 {
        match self {
            Self::Euclidean | Self::Manhattan if difference == 0.0 => 0.0,
            Self::Euclidean => difference / distance,
            Self::SquaredEuclidean => 2.0 * difference,
            Self::Manhattan => difference.signum(),
        }
    }
}

fn euclidean(a: &[f64], b: &[f64]) -> f64 {
    let squared = squared(a, b);
    // where the square has all its digits its root is the answer
    if (SAFE..1.0 / SAFE).contains(&squared) {
        return squared.sqrt();
    }
    let difference: Vec<f64> = zip(a, b).map(|(a, b)| a - b).collect();
    norm2(&difference)
}

/// $`\lVert a - b \rVert^2`$, summed in eight parts, so that the loop is vectorized.
fn squared(a: &[f64], b: &[f64]) -> f64 {
    let mut parts = [0.0; 8];
    for (a, b) in zip(a.chunks(8), b.chunks(8)) {
        for (part, (a, b)) in zip(&mut parts, zip(a, b)) {
            *part += (a - b) * (a - b);
        }
    }
    parts.iter().sum()
}

/// 2⁻⁹⁰⁰: a sum of squares above it loses nothing that counts to numbers below the smallest normal one, 2⁻¹⁰²².
const SAFE: f64 = 1.183_052_186_166_774_7e-271;

#[cfg(test)]
mod tests {
    use super::{Distance, SAFE};

    #[test]
    fn distances_by_hand() {
        let (a, b) = ([1.0, 2.0, 3.0], [1.0, 5.0, -1.0]);
        let of = |distance: Distance| distance.between(&a, &b);
        assert_eq!(of(Distance::Euclidean), 5.0);
        assert_eq!(of(Distance::SquaredEuclidean), 25.0);
        assert_eq!(of(Distance::Manhattan), 7.0);
    }

    #[test]
    fn distances_of_extreme_columns_neither_overflow_nor_vanish() {
        assert_eq!(SAFE, 2.0_f64.powi(-900));
        for scale in [1e-300, 1e-160, 1e160, 1e300] {
            let far = Distance::Euclidean.between(&[3.0 * scale, 0.0], &[0.0, 4.0 * scale]);
            assert!((far / (5.0 * scale) - 1.0).abs() < 4.0 * f64::EPSILON);
        }
        assert_eq!(Distance::Euclidean.between(&[7.0], &[7.0]), 0.0);
        assert!(Distance::Euclidean.between(&[f64::NAN], &[0.0]).is_nan());
    }
}
