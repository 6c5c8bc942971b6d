//! Points to try.

use crate::error::SelectError;
use crate::space::axis::Axis;
use gradus_random::{Key, uniform};

/// All combinations of values, the last one changing fastest.
///
/// With $`k`$ axes of $`s`$ values each it has $`s^k`$ points; two settings of which one does not matter are tried at $`s`$ values of
/// the other only.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | every combination comes once | `a_grid_visits_every_combination_once` |
///
/// # Errors
///
/// [`SelectError::Empty`] without axes or values, [`SelectError::TooManyPoints`] beyond ten million.
///
/// # Examples
///
/// ```
/// use gradus_select::{Axis, grid};
///
/// let points = grid(&[Axis::linear(0.0, 1.0)?.steps(2)?, vec![5.0, 7.0]])?;
/// assert_eq!(points, [[0.0, 5.0], [0.0, 7.0], [1.0, 5.0], [1.0, 7.0]]);
/// # Ok::<(), gradus_select::SelectError>(())
/// ```
pub fn grid(values: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, SelectError> {
    if values.is_empty() || values.iter().any(Vec::is_empty) {
        return Err(SelectError::Empty);
    }
    let points: f64 = values.iter().map(|axis| axis.len() as f64).product();
    let largest = LARGEST;
    if points > largest as f64 {
        return Err(SelectError::TooManyPoints { points, largest });
    }
    let longer = |points: Vec<Vec<f64>>, axis: &Vec<f64>| {
        let mut all = Vec::with_capacity(points.len() * axis.len());
        for point in &points {
            all.extend(axis.iter().map(|&x| [point.as_slice(), &[x]].concat()));
        }
        all
    };
    Ok(values.iter().fold(vec![vec![]], longer))
}

/// Random points: each coordinate uniform on its axis.
///
/// Of $`m`$ random points one is among the best share $`q`$ with probability $`1 - (1 - q)^m`$, whatever the number of axes: 60 points
/// for the best 5 % with 95 %. Each setting is tried at $`m`$ different values.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | point `i` depends on the key and `i` alone | `a_random_point_depends_on_its_number_alone` |
/// | coordinates are uniform, in logarithms on a logarithmic axis | `random_points_are_uniform_on_their_axes` |
///
/// # Errors
///
/// [`SelectError::Empty`] without axes or trials.
///
/// # Examples
///
/// ```
/// use gradus_select::{Axis, Key, random};
///
/// let axes = [Axis::logarithmic(1e-5, 1.0)?, Axis::choices([16.0, 32.0])?];
/// let (few, many) = (random(&axes, 3, Key::new(7))?, random(&axes, 100, Key::new(7))?);
/// assert_eq!(few[..], many[..3]);
/// # Ok::<(), gradus_select::SelectError>(())
/// ```
///
/// # References
///
/// J. Bergstra and Y. Bengio, *Random search for hyper-parameter optimization*, JMLR 13 (2012), 281–305.
pub fn random(axes: &[Axis], trials: u32, key: Key) -> Result<Vec<Vec<f64>>, SelectError> {
    if axes.is_empty() || trials == 0 {
        return Err(SelectError::Empty);
    }
    let point = |i: u32| {
        let rng = &mut key.index(i.into()).rng();
        axes.iter().map(|axis| axis.at(uniform(rng))).collect()
    };
    Ok((0..trials).map(point).collect())
}

/// Ten million points of a few coordinates fill a gigabyte.
const LARGEST: usize = 10_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_that_does_not_fit_is_refused() {
        let (points, largest) = (1e9, LARGEST);
        assert_eq!(
            grid(&vec![vec![0.0; 1000]; 3]),
            Err(SelectError::TooManyPoints { points, largest })
        );
        assert_eq!(grid(&[]), Err(SelectError::Empty));
        assert_eq!(grid(&[vec![1.0], vec![]]), Err(SelectError::Empty));
        assert_eq!(random(&[], 5, Key::new(1)), Err(SelectError::Empty));
    }
}
