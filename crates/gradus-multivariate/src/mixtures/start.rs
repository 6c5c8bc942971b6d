//! Groups to begin with.

use crate::error::{MultivariateError, check_finite};
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::{argmin, norm2};
use gradus_probability::{Categorical, Discrete};
use gradus_random::rand::Rng;

/// Responsibilities to begin with: the samples nearest to each of K of them, which are drawn far apart.
///
/// ```math
/// \operatorname{P}(c_{k+1} = x_j) = \frac{D(x_j)^2}{\sum_i D(x_i)^2}, \qquad D(x) = \min_{l \le k} \lVert x - c_l \rVert
/// ```
///
/// The first center is any sample; each next one is drawn with a probability proportional to its squared distance from the nearest
/// center so far. Each sample then belongs to its nearest center, the first of equal ones. Distances see units: features that are
/// measured in different ones are better standardized first.
///
/// # Shapes
///
/// `x: d × n`; the result: K × n with one 1 in each column.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | each sample belongs to one group, no group is empty | `every_sample_has_one_group_and_every_group_a_sample` |
/// | groups far apart are found, whatever the draws | `groups_far_apart_are_found` |
///
/// # Numerics
///
/// A sample that is a center has probability 0 to become one again, so the centers are different.
///
/// # Errors
///
/// [`MultivariateError::Domain`] unless there are at least 1 and at most n components, and as many different samples;
/// [`MultivariateError::NonFinite`], [`MultivariateError::NoDimension`].
///
/// # Examples
///
/// ```
/// use gradus_multivariate::{Key, plus_plus};
/// use gradus_multivariate::nalgebra::DMatrix;
///
/// let x = DMatrix::from_row_slice(1, 4, &[0.0, 1000.0, 1.0, 1001.0]);
/// let start = plus_plus(&x, 2, &mut Key::new(5).rng())?;
/// assert_eq!(start.column(0), start.column(2));
/// assert_ne!(start.column(0), start.column(1));
/// # Ok::<(), gradus_multivariate::MultivariateError>(())
/// ```
///
/// # References
///
/// D. Arthur and S. Vassilvitskii, *k-means++: the advantages of careful seeding*, SODA 2007, 1027–1035, §2.2.
#[doc(alias = "k-means++")]
pub fn plus_plus(
    x: &DMatrix<f64>,
    components: usize,
    rng: &mut (impl Rng + ?Sized),
) -> Result<DMatrix<f64>, MultivariateError> {
    if x.nrows() == 0 {
        return Err(MultivariateError::NoDimension);
    }
    check_finite("x, column by column,", x.as_slice())?;
    if components == 0 || components > x.ncols() {
        return Err(too_many(components));
    }
    let mut distances = DMatrix::zeros(components, x.ncols());
    let mut nearest = vec![1.0; x.ncols()];
    for k in 0..components {
        let center = drawn(&nearest, rng)?.ok_or_else(|| too_many(components))?;
        for (j, nearest) in nearest.iter_mut().enumerate() {
            let distance = half_distance(x, j, center);
            distances[(k, j)] = distance;
            *nearest = if k == 0 {
                distance
            } else {
                distance.min(*nearest)
            };
        }
    }
    let mut start = DMatrix::zeros(components, x.ncols());
    for (j, column) in distances.column_iter().enumerate() {
        start[(argmin(column.into_owned().as_slice())?, j)] = 1.0;
    }
    Ok(start)
}

/// An index, with probability proportional to the squared distance there; none if all are 0.
fn drawn(
    distances: &[f64],
    rng: &mut (impl Rng + ?Sized),
) -> Result<Option<usize>, MultivariateError> {
    let largest = distances.iter().fold(0.0_f64, |most, d| most.max(*d));
    if largest == 0.0 {
        return Ok(None);
    }
    // quotients: the squares themselves may overflow or underflow
    let weights: Vec<f64> = distances.iter().map(|d| (d / largest).powi(2)).collect();
    let index = Categorical::from_weights(&weights)?.sample(rng);
    Ok(usize::try_from(index).ok())
}

/// $`\lVert \tfrac12 (x_i - x_j) \rVert`$: the difference itself may overflow.
fn half_distance(x: &DMatrix<f64>, i: usize, j: usize) -> f64 {
    norm2((x.column(i) * 0.5 - x.column(j) * 0.5).as_slice())
}

fn too_many(components: usize) -> MultivariateError {
    MultivariateError::Domain {
        name: "components",
        value: components as f64,
        domain: "at least 1, and at most the number of different samples",
    }
}
