//! The nearest of many samples.

use crate::error::ModelError;
use crate::samples::{check_features, selected};
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::MatrixRef;
use std::cmp::Ordering;
use std::iter::zip;

/// A sample that is near: its squared distance and its number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Neighbor {
    pub(super) square: f64,
    pub(super) index: usize,
}

impl Neighbor {
    /// The nearer first; of equally near ones, the one with the smaller number.
    fn order(&self, other: &Self) -> Ordering {
        let by_distance = self.square.total_cmp(&other.square);
        by_distance.then(self.index.cmp(&other.index))
    }
}

/// Samples, one a contiguous column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Memory {
    samples: DMatrix<f64>,
}

impl Memory {
    pub(super) fn new(x: MatrixRef<'_, f64>) -> Result<Self, ModelError> {
        let all: Vec<u32> = (0..).take(x.columns()).collect();
        Ok(Self {
            samples: selected(x, &all)?,
        })
    }

    /// Tells the `k` nearest samples of each sample of `x`, nearest first, and keeps what was made of them.
    pub(super) fn each<T>(
        &self,
        x: MatrixRef<'_, f64>,
        k: usize,
        of: impl Fn(&[Neighbor]) -> T,
    ) -> Result<Vec<T>, ModelError> {
        check_features(x, self.samples.nrows())?;
        let mut all = Vec::with_capacity(self.samples.ncols());
        let mut answer = |j: usize| -> Result<T, ModelError> {
            let query: Vec<f64> = x.column(j).collect();
            all.clear();
            all.extend((0..self.samples.ncols()).map(|index| Neighbor {
                square: squared_distance(self.samples.column(index).as_slice(), &query),
                index,
            }));
            if k < all.len() {
                all.select_nth_unstable_by(k, Neighbor::order);
            }
            let nearest = &mut all[..k];
            nearest.sort_unstable_by(Neighbor::order);
            if nearest.iter().any(|neighbor| neighbor.square.is_infinite()) {
                let what = "the squared distance of two samples";
                return Err(ModelError::Overflow { what });
            }
            Ok(of(nearest))
        };
        (0..x.columns()).map(&mut answer).collect()
    }
}

/// $`\lVert a - b \rVert^2`$, by differences: $`\lVert a \rVert^2 - 2 a \cdot b + \lVert b \rVert^2`$ would cancel.
fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    zip(a, b).map(|(a, b)| (a - b) * (a - b)).sum()
}
