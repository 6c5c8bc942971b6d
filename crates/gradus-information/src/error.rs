//! What can go wrong in this crate.

use gradus_numeric::NumericError;
use gradus_probability::ProbabilityError;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum InformationError {
    /// Two distributions live on sets of different size.
    #[error("distributions differ in length: {left} and {right}")]
    LengthMismatch {
        /// Length of the first.
        left: usize,
        /// Length of the second.
        right: usize,
    },
    /// A number that should be a probability is not.
    #[error("{value} is not a probability: it lies outside of [0, 1]")]
    NotAProbability {
        /// The number.
        value: f64,
    },
    /// An order of an entropy or a divergence is out of its domain.
    #[error("order {order} is not at least 0, or infinite where it must be finite")]
    InvalidOrder {
        /// The order.
        order: f64,
    },
    /// The entropy to divide by is zero: a variable is constant.
    #[error("the entropy to divide by is zero: a variable is constant")]
    NoEntropy,
    /// A function is no generator of a divergence: it has to be 0 at 1, and a number wherever it is needed.
    #[error("the generator gave {value} at the ratio {ratio}; it must be 0 at 1 and never NaN")]
    InvalidGenerator {
        /// The ratio $`p / q`$.
        ratio: f64,
        /// What the generator gave.
        value: f64,
    },
    /// A kernel gave no finite number.
    #[error("the kernel gave {value}, not a finite number")]
    InvalidKernel {
        /// What it gave.
        value: f64,
    },
    /// Two members of a family have no divergence in closed form.
    #[error("these two members of the family have no divergence in closed form")]
    NoClosedForm,
    /// A sample, or what else was given, has no elements.
    #[error("nothing was given: at least one element is needed")]
    Empty,
    /// No prefix code has words of these lengths.
    #[error("no prefix code has these lengths: they violate the inequality of Kraft")]
    Kraft,
    /// A symbol is not one of the code.
    #[error("symbol {symbol} does not exist: there are {symbols}, counted from 0")]
    UnknownSymbol {
        /// The symbol.
        symbol: usize,
        /// How many there are.
        symbols: usize,
    },
    /// An outcome of probability zero cannot be coded.
    #[error("outcome {outcome} has probability 0: it has no code")]
    Impossible {
        /// The outcome.
        outcome: usize,
    },
    /// Bits that are not the code of a message.
    #[error("the bits are no message: from bit {bit} on they make no word")]
    NotACode {
        /// The first bit of what is no word, or how many bits there are.
        bit: usize,
    },
    /// Counts whose sum is too large for an arithmetic code.
    #[error("counts sum to {sum}; an arithmetic code takes at most {largest}")]
    TooManyCounts {
        /// Their sum.
        sum: u64,
        /// The largest sum.
        largest: u64,
    },
    /// A moment is not strictly inside of the range of its feature.
    #[error(
        "the moment {moment} is not strictly between {smallest} and {largest}, the range of its feature"
    )]
    Infeasible {
        /// The moment.
        moment: f64,
        /// The smallest value of the feature.
        smallest: f64,
        /// The largest.
        largest: f64,
    },
    /// A tolerance is not positive.
    #[error("tolerance {tolerance} is not positive")]
    InvalidTolerance {
        /// The tolerance.
        tolerance: f64,
    },
    /// An iteration did not reach its tolerance.
    #[error("no convergence after {iterations} iterations: the bounds are still {gap:e} apart")]
    DidNotConverge {
        /// How many steps were taken.
        iterations: usize,
        /// How far the bounds are apart.
        gap: f64,
    },
    /// An element of a sample is NaN or infinite.
    #[error("element {index} is {value}, not a finite number")]
    NonFinite {
        /// Its index.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A number that should be a correlation is not.
    #[error("{value} is not a correlation: it lies outside of [-1, 1]")]
    InvalidCorrelation {
        /// The number.
        value: f64,
    },
    /// A sample has no neighbor of this number.
    #[error("there is no neighbor number {neighbors} of a sample among {samples}, counted from 1")]
    NoNeighbor {
        /// Which neighbor was asked for.
        neighbors: usize,
        /// How many samples there are.
        samples: usize,
    },
    /// So many samples are equal that a neighbor is at distance 0.
    #[error(
        "sample {sample} and its neighbor number {neighbors} are equal: these values have no density"
    )]
    Repeated {
        /// The number of the sample, from 0.
        sample: usize,
        /// Which neighbor is at distance 0.
        neighbors: usize,
    },
    /// The result is too large for a double-precision number.
    #[error("the result overflows; scale the values down")]
    Overflow,
    /// A conditional distribution could not be formed.
    #[error(transparent)]
    Probability(#[from] ProbabilityError),
    /// A distribution could not be formed.
    #[error(transparent)]
    Numeric(#[from] NumericError),
}
