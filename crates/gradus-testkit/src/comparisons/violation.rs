//! What an assertion answers when a law does not hold.

use thiserror::Error;

/// A law that does not hold, with the numbers that break it.
///
/// It is an [`Error`], so `?` works in the body of `proptest!` and in a
/// `#[test] fn … -> Result<(), Violation>`.
///
/// # Examples
///
/// ```
/// use gradus_testkit::{Violation, relative};
///
/// let violation = relative(1.0, 1.5, 1e-3).unwrap_err().within("halving");
/// assert_eq!(violation.to_string(), "halving: left 1.0 and right 1.5 differ by 0.5, more than 0.0015");
/// assert!(matches!(violation, Violation::Within { .. }));
/// ```
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum Violation {
    /// Two numbers, in the order in which they were given, differ by more than the tolerance allows, or one is NaN.
    #[error(
        "left {left:?} and right {right:?} differ by {:?}, more than {allowed:?}",
        (left - right).abs()
    )]
    #[allow(missing_docs, reason = "the message says what the fields are")]
    Apart { left: f64, right: f64, allowed: f64 },
    /// Two numbers lie more floating-point steps apart than allowed.
    #[error("left {left:?} and right {right:?} are {distance} ULPs apart, more than {allowed}")]
    UlpsApart {
        /// The first number.
        left: f64,
        /// The second number.
        right: f64,
        /// Steps between them; `u64::MAX` if one is NaN.
        distance: u64,
        /// Steps that are allowed.
        allowed: u64,
    },
    /// Two numbers differ in their bits.
    #[error("left {left:?} and right {right:?} differ in their bits")]
    OtherBits {
        /// The first number.
        left: f64,
        /// The second number.
        right: f64,
    },
    /// A number exceeds its bound, or is NaN.
    #[error("{value:?} is not at most {bound:?}")]
    Exceeds {
        /// The number.
        value: f64,
        /// What it may be at most.
        bound: f64,
    },
    /// A number is below its bound, or is NaN.
    #[error("{value:?} is not at least {bound:?}")]
    Below {
        /// The number.
        value: f64,
        /// What it must be at least.
        bound: f64,
    },
    /// A derivative is not the one that differences of its function show.
    #[error(
        "the derivative gave {given:?}, differences of the function give {found:?}: {:?} apart, more than {allowed:?}",
        (given - found).abs()
    )]
    Derivative {
        /// The derivative under test.
        given: f64,
        /// The difference quotient.
        found: f64,
        /// How far they may be apart.
        allowed: f64,
    },
    /// A checker cannot see enough to judge: neither passed nor failed.
    #[error(
        "inconclusive: rounding may move the difference quotient {found:?} by {rounding:?}; \
         scale the function, or move the point"
    )]
    Inconclusive {
        /// The difference quotient.
        found: f64,
        /// How far rounding may have moved it.
        rounding: f64,
    },
    /// Two vectors that should have the same length do not.
    #[error("lengths differ: left {left} and right {right}")]
    LengthMismatch {
        /// Length of the first.
        left: usize,
        /// Length of the second.
        right: usize,
    },
    /// A violation at one entry of a vector.
    #[error("entry {index}: {cause}")]
    Entry {
        /// Index of the first such entry.
        index: usize,
        /// What is wrong there.
        cause: Box<Violation>,
    },
    /// A violation within a named law or case.
    #[error("{name}: {cause}")]
    Within {
        /// Name of the law or case.
        name: String,
        /// What is wrong there.
        cause: Box<Violation>,
    },
}

impl Violation {
    /// The same violation, with the name of the law or case in front.
    #[must_use]
    pub fn within(self, name: impl Into<String>) -> Self {
        Self::Within {
            name: name.into(),
            cause: Box::new(self),
        }
    }

    /// The same violation, with the index of a vector's entry in front.
    #[must_use]
    pub fn at_entry(self, index: usize) -> Self {
        Self::Entry {
            index,
            cause: Box::new(self),
        }
    }

    /// Whether a checker could not judge. A law that breaks off at every violation counts this as a failure; one that
    /// is told otherwise asks here.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_testkit::gradient;
    ///
    /// // The slope 1 drowns in the rounding of 1e12.
    /// let drowned = |x: &[f64]| (1e12 + x[0], vec![1.0]);
    /// let violation = gradient::check(drowned, &[0.5]).unwrap_err();
    /// assert!(violation.is_inconclusive());
    /// ```
    #[must_use]
    pub fn is_inconclusive(&self) -> bool {
        matches!(self.root(), Self::Inconclusive { .. })
    }

    /// The innermost violation: the numbers, without names and indices.
    #[must_use]
    pub fn root(&self) -> &Self {
        match self {
            Self::Entry { cause, .. } | Self::Within { cause, .. } => cause.root(),
            _ => self,
        }
    }
}
