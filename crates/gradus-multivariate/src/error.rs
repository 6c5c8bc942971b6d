//! What can go wrong in this crate.

use gradus_linalg::LinalgError;
use gradus_numeric::NumericError;
use gradus_probability::ProbabilityError;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum MultivariateError {
    /// A matrix is not square, not symmetric, not positive definite (with the number of the pivot), or not finite.
    #[error(transparent)]
    Linalg(#[from] LinalgError),
    /// A parameter of a family of one variable lies outside of its domain, or a moment does not exist.
    #[error(transparent)]
    Probability(#[from] ProbabilityError),
    /// Numbers that should be probabilities are not.
    #[error(transparent)]
    Numeric(#[from] NumericError),
    /// A vector has no entries, or none is left.
    #[error("a distribution of vectors needs at least one dimension")]
    NoDimension,
    /// A vector, or a side of a matrix, is not as long as it must be.
    #[error("{argument} has {found} entries, expected {expected}")]
    LengthMismatch {
        /// Name of the argument.
        argument: &'static str,
        /// How many entries it has.
        found: usize,
        /// How many it must have.
        expected: usize,
    },
    /// An entry of a vector is NaN or infinite.
    #[error("entry {index} of {argument} is {value}, not a finite number")]
    NonFinite {
        /// Name of the argument.
        argument: &'static str,
        /// Index of the first such entry.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// There is no such coordinate.
    #[error("coordinate {index} does not exist: there are {dimension}, counted from 0")]
    NoCoordinate {
        /// The index asked for.
        index: usize,
        /// How many coordinates there are.
        dimension: usize,
    },
    /// A coordinate was named twice.
    #[error("coordinate {index} was named twice")]
    RepeatedCoordinate {
        /// Its index.
        index: usize,
    },
    /// A parameter lies outside of its domain.
    #[error("{name} is {value}, it must be {domain}")]
    Domain {
        /// Name of the parameter.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What it may be.
        domain: &'static str,
    },
    /// A Cholesky factor has an entry above its diagonal.
    #[error("entry ({row}, {column}) of a lower triangular factor is {value}, it must be 0")]
    NotTriangular {
        /// Row of the first such entry, column by column.
        row: usize,
        /// Its column.
        column: usize,
        /// Its value.
        value: f64,
    },
    /// The samples lie in a plane: one feature is a combination of those before it, or does not vary.
    #[error(
        "feature {feature} does not vary beside those before it: {left:e} of its variance is left; no normal law is the most likely"
    )]
    NoSpread {
        /// Which feature, counted from 0.
        feature: usize,
        /// What is left of its variance when those before it are known.
        left: f64,
    },
    /// A component of a mixture lies in a plane: its likelihood has no bound, and no maximum.
    #[error(
        "component {component} has collapsed: {left:e} is left of the variance of feature {feature}; a floor above 0 prevents that"
    )]
    Collapsed {
        /// Which component, counted from 0.
        component: usize,
        /// Which feature does not vary beside those before it.
        feature: usize,
        /// What is left of its variance when those before it are known.
        left: f64,
    },
    /// No sample belongs to a component of a mixture, not even in part.
    #[error("component {component} has no samples")]
    EmptyComponent {
        /// Which component, counted from 0.
        component: usize,
    },
    /// The result is too large for a double-precision number.
    #[error("{operation}: the result overflows; scale the problem")]
    Overflow {
        /// Name of the operation.
        operation: &'static str,
    },
}

/// A vector of this many entries.
pub(crate) fn check_length(
    argument: &'static str,
    found: usize,
    expected: usize,
) -> Result<(), MultivariateError> {
    if found == expected {
        return Ok(());
    }
    Err(MultivariateError::LengthMismatch {
        argument,
        found,
        expected,
    })
}

/// A vector of finite numbers.
pub(crate) fn check_finite(argument: &'static str, x: &[f64]) -> Result<(), MultivariateError> {
    match x.iter().position(|x| !x.is_finite()) {
        Some(index) => Err(MultivariateError::NonFinite {
            argument,
            index,
            value: x[index],
        }),
        None => Ok(()),
    }
}

/// A number that has to be finite and positive.
pub(crate) fn check_positive(name: &'static str, value: f64) -> Result<(), MultivariateError> {
    if value > 0.0 && value.is_finite() {
        return Ok(());
    }
    let domain = "finite and positive";
    Err(MultivariateError::Domain {
        name,
        value,
        domain,
    })
}
