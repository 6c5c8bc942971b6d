//! What can go wrong in this crate.

use gradus_numeric::Shape;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum OptimError {
    /// A setting must be a finite number that is not negative.
    #[error("{name} = {value} must be finite and at least 0")]
    Negative {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A setting must be a finite number greater than zero.
    #[error("{name} = {value} must be finite and greater than 0")]
    NotPositive {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A setting must lie between 0 and 1, where 1 itself is excluded.
    #[error("{name} = {value} must lie in [0, 1)")]
    OutsideUnitInterval {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A setting must be a finite number.
    #[error("{name} = {value} must be finite")]
    NotFinite {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A setting is so small that the number type of the parameters rounds it away; 0 says so openly.
    #[error(
        "{name} = {value} vanishes in the number type of the parameters, whose least normal number is {least}; take a greater one, or 0"
    )]
    Vanishes {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: f64,
        /// The least positive normal number of the type.
        least: f64,
    },
    /// A setting that counts steps must not be zero.
    #[error("{name} must be at least 1 step")]
    NoSteps {
        /// Name of the setting.
        name: &'static str,
    },
    /// A chain needs at least one transformation.
    #[error("a chain needs at least one transformation")]
    EmptyChain,
    /// In one loop only the first word may measure; elsewhere it stands alone in the chain.
    #[error("word {position} of a loop measures and must stand first in it, or alone in the chain")]
    NotFirst {
        /// Where it stands, counted from 0.
        position: usize,
    },
    /// A name of the layout was given twice.
    #[error("parameter {name:?} stands twice in the layout")]
    DuplicateName {
        /// The name.
        name: String,
    },
    /// `usize` cannot count the parameters.
    #[error("{shape} more parameters after {length} cannot be counted")]
    TooMany {
        /// Shape of the parameter that was to be added.
        shape: Shape,
        /// How many numbers the layout had before.
        length: usize,
    },
    /// The parameter vector does not have the layout's length.
    #[error("theta has {got} numbers, its layout {expected}")]
    ThetaLength {
        /// Length of the layout.
        expected: usize,
        /// Length of the vector.
        got: usize,
    },
    /// A part of the gradient does not have the layout's length.
    #[error("gradient shard {shard} has {got} numbers, the layout {expected}")]
    GradientLength {
        /// Which part, counted from 0.
        shard: usize,
        /// Length of the layout.
        expected: usize,
        /// Length of the part.
        got: usize,
    },
    /// There is no gradient to sum.
    #[error("the gradient has no shards")]
    NoGradient,
    /// An entry of the gradient is NaN or infinite; parameters and state are untouched.
    #[error(
        "step {step}: the gradient of {parameter:?} at {index} is {value}; nothing was changed"
    )]
    NonFinite {
        /// The step that was refused, counted from 1.
        step: u64,
        /// Name of the parameter.
        parameter: String,
        /// Index in that parameter's memory.
        index: usize,
        /// Value of the gradient there.
        value: f64,
    },
    /// An entry of the gradient is finite, but a transformation's state would overflow; nothing was changed.
    #[error(
        "step {step}: the gradient of {parameter:?} at {index} is {value}, beyond {limit}; nothing was changed"
    )]
    GradientTooLarge {
        /// The step that was refused, counted from 1.
        step: u64,
        /// Name of the parameter.
        parameter: String,
        /// Index in that parameter's memory.
        index: usize,
        /// Value of the gradient there.
        value: f64,
        /// The greatest absolute value that the chain can digest.
        limit: f64,
    },
    /// A parameter has left the range of ordinary numbers, or is not finite; nothing was changed.
    #[error(
        "step {step}: the parameter {parameter:?} at {index} is {value}, beyond {limit}; nothing was changed"
    )]
    ThetaTooLarge {
        /// The step that was refused, counted from 1.
        step: u64,
        /// Name of the parameter.
        parameter: String,
        /// Index in that parameter's memory.
        index: usize,
        /// Its value.
        value: f64,
        /// The greatest absolute value that a step may begin with.
        limit: f64,
    },
    /// The settings allow updates that could make a parameter infinite; nothing was changed.
    #[error("step {step}: an update could reach {bound}, beyond {limit}; nothing was changed")]
    UpdateTooLarge {
        /// The step that was refused, counted from 1.
        step: u64,
        /// The bound on an entry of the update.
        bound: f64,
        /// The greatest update that leaves every finite parameter finite.
        limit: f64,
    },
    /// The words of one pass keep too many state vectors.
    #[error("the words of one pass keep {got} state vectors, at most {limit} are possible")]
    TooManyVectors {
        /// How many they keep.
        got: usize,
        /// How many are possible.
        limit: usize,
    },
    /// A word needs the loss, see [`Gradient::with_loss`](crate::Gradient::with_loss).
    #[error("the chain watches the loss, which was not given")]
    NoLoss,
    /// A schedule gave a learning rate that is negative, infinite or NaN; nothing was changed.
    #[error("step {step}: the schedule gives the learning rate {value}; nothing was changed")]
    BadRate {
        /// The step that was refused, counted from 1.
        step: u64,
        /// What the schedule gave.
        value: f64,
    },
    /// The state was made by another chain.
    #[error("the state keeps {got} vectors of other names than the {expected} of this chain")]
    ForeignState {
        /// How many vectors the chain needs.
        expected: usize,
        /// How many vectors the state keeps.
        got: usize,
    },
    /// The state keeps no vector of that name.
    #[error("the state keeps no vector {name:?}")]
    UnknownVector {
        /// The name that was asked for.
        name: String,
    },
    /// A vector to be restored does not have the layout's length.
    #[error("state vector {name:?} has {got} numbers, the layout {expected}")]
    VectorLength {
        /// Name of the vector.
        name: String,
        /// Length of the layout.
        expected: usize,
        /// Length of the vector.
        got: usize,
    },
    /// A vector to be restored holds NaN or an infinity.
    #[error("state vector {name:?} holds {value} at {index}")]
    NonFiniteState {
        /// Name of the vector.
        name: String,
        /// Index of the first such entry.
        index: usize,
        /// Its value.
        value: f64,
    },
}

/// `Ok` if `value` is finite and at least 0.
pub(crate) fn not_negative(name: &'static str, value: f64) -> Result<(), OptimError> {
    if value >= 0.0 && value.is_finite() {
        Ok(())
    } else {
        Err(OptimError::Negative { name, value })
    }
}

/// `Ok` if `value` is finite and greater than 0.
pub(crate) fn positive(name: &'static str, value: f64) -> Result<(), OptimError> {
    if value > 0.0 && value.is_finite() {
        Ok(())
    } else {
        Err(OptimError::NotPositive { name, value })
    }
}

/// `Ok` if `value` lies in $`[0, 1)`$.
pub(crate) fn below_one(name: &'static str, value: f64) -> Result<(), OptimError> {
    if (0.0..1.0).contains(&value) {
        Ok(())
    } else {
        Err(OptimError::OutsideUnitInterval { name, value })
    }
}
