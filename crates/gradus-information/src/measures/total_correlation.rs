//! How much many variables share: total correlation, its dual, and the interaction of three.

use super::conditional_mutual::conditional_mutual_information;
use crate::error::InformationError;
use gradus_probability::JointDistribution;

/// The total correlation of many variables, in nats: how far they are from independence.
///
/// ```math
/// T = \sum_i H(X_i) - H(X_1, \dots, X_n) = D\Bigl(p \Bigm\| \prod_i p_i\Bigr) = \sum_{i \ge 2} I(X_i; X_1, \dots, X_{i-1})
/// ```
///
/// What is saved by one code for all variables instead of one for each. For two variables it is their mutual information.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`T = \sum_i H(X_i) - H(X) \ge 0`$ | `total_correlation_is_what_a_common_code_saves` |
/// | two variables: T = D = I | `two_variables_share_their_mutual_information` |
/// | $`T / (n - 1) \le D \le (n - 1) T`$ for the dual D | `total_correlation_and_its_dual_bound_each_other` |
///
/// # Numerics
///
/// The sum of mutual informations, none of which is negative. Exactly 0 for fewer than two variables.
///
/// # Errors
///
/// None in practice: the names come from the table.
///
/// # Examples
///
/// ```
/// use gradus_information::{JointDistribution, bits, dual_total_correlation, total_correlation};
///
/// // one coin, written down three times
/// let copies = JointDistribution::new(
///     &[("x", 2), ("y", 2), ("z", 2)],
///     vec![0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5],
/// )?;
/// assert_eq!(bits(total_correlation(&copies)?), 2.0); // two copies are superfluous
/// assert_eq!(bits(dual_total_correlation(&copies)?), 1.0); // one bit is shared
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// S. Watanabe, *Information theoretical analysis of multivariate correlation*, IBM J. Res. Dev. 4 (1960), 66–82.
#[doc(alias = "multi-information")]
pub fn total_correlation(table: &JointDistribution) -> Result<f64, InformationError> {
    sum_over_places(table, |before, x, _| {
        conditional_mutual_information(table, x, before, &[])
    })
}

/// The dual total correlation of many variables, in nats: the part of their entropy that more than one of them has.
///
/// ```math
/// D = H(X_1, \dots, X_n) - \sum_i H(X_i \mid \text{the others}) = \sum_{i \ge 2} I(X_i; X_1, \dots, X_{i-1} \mid X_{i+1}, \dots, X_n)
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`D = H(X) - \sum_i H(X_i \mid \text{the others}) \ge 0`$ | `the_dual_is_entropy_less_what_each_has_alone` |
/// | $`T / (n - 1) \le D \le (n - 1) T`$ | `total_correlation_and_its_dual_bound_each_other` |
///
/// # Numerics
///
/// As [`total_correlation`], by the sum on the right.
///
/// # Errors
///
/// None in practice: the names come from the table.
///
/// # Examples
///
/// See [`total_correlation`].
///
/// # References
///
/// T. S. Han, *Nonnegative entropy measures of multivariate symmetric correlations*, Inform. and Control 36 (1978), 133–156;
/// T. Austin, *Multi-variate correlation and mixtures of product measures*, Kybernetika 56 (2020), §1.
#[doc(alias = "binding information")]
pub fn dual_total_correlation(table: &JointDistribution) -> Result<f64, InformationError> {
    sum_over_places(table, |before, x, after| {
        conditional_mutual_information(table, x, before, after)
    })
}

/// The interaction information of three variables (or groups), in nats: what knowing one adds to what two others share.
///
/// ```math
/// I(X; Y; Z) = I(X; Y \mid Z) - I(X; Y)
/// ```
///
/// Positive for *synergy*: an exclusive or tells nothing about either input until the other is known. Negative for
/// *redundancy*: copies, or effects of a common cause. Its negative is the co-information.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the order of the three does not matter | `interaction_information_is_symmetric` |
/// | at least $`-\min I`$ of any two, at most $`\min I`$ of any two given the third | `interaction_information_lies_between_two_informations` |
///
/// # Errors
///
/// As [`conditional_mutual_information`].
///
/// # Examples
///
/// ```
/// use gradus_information::{JointDistribution, bits, interaction_information};
///
/// let xor = JointDistribution::new(
///     &[("x", 2), ("y", 2), ("xor", 2)],
///     vec![0.25, 0.0, 0.0, 0.25, 0.0, 0.25, 0.25, 0.0],
/// )?;
/// assert_eq!(bits(interaction_information(&xor, &["x"], &["y"], &["xor"])?), 1.0);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// William J. `McGill`, *Multivariate information transmission*, Psychometrika 19 (1954), 97–116, whose sign this is.
#[doc(alias = "co-information")]
#[doc(alias = "synergy")]
pub fn interaction_information(
    table: &JointDistribution,
    x: &[&str],
    y: &[&str],
    z: &[&str],
) -> Result<f64, InformationError> {
    let given = conditional_mutual_information(table, x, y, z)?;
    Ok(given - conditional_mutual_information(table, x, y, &[])?)
}

/// The sum of a function of the variables before a place, the one there, and those after it.
fn sum_over_places(
    table: &JointDistribution,
    information: impl Fn(&[&str], &[&str], &[&str]) -> Result<f64, InformationError>,
) -> Result<f64, InformationError> {
    let names: Vec<_> = table.names().iter().map(String::as_str).collect();
    let places = 1..names.len();
    places
        .map(|i| information(&names[..i], &names[i..=i], &names[i + 1..]))
        .sum()
}
