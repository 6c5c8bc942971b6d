//! How good scores and probabilities are: curves in the unit square.

use super::plane_curves::{PlaneCurve, drawn_over};
use crate::canvas::axes::{Axes, Axis, Division};
use crate::canvas::color::LINE;
use crate::canvas::curves::{legend_width, line};
use crate::canvas::figure::Figure;
use crate::error::PlotError;

/// ROC curves: the true positive rate over the false positive rate, for every threshold.
///
/// The diagonal, dashed, is what scores give that know nothing. The area below a curve is the probability that a
/// positive sample scores above a negative one.
///
/// # Errors
///
/// [`PlotError::NotAShare`] for a point outside of the unit square; [`PlotError::Empty`] without a finite point;
/// [`PlotError::BadSize`], [`PlotError::NoRoom`].
///
/// # Examples
///
/// ```
/// use gradus_plot::{Figure, PlaneCurve, roc_curves};
///
/// let figure = Figure::new("ROC", "false positive rate", "true positive rate");
/// let points = [(0.0, 0.0), (0.0, 0.5), (0.5, 1.0), (1.0, 1.0)];
/// let svg = roc_curves(&figure, &[PlaneCurve::line("area 0.875", &points)])?;
/// assert!(svg.contains("area 0.875"));
/// assert!(roc_curves(&figure, &[PlaneCurve::line("percent", &[(0.0, 0.0), (100.0, 100.0)])]).is_err());
/// # Ok::<(), gradus_plot::PlotError>(())
/// ```
#[doc(alias = "receiver operating characteristic")]
pub fn roc_curves(figure: &Figure, curves: &[PlaneCurve<'_>]) -> Result<String, PlotError> {
    unit_square(figure, curves, DIAGONAL)
}

/// Precision over recall, for every threshold.
///
/// The level line, dashed, is the precision of scores that know nothing: the share of `positives` among the samples.
/// Where positive samples are rare, these curves tell apart what ROC curves do not.
///
/// # Errors
///
/// As [`roc_curves`], and [`PlotError::BadRange`] unless `positives` lies between 0 and 1.
///
/// # Examples
///
/// ```
/// use gradus_plot::{Figure, PlaneCurve, precision_recall_curves};
///
/// let figure = Figure::new("One of ten is ill", "recall", "precision");
/// let points = [(0.0, 1.0), (0.5, 1.0), (1.0, 0.4)];
/// let svg = precision_recall_curves(&figure, &[PlaneCurve::line("test", &points)], 0.1)?;
/// assert!(svg.contains("recall"));
/// # Ok::<(), gradus_plot::PlotError>(())
/// ```
pub fn precision_recall_curves(
    figure: &Figure,
    curves: &[PlaneCurve<'_>],
    positives: f64,
) -> Result<String, PlotError> {
    if !(0.0..=1.0).contains(&positives) {
        let (from, to) = (positives, positives);
        return Err(PlotError::BadRange { from, to });
    }
    unit_square(figure, curves, [(0.0, positives), (1.0, positives)])
}

/// Calibration curves: how often something happened over how probable it was said to be.
///
/// On the diagonal, dashed, probabilities are what they say. Below it they are too large, above it too small; a curve
/// flatter than the diagonal is too sure of itself on both sides.
///
/// # Errors
///
/// As [`roc_curves`].
///
/// # Examples
///
/// ```
/// use gradus_plot::{Figure, PlaneCurve, calibration_curves};
///
/// let figure = Figure::new("Too sure", "predicted", "observed");
/// let bins = [(0.05, 0.2), (0.5, 0.5), (0.95, 0.8)];
/// let svg = calibration_curves(&figure, &[PlaneCurve::steps("naive Bayes", &bins)])?;
/// assert_eq!(svg.matches("<circle").count(), 8); // three dots and that of the legend, each with its rim
/// # Ok::<(), gradus_plot::PlotError>(())
/// ```
#[doc(alias = "reliability diagram")]
pub fn calibration_curves(figure: &Figure, curves: &[PlaneCurve<'_>]) -> Result<String, PlotError> {
    unit_square(figure, curves, DIAGONAL)
}

/// Curves over what knowing nothing would give.
fn unit_square(
    figure: &Figure,
    curves: &[PlaneCurve<'_>],
    reference: [(f64, f64); 2],
) -> Result<String, PlotError> {
    check(curves)?;
    let axis = Axis::new(-MARGIN, 1.0 + MARGIN, Division::Even)?;
    let room = legend_width(curves.iter().map(|curve| curve.name));
    let axes = Axes::new(figure, axis, axis, room)?;
    drawn_over(figure, axes, curves, room, |canvas| {
        let ends = reference.map(|(x, y)| axes.pixel(x, y));
        line(canvas, &ends, LINE, 1, true)
    })
}

/// There is a finite point, and all of them are shares.
fn check(curves: &[PlaneCurve<'_>]) -> Result<(), PlotError> {
    let mut is_empty = true;
    for (index, curve) in curves.iter().enumerate() {
        for (point, &(x, y)) in curve.points.iter().enumerate() {
            if !(x.is_finite() && y.is_finite()) {
                continue; // a gap
            }
            is_empty = false;
            if !((0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y)) {
                return Err(PlotError::NotAShare {
                    curve: index,
                    point,
                    x,
                    y,
                });
            }
        }
    }
    if is_empty {
        Err(PlotError::Empty)
    } else {
        Ok(())
    }
}

const DIAGONAL: [(f64, f64); 2] = [(0.0, 0.0), (1.0, 1.0)];

/// So that a curve along an edge is seen.
const MARGIN: f64 = 0.02;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_are_no_shares() {
        let curve = PlaneCurve::line("", &[(f64::NAN, 7.0), (0.5, 50.0)]);
        let (point, x, y) = (1, 0.5, 50.0);
        let error = PlotError::NotAShare {
            curve: 0,
            point,
            x,
            y,
        };
        assert_eq!(roc_curves(&Figure::default(), &[curve]), Err(error));
        assert_eq!(
            calibration_curves(&Figure::default(), &[]),
            Err(PlotError::Empty)
        );
        let rare = precision_recall_curves(
            &Figure::default(),
            &[PlaneCurve::line("", &DIAGONAL)],
            f64::NAN,
        );
        assert!(rare.is_err());
    }
}
