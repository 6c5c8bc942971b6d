//! Pearson's χ² tests: do counts fit what was expected?

use super::significance::Significance;
use crate::contract::continuous::Continuous;
use crate::error::ProbabilityError;
use crate::families::continuous::chi_squared::ChiSquared;
use gradus_numeric::{CompensatedSum, Simplex};
use std::iter::zip;

/// Pearson's test whether counts come from a distribution.
///
/// ```math
/// \chi^2 = \sum_{i} \frac{(n_i - N p_i)^2}{N p_i}, \qquad p = \operatorname{P}(\chi^2_{k - 1} \ge \chi^2)
/// ```
///
/// where N is the sum of the `counts` and k how many outcomes are possible. Good if every $`N p_i`$ is 5 or more.
///
/// # Shapes
///
/// `counts: n`, `expected: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 0 for counts as expected; the order of outcomes does not matter, impossible ones change nothing | `chi_squared_tests_see_only_pairs` |
/// | its mean over all samples is k − 1, exactly | `the_mean_of_chi_squared_is_its_freedom` |
///
/// # Errors
///
/// [`ProbabilityError::LengthMismatch`] if the lengths differ, [`ProbabilityError::OutcomeOutOfRange`] for a count of what is
/// impossible, [`ProbabilityError::Numeric`] without counts, [`ProbabilityError::Domain`] unless two outcomes are possible.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Simplex, chi_squared_test};
///
/// let test = chi_squared_test(&[8, 12], &Simplex::uniform(2)?)?;
/// assert_eq!((test.statistic, test.freedom), (0.8, Some(1.0))); // 4 / 10 twice
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// K. Pearson, *On the criterion that a given system of deviations … can be reasonably supposed to have arisen from random sampling*,
/// Phil. Mag. 50 (1900), 157–175; A. Agresti, *Categorical Data Analysis*, 3rd ed. (2013), §1.5.2.
pub fn chi_squared_test(
    counts: &[u64],
    expected: &Simplex,
) -> Result<Significance, ProbabilityError> {
    let (left, right) = (counts.len(), expected.len());
    if left != right {
        return Err(ProbabilityError::LengthMismatch { left, right });
    }
    let n = total(counts.iter().map(|k| *k as f64))?;
    let mut cells = Vec::with_capacity(left);
    for (outcome, (&k, &p)) in zip(counts, expected.as_slice()).enumerate() {
        if p > 0.0 {
            cells.push((k as f64, n * p));
        } else if k > 0 {
            return Err(ProbabilityError::OutcomeOutOfRange {
                outcome,
                outcomes: left,
            });
        }
    }
    let freedom = cells.len() as f64 - 1.0;
    statistic(&cells, freedom)
}

/// Pearson's test whether two variables are independent.
///
/// ```math
/// \chi^2 = \sum_{x, y} \frac{(n_{xy} - e_{xy})^2}{e_{xy}}, \qquad e_{xy} = \frac{n_x n_y}{N}
/// ```
///
/// with $`(r - 1)(c - 1)`$ degrees of freedom for r rows and c columns, those without a count left out.
///
/// # Shapes
///
/// `counts: r × c`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 0 for products; transposed counts give the same | `tests_of_independence_see_products` |
///
/// # Errors
///
/// [`ProbabilityError::LengthMismatch`] if rows differ in length, [`ProbabilityError::Numeric`] without counts,
/// [`ProbabilityError::Domain`] unless two rows and two columns have counts.
///
/// # Examples
///
/// ```
/// use gradus_probability::independence_test;
///
/// let test = independence_test(&[[10, 20], [20, 10]])?;
/// assert!((test.statistic - 20.0 / 3.0).abs() < 1e-14); // 5² / 15, four times
/// assert_eq!(test.freedom, Some(1.0));
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// Agresti (2013), §3.2.1.
pub fn independence_test(counts: &[impl AsRef<[u64]>]) -> Result<Significance, ProbabilityError> {
    let columns = counts.first().map_or(0, |row| row.as_ref().len());
    let mut sums = vec![0.0; columns];
    let mut rows = Vec::with_capacity(counts.len());
    for row in counts {
        let (left, right) = (columns, row.as_ref().len());
        if left != right {
            return Err(ProbabilityError::LengthMismatch { left, right });
        }
        zip(&mut sums, row.as_ref()).for_each(|(sum, k)| *sum += *k as f64);
        rows.push(row.as_ref().iter().map(|k| *k as f64).sum::<f64>());
    }
    let n = total(rows.iter().copied())?;
    let mut cells = Vec::new();
    for (row, of_row) in zip(counts, &rows).filter(|(_, sum)| **sum > 0.0) {
        let pairs = zip(row.as_ref(), &sums).filter(|(_, sum)| **sum > 0.0);
        cells.extend(pairs.map(|(k, of_column)| (*k as f64, of_row / n * of_column)));
    }
    let used = |sums: &[f64]| sums.iter().filter(|sum| **sum > 0.0).count() as f64 - 1.0;
    statistic(&cells, used(&rows) * used(&sums))
}

/// Of counts and what was expected.
fn statistic(cells: &[(f64, f64)], freedom: f64) -> Result<Significance, ProbabilityError> {
    if freedom <= 0.0 {
        return Err(ProbabilityError::Domain {
            name: "freedom",
            value: freedom,
        });
    }
    let terms = cells.iter().map(|(k, e)| (k - e) * ((k - e) / e));
    let statistic = terms.collect::<CompensatedSum>().value();
    Ok(Significance {
        statistic,
        freedom: Some(freedom),
        p_value: ChiSquared::new(freedom)?.sf(statistic),
    })
}

fn total(counts: impl Iterator<Item = f64>) -> Result<f64, ProbabilityError> {
    let n = counts.sum();
    if n > 0.0 {
        Ok(n)
    } else {
        Err(gradus_numeric::NumericError::EmptySupport.into())
    }
}
