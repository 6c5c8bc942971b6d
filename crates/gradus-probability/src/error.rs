//! What can go wrong in this crate.

use gradus_numeric::NumericError;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum ProbabilityError {
    /// A parameter of a family lies outside of its domain.
    #[error("{name} = {value} lies outside of its domain")]
    Domain {
        /// Name of the parameter.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// Numbers that should be probabilities are not.
    #[error(transparent)]
    Numeric(#[from] NumericError),
    /// Two lists that belong together differ in length.
    #[error("lengths differ: {left} and {right}")]
    LengthMismatch {
        /// Length of the first.
        left: usize,
        /// Length of the second.
        right: usize,
    },
    /// There is no such outcome.
    #[error("outcome {outcome} does not exist: there are {outcomes}, counted from 0")]
    OutcomeOutOfRange {
        /// The index asked for.
        outcome: usize,
        /// How many outcomes there are.
        outcomes: usize,
    },
    /// No variable has this name.
    #[error("there is no variable named {name:?}")]
    UnknownVariable {
        /// The name.
        name: String,
    },
    /// A name stands for two variables, or a variable is named twice in one question.
    #[error("the variable {name:?} was named twice")]
    DuplicateVariable {
        /// The name.
        name: String,
    },
    /// A table of all combinations of values would not fit into memory.
    #[error("a table of {entries:e} entries was needed; the largest has {largest}")]
    TableTooLarge {
        /// How many combinations there are.
        entries: f64,
        /// How many entries a table may have.
        largest: usize,
    },
    /// A Markov chain has two parts that it never leaves, and so many stationary distributions.
    #[error(
        "states {first} and {second} are never left for each other: there are many stationary distributions"
    )]
    NotUnique {
        /// A state of the first part.
        first: usize,
        /// A state of the second part.
        second: usize,
    },
    /// A state of a Markov chain has no share in the long run, so nothing can be said of where a walker there came from.
    #[error("state {state} has no share in the long run: no walker there came from anywhere")]
    NeverVisited {
        /// The first such state, counted from 0.
        state: usize,
    },
    /// What was observed, or conditioned on, has probability zero.
    #[error("the evidence has probability zero: nothing can be conditioned on it")]
    ZeroEvidence,
    /// A likelihood is negative, NaN or infinite.
    #[error("likelihood {index} is {value}, not a finite number of at least 0")]
    InvalidLikelihood {
        /// Index of the first such likelihood.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// The logarithm of a likelihood is NaN or +∞.
    #[error("log-likelihood {index} is {value}, neither finite nor -inf")]
    InvalidLogLikelihood {
        /// Index of the first such log-likelihood.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A random variable takes only one value, so it has no correlation with another.
    #[error("random variable {name} is constant: its correlation is undefined")]
    Constant {
        /// Name of the argument.
        name: &'static str,
    },
    /// A moment does not exist.
    #[error("the {moment} does not exist: it needs {needs}")]
    NoMoment {
        /// Which one.
        moment: &'static str,
        /// What the parameters would have to be.
        needs: &'static str,
    },
    /// The likelihood has no maximum inside of the family: the data have no spread, or are at the end of its support.
    #[error("no member of the family is the most likely one: {reason}")]
    NoMaximum {
        /// What the data lack.
        reason: &'static str,
    },
    /// An observation is outside of the support, or a weight is negative, NaN or infinite.
    #[error("observation {index} is {value}")]
    InvalidObservation {
        /// Index of the first such observation or weight.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// The result is too large for a double-precision number; scale the values down.
    #[error("the result overflows; scale the values down")]
    Overflow,
    /// Edges of bins do not rise, or bins would be narrower than the distance of two doubles.
    #[error("edge {index} is {value}, not above {before} before it")]
    EdgesNotRising {
        /// Index of the first such edge.
        index: usize,
        /// Its value.
        value: f64,
        /// The edge before it.
        before: f64,
    },
    /// An interval is empty, or one of its ends is NaN.
    #[error("the interval from {low:e} to {high:e} is empty")]
    EmptyInterval {
        /// Where it should begin.
        low: f64,
        /// Where it should end.
        high: f64,
    },
    /// An interval is so improbable that its probability is not known to enough digits.
    #[error("the probability of the interval, e^{ln_probability:e}, has too few digits")]
    TooRare {
        /// The logarithm of its probability, as far as it is known.
        ln_probability: f64,
    },
    /// A law has probability outside of where a map is defined.
    #[error("the law reaches from {low:e} to {high:e}, beyond the domain of the map")]
    OutsideOfDomain {
        /// Lower end of the support.
        low: f64,
        /// Upper end of the support.
        high: f64,
    },
    /// The integral of a moment did not converge: it may be infinite, or the density is too rough.
    #[error("the {moment} was not found: its integral is uncertain by {error:e}")]
    NotIntegrated {
        /// Which one.
        moment: &'static str,
        /// How far it may be off.
        error: f64,
    },
}

/// A parameter that has to be finite and positive.
pub(crate) fn finite_positive(name: &'static str, value: f64) -> Result<(), ProbabilityError> {
    if value > 0.0 && value.is_finite() {
        Ok(())
    } else {
        Err(ProbabilityError::Domain { name, value })
    }
}

/// A parameter that has to be finite.
pub(crate) fn finite(name: &'static str, value: f64) -> Result<(), ProbabilityError> {
    if value.is_finite() {
        Ok(())
    } else {
        Err(ProbabilityError::Domain { name, value })
    }
}

/// Numbers that have to be finite.
pub(crate) fn all_finite(x: &[f64]) -> Result<(), ProbabilityError> {
    match x.iter().position(|x| !x.is_finite()) {
        Some(index) => Err(NumericError::NonFinite {
            index,
            value: x[index],
        }
        .into()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::ProbabilityError;

    #[test]
    fn messages_are_short_and_tell_which() {
        let (low, high) = (1e300, 1e-300);
        assert_eq!(
            ProbabilityError::EmptyInterval { low, high }.to_string(),
            "the interval from 1e300 to 1e-300 is empty"
        );
        let state = 7;
        assert_eq!(
            ProbabilityError::NeverVisited { state }.to_string(),
            "state 7 has no share in the long run: no walker there came from anywhere"
        );
    }
}
