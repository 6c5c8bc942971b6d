//! What can go wrong in this crate.

use gradus_numeric::{NumericError, Shape};
use std::fmt;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum LinalgError {
    /// The shapes of two operands do not fit together.
    #[error("{operation}: shapes {left} and {right} do not fit together")]
    ShapeMismatch {
        /// Name of the operation.
        operation: &'static str,
        /// Shape of the first operand.
        left: Shape,
        /// Shape of the second operand.
        right: Shape,
    },
    /// The operation is defined for square matrices only.
    #[error("{operation} needs a square matrix, this one is {shape}")]
    NotSquare {
        /// Name of the operation.
        operation: &'static str,
        /// The shape that was given.
        shape: Shape,
    },
    /// An entry is NaN or infinite.
    #[error("entry ({row}, {column}) of {argument} is {value}, not a finite number")]
    NonFinite {
        /// Name of the argument that has it, as in the signature.
        argument: &'static str,
        /// Row of the first such entry, column by column.
        row: usize,
        /// Its column.
        column: usize,
        /// Its value.
        value: f64,
    },
    /// The matrix is singular, or cannot be told from a singular one: 1 / condition ≤ n ε.
    #[error(
        "matrix is singular to working precision (reciprocal condition {rcond:e}); least_squares gives the shortest least-squares solution"
    )]
    Singular {
        /// Estimate of 1 / (‖A‖₁ ‖A⁻¹‖₁); 0 if a pivot is exactly zero.
        rcond: f64,
    },
    /// The matrix differs from its transpose by more than rounding.
    #[error(
        "matrix is not symmetric: entries ({row}, {column}) and ({column}, {row}) differ by {asymmetry:e}"
    )]
    NotSymmetric {
        /// Row of the pair that differs most.
        row: usize,
        /// Its column.
        column: usize,
        /// By how much they differ.
        asymmetry: f64,
    },
    /// A pivot of the Cholesky factorization is not positive.
    #[error("matrix is not positive definite: pivot {index} is {pivot:e}")]
    NotPositiveDefinite {
        /// Which pivot, counted from 0.
        index: usize,
        /// Its value: what is left of the diagonal entry.
        pivot: f64,
    },
    /// The iteration inside of a decomposition reached its largest number of steps.
    #[error("{operation}: no decomposition within the bounded number of iterations")]
    NoDecomposition {
        /// Name of the operation.
        operation: &'static str,
    },
    /// An iteration reached the bound that was given with a residual above the tolerance.
    #[error(
        "{operation} did not converge in {iterations} iterations: the residual is {residual:e}"
    )]
    DidNotConverge {
        /// Name of the operation.
        operation: &'static str,
        /// How many iterations were made.
        iterations: usize,
        /// The residual after the last one; infinite if none was made.
        residual: f64,
    },
    /// An argument lies outside of its domain.
    #[error("{name} is {}, it must be {domain}", Short(*value))]
    Domain {
        /// Name of the argument.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What it may be.
        domain: &'static str,
    },
    /// A column is a combination of those before it, up to rounding.
    #[error(
        "column {column} depends on those before it: {left:e} of its length is left; qr and svd take any matrix"
    )]
    DependentColumns {
        /// Which column, counted from 0.
        column: usize,
        /// What part of its length is left when the others are taken away.
        left: f64,
    },
    /// The construction knows matrices of order 1, 2, 4, 8, … only.
    #[error("the order of the matrix is {n}, which is not a power of two")]
    NotAPowerOfTwo {
        /// The order that was asked for.
        n: usize,
    },
    /// The answer failed its own check.
    #[error("{operation}: the check of the answer gives {found:e}, more than {bound:e}")]
    Inaccurate {
        /// Name of the operation and of what was checked.
        operation: &'static str,
        /// The relative residual or loss of orthogonality that was found.
        found: f64,
        /// What a backward-stable answer may have.
        bound: f64,
    },
    /// The answer is too large for the number type.
    #[error("{operation}: the answer is too large for the number type; scale the problem")]
    Overflow {
        /// Name of the operation.
        operation: &'static str,
    },
    /// A result has more entries than memory can hold.
    #[error("{operation}: a {shape} matrix has more entries than memory can hold")]
    TooLarge {
        /// Name of the operation.
        operation: &'static str,
        /// The shape that the matrix would have; a side beyond the largest `usize` counts as that.
        shape: Shape,
    },
    /// There are fewer samples than a statistic needs.
    #[error("{samples} samples are too few, this needs at least {least}")]
    TooFewSamples {
        /// How many were given.
        samples: usize,
        /// How many are needed at least.
        least: usize,
    },
    /// Data do not vary in some direction, or by rounding errors only.
    #[error(
        "principal direction {direction} has standard deviation {deviation:e}, no more than rounding ({bound:e}); leave it out or regularize"
    )]
    NoVariance {
        /// The first such direction, largest variance first, counted from 0.
        direction: usize,
        /// The standard deviation along it.
        deviation: f64,
        /// What rounding alone may give.
        bound: f64,
    },
    /// A view does not fit its slice.
    #[error(transparent)]
    Numeric(#[from] NumericError),
}

/// A number in a message: no tails of zeros.
struct Short(f64);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(x) = self;
        if *x == 0.0 || !x.is_finite() || (1e-4..1e6).contains(&x.abs()) {
            write!(f, "{x}")
        } else {
            write!(f, "{x:e}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LinalgError;

    #[test]
    fn messages_name_the_argument_and_its_domain() {
        let of = |value| LinalgError::Domain {
            name: "tolerance",
            value,
            domain: "finite and at least 0",
        };
        for (value, expected) in [(-0.5, "-0.5"), (-1e-300, "-1e-300"), (f64::INFINITY, "inf")] {
            let expected = format!("tolerance is {expected}, it must be finite and at least 0");
            assert_eq!(of(value).to_string(), expected);
        }
        let error = LinalgError::NonFinite {
            argument: "b",
            row: 3,
            column: 0,
            value: f64::NAN,
        };
        assert_eq!(
            error.to_string(),
            "entry (3, 0) of b is NaN, not a finite number"
        );
    }
}
