//! What the iterations for one eigenvector have in common.

use crate::checked::scaled::{Scaled, ScaledColumns};
use crate::error::LinalgError;
use crate::iterations::stopping::Stopping;
use crate::kernels::view::shape;
use crate::scalar::Scalar;
use gradus_numeric::{Shape, norm2};
use nalgebra::{DMatrix, DVector};

/// An eigenvalue with its eigenvector and the proof of both; made by
/// [`power_iteration`](crate::power_iteration), [`inverse_iteration`](crate::inverse_iteration) and
/// [`rayleigh_iteration`](crate::rayleigh_iteration).
#[derive(Clone, Debug, PartialEq)]
pub struct Eigenpair<T> {
    /// The eigenvalue: the Rayleigh quotient of `vector`.
    pub value: T,
    /// The eigenvector, of length 1.
    pub vector: DVector<T>,
    /// $`\lVert A x - \lambda x \rVert_2`$, before `value` and `vector` are rounded to `T`. A symmetric matrix has an
    /// eigenvalue within this distance of `value`; any matrix has one of a matrix that differs from it by so much.
    pub residual: f64,
    /// How many vectors were tried, the start included.
    pub iterations: usize,
}

/// What an observer sees of each step of an iteration for an eigenvector.
#[derive(Clone, Copy, Debug)]
pub struct EigenStep<'a> {
    /// Which step, counted from 1: the first one looks at the start.
    pub iteration: usize,
    /// The Rayleigh quotient $`\lambda = x^\top A x`$.
    pub estimate: f64,
    /// $`\lVert A x - \lambda x \rVert_2`$.
    pub residual: f64,
    /// The vector $`x`$, of length 1.
    pub vector: &'a DVector<f64>,
}

/// A matrix of size about one, a unit vector, and when to stop.
pub(crate) struct Search {
    pub(crate) scaled: Scaled,
    /// $`\lVert \hat A \rVert_F`$.
    pub(crate) size: f64,
    start: DVector<f64>,
    stopping: Stopping,
    operation: &'static str,
}

impl Search {
    /// Refuses what is not square, not finite, of another length, or zero.
    pub(crate) fn new<T: Scalar>(
        operation: &'static str,
        a: &DMatrix<T>,
        start: &DVector<T>,
        stopping: Stopping,
    ) -> Result<Self, LinalgError> {
        let stopping = stopping.checked()?;
        check_shapes(operation, shape(a), start.len())?;
        let scaled = Scaled::new(a)?;
        Ok(Self {
            size: norm2(scaled.matrix.as_slice()),
            start: direction("start", start)?,
            scaled,
            stopping,
            operation,
        })
    }

    /// Looks at x, $`\lambda = x^\top A x`$ and $`A x - \lambda x`$; goes on to the direction of `next(λ, x, A x)`.
    pub(crate) fn run<T: Scalar>(
        self,
        mut observe: impl FnMut(EigenStep<'_>),
        mut next: impl FnMut(f64, &DVector<f64>, DVector<f64>) -> Result<DVector<f64>, LinalgError>,
    ) -> Result<Eigenpair<T>, LinalgError> {
        let mut x = self.start;
        let mut residual = f64::INFINITY;
        for iteration in 1..=self.stopping.iterations {
            let ax = &self.scaled.matrix * &x;
            let lambda = x.dot(&ax);
            let remainder = norm2((&ax - lambda * &x).as_slice());
            let estimate = self.scaled.restored(lambda);
            residual = self.scaled.restored(remainder);
            observe(EigenStep {
                iteration,
                estimate,
                residual,
                vector: &x,
            });
            if remainder <= self.stopping.tolerance * self.size {
                return eigenpair(self.operation, estimate, &x, residual, iteration);
            }
            x = unit(&next(lambda, &x, ax)?)?;
        }
        Err(LinalgError::DidNotConverge {
            operation: self.operation,
            iterations: self.stopping.iterations,
            residual,
        })
    }
}

fn eigenpair<T: Scalar>(
    operation: &'static str,
    value: f64,
    x: &DVector<f64>,
    residual: f64,
    iterations: usize,
) -> Result<Eigenpair<T>, LinalgError> {
    let value = T::from_f64(value);
    if !value.is_finite() {
        return Err(LinalgError::Overflow { operation });
    }
    Ok(Eigenpair {
        value,
        vector: x.map(T::from_f64),
        residual,
        iterations,
    })
}

pub(crate) fn check_shapes(
    operation: &'static str,
    a: Shape,
    length: usize,
) -> Result<(), LinalgError> {
    if a.rows != a.columns {
        return Err(LinalgError::NotSquare {
            operation,
            shape: a,
        });
    }
    if a.rows != length {
        return Err(LinalgError::ShapeMismatch {
            operation,
            left: a,
            right: Shape::new(length, 1),
        });
    }
    Ok(())
}

/// The direction of a finite vector of any size, in `f64`.
pub(crate) fn direction<T: Scalar>(
    argument: &'static str,
    x: &DVector<T>,
) -> Result<DVector<f64>, LinalgError> {
    let column = DMatrix::from_column_slice(x.len(), 1, x.as_slice());
    let scaled = ScaledColumns::named(argument, &column)?;
    unit(&DVector::from_fn(x.len(), |i, _| scaled.matrix[(i, 0)]))
}

/// $`x / \lVert x \rVert_2`$; the zero vector and the empty one have no direction.
fn unit(x: &DVector<f64>) -> Result<DVector<f64>, LinalgError> {
    let length = norm2(x.as_slice());
    if length > 0.0 && length.is_finite() {
        Ok(x / length)
    } else {
        Err(LinalgError::Domain {
            name: "length of the vector",
            value: length,
            domain: "finite and above 0",
        })
    }
}
