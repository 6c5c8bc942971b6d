//! A center and a spread.

use super::factor::Factor;
use crate::error::{MultivariateError, check_finite, check_length};
use gradus_linalg::matmul;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_numeric::ldexp;

/// The ellipsoids $`(x - c)^\top A^{-1} (x - c) = r^2`$: where a normal or a t density is constant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ellipsoid {
    pub(crate) center: DVector<f64>,
    pub(crate) factor: Factor,
}

/// What is left of an ellipsoid when some coordinates are known.
pub(crate) struct Section {
    pub(crate) rest: Ellipsoid,
    /// How far what is known is from what was expected of it.
    pub(crate) distance: f64,
}

impl Ellipsoid {
    pub(crate) fn new(center: DVector<f64>, factor: Factor) -> Result<Self, MultivariateError> {
        check_length("the center", center.len(), factor.dimension())?;
        check_finite("the center", center.as_slice())?;
        Ok(Self { center, factor })
    }

    pub(crate) fn dimension(&self) -> usize {
        self.center.len()
    }

    /// Mahalanobis' distance of x; also where the difference from the center overflows.
    pub(crate) fn distance(&self, x: &[f64]) -> f64 {
        let (d, t) = difference(x, self.center.as_slice());
        self.factor.length(&d, t)
    }

    /// $`L^{-1} (x - c)`$.
    pub(crate) fn standardized(&self, x: &[f64]) -> Vec<f64> {
        let (d, t) = difference(x, self.center.as_slice());
        let (z, s) = self.factor.whitened(&d, t);
        z.iter().map(|z| ldexp(*z, s)).collect()
    }

    /// The distance of a vector that must have the right length.
    pub(crate) fn checked_distance(&self, x: &DVector<f64>) -> Result<f64, MultivariateError> {
        check_length("x", x.len(), self.dimension())?;
        Ok(self.distance(x.as_slice()))
    }

    /// $`c + L z`$.
    pub(crate) fn point(&self, z: &[f64]) -> DVector<f64> {
        DVector::from_vec(self.factor.colored(z, 0)) + &self.center
    }

    /// Some coordinates alone, in this order.
    pub(crate) fn shadow(&self, coordinates: &[usize]) -> Result<Self, MultivariateError> {
        check_coordinates(coordinates, self.dimension())?;
        let center = DVector::from_fn(coordinates.len(), |i, _| self.center[coordinates[i]]);
        Self::new(center, Factor::of_root(&self.rows(coordinates))?)
    }

    /// $`x \mapsto M x + b`$.
    pub(crate) fn image(
        &self,
        m: &DMatrix<f64>,
        b: &DVector<f64>,
    ) -> Result<Self, MultivariateError> {
        check_length("b", b.len(), m.nrows())?;
        let center = matmul(
            m,
            &DMatrix::from_column_slice(self.dimension(), 1, self.center.as_slice()),
        )?;
        let center = DVector::from_fn(b.len(), |i, _| center[(i, 0)] + b[i]);
        Self::new(
            center,
            Factor::of_root(&matmul(m, &self.factor.triangle())?)?,
        )
    }

    /// The other coordinates, where these are known.
    ///
    /// With what is known first, the root is $`(L_{11}, 0; L_{21}, L_{22})`$: the center of the others moves by
    /// $`L_{21} L_{11}^{-1} (x_1 - c_1)`$, and their root is $`L_{22}`$.
    pub(crate) fn section(
        &self,
        known: &[usize],
        values: &DVector<f64>,
    ) -> Result<Section, MultivariateError> {
        check_coordinates(known, self.dimension())?;
        check_length("values", values.len(), known.len())?;
        check_finite("values", values.as_slice())?;
        let (n, g) = (self.dimension(), known.len());
        if g == n {
            return Err(MultivariateError::NoDimension);
        }
        let others = (0..n).filter(|i| !known.contains(i));
        let order: Vec<usize> = known.iter().copied().chain(others).collect();
        let factor = Factor::of_root(&self.rows(&order))?;
        let expected: Vec<f64> = known.iter().map(|&i| self.center[i]).collect();
        let (d, t) = difference(values.as_slice(), &expected);
        let (z, s, distance) = if g == 0 {
            (Vec::new(), 0, 0.0)
        } else {
            let first = factor.block(0..g)?;
            let (z, s) = first.whitened(&d, t);
            (z, s, first.length(&d, t))
        };
        let center = (g..n).map(|i| self.center[order[i]] + factor.image(i, &z, s));
        let center = DVector::from_vec(center.collect());
        let rest = Self::new(center, factor.block(g..n)?)?;
        Ok(Section { rest, distance })
    }

    /// These rows of the root.
    fn rows(&self, coordinates: &[usize]) -> DMatrix<f64> {
        let l = self.factor.triangle();
        DMatrix::from_fn(coordinates.len(), l.ncols(), |i, j| l[(coordinates[i], j)])
    }
}

/// d and t with $`x - c = 2^t d`$: where the difference of finite numbers overflows, half of it does not.
fn difference(x: &[f64], c: &[f64]) -> (Vec<f64>, i32) {
    let pairs = || x.iter().zip(c);
    let d: Vec<f64> = pairs().map(|(x, c)| x - c).collect();
    if pairs()
        .zip(&d)
        .all(|((x, _), d)| d.is_finite() || !x.is_finite())
    {
        return (d, 0);
    }
    (pairs().map(|(x, c)| 0.5 * x - 0.5 * c).collect(), 1)
}

/// Coordinates that exist, none of them twice.
fn check_coordinates(coordinates: &[usize], dimension: usize) -> Result<(), MultivariateError> {
    for (place, &index) in coordinates.iter().enumerate() {
        if index >= dimension {
            return Err(MultivariateError::NoCoordinate { index, dimension });
        }
        if coordinates[..place].contains(&index) {
            return Err(MultivariateError::RepeatedCoordinate { index });
        }
    }
    Ok(())
}
