//! How often each pair of groups occurs.

use crate::error::EvaluationError;
use crate::lengths::check_lengths;
use gradus_numeric::{CompensatedSum, ln_factorial};
use std::collections::BTreeMap;
use std::iter::zip;

/// How many samples are in each group of one grouping and each group of another, of samples that may come in batches.
///
/// ```math
/// n_{ij} = \lvert \{ s : u_s = i, v_s = j \} \rvert, \qquad a_i = \sum_j n_{ij}, \quad b_j = \sum_i n_{ij}
/// ```
///
/// where $`u`$ and $`v`$ are the groups of each sample. All that compares two groupings up to names is told by these counts, and the counts of two
/// batches are added: a score is no mean over the samples, but one of the whole.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | of batches, merged in any order, it is that of all samples, and so is every score, to the bit | `merged_contingencies_are_those_of_all_samples` |
///
/// # Examples
///
/// ```
/// use gradus_evaluation::Contingency;
///
/// let mut all = Contingency::new(&[0, 0], &[5, 5])?;
/// all.merge(&Contingency::new(&[1, 1], &[3, 3])?)?;
/// assert_eq!((all.count(), all.adjusted_rand_index()), (4, 1.0));
/// assert_eq!(all.cells().collect::<Vec<_>>(), [((0, 5), 2), ((1, 3), 2)]);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// L. Hubert and P. Arabie, *Comparing partitions*, J. Classification 2 (1985), 193–218, table 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contingency {
    cells: BTreeMap<(u32, u32), u64>,
    rows: BTreeMap<u32, u64>,
    columns: BTreeMap<u32, u64>,
    n: u64,
}

impl Contingency {
    /// Counts the samples, each with its group in both groupings.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::TooManySamples`] beyond 2³².
    pub fn new(u: &[u32], v: &[u32]) -> Result<Self, EvaluationError> {
        check_lengths(u.len(), v.len())?;
        let n = countable(u.len() as u64)?;
        let (mut cells, mut rows, mut columns) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (&i, &j) in zip(u, v) {
            *cells.entry((i, j)).or_insert(0) += 1;
            *rows.entry(i).or_insert(0) += 1;
            *columns.entry(j).or_insert(0) += 1;
        }
        Ok(Self {
            cells,
            rows,
            columns,
            n,
        })
    }

    /// Adds the samples of another batch.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::TooManySamples`] beyond 2³² in all; nothing has changed then.
    pub fn merge(&mut self, other: &Self) -> Result<(), EvaluationError> {
        self.n = countable(self.n + other.n)?;
        add(&mut self.cells, &other.cells);
        add(&mut self.rows, &other.rows);
        add(&mut self.columns, &other.columns);
        Ok(())
    }

    /// How many samples there are.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.n
    }

    /// The pairs of groups that occur, and how many samples are in both.
    pub fn cells(&self) -> impl Iterator<Item = ((u32, u32), u64)> {
        self.cells.iter().map(|(&groups, &count)| (groups, count))
    }

    /// As [`normalized_mutual_information`](crate::normalized_mutual_information).
    #[must_use]
    pub fn normalized_mutual_information(&self) -> f64 {
        if self.is_trivial() {
            return 1.0;
        }
        self.mutual_information() / self.mean_entropy()
    }

    /// As [`adjusted_mutual_information`](crate::adjusted_mutual_information).
    #[must_use]
    pub fn adjusted_mutual_information(&self) -> f64 {
        if self.is_trivial() || self.is_identical() {
            return 1.0;
        }
        let expected = self.expected_mutual_information();
        (self.mutual_information() - expected) / (self.mean_entropy() - expected)
    }

    /// As [`adjusted_rand_index`](crate::adjusted_rand_index).
    #[must_use]
    pub fn adjusted_rand_index(&self) -> f64 {
        if self.is_identical() {
            return 1.0;
        }
        let together = pairs(self.cells.values());
        let (a, b) = (pairs(self.rows.values()), pairs(self.columns.values()));
        let all = pairs(&[self.n]);
        // Both sides of the fraction times 2 · all: whole numbers of at most 126 bits.
        let (above, below) = (together * all, a * b);
        let difference = if above >= below {
            (above - below) as f64
        } else {
            -((below - above) as f64)
        };
        2.0 * difference / ((a + b) * all - 2 * a * b) as f64
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

/// How many pairs of samples are in the same group.
fn pairs<'a>(sizes: impl IntoIterator<Item = &'a u64>) -> u128 {
    let of_group = |&n: &u64| u128::from(n) * u128::from(n.saturating_sub(1)) / 2;
    sizes.into_iter().map(of_group).sum()
}

/// Adds counts to counts.
fn add<K: Copy + Ord>(counts: &mut BTreeMap<K, u64>, more: &BTreeMap<K, u64>) {
    for (key, count) in more {
        *counts.entry(*key).or_insert(0) += count;
    }
}

/// At most 2³² − 1, so that products of pairs fit.
fn countable(n: u64) -> Result<u64, EvaluationError> {
    if u32::try_from(n).is_ok() {
        return Ok(n);
    }
    let samples = usize::try_from(n).unwrap_or(usize::MAX);
    Err(EvaluationError::TooManySamples { samples })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_can_be_counted_is_refused() {
        let mut all = Contingency::new(&[0], &[0]).unwrap();
        for _ in 0..31 {
            let same = all.clone();
            all.merge(&same).unwrap();
        }
        let before = all.clone();
        let samples = 1 << 32;
        assert_eq!(
            all.merge(&before),
            Err(EvaluationError::TooManySamples { samples })
        );
        assert_eq!((&all, all.count()), (&before, 1 << 31));
    }
}
