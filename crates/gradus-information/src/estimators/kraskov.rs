//! Mutual information of densities from the numbers of neighbors.

use super::neighbors::{Margin, Neighborhood, Points, distance};
use crate::error::InformationError;
use gradus_numeric::{CompensatedSum, MatrixRef, digamma};

/// Kraskov, Stögbauer and Grassberger's estimate of mutual information with cubes, in nats.
///
/// ```math
/// \hat I(X; Y) = \psi(k) + \psi(N) - \frac{1}{N} \sum_{j=1}^N \bigl( \psi(n_{x,j} + 1) + \psi(n_{y,j} + 1) \bigr)
/// ```
///
/// where $`n_{x,j}`$ other samples have an x closer to that of sample j than its `k`-th neighbor is in the joint space, in the maximum
/// norm; $`n_{y,j}`$ alike, and $`\psi`$ is [`digamma`]. If x tells much about y, whoever is near in x is near in both, and the numbers are small. It is the
/// difference of three estimates of entropy, [`entropy_nearest`](crate::entropy_nearest), with the same length in all of them, so that most of the bias
/// cancels.
///
/// Both variables should have similar units: divide each by its standard deviation.
///
/// # Shapes
///
/// `x: p × N`, `y: q × N`, one sample a column; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the formula, with neighbors found among all samples | `neighbors_in_a_tree_are_neighbors_among_all` |
/// | symmetric; the order of the samples does not matter | `information_from_neighbors_is_symmetric` |
/// | moved, mirrored, both in another unit: the same | `information_from_neighbors_does_not_see_units` |
/// | a normal law with correlation ρ: $`-\tfrac12 \ln(1 - \rho^2)`$ within the sampling error | `information_from_neighbors_of_normal_laws` |
/// | the same of x and of a monotone function of it, within the sampling error | `information_from_neighbors_survives_monotone_maps` |
///
/// # Numerics
///
/// Neighbors are exact, and the sum is one of counts: no order of the samples changes a bit. For independent variables the estimate scatters around 0 and is
/// often negative; it is not cut off there, since a mean of cut estimates would be too high. The logarithm of the number of samples over k is about the
/// most that it can find.
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] if x and y have different numbers of samples; else as [`entropy_nearest`](crate::entropy_nearest) of
/// the pairs. Equal values of one variable alone are fine.
///
/// # Examples
///
/// ```
/// use gradus_information::{MatrixRef, mutual_information_ksg1};
///
/// // The nearest of each pair is at distance 1. No x is closer than that, and no y: ψ(1) + ψ(4) − 2 ψ(1).
/// let x = [0.0, 1.0, 2.0, 3.0];
/// let told = mutual_information_ksg1(MatrixRef::from_row(&x), MatrixRef::from_row(&x), 1)?;
/// assert!((told - 11.0 / 6.0).abs() < 1e-15); // 1 + 1/2 + 1/3
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// A. Kraskov, H. Stögbauer and P. Grassberger, *Estimating mutual information*, Phys. Rev. E 69 (2004), 066138, eq. 8.
#[doc(alias = "KSG")]
pub fn mutual_information_ksg1(
    x: MatrixRef<'_, f64>,
    y: MatrixRef<'_, f64>,
    k: usize,
) -> Result<f64, InformationError> {
    let closer = |_: &[f64], near: &Neighborhood<'_>| {
        let edge = near.radius.next_down();
        [edge, edge]
    };
    let (counts, n) = (counts(x, y, k, closer)?, x.columns() as f64);
    Ok(digamma(k as f64) + digamma(n) - mean_digamma(&counts, n))
}

/// Kraskov, Stögbauer and Grassberger's estimate of mutual information with boxes, in nats.
///
/// ```math
/// \hat I(X; Y) = \psi(k) - \frac1k + \psi(N) - \frac{1}{N} \sum_{j=1}^N \bigl( \psi(n_{x,j}) + \psi(n_{y,j}) \bigr)
/// ```
///
/// where the smallest box around sample j that holds its `k` nearest neighbors has an extent in x and one in y, and $`n_{x,j}`$ other samples are
/// within the first, $`n_{y,j}`$ within the second. Boxes follow a narrow density better than the cubes of [`mutual_information_ksg1`], and their estimate
/// is lower; where little is known, cubes scatter less.
///
/// # Shapes
///
/// `x: p × N`, `y: q × N`, one sample a column; the result is a scalar.
///
/// # Laws
///
/// As [`mutual_information_ksg1`].
///
/// # Numerics
///
/// As [`mutual_information_ksg1`]. If several samples are as far as neighbor number k, the box holds them all, so that no order of the
/// samples matters.
///
/// # Errors
///
/// As [`mutual_information_ksg1`].
///
/// # Examples
///
/// ```
/// use gradus_information::{MatrixRef, mutual_information_ksg2};
///
/// // The boxes of the ends hold 1 other x and 1 other y, those of the middle 2: ψ(1) − 1 + ψ(4) − (ψ(1) + ψ(2)) with ψ(2) = ψ(1) + 1
/// let x = [0.0, 1.0, 2.0, 3.0];
/// let told = mutual_information_ksg2(MatrixRef::from_row(&x), MatrixRef::from_row(&x), 1)?;
/// assert!((told - (11.0 / 6.0 - 2.0)).abs() < 1e-15);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// A. Kraskov, H. Stögbauer and P. Grassberger, *Estimating mutual information*, Phys. Rev. E 69 (2004), 066138, eq. 9.
pub fn mutual_information_ksg2(
    x: MatrixRef<'_, f64>,
    y: MatrixRef<'_, f64>,
    k: usize,
) -> Result<f64, InformationError> {
    let p = x.rows();
    let extents = |point: &[f64], near: &Neighborhood<'_>| {
        let (x, y) = point.split_at(p);
        near.points.iter().fold([0.0_f64; 2], |[a, b], other| {
            [
                a.max(distance(x, &other[..p])),
                b.max(distance(y, &other[p..])),
            ]
        })
    };
    let (mut counts, n) = (counts(x, y, k, extents)?, x.columns() as f64);
    counts.remove(0); // here a sample itself does not count
    Ok(digamma(k as f64) - 1.0 / k as f64 + digamma(n) - mean_digamma(&counts, n))
}

/// How often there are 0, 1, 2, … samples within `radii` of a sample, itself among them, in x or in y.
fn counts(
    x: MatrixRef<'_, f64>,
    y: MatrixRef<'_, f64>,
    k: usize,
    radii: impl Fn(&[f64], &Neighborhood<'_>) -> [f64; 2],
) -> Result<Vec<usize>, InformationError> {
    let (pairs, p) = (Points::new(&[x, y])?, x.rows());
    let parts = [Points::new(&[x])?, Points::new(&[y])?];
    let (tree, margins) = (
        pairs.tree()?,
        [Margin::new(&parts[0])?, Margin::new(&parts[1])?],
    );
    let mut counts = vec![0; pairs.count() + 1];
    for (sample, pair) in pairs.iter().enumerate() {
        let radii = radii(pair, &tree.neighborhood(sample, pair, k)?);
        counts[margins[0].within(&pair[..p], radii[0])?] += 1;
        counts[margins[1].within(&pair[p..], radii[1])?] += 1;
    }
    Ok(counts)
}

/// $`\frac1n \sum_m c_m \psi(m)`$.
pub(super) fn mean_digamma(counts: &[usize], n: f64) -> f64 {
    let present = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let terms = present.map(|(m, count)| *count as f64 * digamma(m as f64));
    terms.collect::<CompensatedSum>().value() / n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_that_do_not_fit_are_errors() {
        for f in [mutual_information_ksg1, mutual_information_ksg2] {
            let of = |x: &[f64], y: &[f64], k| f(MatrixRef::from_row(x), MatrixRef::from_row(y), k);
            let (left, right) = (2, 3);
            assert_eq!(
                of(&[0.0, 1.0], &[0.0, 1.0, 2.0], 1),
                Err(InformationError::LengthMismatch { left, right })
            );
            assert_eq!(of(&[], &[], 1), Err(InformationError::Empty));
            let (neighbors, samples) = (2, 2);
            assert_eq!(
                of(&[0.0, 1.0], &[0.0, 1.0], 2),
                Err(InformationError::NoNeighbor { neighbors, samples })
            );
            let sample = 0;
            let neighbors = 1;
            assert_eq!(
                of(&[1.0, 1.0, 2.0], &[3.0, 3.0, 4.0], 1),
                Err(InformationError::Repeated { sample, neighbors })
            );
            // one variable alone may repeat
            assert!(
                of(&[1.0, 1.0, 1.0], &[1.0, 2.0, 4.0], 1)
                    .unwrap()
                    .is_finite()
            );
        }
    }
}
