//! What can go wrong in this crate.

use gradus_numeric::Shape;
use std::fmt;
use thiserror::Error;

/// What can go wrong in this crate. Whatever refuses a step has changed nothing.
///
/// # Examples
///
/// ```
/// use gradus_optim::sgd;
///
/// let refused = sgd::<f32>(1e39).err().map(|error| error.to_string());
/// let message = "learning rate = 1e39 is beyond the number type of the parameters, which ends at 3.4028234663852886e38";
/// assert_eq!(refused.as_deref(), Some(message));
/// ```
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum OptimError {
    /// A setting must be a finite number that is not negative.
    #[error("{name} = {} must be finite and at least 0", Short(*value))]
    Negative {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A setting must be a finite number greater than zero.
    #[error("{name} = {} must be finite and greater than 0", Short(*value))]
    NotPositive {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A setting must lie between 0 and 1, where 1 itself is excluded, also after rounding.
    #[error("{name} = {value} must lie in [0, 1), also in the number type of the parameters")]
    OutsideUnitInterval {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A setting must lie between 0 and 1, both included.
    #[error("{name} = {value} must lie in [0, 1]")]
    NotAShare {
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
        "{name} = {} vanishes in the number type of the parameters, whose smallest normal number is {}; take a larger \
         one, or 0",
        Short(*value), Short(*smallest)
    )]
    Vanishes {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: f64,
        /// The smallest positive normal number of the type.
        smallest: f64,
    },
    /// A setting is so large that the number type of the parameters makes it infinite.
    #[error(
        "{name} = {} is beyond the number type of the parameters, which ends at {}",
        Short(*value), Short(*largest)
    )]
    Overflows {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: f64,
        /// The largest number of the type.
        largest: f64,
    },
    /// A setting that counts must not be zero.
    #[error("{name} must be at least 1")]
    NoSteps {
        /// Name of the setting.
        name: &'static str,
    },
    /// A chain needs at least one link.
    #[error("a chain needs at least one link")]
    EmptyChain,
    /// Sums are measured before a loop begins, so the second one of a pair cannot have any.
    #[error(
        "a transformation that needs sums cannot be the second of a pair: make it the first, or a link of its own"
    )]
    SumsInsidePair,
    /// No link applies to a parameter, which would move by its bare gradient.
    #[error("no link applies to the parameter {parameter:?}: give it one, or freeze it")]
    NoLink {
        /// Name of the parameter.
        parameter: String,
    },
    /// There is no memory for a vector of this length.
    #[error("no memory for a vector of {numbers} numbers")]
    NoMemory {
        /// Its length.
        numbers: usize,
    },
    /// A name of the layout was given twice.
    #[error("parameter {name:?} stands twice in the layout")]
    DuplicateName {
        /// The name.
        name: String,
    },
    /// `usize` cannot count the parameters.
    #[error("{shape} more parameters after {length} are more than can be counted")]
    TooMany {
        /// Shape of the parameter that did not fit.
        shape: Shape,
        /// How many numbers there were before.
        length: usize,
    },
    /// The parameter vector does not have the layout's length.
    #[error("the parameter vector has {got} numbers, the layout {expected}")]
    ThetaLength {
        /// Length of the layout.
        expected: usize,
        /// Length of the vector.
        got: usize,
    },
    /// A shard of the gradient does not have the layout's length.
    #[error("gradient shard {shard} has {got} numbers, the layout {expected}")]
    GradientLength {
        /// Which shard, counted from 0.
        shard: usize,
        /// Length of the layout.
        expected: usize,
        /// Length of the shard.
        got: usize,
    },
    /// There is no gradient to sum.
    #[error("the gradient has no shards")]
    NoGradient,
    /// An entry of the gradient is NaN or infinite.
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
    /// An entry of the gradient is finite, but its square would overflow.
    #[error(
        "step {step}: the gradient of {parameter:?} at {index} is {}, beyond {}; nothing was changed",
        Short(*value), Short(*limit)
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
        /// The largest absolute value that a step may begin with.
        limit: f64,
    },
    /// A parameter has left the range of ordinary numbers, or is not finite.
    #[error(
        "step {step}: the parameter {parameter:?} at {index} is {}, beyond {}; nothing was changed",
        Short(*value), Short(*limit)
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
        /// The largest absolute value that a step may begin with.
        limit: f64,
    },
    /// The settings allow updates that could make a parameter infinite.
    #[error(
        "step {step}: an update could reach {}, beyond {}; take a smaller rate, or clip the update; nothing was changed",
        Short(*bound), Short(*limit)
    )]
    UpdateTooLarge {
        /// The step that was refused, counted from 1.
        step: u64,
        /// The bound on an entry of the update.
        bound: f64,
        /// The largest update that leaves every finite parameter finite.
        limit: f64,
    },
    /// The links of one pass keep too many state vectors.
    #[error("the links of one pass keep {got} state vectors, at most {limit} are possible")]
    TooManyVectors {
        /// How many they keep.
        got: usize,
        /// How many are possible.
        limit: usize,
    },
    /// A transformation needs the loss, see [`Gradient::with_loss`](crate::Gradient::with_loss).
    #[error("the chain watches the loss, which was not given")]
    NoLoss,
    /// The loss that was given is NaN or infinite.
    #[error("step {step}: the loss is {value}; nothing was changed")]
    BadLoss {
        /// The step that was refused, counted from 1.
        step: u64,
        /// The loss that was given.
        value: f64,
    },
    /// No link of the chain learns the curvature.
    #[error("no link of the chain learns the curvature, as ScaleBySophia does")]
    NoCurvature,
    /// An estimate of the curvature does not have the layout's length.
    #[error("the curvature has {got} numbers, the layout {expected}")]
    CurvatureLength {
        /// Length of the layout.
        expected: usize,
        /// Length of the estimate.
        got: usize,
    },
    /// An estimate of the curvature is NaN, infinite or beyond ordinary numbers.
    #[error(
        "the curvature of {parameter:?} at {index} is {}, beyond {}; nothing was changed",
        Short(*value), Short(*limit)
    )]
    BadCurvature {
        /// Name of the parameter.
        parameter: String,
        /// Index in that parameter's memory.
        index: usize,
        /// The estimate there.
        value: f64,
        /// The largest absolute value of an estimate.
        limit: f64,
    },
    /// A schedule gave a learning rate that is negative, infinite or NaN.
    #[error("step {step}: the schedule gives the learning rate {}; nothing was changed", Short(*value))]
    BadRate {
        /// The step that was refused, counted from 1.
        step: u64,
        /// What the schedule gave.
        value: f64,
    },
    /// The state was made by another chain.
    #[error(
        "the state, with {got} vectors, was made by another chain than this one, with {expected}"
    )]
    ForeignState {
        /// How many vectors the chain needs.
        expected: usize,
        /// How many vectors the state keeps.
        got: usize,
    },
    /// The state keeps no vector or number of that name.
    #[error("the state keeps nothing that is called {name:?}")]
    UnknownVector {
        /// The name that was asked for.
        name: String,
    },
    /// A vector to be restored has another length.
    #[error("state vector {name:?} has {expected} numbers, {got} were given")]
    VectorLength {
        /// Name of the vector.
        name: String,
        /// Its length.
        expected: usize,
        /// How many numbers were given.
        got: usize,
    },
    /// A vector to be restored holds NaN or an infinity.
    #[error("{value} at {index} cannot be restored to the state vector {name:?}")]
    NonFiniteState {
        /// Name of the vector.
        name: String,
        /// Index of the first such entry.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A vector to be restored holds a negative number where only squares and their averages stand.
    #[error("{} at {index} cannot be restored to the state vector {name:?}: it holds squares", Short(*value))]
    NegativeState {
        /// Name of the vector.
        name: String,
        /// Index of the first such entry.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A number to be restored is NaN.
    #[error("NaN cannot be restored to the number {name:?}")]
    NumberIsNaN {
        /// Name of the number.
        name: String,
    },
    /// A number that was restored is none that the transformation can have left.
    #[error("step {step}: the number {name} = {} cannot come from earlier steps; nothing was changed", Short(*value))]
    UnsoundNumber {
        /// The step that was refused, counted from 1.
        step: u64,
        /// Name of the number, without the position of its link.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// The vectors that were restored do not fit together: no steps of this chain can have left them.
    #[error(
        "step {step}: the state of link {position} at {index} cannot come from earlier steps; nothing was changed"
    )]
    UnsoundState {
        /// The step that was refused, counted from 1.
        step: u64,
        /// Position of the link in the chain, counted from 0.
        position: usize,
        /// Index of the first such entry in the link's vectors.
        index: usize,
    },
}

impl OptimError {
    /// Whether a gradient or a loss was not finite, or would not be once it is squared.
    pub(crate) const fn is_not_finite(&self) -> bool {
        matches!(
            self,
            Self::NonFinite { .. } | Self::GradientTooLarge { .. } | Self::BadLoss { .. }
        )
    }
}

/// A number in a message: extreme ones by their exponent, not by three hundred zeros.
struct Short(f64);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.abs();
        if size == 0.0 || (1e-4..1e6).contains(&size) {
            write!(f, "{}", self.0)
        } else {
            write!(f, "{:e}", self.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Short;

    #[test]
    fn numbers_in_messages_are_short() {
        let written = |x| Short(x).to_string();
        assert_eq!(
            [1e-300, 1e300, -2e17].map(written),
            ["1e-300", "1e300", "-2e17"]
        );
        assert_eq!([0.0, 0.5, 12.0].map(written), ["0", "0.5", "12"]);
        assert_eq!([f64::NAN, f64::INFINITY].map(written), ["NaN", "inf"]);
    }
}
