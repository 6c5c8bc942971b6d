//! How much two groupings of the same samples have in common.

use crate::error::EvaluationError;
use crate::lengths::check_lengths;
use gradus_numeric::{CompensatedSum, ln_factorial};
use std::collections::BTreeMap;
use std::iter::zip;

/// Mutual information of two groupings, as a share of the mean of their entropies.
///
/// ```math
/// \mathrm{NMI} = \frac{I(U; V)}{\tfrac12 (H(U) + H(V))}, \qquad
/// I(U; V) = \sum_{ij} \frac{n_{ij}}{n} \ln \frac{n \, n_{ij}}{a_i b_j}
/// ```
///
/// where $`n_{ij}`$ of the $`n`$ samples are in group $`i`$ of $`U`$ and in group $`j`$ of $`V`$, $`a_i`$ in group
/// $`i`$ of $`U`$ and $`b_j`$ in group $`j`$ of $`V`$. The names of groups do not matter. 1 means that one grouping is
/// the other, 0 that they tell nothing of each other; but many small groups have a high value by chance, which
/// [`adjusted_mutual_information`] takes off. Two groupings into one group are the same: 1.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 1 for the same grouping under other names, symmetric | `clusterings_are_compared_up_to_names` |
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::TooManySamples`] beyond 2³².
///
/// # Examples
///
/// ```
/// use gradus_evaluation::normalized_mutual_information;
///
/// assert_eq!(normalized_mutual_information(&[0, 0, 1, 1], &[7, 7, 3, 3])?, 1.0);
/// assert_eq!(normalized_mutual_information(&[0, 0, 1, 1], &[0, 1, 0, 1])?, 0.0);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// N. X. Vinh, J. Epps and J. Bailey, *Information theoretic measures for clusterings comparison*, JMLR 11 (2010),
/// 2837–2854, table 2.
#[doc(alias = "NMI")]
pub fn normalized_mutual_information(u: &[u32], v: &[u32]) -> Result<f64, EvaluationError> {
    let table = Contingency::new(u, v)?;
    if table.is_trivial() {
        return Ok(1.0);
    }
    Ok(table.mutual_information() / table.mean_entropy())
}

/// Mutual information of two groupings beyond what chance gives them.
///
/// ```math
/// \mathrm{AMI} = \frac{I(U; V) - \operatorname{E} I}{\tfrac12 (H(U) + H(V)) - \operatorname{E} I}
/// ```
///
/// where $`\operatorname{E} I`$ is the mean over all groupings with the same sizes of groups. 1 for the same grouping, about
/// 0 for unrelated ones, and negative for less than chance.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 1 for the same grouping under other names, symmetric | `clusterings_are_compared_up_to_names` |
/// | 0 on average over shuffled groupings | `adjusted_measures_are_zero_by_chance` |
///
/// # Numerics
///
/// The mean is the exact sum over hypergeometric probabilities. It takes time of the order of $`n`$ times the larger
/// number of groups.
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::TooManySamples`] beyond 2³².
///
/// # Examples
///
/// ```
/// use gradus_evaluation::adjusted_mutual_information;
///
/// assert_eq!(adjusted_mutual_information(&[0, 0, 1, 1], &[1, 1, 0, 0])?, 1.0);
/// assert!(adjusted_mutual_information(&[0, 0, 1, 1], &[0, 1, 0, 1])? < 0.0);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// As [`normalized_mutual_information`], equation (24a) and table 2.
#[doc(alias = "AMI")]
pub fn adjusted_mutual_information(u: &[u32], v: &[u32]) -> Result<f64, EvaluationError> {
    let table = Contingency::new(u, v)?;
    if table.is_trivial() || table.is_identical() {
        return Ok(1.0);
    }
    let expected = table.expected_mutual_information();
    Ok((table.mutual_information() - expected) / (table.mean_entropy() - expected))
}

/// Rand's index of two groupings beyond what chance gives them.
///
/// ```math
/// \mathrm{ARI} = \frac{\sum_{ij} \binom{n_{ij}}{2} - e}{\tfrac12 (A + B) - e}, \qquad
/// A = \sum_i \binom{a_i}{2}, \quad B = \sum_j \binom{b_j}{2}, \quad e = A B / \tbinom{n}{2}
/// ```
///
/// with the counts of [`normalized_mutual_information`]: of the pairs of samples, how many are together in both groupings,
/// against how many would be by chance. 1 for the same grouping, 0 on average for unrelated ones.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 1 for the same grouping under other names, symmetric | `clusterings_are_compared_up_to_names` |
/// | 0 on average over shuffled groupings | `adjusted_measures_are_zero_by_chance` |
///
/// # Numerics
///
/// Pairs are counted exactly; only the quotient rounds.
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::TooManySamples`] beyond 2³².
///
/// # Examples
///
/// ```
/// use gradus_evaluation::adjusted_rand_index;
///
/// assert_eq!(adjusted_rand_index(&[0, 0, 1, 1], &[1, 1, 0, 0])?, 1.0);
/// assert_eq!(adjusted_rand_index(&[0, 0, 1, 1], &[0, 1, 0, 1])?, -0.5); // no pair of two; by chance 2/3
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// L. Hubert and P. Arabie, *Comparing partitions*, J. Classification 2 (1985), 193–218, equation (5).
#[doc(alias = "ARI")]
pub fn adjusted_rand_index(u: &[u32], v: &[u32]) -> Result<f64, EvaluationError> {
    let table = Contingency::new(u, v)?;
    if table.is_identical() {
        return Ok(1.0);
    }
    let together = pairs(table.cells.values());
    let (a, b) = (pairs(table.rows.values()), pairs(table.columns.values()));
    let all = pairs(&[table.n]);
    // Both sides of the fraction times 2 · all: whole numbers of at most 126 bits.
    let (above, below) = (together * all, a * b);
    let difference = if above >= below {
        (above - below) as f64
    } else {
        -((below - above) as f64)
    };
    Ok(2.0 * difference / ((a + b) * all - 2 * a * b) as f64)
}

/// How many pairs of samples are in the same group.
fn pairs<'a>(sizes: impl IntoIterator<Item = &'a u64>) -> u128 {
    let of_group = |&n: &u64| u128::from(n) * u128::from(n.saturating_sub(1)) / 2;
    sizes.into_iter().map(of_group).sum()
}

/// Counts of samples by their two groups.
struct Contingency {
    cells: BTreeMap<(u32, u32), u64>,
    rows: BTreeMap<u32, u64>,
    columns: BTreeMap<u32, u64>,
    n: u64,
}

impl Contingency {
    fn new(u: &[u32], v: &[u32]) -> Result<Self, EvaluationError> {
        check_lengths(u.len(), v.len())?;
        let samples = u.len();
        if u32::try_from(samples).is_err() {
            return Err(EvaluationError::TooManySamples { samples });
        }
        let (mut cells, mut rows, mut columns) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (&i, &j) in zip(u, v) {
            *cells.entry((i, j)).or_insert(0) += 1;
            *rows.entry(i).or_insert(0) += 1;
            *columns.entry(j).or_insert(0) += 1;
        }
        let n = u.len() as u64;
        Ok(Self {
            cells,
            rows,
            columns,
            n,
        })
    }

    /// Both have one group: neither entropy nor information.
    fn is_trivial(&self) -> bool {
        self.rows.len() == 1 && self.columns.len() == 1
    }

    /// Each group of one is a group of the other.
    fn is_identical(&self) -> bool {
        self.cells.len() == self.rows.len() && self.cells.len() == self.columns.len()
    }

    fn mutual_information(&self) -> f64 {
        let n = self.n as f64;
        let terms = self.cells.iter().map(|(&(i, j), &count)| {
            let (a, b, c) = (self.rows[&i] as f64, self.columns[&j] as f64, count as f64); // counted with the cell
            c / n * (n * c / (a * b)).ln()
        });
        let sum: CompensatedSum = terms.collect();
        sum.value().max(0.0) // by rounding, independent groupings may be a little below
    }

    fn mean_entropy(&self) -> f64 {
        let n = self.n as f64;
        let entropy = |groups: &BTreeMap<u32, u64>| -> f64 {
            let terms = groups
                .values()
                .map(|&a| -(a as f64) / n * (a as f64 / n).ln());
            terms.collect::<CompensatedSum>().value()
        };
        f64::midpoint(entropy(&self.rows), entropy(&self.columns))
    }

    /// The mean of the mutual information over all groupings with these sizes.
    fn expected_mutual_information(&self) -> f64 {
        let mut sum = CompensatedSum::default();
        for (&a, &b) in self
            .rows
            .values()
            .flat_map(|a| self.columns.values().map(move |b| (a, b)))
        {
            for c in (a + b).saturating_sub(self.n).max(1)..=a.min(b) {
                let [n, a_, b_, c_] = [self.n, a, b, c].map(|count| count as f64);
                sum.add(c_ / n * (n * c_ / (a_ * b_)).ln() * self.probability(a, b, c));
            }
        }
        sum.value()
    }

    /// The probability that groups of `a` and `b` samples at random share `c`.
    fn probability(&self, a: u64, b: u64, c: u64) -> f64 {
        let n = self.n;
        let above = [a, b, n - a, n - b].map(ln_factorial);
        let below = [n, c, a - c, b - c, n + c - a - b].map(ln_factorial); // c ≥ a + b − n
        let sum: CompensatedSum = above.into_iter().chain(below.map(|x| -x)).collect();
        sum.value().exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groupings_without_information_are_decided() {
        for compare in [
            normalized_mutual_information,
            adjusted_mutual_information,
            adjusted_rand_index,
        ] {
            assert_eq!(compare(&[0, 0], &[5, 5]), Ok(1.0)); // one group each
            assert_eq!(compare(&[0, 1, 2], &[2, 0, 1]), Ok(1.0)); // all alone
            assert_eq!(compare(&[3], &[4]), Ok(1.0));
            assert_eq!(compare(&[0, 1], &[0, 0]), Ok(0.0)); // one against two
            assert_eq!(compare(&[], &[]), Err(EvaluationError::Empty));
            assert!(compare(&[0], &[0, 1]).is_err());
        }
    }
}
