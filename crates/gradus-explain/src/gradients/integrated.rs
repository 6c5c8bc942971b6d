//! Gradients integrated along the straight way from a baseline.

use crate::error::ExplainError;
use crate::inputs::{Asked, check_gradient, check_pair};
use gradus_calculus::{Estimate, Tolerance, gauss_kronrod};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::iter::zip;

/// Attributions along a way, what each may be off by, and what they leave of the difference.
///
/// # Examples
///
/// See [`integrated_gradients`].
#[derive(Clone, Debug, PartialEq)]
pub struct PathAttribution {
    /// What each feature contributes.
    pub values: Vec<f64>,
    /// The estimated error of each.
    pub errors: Vec<f64>,
    /// $`f(x) - f(b) - \sum_i \phi_i`$: zero for exact integrals of the gradient of a continuous function.
    pub gap: f64,
    /// Into how many parts the way was cut, each with 21 gradients.
    pub panels: usize,
}

/// What each feature contributes to $`f(x) - f(b)`$ by the gradients on the straight way from the baseline `b` to `x`.
///
/// ```math
/// \phi_i = (x_i - b_i) \int_0^1 \partial_i f\bigl(b + t (x - b)\bigr)\,dt, \qquad \sum_i \phi_i = f(x) - f(b)
/// ```
///
/// `f` gives the value and the gradient at a point. The fundamental theorem of calculus divides the difference of the values; two
/// networks that compute the same function get the same attributions, however they are built, because only the function is asked; that is
/// not true of rules that look at layers. Whether a score or a probability is explained is the choice of `f`.
///
/// # Shapes
///
/// `x: n`, `baseline: n`; the result has $`n`$ values.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the values sum to $`f(x) - f(b)`$, up to the reported errors | `integrated_gradients_are_complete` |
/// | of a linear model, $`w_i (x_i - b_i)`$ | `integrated_gradients_of_a_linear_model` |
/// | a feature that is equal at both ends, or that the function ignores, gets 0 | `what_does_not_change_gets_no_gradient` |
///
/// # Numerics
///
/// The way is cut where the gradient is difficult: a fixed rule errs by parts in a hundred where rectifiers bend, and does not
/// tell. All features share the points of [`gauss_kronrod`]: the part of largest error, summed over the features, is halved until the errors add
/// up to the absolute tolerance, to the relative one times the sum of all contributions' magnitudes, or to the rounding of the two
/// values. A kink costs two parts for each binary digit.
/// On every part the contributions must also add up to the difference of the values: so a kink at the end of a part is seen, which no rule sees, and
/// a jump of the function, or a gradient that is not its own, ends in an error. For a network in single precision, allow an absolute error of
/// some of its units.
///
/// # Errors
///
/// [`ExplainError::Empty`], [`ExplainError::LengthMismatch`] (also for the gradient), [`ExplainError::InputNotFinite`],
/// [`ExplainError::ValueNotFinite`], [`ExplainError::SlopeNotFinite`], [`ExplainError::NotIntegrated`] if 4000 parts do not
/// reach the tolerance, [`ExplainError::Setting`] if it is negative or NaN, [`ExplainError::Integral`] if an integral overflows.
///
/// # Examples
///
/// ```
/// use gradus_explain::{Tolerance, integrated_gradients};
///
/// let f = |x: &[f64]| (x[0] * x[1], vec![x[1], x[0]]);
/// let found = integrated_gradients(f, &[2.0, 3.0], &[0.0, 0.0], Tolerance::default())?;
/// assert!((found.values[0] - 3.0).abs() < 1e-14 && (found.values[1] - 3.0).abs() < 1e-14);
/// assert!(found.gap.abs() < 1e-14);
/// # Ok::<(), gradus_explain::ExplainError>(())
/// ```
///
/// # References
///
/// M. Sundararajan, A. Taly and Q. Yan, *Axiomatic attribution for deep networks*, ICML 2017; R. J. Aumann and L. S. Shapley,
/// *Values of Non-Atomic Games*, 1974.
pub fn integrated_gradients(
    f: impl Fn(&[f64]) -> (f64, Vec<f64>),
    x: &[f64],
    baseline: &[f64],
    tolerance: Tolerance,
) -> Result<PathAttribution, ExplainError> {
    check_pair(x, baseline)?;
    check_tolerance(tolerance)?;
    let value = Asked::new(|x: &[f64]| f(x).0);
    let (end, start) = (value.at(x)?, value.at(baseline)?);
    let way = Way { f: &f, x, baseline };
    let share = |k: u32| f64::from(k) / f64::from(FIRST);
    let first = (0..FIRST).map(|k| way.panel((share(k), share(k + 1))));
    let mut panels = first.collect::<Result<Vec<Panel>, _>>()?;
    // Contributions are no more exact than the values that they explain.
    let rounding = 16.0 * f64::EPSILON * (end.abs() + start.abs());
    loop {
        let sum = |of: fn(&Panel) -> f64| panels.iter().map(of).sum::<f64>();
        let (error, size) = (sum(|panel| panel.error), sum(|panel| panel.size));
        if error
            <= tolerance
                .absolute
                .max(tolerance.relative * size)
                .max(rounding)
        {
            return Ok(total(&panels, end - start));
        }
        if panels.len() >= MOST {
            let panels = panels.len();
            return Err(ExplainError::NotIntegrated { panels, error });
        }
        let by_error = |i: &usize, j: &usize| panels[*i].error.total_cmp(&panels[*j].error);
        let worst = (0..panels.len()).max_by(by_error).unwrap_or(0); // there are some
        let Panel { from, to, .. } = panels[worst];
        let middle = f64::midpoint(from, to);
        panels[worst] = way.panel((from, middle))?;
        panels.push(way.panel((middle, to))?);
    }
}

/// A tolerance that can be met: some error is allowed.
fn check_tolerance(tolerance: Tolerance) -> Result<(), ExplainError> {
    let Tolerance { absolute, relative } = tolerance;
    for (name, value) in [
        ("absolute tolerance", absolute),
        ("relative tolerance", relative),
    ] {
        if !(value >= 0.0 && value.is_finite()) {
            let domain = "finite and not negative";
            return Err(ExplainError::Setting {
                name,
                value,
                domain,
            });
        }
    }
    Ok(())
}

/// A part of the way, and what each feature contributes there.
struct Panel {
    from: f64,
    to: f64,
    values: Vec<f64>,
    errors: Vec<f64>,
    /// The larger of the sum of the errors, and what the values leave of the difference of the function.
    error: f64,
    /// The sum of the magnitudes of the values.
    size: f64,
}

/// All panels together.
fn total(panels: &[Panel], difference: f64) -> PathAttribution {
    let features = panels.first().map_or(0, |panel| panel.values.len());
    let sum = |of: &dyn Fn(&Panel) -> f64| panels.iter().map(of).sum::<f64>();
    let values: Vec<f64> = (0..features).map(|i| sum(&|p| p.values[i])).collect(); // one a feature
    PathAttribution {
        gap: difference - values.iter().sum::<f64>(),
        errors: (0..features).map(|i| sum(&|p| p.errors[i])).collect(),
        values,
        panels: panels.len(),
    }
}

/// The straight way from the baseline to the point.
struct Way<'a, F> {
    f: &'a F,
    x: &'a [f64],
    baseline: &'a [f64],
}

impl<F: Fn(&[f64]) -> (f64, Vec<f64>)> Way<'_, F> {
    /// The rule of Gauss and Kronrod on a part of the way, for all features at the same points.
    fn panel(&self, (from, to): (f64, f64)) -> Result<Panel, ExplainError> {
        let slopes = Slopes::default();
        let (mut values, mut errors) = (Vec::new(), Vec::new());
        for (feature, (x, b)) in zip(self.x, self.baseline).enumerate() {
            let length = x - b;
            let found = if length == 0.0 {
                Ok(NOTHING)
            } else {
                gauss_kronrod(|t| slopes.at(t, feature, || self.slope(t)), from, to)
            };
            // A wrong gradient is told as such, not as the NaN that stands for it in the integral.
            if let Some(wrong) = slopes.wrong.take() {
                return Err(wrong);
            }
            let found = found.map_err(|error| ExplainError::Integral { feature, error })?;
            values.push(length * found.value);
            errors.push(length.abs() * found.error);
        }
        // A kink beyond the outermost nodes is seen by no rule, but by the difference of the values.
        let missed = self.missed(from, to, values.iter().sum())?;
        let error = missed.max(errors.iter().sum());
        for error in &mut errors {
            *error += missed;
        }
        Ok(Panel {
            from,
            to,
            error,
            size: values.iter().map(|value| value.abs()).sum(),
            values,
            errors,
        })
    }

    /// What the contributions leave of the difference of the function on a part of the way, beyond rounding.
    fn missed(&self, from: f64, to: f64, sum: f64) -> Result<f64, ExplainError> {
        let value = Asked::new(|t: &[f64]| (self.f)(&self.place(t[0])).0); // one number
        let (start, end) = (value.at(&[from][..])?, value.at(&[to][..])?);
        let rounding = 16.0 * f64::EPSILON * (start.abs() + end.abs() + sum.abs());
        let missed = (end - start - sum).abs();
        Ok(if missed > rounding { missed } else { 0.0 })
    }

    /// The point at share `t` of the way.
    fn place(&self, t: f64) -> Vec<f64> {
        let ends = zip(self.x, self.baseline);
        ends.map(|(x, b)| b * (1.0 - t) + x * t).collect()
    }

    /// The gradient at share `t` of the way.
    fn slope(&self, t: f64) -> Result<Vec<f64>, ExplainError> {
        let at = self.place(t);
        check_gradient((self.f)(&at).1, at.len())
    }
}

/// The gradients at the points of one panel, each computed once for all features.
#[derive(Default)]
struct Slopes {
    /// By the bits of the place, which is in [0, 1].
    known: RefCell<BTreeMap<u64, Vec<f64>>>,
    wrong: RefCell<Option<ExplainError>>,
}

impl Slopes {
    /// Entry `i` of the gradient at a place; NaN if that could not be computed.
    fn at(&self, t: f64, i: usize, slope: impl Fn() -> Result<Vec<f64>, ExplainError>) -> f64 {
        let mut known = self.known.borrow_mut();
        let slope = known.entry(t.to_bits()).or_insert_with(|| {
            slope().unwrap_or_else(|error| {
                *self.wrong.borrow_mut() = Some(error);
                Vec::new()
            })
        });
        slope.get(i).copied().unwrap_or(f64::NAN)
    }
}

/// What a feature contributes that is equal at both ends.
const NOTHING: Estimate = Estimate {
    value: 0.0,
    error: 0.0,
};
/// Into how many parts the way is cut at first: 168 points see what is wider than a hundredth of it.
const FIRST: u32 = 8;
/// How many parts there may be: 84 000 gradients.
const MOST: usize = 4000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_gradient_is_named() {
        let tolerance = Tolerance::default();
        let nan = |_: &[f64]| (1.0, vec![0.0, f64::INFINITY]);
        let (feature, value) = (1, f64::INFINITY);
        assert_eq!(
            integrated_gradients(nan, &[1.0, 1.0], &[0.0, 0.0], tolerance),
            Err(ExplainError::SlopeNotFinite { feature, value })
        );
        let short = |_: &[f64]| (1.0, vec![0.0]);
        let (left, right) = (2, 1);
        assert_eq!(
            integrated_gradients(short, &[1.0, 1.0], &[0.0, 0.0], tolerance),
            Err(ExplainError::LengthMismatch { left, right })
        );
        let f = |x: &[f64]| (x[0], vec![1.0]);
        let negative = Tolerance {
            absolute: -1.0,
            relative: 0.0,
        };
        assert!(integrated_gradients(f, &[1.0], &[0.0], negative).is_err());
    }

    #[test]
    fn a_kink_without_tolerance_is_not_integrated() {
        let kink = |x: &[f64]| ((x[0] - 0.3).max(0.0), vec![f64::from(u8::from(x[0] > 0.3))]);
        let of = |relative| {
            let absolute = 0.0;
            integrated_gradients(kink, &[1.0], &[0.0], Tolerance { absolute, relative })
        };
        let found = of(1e-9).unwrap();
        assert!((found.values[0] - 0.7).abs() <= found.errors[0] && found.errors[0] < 1e-9);
    }

    #[test]
    fn a_jump_or_a_wrong_gradient_is_seen() {
        let step = |x: &[f64]| (f64::from(u8::from(x[0] > 0.5)), vec![0.0]);
        let wrong = |x: &[f64]| (x[0], vec![0.5]);
        let tolerance = Tolerance::default();
        let (panels, error) = (4000, 1.0);
        assert_eq!(
            integrated_gradients(step, &[1.0], &[0.0], tolerance),
            Err(ExplainError::NotIntegrated { panels, error })
        );
        assert!(integrated_gradients(wrong, &[1.0], &[0.0], tolerance).is_err());
    }
}
