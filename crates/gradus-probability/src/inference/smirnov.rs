//! Smirnov's test: do two samples come from one law?

use super::significance::Significance;
use super::supremum::reaching;
use crate::error::ProbabilityError;
use crate::statistics::quantile::sorted;

/// Smirnov's test whether two samples come from the same distribution, whatever that is.
///
/// ```math
/// D_{m, n} = \sup_x \lvert \hat F(x) - \hat G(x) \rvert, \qquad p = \operatorname{P}(D_{m, n} \ge d)
/// ```
///
/// where $`\hat F`$ and $`\hat G`$ are the [distributions of the samples](crate::Empirical). Under the hypothesis every way to exchange
/// who belongs to which sample is as likely as what was seen; p is the share of those at least as far apart, that of
/// [`permutation_test`](crate::permutation_test) with all exchanges. It is exact with ties as well.
///
/// # Shapes
///
/// `x: m`, `y: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | p is the share of all exchanges that are as far apart, with ties, too | `smirnov_counts_all_exchanges` |
/// | increasing functions and the order of the samples change nothing | `smirnov_sees_only_the_order` |
///
/// # Numerics
///
/// An exchange is a path of m steps up and n to the right. The probability that a random path has met a distance of d before (i, j) is
/// a mean of those one step before: sums of positive terms, so small p-values keep their digits (relative error about
/// $`(m + n) \epsilon`$). Only ends of ties count (Schröer and Trenkler), which SciPy does not heed: with ties its p is larger. For
/// $`mn > 4 \cdot 10^6`$ it is that of [`kolmogorov_test`](crate::kolmogorov_test) with $`mn / (m + n)`$ numbers, rounded.
///
/// # Errors
///
/// [`ProbabilityError::Numeric`] if a sample is empty, or a number is NaN or infinite.
///
/// # Examples
///
/// ```
/// use gradus_probability::smirnov_test;
///
/// let test = smirnov_test(&[1.0, 2.0], &[3.0, 4.0, 5.0])?;
/// assert_eq!(test.statistic, 1.0); // nothing overlaps
/// assert!((test.p_value - 0.2).abs() < 1e-15); // two of ten exchanges: lowest or highest
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// N. V. Smirnov, *Estimate of deviation between empirical distribution functions in two independent samples*, Bull. Math. Univ. Moscou 2
/// (1939), 3–16; G. Schröer and D. Trenkler, *Exact and randomization distributions of Kolmogorov–Smirnov tests for two or three
/// samples*, Comput. Stat. Data Anal. 20 (1995), 185–202.
#[doc(alias = "Kolmogorov–Smirnov test")]
pub fn smirnov_test(x: &[f64], y: &[f64]) -> Result<Significance, ProbabilityError> {
    let both = Both::of(&sorted(x)?, &sorted(y)?);
    let (m, n) = (x.len() as f64, y.len() as f64);
    let statistic = both.gap as f64 / m / n;
    let p_value = if m * n <= EXACT {
        both.share_as_far()
    } else {
        let numbers = (m * n / (m + n)).round();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 1 and the length of the shorter sample"
        )]
        reaching(numbers as u64, statistic)?
    };
    Ok(Significance {
        statistic,
        freedom: None,
        p_value,
    })
}

/// Two samples in one order.
struct Both {
    sizes: (usize, usize),
    ends: Vec<bool>, // whether the first k numbers of both end where no tie is cut
    gap: u128,       // the largest |i n − j m| there, for i and j numbers of each
}

impl Both {
    fn of(x: &[f64], y: &[f64]) -> Self {
        let (m, n) = (x.len(), y.len());
        let mut ends = vec![false; m + n + 1];
        let (mut i, mut j, mut gap) = (0, 0, 0);
        while i + j < m + n {
            let next = x
                .get(i)
                .into_iter()
                .chain(y.get(j))
                .copied()
                .fold(f64::INFINITY, f64::min);
            i += x[i..].partition_point(|x| *x <= next);
            j += y[j..].partition_point(|y| *y <= next);
            ends[i + j] = true;
            gap = gap.max(distance((i, j), (m, n)));
        }
        let sizes = (m, n);
        Self { sizes, ends, gap }
    }

    /// The share of all paths from (0, 0) to (m, n) that are this far from the diagonal somewhere.
    fn share_as_far(&self) -> f64 {
        let (m, n) = self.sizes;
        let mut met = vec![0.0; n + 1]; // the share of paths to (i, j), for the present i
        for i in 0..=m {
            for j in 0..=n {
                let far = self.ends[i + j] && distance((i, j), (m, n)) >= self.gap;
                let from_left = j.checked_sub(1).map_or(0.0, |left| met[left]);
                let steps = (i + j).max(1) as f64;
                met[j] = if far {
                    1.0
                } else {
                    i as f64 / steps * met[j] + j as f64 / steps * from_left
                };
            }
        }
        met[n].min(1.0)
    }
}

/// $`\lvert i n - j m \rvert`$.
fn distance((i, j): (usize, usize), (m, n): (usize, usize)) -> u128 {
    (i as u128 * n as u128).abs_diff(j as u128 * m as u128)
}

const EXACT: f64 = 4e6; // steps of paths: some 20 ms

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_alike_and_apart() {
        let same = smirnov_test(&[1.0, 2.0, 2.0], &[2.0, 1.0, 2.0]).unwrap();
        assert_eq!((same.statistic, same.p_value), (0.0, 1.0));
        let zeros = smirnov_test(&[0.0], &[-0.0]).unwrap();
        assert_eq!((zeros.statistic, zeros.p_value), (0.0, 1.0));
        let one = smirnov_test(&[1.0], &[2.0]).unwrap();
        assert_eq!((one.statistic, one.p_value), (1.0, 1.0)); // both exchanges are
        for bad in [&[][..], &[f64::NAN], &[f64::NEG_INFINITY]] {
            assert!(smirnov_test(bad, &[1.0]).is_err() && smirnov_test(&[1.0], bad).is_err());
        }
    }

    #[test]
    fn many_numbers_go_to_the_limit() {
        let x: Vec<_> = (0..2500).map(f64::from).collect();
        let y: Vec<_> = x.iter().map(|x| x + 50.5).collect();
        let test = smirnov_test(&x, &y).unwrap(); // 51 of 2500 steps apart
        let z: f64 = 51.0 / 2500.0 * 1250.0_f64.sqrt();
        let limit: f64 = (1..9)
            .map(|k| 2.0 * (-1.0_f64).powi(k + 1) * (-2.0 * (f64::from(k) * z).powi(2)).exp())
            .sum();
        assert_eq!(test.statistic, 51.0 / 2500.0);
        assert!((test.p_value - limit).abs() < 1.0 / 1250.0_f64.sqrt());
    }
}
