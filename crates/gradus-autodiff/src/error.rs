//! What can go wrong in this crate.

use gradus_numeric::Shape;
use thiserror::Error;

/// What can go wrong in this crate.
///
/// Operators cannot return an error, so the first mistake is kept on the tape and every question that
/// is asked of the tape afterwards returns it.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum AutodiffError {
    /// The shapes of two matrices do not fit the operation.
    #[error("{operation} of {left} and {right}: the shapes do not fit")]
    ShapeMismatch {
        /// Name of the operation.
        operation: &'static str,
        /// Shape of the first matrix.
        left: Shape,
        /// Shape of the matrix that does not fit.
        right: Shape,
    },
    /// A rule was given too many or too few matrices.
    #[error("{operation} takes {expected} matrices but got {got}")]
    WrongInputs {
        /// Name of the operation.
        operation: &'static str,
        /// How many it takes.
        expected: usize,
        /// How many it got.
        got: usize,
    },
    /// The operation has no value for a matrix without entries.
    #[error("{operation} of a matrix without entries")]
    Empty {
        /// Name of the operation.
        operation: &'static str,
    },
    /// Variables of two tapes meet, or a tape is asked about a variable of another one.
    #[error("{operation} of variables of two tapes; record both on the same tape")]
    MixedTapes {
        /// Name of the operation.
        operation: &'static str,
    },
    /// A closure that reads or writes the tape tried to record on it.
    #[error("{operation} inside a closure that reads or writes the tape; record it outside")]
    Busy {
        /// Name of the operation.
        operation: &'static str,
    },
    /// A tape that only follows shapes was asked for a number.
    #[error("{operation} on a tape that follows shapes and computes nothing")]
    Dry {
        /// Name of the question.
        operation: &'static str,
    },
    /// A parameter lies outside of the parameter vector.
    #[error("a {shape} parameter at {offset} does not fit into {length} numbers")]
    ParameterOutOfRange {
        /// Where the parameter starts.
        offset: usize,
        /// Its shape.
        shape: Shape,
        /// Length of the parameter vector.
        length: usize,
    },
    /// Two parameters share some of their numbers; only the same window can be used twice.
    #[error("parameters overlap: {first_shape} at {first} and {second_shape} at {second}")]
    OverlappingParameters {
        /// Where the first one starts.
        first: usize,
        /// Shape of the first one.
        first_shape: Shape,
        /// Where the second one starts.
        second: usize,
        /// Shape of the second one.
        second_shape: Shape,
    },
    /// The tape cannot number another node.
    #[error("a tape holds at most {limit} nodes")]
    TooManyNodes {
        /// The largest number of nodes.
        limit: usize,
    },
    /// There is no memory for a matrix of this shape, or `usize` cannot count its entries.
    #[error("there is no memory for a {shape} matrix")]
    TooLarge {
        /// The shape.
        shape: Shape,
    },
    /// The memory for the gradient is not as long as the parameter vector.
    #[error("the gradient holds {gradient} numbers but there are {parameters} parameters")]
    WrongGradientLength {
        /// Length of the memory for the gradient.
        gradient: usize,
        /// Length of the parameter vector.
        parameters: usize,
    },
    /// A point and a direction, or outputs and their weights, differ in length.
    #[error("lengths differ: {left} and {right}")]
    LengthMismatch {
        /// Length of the first.
        left: usize,
        /// Length of the second.
        right: usize,
    },
    /// A way back other than that of the chain rule has come to an operation that it cannot pass.
    #[error("what flows back cannot be shared out by {operation}")]
    Impassable {
        /// Name of the operation.
        operation: &'static str,
    },
    /// The closure of a loss returned an error, which its caller has.
    #[error("the closure of a loss failed")]
    LossFailed,
}
