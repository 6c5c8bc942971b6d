//! Mutual information on a scale from 0 to 1, and what two variables do not share.

use super::entropy::{conditional_entropy, entropy, joint_entropy};
use super::mutual::mutual_information;
use crate::error::InformationError;
use gradus_probability::JointTable;

/// What mutual information is divided by; all of these are 1 times the entropy if the two variables are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Normalization {
    /// $`\min(H(X), H(Y))`$: 1 if either determines the other.
    Smaller,
    /// $`\max(H(X), H(Y))`$: 1 if each determines the other.
    Larger,
    /// $`\tfrac12 (H(X) + H(Y))`$: the symmetric uncertainty.
    Arithmetic,
    /// $`\sqrt{H(X) H(Y)}`$: as a correlation is normalized.
    Geometric,
    /// $`H(X, Y)`$: 1 minus this is a metric.
    Joint,
}

/// Mutual information as a share of an entropy, in $`[0, 1]`$.
///
/// ```math
/// \frac{I(X; Y)}{N}, \qquad N \in \Bigl\{ \min(H_X, H_Y), \; \max(H_X, H_Y), \; \tfrac12 (H_X + H_Y), \; \sqrt{H_X H_Y}, \; H_{XY} \Bigr\}
/// ```
///
/// Without a unit, so it can be compared between variables with few and with many values: features of a data set, groupings of a clustering.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | in $`[0, 1]`$, symmetric; 1 for a variable and itself | `normalized_information_is_a_share` |
/// | joint ≤ larger ≤ arithmetic ≤ geometric ≤ smaller | `normalizations_are_ordered` |
///
/// # Errors
///
/// [`InformationError::NoEntropy`] if the entropy to divide by is 0: a constant shares all of its nothing.
///
/// # Examples
///
/// ```
/// use gradus_information::{JointTable, Normalization, normalized_mutual_information};
///
/// // X has four values, Y tells the larger from the smaller two
/// let table = JointTable::new(&[[0.25, 0.0], [0.25, 0.0], [0.0, 0.25], [0.0, 0.25]])?;
/// assert_eq!(normalized_mutual_information(&table, Normalization::Smaller)?, 1.0);
/// assert_eq!(normalized_mutual_information(&table, Normalization::Joint)?, 0.5); // 1 bit of 2
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// N. X. Vinh, J. Epps and J. Bailey, *Information theoretic measures for clusterings comparison*, J. Mach. Learn. Res. 11
/// (2010), table 2.
#[doc(alias = "NMI")]
#[doc(alias = "uncertainty coefficient")]
pub fn normalized_mutual_information(
    table: &JointTable,
    by: Normalization,
) -> Result<f64, InformationError> {
    let (x, y) = (entropy(table.marginal_x()), entropy(table.marginal_y()));
    let whole = match by {
        Normalization::Smaller => x.min(y),
        Normalization::Larger => x.max(y),
        Normalization::Arithmetic => 0.5 * (x + y),
        Normalization::Geometric => x.sqrt() * y.sqrt(),
        Normalization::Joint => joint_entropy(table),
    };
    if whole > 0.0 {
        Ok((mutual_information(table) / whole).min(1.0))
    } else {
        Err(InformationError::NoEntropy)
    }
}

/// The variation of information of two variables, in nats: what each does not tell about the other.
///
/// ```math
/// \operatorname{VI}(X, Y) = H(X \mid Y) + H(Y \mid X) = H(X, Y) - I(X; Y)
/// ```
///
/// A metric between variables (groupings of the same things): 0 exactly if each determines the other.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | symmetric; at most $`H(X, Y)`$; 0 for a variable and itself | `variation_of_information_is_what_is_not_shared` |
/// | $`\operatorname{VI}(X, Z) \le \operatorname{VI}(X, Y) + \operatorname{VI}(Y, Z)`$ | `variation_of_information_has_the_triangle_inequality` |
///
/// # Errors
///
/// None in practice: the transposed table is one.
///
/// # Examples
///
/// ```
/// use gradus_information::{JointTable, bits, variation_of_information};
///
/// let independent = JointTable::new(&[[0.25, 0.25], [0.25, 0.25]])?;
/// assert_eq!(bits(variation_of_information(&independent)?), 2.0);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// M. Meilă, *Comparing clusterings: an information based distance*, J. Multivariate Anal. 98 (2007), eq. 10.
pub fn variation_of_information(table: &JointTable) -> Result<f64, InformationError> {
    Ok(conditional_entropy(table) + conditional_entropy(&table.transposed()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_have_no_share() {
        let constant = JointTable::new(&[[1.0]]).unwrap();
        let share = normalized_mutual_information(&constant, Normalization::Joint);
        assert_eq!(share, Err(InformationError::NoEntropy));
        assert_eq!(variation_of_information(&constant), Ok(0.0));
        let half = JointTable::new(&[[0.5, 0.5]]).unwrap();
        assert_eq!(
            normalized_mutual_information(&half, Normalization::Larger),
            Ok(0.0)
        );
        assert!(normalized_mutual_information(&half, Normalization::Smaller).is_err());
    }
}
