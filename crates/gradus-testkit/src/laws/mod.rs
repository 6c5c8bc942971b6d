//! Theorems as functions: each takes what it is about and the points it is tried on.
//!
//! Call them inside a property with points from [`strategies`](crate::strategies); `?` turns a
//! [`Violation`](crate::Violation) into a failing case that proptest shrinks. Functions under test that
//! return `Result` can be passed as `|x| f(x).unwrap_or(f64::NAN)`: NaN fails every law.
//! Every `tolerance` is relative to the size of the terms that the law compares.

mod convexity;
mod distance;
mod distribution;
mod function;
mod linear;

pub use convexity::{convexity, subgradient};
pub use distance::{divergence, metric, norm};
pub use distribution::{cdf_and_quantile, density_and_cdf, mass_and_cdf};
pub use function::{
    equivariance, idempotence, invariance, lipschitz, monoid, monotone, round_trip,
};
pub use linear::{adjoint, linear_operator, projection};
