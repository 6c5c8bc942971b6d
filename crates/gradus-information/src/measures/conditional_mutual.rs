//! Conditional mutual information: what one variable tells about another to those who know a third.

use super::mutual::mutual_information;
use crate::error::InformationError;
use crate::terms::total;
use gradus_probability::{JointDistribution, JointTable};

/// The mutual information of X and Y given Z, in nats: what each tells about the other once Z is known.
///
/// ```math
/// I(X; Y \mid Z) = \sum_z p(z) \, I(X; Y \mid Z = z) = H(X \mid Z) + H(Y \mid Z) - H(X, Y \mid Z)
/// ```
///
/// X, Y and Z are groups of variables, given by their names; without a condition it is the mutual information of two groups.
/// Knowing Z can take information away (a common cause) or bring it (two causes of one effect, [`interaction_information`](crate::interaction_information)).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`I(X; Y \mid Z) \ge 0`$; 0 if X and Y are independent given Z | `conditional_information_is_zero_for_conditional_independence` |
/// | $`I(X; Y \mid Z) = H(X, Z) + H(Y, Z) - H(X, Y, Z) - H(Z)`$ | `conditional_information_is_a_sum_of_entropies` |
/// | $`I(X; Y, Z) = I(X; Z) + I(X; Y \mid Z)`$ (chain rule) | `information_has_the_chain_rule` |
///
/// # Numerics
///
/// The mean of [`mutual_information`](crate::mutual_information) over z: no term is negative, and nothing cancels.
///
/// # Errors
///
/// [`InformationError::Probability`] for a name that no variable has, or that is used twice.
///
/// # Examples
///
/// ```
/// use gradus_information::{JointDistribution, bits, conditional_mutual_information};
///
/// // two coins and whether they agree: apart they say nothing, together everything
/// let table = JointDistribution::new(
///     &[("x", 2), ("y", 2), ("agree", 2)],
///     vec![0.0, 0.25, 0.25, 0.0, 0.25, 0.0, 0.0, 0.25],
/// )?;
/// let information = |given: &[&str]| conditional_mutual_information(&table, &["x"], &["y"], given);
/// assert_eq!(information(&[])?, 0.0);
/// assert_eq!(bits(information(&["agree"])?), 1.0);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// T. M. Cover and J. A. Thomas, *Elements of Information Theory*, 2nd ed. (2006), eq. 2.60 and theorem 2.5.2.
pub fn conditional_mutual_information(
    table: &JointDistribution,
    x: &[&str],
    y: &[&str],
    given: &[&str],
) -> Result<f64, InformationError> {
    let table = table.marginal(&[given, x, y].concat())?;
    let (zs, rest) = table.sizes().split_at(given.len());
    let (xs, ys) = rest.split_at(x.len());
    let columns = ys.iter().product();
    let pairs = table
        .joint()
        .as_slice()
        .chunks_exact(xs.iter().product::<usize>() * columns);
    let mut terms = Vec::with_capacity(zs.iter().product());
    for pair in pairs {
        let z = total(pair.iter().copied());
        if z > 0.0 {
            let rows: Vec<_> = pair.chunks_exact(columns).collect();
            terms.push(z * mutual_information(&JointTable::from_weights(&rows)?));
        }
    }
    Ok(total(terms.into_iter()))
}
