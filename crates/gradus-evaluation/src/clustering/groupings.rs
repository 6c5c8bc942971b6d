//! How much two groupings of the same samples have in common.

use crate::clustering::contingency::Contingency;
use crate::error::EvaluationError;

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
    Ok(Contingency::new(u, v)?.normalized_mutual_information())
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
    Ok(Contingency::new(u, v)?.adjusted_mutual_information())
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
    Ok(Contingency::new(u, v)?.adjusted_rand_index())
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
