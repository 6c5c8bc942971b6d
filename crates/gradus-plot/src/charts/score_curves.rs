//! Scores of several folds over a size or a setting.

use crate::canvas::axes::{Axes, Axis, AxisScale, Division};
use crate::canvas::color::category;
use crate::canvas::curves::{Curve, Mark, curves, legend_width};
use crate::canvas::figure::Figure;
use crate::canvas::sheet::draw;
use crate::error::PlotError;

/// The scores of one part of the samples, several at each place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreCurve<'a> {
    /// What the legend says.
    pub name: &'a str,
    /// At each place the scores of all folds; what is not finite is left out.
    pub scores: &'a [Vec<f64>],
}

/// Learning curves over the number of samples and validation curves over a setting: means of the folds, with bars from
/// the lowest to the highest score.
///
/// Where training and validation scores meet at a low level, the model is too simple; where a gap remains, it is too
/// free, or samples are too few.
///
/// # Errors
///
/// [`PlotError::LengthMismatch`] unless each curve has scores for all places; [`PlotError::Empty`] without a finite
/// score; [`PlotError::BadRange`], [`PlotError::BadSize`], [`PlotError::NoRoom`].
///
/// # Examples
///
/// ```
/// use gradus_plot::{AxisScale, Figure, ScoreCurve, score_curves};
///
/// let train = [vec![1.0, 1.0], vec![0.9, 0.94]];
/// let validation = [vec![0.5, 0.7], vec![0.8, 0.9]];
/// let svg = score_curves(
///     &Figure::new("More samples", "samples", "accuracy"),
///     &[10.0, 100.0],
///     &[ScoreCurve { name: "seen", scores: &train }, ScoreCurve { name: "unseen", scores: &validation }],
///     AxisScale::Logarithmic,
/// )?;
/// assert!(svg.contains("unseen"));
/// # Ok::<(), gradus_plot::PlotError>(())
/// ```
pub fn score_curves(
    figure: &Figure,
    at: &[f64],
    scores: &[ScoreCurve<'_>],
    horizontal: AxisScale,
) -> Result<String, PlotError> {
    if let Some(curve) = scores.iter().find(|curve| curve.scores.len() != at.len()) {
        let (left, right) = (at.len(), curve.scores.len());
        return Err(PlotError::LengthMismatch { left, right });
    }
    let spreads: Vec<Vec<Spread>> = scores
        .iter()
        .map(|curve| spreads(at, curve, horizontal))
        .collect();
    let (all, y) = (|| spreads.iter().flatten(), figure.y_range);
    let x = Axis::around(all().map(|spread| spread.at), Division::from(horizontal))?;
    let y = match y {
        Some([low, high]) => Axis::new(low, high, Division::Even)?,
        None => Axis::around(
            all().flat_map(|spread| [spread.low, spread.high]),
            Division::Even,
        )?,
    };
    let means: Vec<Vec<(f64, f64)>> = spreads
        .iter()
        .map(|curve| {
            curve
                .iter()
                .map(|spread| (spread.at, spread.mean))
                .collect()
        })
        .collect();
    let named = scores.iter().zip(&means).map(|(curve, points)| Curve {
        name: curve.name,
        points,
        mark: Mark::LineAndPoints,
    });
    let named: Vec<Curve<'_>> = named.collect();
    let room = legend_width(scores.iter().map(|curve| curve.name));
    let axes = Axes::new(figure, x, y, room)?;
    draw(figure, |canvas| {
        axes.draw(canvas, figure)?;
        for (index, curve) in spreads.iter().enumerate() {
            for spread in curve {
                let [low, high] = [spread.low, spread.high].map(|score| score.clamp(y.low, y.high));
                let ends = [axes.pixel(spread.at, low), axes.pixel(spread.at, high)];
                canvas.line(&ends, category(index), 1)?;
            }
        }
        curves(canvas, &axes, &named, room)
    })
}

/// Lowest, mean and highest score at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Spread {
    at: f64,
    low: f64,
    mean: f64,
    high: f64,
}

/// The places that can be drawn.
fn spreads(at: &[f64], curve: &ScoreCurve<'_>, horizontal: AxisScale) -> Vec<Spread> {
    let drawable = |at: f64| at.is_finite() && (horizontal == AxisScale::Linear || at > 0.0);
    let places = at.iter().zip(curve.scores).filter(|(at, _)| drawable(**at));
    places
        .filter_map(|(&at, scores)| spread(at, scores))
        .collect()
}

fn spread(at: f64, scores: &[f64]) -> Option<Spread> {
    let finite = || scores.iter().copied().filter(|score| score.is_finite());
    let count = finite().count();
    (count > 0).then(|| Spread {
        at,
        low: finite().fold(f64::INFINITY, f64::min),
        // Each share, so that the sum does not overflow.
        mean: finite().map(|score| score / count as f64).sum(),
        high: finite().fold(f64::NEG_INFINITY, f64::max),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_is_of_the_finite_scores() {
        let (at, low, mean, high) = (3.0, 1.0, 2.0, 3.0);
        let expected = Spread {
            at,
            low,
            mean,
            high,
        };
        assert_eq!(spread(3.0, &[1.0, f64::NAN, 3.0]), Some(expected));
        assert_eq!(spread(3.0, &[f64::NAN]), None);
        let curve = ScoreCurve {
            name: "",
            scores: &[vec![1.0], vec![2.0]],
        };
        assert_eq!(
            spreads(&[0.0, 1.0], &curve, AxisScale::Logarithmic).len(),
            1
        );
        assert_eq!(spreads(&[0.0, 1.0], &curve, AxisScale::Linear).len(), 2);
    }
}
