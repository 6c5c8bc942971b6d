//! The capacity of a channel.

use crate::convergence::{STEPS, check_tolerance};
use crate::divergences::kl::kl_divergence;
use crate::error::InformationError;
use crate::measures::mutual::mutual_information;
use gradus_numeric::{LogSumExp, Simplex};
use gradus_probability::JointTable;
use std::iter::zip;

/// The capacity of a channel, in nats a use, and the inputs that reach it.
#[derive(Clone, Debug, PartialEq)]
pub struct Capacity {
    /// A lower bound: the mutual information of `input` and its output.
    pub nats: f64,
    /// An upper bound.
    pub at_most: f64,
    /// How often each input is used.
    pub input: Simplex,
    /// How many steps were taken.
    pub iterations: usize,
}

/// The capacity of a channel by the algorithm of Blahut and Arimoto: the most that one use can tell.
///
/// ```math
/// C = \max_{p(x)} I(X; Y), \qquad p(x) \leftarrow \frac{p(x) \, e^{D(x)}}{\sum_{x'} p(x') \, e^{D(x')}}, \quad
/// D(x) = D\bigl( p(y \mid x) \parallel p(y) \bigr)
/// ```
///
/// Below this rate there are codes with as few errors as one likes, above it there are none (Shannon). At each step
/// $`\ln \sum_x p(x) e^{D(x)} \le C \le \max_x D(x)`$; the two meet.
///
/// # Shapes
///
/// `y_given_x`: one distribution of the outputs for each input.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the binary symmetric channel: $`\ln 2 - h(e)`$ | `capacity_of_textbook_channels` |
/// | at least the information of any input | `no_input_tells_more_than_the_capacity` |
/// | at most the logarithm of the number of inputs, or outputs | `capacity_is_at_most_the_alphabet` |
///
/// # Numerics
///
/// The two bounds are within `tolerance` at the end. They close geometrically, but like 1/steps where an input is just not worth using.
///
/// # Errors
///
/// [`InformationError::Empty`] without inputs, [`InformationError::LengthMismatch`] if rows differ in length,
/// [`InformationError::InvalidTolerance`] unless the tolerance is positive, [`InformationError::DidNotConverge`] after 100 000 steps.
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, bits, channel_capacity};
///
/// // an erasure channel: a quarter of the bits are lost
/// let erasure = [Simplex::new(vec![0.75, 0.25, 0.0])?, Simplex::new(vec![0.0, 0.25, 0.75])?];
/// let capacity = channel_capacity(&erasure, 1e-12)?;
/// assert!((bits(capacity.nats) - 0.75).abs() < 1e-12);
/// assert_eq!(capacity.input.as_slice(), [0.5, 0.5]);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// R. Blahut, *Computation of channel capacity and rate-distortion functions*, IEEE Trans. Inform. Theory 18 (1972), 460–473; Cover
/// and Thomas (2006), §7 and §10.8.
#[doc(alias = "Blahut-Arimoto")]
pub fn channel_capacity(
    y_given_x: &[Simplex],
    tolerance: f64,
) -> Result<Capacity, InformationError> {
    check_tolerance(tolerance)?;
    if y_given_x.is_empty() {
        return Err(InformationError::Empty);
    }
    let mut input = Simplex::uniform(y_given_x.len())?;
    let mut gap = f64::INFINITY;
    for iterations in 0..STEPS {
        let table = JointTable::from_conditionals(&input, y_given_x)?;
        let told: Vec<_> = y_given_x
            .iter()
            .map(|row| kl_divergence(row, table.marginal_y()))
            .collect::<Result<_, _>>()?;
        let at_most = told.iter().copied().fold(0.0, f64::max);
        let nats = mutual_information(&table);
        gap = at_most - nats;
        if gap <= tolerance {
            return Ok(Capacity {
                nats,
                at_most: at_most.max(nats),
                input,
                iterations,
            });
        }
        input = updated(&input, &told)?;
    }
    Err(InformationError::DidNotConverge {
        iterations: STEPS,
        gap,
    })
}

/// $`p e^D`$, divided by its sum.
fn updated(p: &Simplex, d: &[f64]) -> Result<Simplex, InformationError> {
    let exponents = || {
        zip(p.as_slice(), d)
            .filter(|(p, _)| **p > 0.0)
            .map(|(p, d)| p.ln() + d)
    };
    let mut sum = LogSumExp::default();
    exponents().for_each(|x| sum.push(x));
    let ln_sum = sum.value();
    // an input whose probability underflowed is not used any more
    let weight = |(p, d): (&f64, &f64)| {
        if *p > 0.0 {
            (p.ln() + d - ln_sum).exp()
        } else {
            0.0
        }
    };
    Ok(Simplex::from_weights(
        &zip(p.as_slice(), d).map(weight).collect::<Vec<_>>(),
    )?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_that_are_none() {
        let (two, three) = (Simplex::uniform(2).unwrap(), Simplex::uniform(3).unwrap());
        assert_eq!(channel_capacity(&[], 1e-9), Err(InformationError::Empty));
        assert!(channel_capacity(&[two.clone(), three], 1e-9).is_err());
        assert!(channel_capacity(std::slice::from_ref(&two), 0.0).is_err());
        assert!(channel_capacity(std::slice::from_ref(&two), f64::NAN).is_err());
        assert_eq!(
            channel_capacity(&[two.clone(), two], 1e-9).unwrap().nats,
            0.0
        ); // useless
    }
}
