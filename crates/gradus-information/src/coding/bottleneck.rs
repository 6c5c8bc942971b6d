//! The information bottleneck: forgetting what does not matter.

use crate::convergence::{STEPS, check_tolerance};
use crate::divergences::kl::kl_divergence;
use crate::error::InformationError;
use crate::measures::mutual::mutual_information;
use gradus_numeric::{Simplex, softmax};
use gradus_probability::JointTable;
use std::iter::zip;

/// A compressed description T of X that keeps what X tells about Y.
#[derive(Clone, Debug, PartialEq)]
pub struct Bottleneck {
    /// $`p(t \mid x)`$, a distribution for each x.
    pub encoder: Vec<Simplex>,
    /// $`I(X; T)`$ in nats: what the description costs.
    pub cost: f64,
    /// $`I(T; Y)`$ in nats: what it still tells.
    pub relevance: f64,
    /// How many steps were taken.
    pub iterations: usize,
}

/// The information bottleneck by its self-consistent equations, from a first encoder.
///
/// ```math
/// \min_{p(t \mid x)} I(X; T) - \beta \, I(T; Y), \qquad
/// p(t \mid x) \propto p(t) \, e^{-\beta D(p(y \mid x) \parallel p(y \mid t))}
/// ```
///
/// T is a description of X by a few words: values of X that say the same about Y get the same word. The larger $`\beta`$ (`worth`), the
/// more words are told apart. The objective never rises, but its minimum need not be the only one: the first `encoder` decides
/// which is found.
///
/// # Shapes
///
/// `table`: X the rows, Y the columns; `encoder`: one distribution of the words for each row.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the objective never rises | `the_bottleneck_never_gets_worse` |
/// | $`I(T; Y) \le I(X; Y)`$ (data processing) | `a_description_tells_no_more_than_what_it_describes` |
/// | a worth of at most 1 is worth no word: $`I(X; T) \to 0`$ | `a_small_worth_buys_nothing` |
///
/// # Numerics
///
/// Ends when no probability of the encoder moves by more than `tolerance`. A word whose probability underflowed is not used any more.
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] unless there is one distribution for each row, and all are equally long;
/// [`InformationError::NonFinite`] for a worth that is negative, NaN or infinite, [`InformationError::InvalidTolerance`] unless the tolerance is positive,
/// [`InformationError::DidNotConverge`] after 100 000 steps.
///
/// # Examples
///
/// Four values of X, of which two and two say the same about Y: two words suffice.
///
/// ```
/// use gradus_information::{JointTable, Simplex, information_bottleneck, mutual_information};
///
/// let table = JointTable::new(&[[0.225, 0.025], [0.225, 0.025], [0.025, 0.225], [0.025, 0.225]])?;
/// let first = [0.6, 0.55, 0.45, 0.4].map(|p| Simplex::new(vec![p, 1.0 - p]));
/// let first: Vec<_> = first.into_iter().collect::<Result<_, _>>()?;
/// let words = information_bottleneck(&table, &first, 20.0, 1e-12)?;
/// assert!((words.relevance - mutual_information(&table)).abs() < 1e-5); // nearly nothing is lost
/// assert!((words.cost - 2.0_f64.ln()).abs() < 1e-4); // and one bit kept of two
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// N. Tishby, F. C. Pereira and W. Bialek, *The information bottleneck method*, Proc. 37th Allerton Conf. (1999), eq. 16 and 28,
/// <https://arxiv.org/abs/physics/0004057>.
pub fn information_bottleneck(
    table: &JointTable,
    encoder: &[Simplex],
    worth: f64,
    tolerance: f64,
) -> Result<Bottleneck, InformationError> {
    check_tolerance(tolerance)?;
    if !(worth >= 0.0 && worth.is_finite()) {
        return Err(InformationError::NonFinite {
            index: 0,
            value: worth,
        });
    }
    let mut encoder = encoder.to_vec();
    let mut gap = f64::INFINITY;
    for iterations in 0..STEPS {
        let described = JointTable::from_conditionals(table.marginal_x(), &encoder)?;
        let told = told(table, &encoder)?;
        if gap <= tolerance {
            let (cost, relevance) = (mutual_information(&described), mutual_information(&told));
            return Ok(Bottleneck {
                encoder,
                cost,
                relevance,
                iterations,
            });
        }
        let next = updated(table, &told, &encoder, worth)?;
        let moves = zip(&encoder, &next).flat_map(|(a, b)| zip(a.as_slice(), b.as_slice()));
        gap = moves.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        encoder = next;
    }
    Err(InformationError::DidNotConverge {
        iterations: STEPS,
        gap,
    })
}

/// $`p(t, y) = \sum_x p(t \mid x) \, p(x, y)`$.
fn told(table: &JointTable, encoder: &[Simplex]) -> Result<JointTable, InformationError> {
    let columns = table.shape().columns;
    let words = encoder.first().map_or(0, Simplex::len);
    let mut joint = vec![vec![0.0; columns]; words];
    for (row, word) in zip(table.joint().as_slice().chunks_exact(columns), encoder) {
        for (sums, p) in zip(&mut joint, word.as_slice()) {
            zip(sums, row).for_each(|(sum, q)| *sum += p * q);
        }
    }
    Ok(JointTable::from_weights(&joint)?)
}

fn updated(
    table: &JointTable,
    told: &JointTable,
    encoder: &[Simplex],
    worth: f64,
) -> Result<Vec<Simplex>, InformationError> {
    let words = told.marginal_x();
    let mut next = Vec::with_capacity(encoder.len());
    for (x, before) in encoder.iter().enumerate() {
        // a value that does not happen keeps its word
        let Ok(y) = table.y_given_x(x) else {
            next.push(before.clone());
            continue;
        };
        let mut scores = Vec::with_capacity(words.len());
        for (t, p) in words.as_slice().iter().enumerate() {
            scores.push(match told.y_given_x(t) {
                Ok(meaning) => p.ln() - worth * kl_divergence(&y, &meaning)?,
                Err(_) => f64::NEG_INFINITY,
            });
        }
        // no word means anything like it: ∞ for all of them can only be rounding
        next.push(match softmax(&scores) {
            Ok(p) => Simplex::from_weights(&p)?,
            Err(_) => before.clone(),
        });
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_that_do_not_fit() {
        let table = JointTable::new(&[[0.5, 0.0], [0.0, 0.5]]).unwrap();
        let one = [Simplex::uniform(2).unwrap()];
        assert!(information_bottleneck(&table, &one, 1.0, 1e-9).is_err());
        let two = [one[0].clone(), Simplex::uniform(3).unwrap()];
        assert!(information_bottleneck(&table, &two, 1.0, 1e-9).is_err());
        let two = [one[0].clone(), one[0].clone()];
        assert!(information_bottleneck(&table, &two, f64::NAN, 1e-9).is_err());
        assert_eq!(
            information_bottleneck(&table, &two, 1e300, 1e-9)
                .unwrap()
                .cost,
            0.0
        );
    }
}
