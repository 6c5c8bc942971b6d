//! What can go wrong in this crate.

use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum PrivacyError {
    /// A privacy loss is NaN, infinite or negative.
    #[error("epsilon = {epsilon:e} is no privacy loss: it is finite and not negative")]
    NotAnEpsilon {
        /// The number.
        epsilon: f64,
    },
    /// A mechanism that draws exactly cannot work with this privacy loss.
    #[error("epsilon = {epsilon:e} is out of [2^-20, 2^10], in which noise is drawn exactly")]
    EpsilonOutOfRange {
        /// The number.
        epsilon: f64,
    },
    /// A probability of failure is not in (0, 1).
    #[error("delta = {delta:e} is out of (0, 1)")]
    NotADelta {
        /// The number.
        delta: f64,
    },
    /// A sampling rate is not in [0, 1].
    #[error("the sampling rate {rate:e} is out of [0, 1]")]
    NotARate {
        /// The number.
        rate: f64,
    },
    /// A noise multiplier is NaN, infinite or negative.
    #[error("the noise {noise:e} is finite and not negative")]
    NotANoise {
        /// The number.
        noise: f64,
    },
    /// An order of Rényi divergence is not larger than 1.
    #[error("the order {order:e} is out of (1, 2^20]")]
    NotAnOrder {
        /// The number.
        order: f64,
    },
    /// There are no orders to account in.
    #[error("there are no orders to account in")]
    NoOrders,
    /// A fractional order asks for too fine an integral.
    #[error(
        "the order {order:e} with the noise {noise:e} asks for an integral of more than 2^20 points: take a whole order or more noise"
    )]
    TooFine {
        /// The order.
        order: f64,
        /// The noise multiplier.
        noise: f64,
    },
    /// No noise is enough for this privacy loss.
    #[error(
        "epsilon = {epsilon:e} cannot be reached by any noise: the accountant's orders end at {smallest:e}"
    )]
    Unreachable {
        /// What was asked for.
        epsilon: f64,
        /// What endless noise gives.
        smallest: f64,
    },
    /// Two numbers that should be neighbors differ by nothing: there is nothing to hide.
    #[error("a sensitivity of 0 leaves nothing to hide")]
    NoSensitivity,
    /// A number to be hidden is NaN or infinite.
    #[error("the value {value} cannot be hidden: it is not finite")]
    NotFinite {
        /// The number.
        value: f64,
    },
    /// The step of a grid is not a power of two.
    #[error("the step {step:e} of the grid is no power of two from 2^-500 to 2^500")]
    NotAStep {
        /// The number.
        step: f64,
    },
    /// A number has too many steps of the grid.
    #[error("{value:e} is more than 2^31 steps of {step:e}: take wider ones")]
    TooManySteps {
        /// The number.
        value: f64,
        /// The step.
        step: f64,
    },
    /// There is nothing to choose from.
    #[error("there is nothing to choose from")]
    NoChoices,
    /// An answer is none of those that are possible.
    #[error("{answer} is none of the {answers} possible answers 0..{answers}")]
    NotAnAnswer {
        /// The answer.
        answer: u32,
        /// How many there are.
        answers: u32,
    },
}

/// A finite number, not negative.
pub(crate) fn check_epsilon(epsilon: f64) -> Result<f64, PrivacyError> {
    if epsilon >= 0.0 && epsilon.is_finite() {
        Ok(epsilon)
    } else {
        Err(PrivacyError::NotAnEpsilon { epsilon })
    }
}

/// A number in (0, 1).
pub(crate) fn check_delta(delta: f64) -> Result<f64, PrivacyError> {
    if delta > 0.0 && delta < 1.0 {
        Ok(delta)
    } else {
        Err(PrivacyError::NotADelta { delta })
    }
}

/// A number in [0, 1].
pub(crate) fn check_rate(rate: f64) -> Result<f64, PrivacyError> {
    if (0.0..=1.0).contains(&rate) {
        Ok(rate)
    } else {
        Err(PrivacyError::NotARate { rate })
    }
}

/// A finite number, not negative.
pub(crate) fn check_noise(noise: f64) -> Result<f64, PrivacyError> {
    if noise >= 0.0 && noise.is_finite() {
        Ok(noise)
    } else {
        Err(PrivacyError::NotANoise { noise })
    }
}
