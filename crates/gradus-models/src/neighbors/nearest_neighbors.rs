//! Nearest neighbors.

use super::search::{Memory, Neighbor};
use crate::contract::{Fit, Predict};
use crate::error::ModelError;
use crate::samples::{check_numbers, check_pairs, check_setting};
use gradus_numeric::MatrixRef;

/// Nearest neighbors: a sample is like those that resemble it most.
///
/// ```math
/// \hat{y}(x) = \frac{\sum_{i \in N(x)} w_i \, y_i}{\sum_{i \in N(x)} w_i} \quad \text{or} \quad
/// \hat{y}(x) = \arg\max_k \sum_{i \in N(x)} w_i \, [y_i = k]
/// ```
///
/// where $`N(x)`$ are the `neighbors` samples nearest to $`x`$ in the Euclidean distance: the mean of numbers, the vote
/// of labels. Nothing is learned but the samples, and every question looks at all of them. Features of different units
/// need a scale first ([`Preparation`](crate::Preparation)).
///
/// Ties are decided: of samples that are equally near, those with smaller numbers are taken; of classes with equally many
/// votes, the smaller label.
///
/// # Shapes
///
/// `x: p × n`, one sample a column; targets: n numbers or labels.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | one neighbor knows every sample that it has seen | `one_neighbor_remembers` |
/// | all neighbors are the mean | `all_neighbors_are_the_mean` |
/// | rotations, shifts and a common unit change nothing | `neighbors_do_not_see_isometries` |
/// | a prediction lies between the targets | `neighbors_predict_between_their_targets` |
///
/// # Errors
///
/// [`ModelError::TargetCount`], [`ModelError::NoSamples`], [`ModelError::NonFinite`], [`ModelError::TargetNotFinite`];
/// [`ModelError::InvalidSetting`] for 0 neighbors, [`ModelError::TooFewSamples`] for more than there are samples.
///
/// # Examples
///
/// ```
/// use gradus_models::{Fit, MatrixRef, NearestNeighbors, Order, Predict, Shape};
///
/// let x = MatrixRef::new(&[0.0, 1.0, 5.0], Shape::new(1, 3), Order::Columns)?;
/// let two = NearestNeighbors { neighbors: 2, ..NearestNeighbors::default() };
/// let at = MatrixRef::from_column(&[2.0]);
/// assert_eq!(two.fit(x, &[10.0, 20.0, 60.0])?.predict(at)?, [15.0]); // mean of 20 and 10
/// assert_eq!(two.fit(x, &[7_u32, 3, 3])?.predict(at)?, [3]); // one vote each: the smaller label
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// T. M. Cover and P. E. Hart, *Nearest neighbor pattern classification*, IEEE Trans. Inf. Theory 13 (1967), 21–27.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearestNeighbors {
    /// How many samples are asked. Default 5.
    pub neighbors: usize,
    /// How much each counts. Default: all the same.
    pub weighting: Weighting,
}

impl Default for NearestNeighbors {
    fn default() -> Self {
        Self {
            neighbors: 5,
            weighting: Weighting::Uniform,
        }
    }
}

/// How much a neighbor counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighting {
    /// All the same.
    Uniform,
    /// $`1 / d`$: a neighbor twice as far away counts half. Those at distance 0, if there are any, are the only ones.
    InverseDistance,
}

/// The vote of the nearest samples; made by [`NearestNeighbors`] from labels.
#[derive(Clone, Debug, PartialEq)]
pub struct NeighborClassifier {
    memory: Memory,
    labels: Vec<u32>,
    settings: NearestNeighbors,
}

/// The mean of the nearest samples; made by [`NearestNeighbors`] from numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct NeighborRegressor {
    memory: Memory,
    targets: Vec<f64>,
    settings: NearestNeighbors,
}

impl NearestNeighbors {
    fn memory(&self, x: MatrixRef<'_, f64>, targets: usize) -> Result<Memory, ModelError> {
        check_pairs(x, targets)?;
        let (needed, samples) = (self.neighbors, x.columns());
        check_setting("neighbors", needed as f64, needed > 0, "at least 1")?;
        if needed > samples {
            return Err(ModelError::TooFewSamples { samples, needed });
        }
        Memory::new(x)
    }

    /// What each of the nearest counts.
    fn weights(&self, nearest: &[Neighbor]) -> Vec<f64> {
        let has_twin = nearest.iter().any(|neighbor| neighbor.square == 0.0);
        let weight = |neighbor: &Neighbor| match self.weighting {
            Weighting::Uniform => 1.0,
            Weighting::InverseDistance if has_twin => f64::from(u8::from(neighbor.square == 0.0)),
            Weighting::InverseDistance => 1.0 / neighbor.square.sqrt(),
        };
        nearest.iter().map(weight).collect()
    }
}

impl Fit<u32> for NearestNeighbors {
    type Model = NeighborClassifier;

    fn fit(&self, x: MatrixRef<'_, f64>, labels: &[u32]) -> Result<NeighborClassifier, ModelError> {
        Ok(NeighborClassifier {
            memory: self.memory(x, labels.len())?,
            labels: labels.to_vec(),
            settings: *self,
        })
    }
}

impl Fit<f64> for NearestNeighbors {
    type Model = NeighborRegressor;

    fn fit(&self, x: MatrixRef<'_, f64>, y: &[f64]) -> Result<NeighborRegressor, ModelError> {
        check_numbers(y)?;
        Ok(NeighborRegressor {
            memory: self.memory(x, y.len())?,
            targets: y.to_vec(),
            settings: *self,
        })
    }
}

impl Predict<u32> for NeighborClassifier {
    fn predict(&self, x: MatrixRef<'_, f64>) -> Result<Vec<u32>, ModelError> {
        self.memory.each(x, self.settings.neighbors, |nearest| {
            let weights = self.settings.weights(nearest);
            let votes = nearest.iter().zip(weights);
            winner(
                votes
                    .map(|(neighbor, weight)| (self.labels[neighbor.index], weight))
                    .collect(),
            )
        })
    }
}

impl Predict<f64> for NeighborRegressor {
    fn predict(&self, x: MatrixRef<'_, f64>) -> Result<Vec<f64>, ModelError> {
        self.memory.each(x, self.settings.neighbors, |nearest| {
            let weights = self.settings.weights(nearest);
            // Weights first divided by their sum, so that no product overflows.
            let total: f64 = weights.iter().sum();
            let shares = weights.iter().map(|weight| weight / total);
            nearest
                .iter()
                .zip(shares)
                .map(|(neighbor, share)| self.targets[neighbor.index] * share)
                .sum()
        })
    }
}

/// The label with the most votes; of equal ones, the smallest.
fn winner(mut votes: Vec<(u32, f64)>) -> u32 {
    votes.sort_by_key(|(label, _)| *label);
    let mut best = (0, f64::NEG_INFINITY);
    for class in votes.chunk_by(|a, b| a.0 == b.0) {
        let total: f64 = class.iter().map(|(_, weight)| weight).sum();
        if total > best.1 {
            best = (class[0].0, total); // a chunk is not empty
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::{Order, Shape};

    #[test]
    fn ties_are_decided() {
        assert_eq!(winner(vec![(7, 1.0), (2, 1.0), (7, 1.0), (2, 1.0)]), 2);
        assert_eq!(winner(vec![(7, 1.0), (2, 1.0), (7, 1.5)]), 7);
        // Samples 0 and 1 are both one away from 0; one neighbor is the first.
        let x = MatrixRef::new(&[1.0, -1.0, 9.0], Shape::new(1, 3), Order::Columns).unwrap();
        let one = NearestNeighbors {
            neighbors: 1,
            ..NearestNeighbors::default()
        };
        let model = one.fit(x, &[5.0, 6.0, 7.0]).unwrap();
        assert_eq!(model.predict(MatrixRef::from_column(&[0.0])), Ok(vec![5.0]));
    }

    #[test]
    fn a_twin_decides_alone() {
        let x = MatrixRef::new(&[0.0, 1.0, 3.0], Shape::new(1, 3), Order::Columns).unwrap();
        let near = NearestNeighbors {
            neighbors: 3,
            weighting: Weighting::InverseDistance,
        };
        let model = near.fit(x, &[10.0, 20.0, 40.0]).unwrap();
        assert_eq!(
            model.predict(MatrixRef::from_column(&[1.0])),
            Ok(vec![20.0])
        );
        // At 2: distances 2, 1, 1 and weights ½, 1, 1.
        assert_eq!(
            model.predict(MatrixRef::from_column(&[2.0])),
            Ok(vec![26.0])
        );
    }

    #[test]
    fn there_must_be_neighbors() {
        let x = MatrixRef::new(&[0.0, 1.0], Shape::new(1, 2), Order::Columns).unwrap();
        let fit = |neighbors| {
            let weighting = Weighting::Uniform;
            NearestNeighbors {
                neighbors,
                weighting,
            }
            .fit(x, &[0_u32, 1])
        };
        assert!(fit(0).is_err());
        let (samples, needed) = (2, 3);
        assert_eq!(fit(3), Err(ModelError::TooFewSamples { samples, needed }));
    }
}
