//! Models that remember all samples.

mod nearest_neighbors;
mod search;

pub use nearest_neighbors::{NearestNeighbors, NeighborClassifier, NeighborRegressor, Weighting};
