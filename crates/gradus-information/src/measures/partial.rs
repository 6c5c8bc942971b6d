//! What two sources tell about a target, in parts: what both tell, what one alone tells, what only both together tell.

use super::mutual::mutual_information;
use crate::error::InformationError;
use crate::terms::{kl_term, total};
use gradus_numeric::Simplex;
use gradus_probability::{JointDistribution, JointTable};
use std::iter::zip;

/// The mutual information of a target with two sources, in four parts, in nats.
///
/// ```math
/// I(Y; X_1) = R + U_1, \qquad I(Y; X_2) = R + U_2, \qquad I(Y; X_1, X_2) = R + U_1 + U_2 + S
/// ```
///
/// Three informations leave one part free: what is meant by redundancy. [`partial_information_min`] and
/// [`partial_information_broja`](crate::partial_information_broja) are two answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartialInformation {
    /// What each source tells: $`R`$.
    pub redundancy: f64,
    /// What only the first tells: $`U_1`$.
    pub first: f64,
    /// What only the second tells: $`U_2`$.
    pub second: f64,
    /// What neither tells without the other: $`S`$.
    pub synergy: f64,
}

/// Williams and Beer's decomposition of what two sources tell about a target, in nats.
///
/// ```math
/// R = \sum_y p(y) \min_i I(Y = y; X_i), \qquad I(Y = y; X) = D\bigl(p(x \mid y) \bigm\| p(x)\bigr)
/// ```
///
/// For each value of the target the source counts that tells less about it. The first decomposition of all parts that are not negative. It does not ask whether
/// the sources tell the *same*: two independent bits that are the target together count as one redundant bit and one of synergy.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the parts add up to $`I(Y; X_1)`$, $`I(Y; X_2)`$, $`I(Y; X_1, X_2)`$ and are not negative; $`S - R`$ is the interaction | `parts_of_information_add_up` |
/// | the sources may change places; two copies of one source are redundant | `parts_of_information_are_symmetric` |
/// | gates: and, exclusive or, copy | `parts_of_information_of_gates` |
///
/// # Numerics
///
/// $`U_1 = \sum_y p(y) \max(0, I(Y = y; X_1) - I(Y = y; X_2))`$, so no part is the difference of two sums but the synergy, which is 0 if rounding makes it
/// negative.
///
/// # Errors
///
/// [`InformationError::Probability`] if a name is unknown or occurs twice.
///
/// # Examples
///
/// ```
/// use gradus_information::{JointDistribution, bits, partial_information_min};
///
/// let xor = JointDistribution::new(
///     &[("x", 2), ("y", 2), ("xor", 2)],
///     vec![0.25, 0.0, 0.0, 0.25, 0.0, 0.25, 0.25, 0.0],
/// )?;
/// let parts = partial_information_min(&xor, &["xor"], &["x"], &["y"])?;
/// assert_eq!((parts.redundancy, parts.first, parts.second), (0.0, 0.0, 0.0));
/// assert_eq!(bits(parts.synergy), 1.0);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// P. L. Williams and R. D. Beer, *Nonnegative decomposition of multivariate information* (2010), eq. 3, <https://arxiv.org/abs/1004.2515>.
#[doc(alias = "I_min")]
#[doc(alias = "unique information")]
pub fn partial_information_min(
    table: &JointDistribution,
    target: &[&str],
    first: &[&str],
    second: &[&str],
) -> Result<PartialInformation, InformationError> {
    let (by_first, by_second) = (table.pair(target, first)?, table.pair(target, second)?);
    let both = table.pair(target, &[first, second].concat())?;
    let told = zip(specific(&by_first)?, specific(&by_second)?);
    let told: Vec<_> = zip(by_first.marginal_x().as_slice(), told).collect();
    let mean = |part: fn(f64, f64) -> f64| total(told.iter().map(|(p, (a, b))| *p * part(*a, *b)));
    Ok(PartialInformation {
        redundancy: mean(f64::min),
        first: mean(|a, b| (a - b).max(0.0)),
        second: mean(|a, b| (b - a).max(0.0)),
        synergy: (mutual_information(&both) - mean(f64::max)).max(0.0),
    })
}

/// $`D(p(x \mid y) \parallel p(x))`$ for each y, which are the rows; 0 for one that never happens.
fn specific(table: &JointTable) -> Result<Vec<f64>, InformationError> {
    let marginal = table.marginal_y().as_slice();
    let of = |(y, p): (usize, &f64)| -> Result<f64, InformationError> {
        if *p == 0.0 {
            return Ok(0.0);
        }
        let given: Simplex = table.y_given_x(y)?;
        let terms = zip(given.as_slice(), marginal).map(|(p, q)| kl_term(*p, *q, q.ln()));
        Ok(total(terms))
    };
    table
        .marginal_x()
        .as_slice()
        .iter()
        .enumerate()
        .map(of)
        .collect()
}
