//! A line that agrees with a model near one point: LIME for tables.

use crate::error::ExplainError;
use crate::inputs::{Asked, check_lengths, check_point};
use gradus_linalg::least_squares;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_random::normal;
use gradus_random::rand::Rng;
use std::iter::zip;

/// Which neighbors are asked, and how much each counts.
///
/// # Examples
///
/// ```
/// use gradus_explain::Neighborhood;
///
/// let wide = Neighborhood { width: 2.0, samples: 500, ridge: 0.0 };
/// assert_eq!(wide.samples, 500);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighborhood {
    /// The distance at which a neighbor counts $`1/e`$: $`e^{-d^2 / \text{width}^2}`$.
    pub width: f64,
    /// How many neighbors are drawn.
    pub samples: u32,
    /// The weight of the squared slopes; 0 for plain least squares.
    pub ridge: f64,
}

impl Neighborhood {
    pub(super) fn check(&self) -> Result<(), ExplainError> {
        let refuse = |name, value, domain| {
            Err(ExplainError::Setting {
                name,
                value,
                domain,
            })
        };
        if !(self.width > 0.0 && self.width.is_finite()) {
            return refuse("width", self.width, "positive and finite");
        }
        if !(self.ridge >= 0.0 && self.ridge.is_finite()) {
            return refuse("ridge", self.ridge, "finite and not negative");
        }
        Ok(())
    }

    /// The weight of a neighbor by the square of its distance.
    pub(super) fn weight(&self, square: f64) -> f64 {
        (-square / (self.width * self.width)).exp()
    }
}

/// A line through the values near a point.
///
/// # Examples
///
/// See [`local_line`].
#[derive(Clone, Debug, PartialEq)]
pub struct LocalLine {
    /// The value of the line at the point itself.
    pub value: f64,
    /// Its slope along each feature.
    pub slopes: Vec<f64>,
    /// The share of the weighted variance of the values that the line explains: how far it can be trusted; 1 if the values do not
    /// vary.
    pub explained: f64,
}

/// The line that agrees best with a function near a point: LIME.
///
/// ```math
/// \min_{a, w} \sum_{k} e^{-\lVert z_k \rVert^2 / \text{width}^2} \bigl( f(x + s \odot z_k) - a - w^\top (s \odot z_k) \bigr)^2
/// + \lambda \lVert s \odot w \rVert^2, \qquad z_k \sim \mathcal N(0, I)
/// ```
///
/// where $`s`$ holds the unit of each feature, for instance its standard deviation, and distances and the ridge $`\lambda`$ are measured
/// in these units. How wide the neighborhood is decides what is explained: the gradient if it is narrow, a trend if it is wide.
///
/// # Shapes
///
/// `x: n`, `units: n`; the result has $`n`$ slopes.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a linear function is found, whatever the width | `a_local_line_finds_a_linear_function` |
/// | equal keys give equal bits | `equal_keys_give_equal_lines` |
/// | a ridge shrinks the slopes | `a_ridge_shrinks_the_slopes` |
///
/// # Errors
///
/// [`ExplainError::NoWeight`] if the weights of all neighbors underflow to 0, [`ExplainError::Undetermined`] if the neighbors that
/// count are too few for the slopes, [`ExplainError::Setting`] for a unit or width that is not positive or a ridge that is negative;
/// [`ExplainError::Empty`], [`ExplainError::LengthMismatch`], [`ExplainError::InputNotFinite`],
/// [`ExplainError::ValueNotFinite`], [`ExplainError::Linalg`].
///
/// # Examples
///
/// ```
/// use gradus_explain::{Key, Neighborhood, local_line};
///
/// let f = |x: &[f64]| 3.0 * x[0] - x[1];
/// let near = Neighborhood { width: 1.0, samples: 50, ridge: 0.0 };
/// let line = local_line(f, &[1.0, 1.0], &[1.0, 10.0], near, &mut Key::new(1).rng())?;
/// assert!((line.slopes[0] - 3.0).abs() < 1e-12 && (line.slopes[1] + 1.0).abs() < 1e-12);
/// assert!((line.value - 2.0).abs() < 1e-12 && line.explained > 0.999);
/// # Ok::<(), gradus_explain::ExplainError>(())
/// ```
///
/// # References
///
/// M. T. Ribeiro, S. Singh and C. Guestrin, *"Why should I trust you?" Explaining the predictions of any classifier*, KDD 2016;
/// D. Garreau and U. von Luxburg, *Explaining the explainer: a first theoretical analysis of LIME*, AISTATS 2020.
#[doc(alias = "LIME")]
pub fn local_line(
    f: impl Fn(&[f64]) -> f64,
    x: &[f64],
    units: &[f64],
    near: Neighborhood,
    rng: &mut (impl Rng + ?Sized),
) -> Result<LocalLine, ExplainError> {
    check_point(x)?;
    check_lengths(x.len(), units.len())?;
    near.check()?;
    if let Some(&value) = units.iter().find(|&&s| !(s > 0.0 && s.is_finite())) {
        let (name, domain) = ("unit", "positive and finite");
        return Err(ExplainError::Setting {
            name,
            value,
            domain,
        });
    }
    let f = Asked::new(f);
    let mut points = Points::default();
    for _ in 0..near.samples {
        let z: Vec<f64> = x.iter().map(|_| normal(rng)).collect();
        let steps = zip(units, &z).map(|(s, z)| s * z);
        let neighbor: Vec<f64> = zip(x, steps).map(|(x, d)| x + d).collect();
        let weight = near.weight(z.iter().map(|z| z * z).sum());
        points.push(z, f.at(&neighbor[..])?, weight);
    }
    let mut line = points.line(near)?;
    zip(&mut line.slopes, units).for_each(|(w, s)| *w /= s);
    Ok(line)
}

/// Points with values and weights.
#[derive(Default)]
pub(super) struct Points {
    at: Vec<Vec<f64>>,
    values: Vec<f64>,
    weights: Vec<f64>,
}

impl Points {
    pub(super) fn push(&mut self, at: Vec<f64>, value: f64, weight: f64) {
        self.at.push(at);
        self.values.push(value);
        self.weights.push(weight);
    }

    /// The line of smallest weighted error; the ridge holds the slopes, not the value.
    pub(super) fn line(&self, near: Neighborhood) -> Result<LocalLine, ExplainError> {
        let samples = self.values.len();
        let total: f64 = self.weights.iter().sum();
        if total == 0.0 {
            let width = near.width;
            return Err(ExplainError::NoWeight { samples, width });
        }
        let n = self.at.first().map_or(0, Vec::len);
        // √λ for each slope: rows of the same least squares that pull it towards 0.
        let pulls = if near.ridge > 0.0 { n } else { 0 };
        let a = DMatrix::from_fn(samples + pulls, n + 1, |r, i| match (r < samples, i) {
            (true, 0) => self.weights[r].sqrt(),
            (true, _) => self.weights[r].sqrt() * self.at[r][i - 1], // a coordinate a feature
            (false, _) => near.ridge.sqrt() * f64::from(u8::from(r - samples + 1 == i)),
        });
        let right = zip(&self.values, &self.weights).map(|(y, w)| w.sqrt() * y);
        let b = DVector::from_iterator(samples + pulls, right.chain((0..pulls).map(|_| 0.0)));
        let found = least_squares(&a, &b)?;
        let (rank, needed) = (found.rank, n + 1);
        if rank < needed {
            return Err(ExplainError::Undetermined { rank, needed });
        }
        let (value, slopes) = (found.x[0], found.x.as_slice()[1..].to_vec()); // n + 1 numbers
        let explained = self.explained(value, &slopes, total);
        Ok(LocalLine {
            value,
            slopes,
            explained,
        })
    }

    /// 1 − Σ w (y − line)² / Σ w (y − ȳ)²
    fn explained(&self, value: f64, slopes: &[f64], total: f64) -> f64 {
        let sum = |of: &dyn Fn(usize) -> f64| -> f64 {
            self.weights
                .iter()
                .enumerate()
                .map(|(k, w)| w * of(k))
                .sum()
        };
        let mean = sum(&|k| self.values[k]) / total; // a value a weight
        let line = |k: usize| value + zip(slopes, &self.at[k]).map(|(w, z)| w * z).sum::<f64>();
        let all = sum(&|k| (self.values[k] - mean).powi(2));
        if all > 0.0 {
            1.0 - sum(&|k| (self.values[k] - line(k)).powi(2)) / all
        } else {
            1.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn neighbors_must_count_and_suffice() {
        let near = |width, samples| Neighborhood {
            width,
            samples,
            ridge: 0.0,
        };
        let of = |near| local_line(|x| x[0], &[1.0; 3], &[1.0; 3], near, &mut Key::new(1).rng());
        let (samples, width) = (9, 1e-3);
        assert_eq!(
            of(near(width, 9)),
            Err(ExplainError::NoWeight { samples, width })
        );
        let (rank, needed) = (2, 4);
        assert_eq!(
            of(near(1.0, 2)),
            Err(ExplainError::Undetermined { rank, needed })
        );
        assert!(of(near(0.0, 9)).is_err() && of(near(f64::NAN, 9)).is_err());
        let constant = |_: &[f64]| 2.0;
        let flat = local_line(
            constant,
            &[1.0],
            &[1.0],
            near(1.0, 9),
            &mut Key::new(1).rng(),
        );
        assert!(flat.unwrap().slopes[0].abs() < 1e-15);
    }
}
