//! Entropy of a density from the distances of neighbors.

use super::neighbors::Points;
use crate::error::InformationError;
use gradus_numeric::{CompensatedSum, MatrixRef, digamma};
use std::f64::consts::LN_2;

/// Kozachenko and Leonenko's estimate of the entropy of a density, in nats.
///
/// ```math
/// \hat h(X) = \psi(N) - \psi(k) + \frac{d}{N} \sum_{j=1}^N \ln 2 r_j
/// ```
///
/// where $`r_j`$ is the distance from sample j to its `k`-th neighbor in the maximum norm, $`\psi`$ is [`digamma`], and d numbers make a
/// sample. The cube of edge $`2 r_j`$ around a sample holds k others: where the cubes are small, the density is high. Unlike the entropy of
/// counts it may be negative, and it changes with the unit of x.
///
/// # Shapes
///
/// `x: d × N`, one sample a column; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the formula, with neighbors found among all samples | `neighbors_in_a_tree_are_neighbors_among_all` |
/// | $`\hat h(2^m X + c) = \hat h(X) + d \, m \ln 2`$, for whole X and c; the order of the samples does not matter | `nearest_entropy_moves_with_the_unit` |
/// | a normal law: $`\tfrac12 \ln 2 \pi e \sigma^2`$ within the sampling error | `nearest_entropy_of_a_normal_law` |
///
/// # Numerics
///
/// Neighbors are exact. A larger k is biased more and varies less; 3 to 5 is usual. The estimate takes the density to be constant in each
/// cube, which fails for many dimensions and few samples.
///
/// # Errors
///
/// [`InformationError::Empty`] without samples or without numbers in them; [`InformationError::NoNeighbor`] unless $`1 \le k < N`$;
/// [`InformationError::NonFinite`] for a number that is NaN or infinite; [`InformationError::Overflow`] if a difference overflows;
/// [`InformationError::Repeated`] if more than k samples are equal: there is no density then, and the formula would give $`-\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_information::{MatrixRef, entropy_nearest};
///
/// // the nearest of each is at distance 1: ψ(4) − ψ(1) + ln 2 with ψ(4) − ψ(1) = 1 + 1/2 + 1/3
/// let x = [0.0, 1.0, 2.0, 3.0];
/// let h = entropy_nearest(MatrixRef::from_row(&x), 1)?;
/// assert!((h - (11.0 / 6.0 + 2.0_f64.ln())).abs() < 1e-15);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// L. F. Kozachenko and N. N. Leonenko, *Sample estimate of the entropy of a random vector*, Probl. Inf. Transm. 23 (1987), 95–101;
/// in this form A. Kraskov, H. Stögbauer and P. Grassberger, *Estimating mutual information*, Phys. Rev. E 69 (2004), 066138, eq. 20.
#[doc(alias = "Kozachenko-Leonenko")]
#[doc(alias = "differential entropy")]
pub fn entropy_nearest(x: MatrixRef<'_, f64>, k: usize) -> Result<f64, InformationError> {
    let points = Points::new(&[x])?;
    let tree = points.tree()?;
    let mut sum = CompensatedSum::default();
    for (sample, point) in points.iter().enumerate() {
        let radius = tree.neighborhood(sample, point, k)?.radius;
        sum.add(radius.ln() + LN_2); // 2 r could overflow
    }
    let n = points.count() as f64;
    Ok(digamma(n) - digamma(k as f64) + x.rows() as f64 * sum.value() / n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_without_a_density_are_errors() {
        let of = |x: &[f64], k| entropy_nearest(MatrixRef::from_row(x), k);
        assert_eq!(of(&[], 1), Err(InformationError::Empty));
        for k in [0, 2, usize::MAX] {
            let none = InformationError::NoNeighbor {
                neighbors: k,
                samples: 2,
            };
            assert_eq!(of(&[1.0, 2.0], k), Err(none));
        }
        let repeated = InformationError::Repeated {
            sample: 1,
            neighbors: 2,
        };
        assert_eq!(of(&[1.0, 5.0, 5.0, 5.0], 2), Err(repeated));
        assert!(of(&[1.0, 5.0, 5.0, 5.0], 3).is_ok());
        let index = 1;
        let infinite = InformationError::NonFinite {
            index,
            value: f64::INFINITY,
        };
        assert_eq!(of(&[1.0, f64::INFINITY], 1), Err(infinite));
        assert!(of(&[1.0, f64::NAN], 1).is_err());
        assert_eq!(of(&[1.6e308, -1.6e308], 1), Err(InformationError::Overflow));
        assert!(of(&[0.8e308, -0.8e308], 1).unwrap().is_finite());
        assert!(of(&[0.0, 5e-324], 1).unwrap().is_finite());
    }
}
