//! What is lost when a part is covered.

use crate::error::ExplainError;
use crate::inputs::{Asked, check_feature, check_pair};
use gradus_numeric::Shape;

/// How much a function falls when features are replaced by those of a baseline, window by window.
///
/// ```math
/// \phi_i = \frac{1}{\lvert \{ W \ni i \} \rvert} \sum_{W \ni i} \bigl( f(x) - f(x \text{ with } x_W = b_W) \bigr)
/// ```
///
/// With windows of one feature it is called *ablation*. A feature that has a copy loses nothing when it is covered alone: what two
/// features tell only together, or either of them alike, takes a window that covers both.
///
/// # Shapes
///
/// `x: n`, `baseline: n`, `windows`: lists of features; the result has $`n`$ values.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a linear model loses the terms of the window | `occlusion_of_a_linear_model` |
/// | what the function ignores loses nothing, alone | `occlusion_of_what_is_ignored` |
///
/// # Errors
///
/// [`ExplainError::NotCovered`] if no window covers a feature, [`ExplainError::NoSuchFeature`], [`ExplainError::Empty`],
/// [`ExplainError::LengthMismatch`], [`ExplainError::InputNotFinite`], [`ExplainError::ValueNotFinite`].
///
/// # Examples
///
/// ```
/// use gradus_explain::occlusion;
///
/// let f = |x: &[f64]| x[0] * x[1] + x[2];
/// let drops = occlusion(f, &[2.0, 3.0, 4.0], &[0.0; 3], &[vec![0], vec![1], vec![2]])?;
/// assert_eq!(drops, [6.0, 6.0, 4.0]);
/// # Ok::<(), gradus_explain::ExplainError>(())
/// ```
///
/// # References
///
/// M. D. Zeiler and R. Fergus, *Visualizing and understanding convolutional networks*, ECCV 2014, section 4.2.
pub fn occlusion(
    f: impl Fn(&[f64]) -> f64,
    x: &[f64],
    baseline: &[f64],
    windows: &[Vec<usize>],
) -> Result<Vec<f64>, ExplainError> {
    check_pair(x, baseline)?;
    for &feature in windows.iter().flatten() {
        check_feature(feature, x.len())?;
    }
    let f = Asked::new(f);
    let whole = f.at(x)?;
    let (mut sums, mut counts) = (vec![0.0; x.len()], vec![0.0; x.len()]);
    let mut covered = x.to_vec();
    for window in windows {
        for &i in window {
            covered[i] = baseline[i]; // a feature of both
        }
        let drop = whole - f.at(&covered[..])?;
        for &i in window {
            covered[i] = x[i];
            sums[i] += drop;
            counts[i] += 1.0;
        }
    }
    match counts.iter().position(|&count| count == 0.0) {
        Some(feature) => Err(ExplainError::NotCovered { feature }),
        None => Ok(sums.iter().zip(counts).map(|(sum, n)| sum / n).collect()),
    }
}

/// All windows of a size over an image, `stride` pixels apart, as lists of its pixels, row by row.
///
/// The last windows of a row or column are moved back into the image, so that every pixel is covered if the stride is at most the
/// size.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | they have the size, lie in the image, and cover it | `windows_cover_the_image` |
///
/// # Errors
///
/// [`ExplainError::Setting`] if the window has no pixel or is larger than the image, or the stride is 0.
///
/// # Examples
///
/// ```
/// use gradus_explain::{Shape, windows};
///
/// // Two columns of a picture of 2 × 3 pixels, numbered 0 1 2 / 3 4 5.
/// let windows = windows(Shape::new(2, 3), Shape::new(2, 2), 1)?;
/// assert_eq!(windows, [vec![0, 1, 3, 4], vec![1, 2, 4, 5]]);
/// # Ok::<(), gradus_explain::ExplainError>(())
/// ```
pub fn windows(
    image: Shape,
    window: Shape,
    stride: usize,
) -> Result<Vec<Vec<usize>>, ExplainError> {
    let tops = starts(image.rows, window.rows, stride)?;
    let lefts = starts(image.columns, window.columns, stride)?;
    let pixels = |top: usize, left: usize| {
        let rows = top..top + window.rows;
        rows.flat_map(|i| (left..left + window.columns).map(move |j| (i, j)))
            .map(|(i, j)| i * image.columns + j)
            .collect()
    };
    let places = tops
        .iter()
        .flat_map(|&top| lefts.iter().map(move |&left| (top, left)));
    Ok(places.map(|(top, left)| pixels(top, left)).collect())
}

/// Where windows of a length begin, the last one at the end.
fn starts(length: usize, window: usize, stride: usize) -> Result<Vec<usize>, ExplainError> {
    let refuse = |name, value: usize, domain| {
        let value = value as f64;
        Err(ExplainError::Setting {
            name,
            value,
            domain,
        })
    };
    if window == 0 || window > length {
        return refuse(
            "window",
            window,
            "at least one pixel, and no more than the image has",
        );
    }
    if stride == 0 {
        return refuse("stride", stride, "at least 1");
    }
    let last = length - window;
    let mut starts: Vec<usize> = (0..last).step_by(stride).collect();
    starts.push(last);
    Ok(starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_covered_is_named() {
        let f = |x: &[f64]| x[0];
        let feature = 1;
        assert_eq!(
            occlusion(f, &[1.0, 2.0], &[0.0; 2], &[vec![0]]),
            Err(ExplainError::NotCovered { feature })
        );
        let (feature, features) = (2, 2);
        assert_eq!(
            occlusion(f, &[1.0, 2.0], &[0.0; 2], &[vec![2]]),
            Err(ExplainError::NoSuchFeature { feature, features })
        );
        for (window, stride) in [(0, 1), (4, 1), (2, 0)] {
            assert!(windows(Shape::new(3, 3), Shape::new(2, window), stride).is_err());
        }
        assert_eq!(starts(5, 2, 2), Ok(vec![0, 2, 3]));
    }
}
