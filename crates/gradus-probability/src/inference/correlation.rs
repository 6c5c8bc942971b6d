//! Correlation of two samples: of values, of ranks, of pairs.

use crate::error::{ProbabilityError, all_finite};
use crate::finite::moments::correlation_of;
use gradus_numeric::{NumericError, Simplex};
use std::cmp::Ordering;
use std::iter::zip;

/// Pearson's correlation of two samples: how near they lie to a line.
///
/// ```math
/// r = \frac{\sum_i (x_i - \bar x)(y_i - \bar y)}{\sqrt{\sum_i (x_i - \bar x)^2 \sum_i (y_i - \bar y)^2}} \in [-1, 1]
/// ```
///
/// # Shapes
///
/// `x: n`, `y: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | in $`[-1, 1]`$, symmetric, ±1 on a line | `correlations_lie_between_minus_one_and_one` |
/// | [`spearman`] is that of ranks | `spearman_is_pearson_of_ranks` |
///
/// # Numerics
///
/// By deviations scaled with powers of two, which neither overflow nor underflow, as [`correlation`](crate::correlation).
///
/// # Errors
///
/// [`ProbabilityError::LengthMismatch`] if the lengths differ, [`ProbabilityError::Numeric`] for no numbers or one that is NaN or infinite,
/// [`ProbabilityError::Constant`] if a sample has no spread.
///
/// # Examples
///
/// ```
/// use gradus_probability::pearson;
///
/// assert_eq!(pearson(&[1.0, 2.0, 3.0], &[5.0, 3.0, 1.0])?, -1.0);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// Casella and Berger (2002), exercise 7.18; K. Pearson, *Notes on regression and inheritance in the case of two parents*, Proc. R. Soc.
/// Lond. 58 (1895).
pub fn pearson(x: &[f64], y: &[f64]) -> Result<f64, ProbabilityError> {
    check_lengths(x, y)?;
    correlation_of(&Simplex::uniform(x.len())?, x, y)
}

/// Spearman's correlation of two samples: Pearson's of their ranks.
///
/// 1 if one is an increasing function of the other, however bent. Equal numbers share the mean of their ranks.
///
/// # Shapes
///
/// `x: n`, `y: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | [`pearson`] of ranks; without ties $`1 - 6 \sum d_i^2 / (n^3 - n)`$ | `spearman_is_pearson_of_ranks` |
/// | increasing functions change nothing | `rank_correlations_do_not_see_increasing_functions` |
///
/// # Errors
///
/// As [`pearson`].
///
/// # Examples
///
/// ```
/// use gradus_probability::spearman;
///
/// assert_eq!(spearman(&[1.0, 2.0, 3.0], &[1.0, 10.0, 1e9])?, 1.0);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// C. Spearman, *The proof and measurement of association between two things*, Am. J. Psychol. 15 (1904), 72–101.
pub fn spearman(x: &[f64], y: &[f64]) -> Result<f64, ProbabilityError> {
    check_lengths(x, y)?;
    pearson(&ranks(x)?, &ranks(y)?)
}

/// Kendall's correlation of two samples: how many pairs have the same order in both.
///
/// ```math
/// \tau_b = \frac{C - D}{\sqrt{(P - T_x)(P - T_y)}}, \qquad P = \tfrac12 n (n - 1)
/// ```
///
/// where C pairs are in the same order, D in opposite orders, and $`T_x`$, $`T_y`$ are tied in one sample.
///
/// # Shapes
///
/// `x: n`, `y: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | counting all pairs one by one gives the same | `kendall_counts_pairs` |
/// | increasing functions change nothing | `rank_correlations_do_not_see_increasing_functions` |
///
/// # Numerics
///
/// By Knight's algorithm: pairs in opposite order are exchanges of a merge sort, $`n \ln n`$ steps.
///
/// # Errors
///
/// As [`pearson`].
///
/// # Examples
///
/// ```
/// use gradus_probability::kendall;
///
/// assert!((kendall(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0])? - 1.0 / 3.0).abs() < 1e-15); // two pairs agree, one does not
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// M. G. Kendall, *The treatment of ties in ranking problems*, Biometrika 33 (1945), 239–251; W. R. Knight, *A computer method for
/// calculating Kendall's tau with ungrouped data*, J. Am. Stat. Assoc. 61 (1966), 436–439.
pub fn kendall(x: &[f64], y: &[f64]) -> Result<f64, ProbabilityError> {
    check_lengths(x, y)?;
    check_finite(x)?;
    check_finite(y)?;
    let mut pairs: Vec<_> = zip(x, y).map(|(x, y)| (x + 0.0, y + 0.0)).collect();
    pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let all = pairs_among(pairs.len());
    let tied_x = ties(&pairs, |a, b| a.0 == b.0);
    let tied_both = ties(&pairs, |a, b| a == b);
    let mut second: Vec<_> = pairs.iter().map(|pair| pair.1).collect();
    let opposite = exchanges(&mut second) as f64;
    let tied_y = ties(&second, |a, b| a == b); // now in order
    for (name, ties) in [("x", tied_x), ("y", tied_y)] {
        if ties == all {
            return Err(ProbabilityError::Constant { name });
        }
    }
    let difference = all - tied_x - tied_y + tied_both - 2.0 * opposite;
    Ok((difference / (all - tied_x).sqrt() / (all - tied_y).sqrt()).clamp(-1.0, 1.0))
}

/// 1, 2, … in the order of the numbers; equal ones share the mean of their ranks.
fn ranks(x: &[f64]) -> Result<Vec<f64>, ProbabilityError> {
    check_finite(x)?;
    let mut order: Vec<_> = (0..x.len()).collect();
    order.sort_by(|a, b| x[*a].partial_cmp(&x[*b]).unwrap_or(Ordering::Equal));
    let (mut ranks, mut first) = (vec![0.0; x.len()], 0.0);
    for tied in order.chunk_by(|a, b| x[*a] == x[*b]) {
        let count = tied.len() as f64;
        for i in tied {
            ranks[*i] = first + 0.5 * (count + 1.0);
        }
        first += count;
    }
    Ok(ranks)
}

/// How many pairs of neighbors in order are tied.
fn ties<T>(ordered: &[T], same: impl Fn(&T, &T) -> bool) -> f64 {
    ordered
        .chunk_by(same)
        .map(|tied| pairs_among(tied.len()))
        .sum()
}

fn pairs_among(n: usize) -> f64 {
    let n = n as f64;
    0.5 * n * (n - 1.0)
}

/// Sorts, and counts how many pairs stood in the wrong order.
fn exchanges(y: &mut [f64]) -> u64 {
    let middle = y.len() / 2;
    if middle == 0 {
        return 0;
    }
    let (left, right) = y.split_at_mut(middle);
    let mut count = exchanges(left) + exchanges(right);
    let (left, right) = (left.to_vec(), right.to_vec());
    let (mut i, mut j) = (0, 0);
    for place in y {
        if j == right.len() || i < left.len() && left[i] <= right[j] {
            *place = left[i];
            i += 1;
        } else {
            *place = right[j];
            j += 1;
            count += (left.len() - i) as u64;
        }
    }
    count
}

fn check_lengths(x: &[f64], y: &[f64]) -> Result<(), ProbabilityError> {
    let (left, right) = (x.len(), y.len());
    if left == right {
        Ok(())
    } else {
        Err(ProbabilityError::LengthMismatch { left, right })
    }
}

fn check_finite(x: &[f64]) -> Result<(), ProbabilityError> {
    if x.is_empty() {
        return Err(NumericError::Empty.into());
    }
    all_finite(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_without_a_correlation() {
        for f in [pearson, spearman, kendall] {
            assert!(matches!(
                f(&[1.0, 1.0], &[1.0, 2.0]),
                Err(ProbabilityError::Constant { .. })
            ));
            assert!(matches!(
                f(&[1.0], &[1.0, 2.0]),
                Err(ProbabilityError::LengthMismatch { .. })
            ));
            assert!(f(&[], &[]).is_err() && f(&[1.0, f64::NAN], &[1.0, 2.0]).is_err());
            assert!(f(&[1.0], &[2.0]).is_err());
        }
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 0.0]), Ok(vec![3.5, 2.0, 3.5, 1.0]));
        let tau = kendall(&[0.0, -0.0, 1.0], &[1.0, 2.0, 3.0]).unwrap(); // both zeros are tied
        assert!((tau - 2.0 / 6.0_f64.sqrt()).abs() < 1e-15);
    }
}
