//! The samples of some variables as points of a space, and who is near whom.

use crate::error::InformationError;
use gradus_numeric::MatrixRef;
use kdtree::KdTree;
use std::iter::zip;

/// Points, one after the other: the coordinates of all variables of the first sample, of the second, ….
#[derive(Debug)]
pub(super) struct Points {
    coordinates: Vec<f64>,
    dimensions: usize,
}

impl Points {
    /// The samples of all `variables` together.
    pub(super) fn new(variables: &[MatrixRef<'_, f64>]) -> Result<Self, InformationError> {
        let samples = variables.first().map_or(0, MatrixRef::columns);
        let dimensions = variables.iter().map(MatrixRef::rows).sum();
        if let Some(other) = variables.iter().find(|v| v.columns() != samples) {
            let (left, right) = (samples, other.columns());
            return Err(InformationError::LengthMismatch { left, right });
        }
        if dimensions == 0 || samples == 0 {
            return Err(InformationError::Empty);
        }
        let mut coordinates = Vec::with_capacity(dimensions * samples);
        for j in 0..samples {
            for v in variables {
                coordinates.extend(v.column(j));
            }
        }
        let points = Self {
            coordinates,
            dimensions,
        };
        points.check()?;
        Ok(points)
    }

    /// All coordinates and their differences are finite: the tree halves ranges, and the logarithm of a distance is taken.
    fn check(&self) -> Result<(), InformationError> {
        if let Some(index) = self.coordinates.iter().position(|x| !x.is_finite()) {
            let value = self.coordinates[index];
            return Err(InformationError::NonFinite { index, value });
        }
        for i in 0..self.dimensions {
            let values = || self.coordinates.iter().skip(i).step_by(self.dimensions);
            let high = values().fold(f64::NEG_INFINITY, |a, b| a.max(*b));
            let low = values().fold(f64::INFINITY, |a, b| a.min(*b));
            if (high - low).is_infinite() {
                return Err(InformationError::Overflow);
            }
        }
        Ok(())
    }

    pub(super) fn count(&self) -> usize {
        self.coordinates.len() / self.dimensions
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[f64]> {
        self.coordinates.chunks_exact(self.dimensions)
    }

    /// Some of the points.
    pub(super) fn some(&self, samples: &[usize]) -> Self {
        let d = self.dimensions;
        let coordinates = samples
            .iter()
            .flat_map(|j| &self.coordinates[j * d..(j + 1) * d]);
        Self {
            coordinates: coordinates.copied().collect(),
            dimensions: d,
        }
    }

    /// A tree in which neighbors are found.
    pub(super) fn tree(&self) -> Result<Tree<'_>, InformationError> {
        // in many dimensions a tree skips next to nothing, and points on all scales would make it too deep
        let leaf = if self.dimensions > MOST_DIMENSIONS {
            self.count()
        } else {
            LEAF
        };
        let mut tree = KdTree::with_capacity(self.dimensions, leaf);
        for point in self.iter() {
            tree.add(point, point).map_err(|_| refused(point))?;
        }
        Ok(Tree { tree })
    }
}

/// Points in boxes that are halved again and again.
pub(super) struct Tree<'a> {
    tree: KdTree<f64, &'a [f64], &'a [f64]>,
}

/// The points that are at most as far from one of them as its neighbor number k.
#[derive(Debug)]
pub(super) struct Neighborhood<'a> {
    /// The distance of that neighbor, in the maximum norm.
    pub(super) radius: f64,
    /// The points, that in the middle among them: one more than k, and all that are as far as the last.
    pub(super) points: Vec<&'a [f64]>,
}

impl<'a> Tree<'a> {
    /// The neighborhood of a sample, whose point is in the tree.
    pub(super) fn neighborhood(
        &self,
        sample: usize,
        point: &[f64],
        neighbors: usize,
    ) -> Result<Neighborhood<'a>, InformationError> {
        let (k, samples) = (neighbors, self.tree.size());
        if k == 0 || k >= samples {
            return Err(InformationError::NoNeighbor { neighbors, samples });
        }
        // the point itself is the nearest; one more than asked for tells whether others are as far as the last
        let found = self.tree.nearest(point, k + 2, &distance);
        let mut found = found.map_err(|_| refused(point))?;
        let radius = found[k].0;
        if radius == 0.0 {
            return Err(InformationError::Repeated { sample, neighbors });
        }
        if found.len() > k + 1 && found[k + 1].0 == radius {
            let all = self.tree.within(point, radius, &distance);
            found = all.map_err(|_| refused(point))?;
        } else {
            found.truncate(k + 1);
        }
        let points = found.into_iter().map(|(_, point)| *point).collect();
        Ok(Neighborhood { radius, points })
    }

    /// How many points are at most so far.
    fn within(&self, point: &[f64], radius: f64) -> Result<usize, InformationError> {
        let count = self.tree.within_count(point, radius, &distance);
        count.map_err(|_| refused(point))
    }
}

/// How many samples of one variable are near a value of it.
pub(super) enum Margin<'a> {
    /// One number a sample: in order.
    Line(Vec<f64>),
    /// More than one.
    Space(Tree<'a>),
}

impl<'a> Margin<'a> {
    pub(super) fn new(points: &'a Points) -> Result<Self, InformationError> {
        if points.dimensions > 1 {
            return Ok(Self::Space(points.tree()?));
        }
        let mut line = points.coordinates.clone();
        line.sort_unstable_by(f64::total_cmp);
        Ok(Self::Line(line))
    }

    /// How many samples are at most so far from this one, which counts, too.
    pub(super) fn within(&self, point: &[f64], radius: f64) -> Result<usize, InformationError> {
        match self {
            // differences as in `distance`: x + radius would round
            Self::Line(line) => {
                let below = line.partition_point(|x| point[0] - x > radius);
                Ok(line.partition_point(|x| x - point[0] <= radius) - below)
            }
            Self::Space(tree) => tree.within(point, radius),
        }
    }
}

/// $`\max_i \lvert a_i - b_i \rvert`$.
pub(super) fn distance(a: &[f64], b: &[f64]) -> f64 {
    zip(a, b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// What the tree refuses are numbers that are not finite; [`Points::check`] was first.
fn refused(point: &[f64]) -> InformationError {
    let index = point.iter().position(|x| !x.is_finite()).unwrap_or(0);
    let value = point.get(index).copied().unwrap_or(f64::NAN);
    InformationError::NonFinite { index, value }
}

/// Points in a box that is not halved: the fastest of 4, 8, 16 and 32 for ten thousand pairs, as in `benches/information.rs`.
const LEAF: usize = 32;

/// Each halving of a range takes a level, and a range has at most 2100: in 8 dimensions that was tried, without optimization.
const MOST_DIMENSIONS: usize = 8;
