//! Which patches of an image carry the answer: LIME for images.

use crate::error::ExplainError;
use crate::inputs::{Asked, check_lengths, check_pair};
use crate::local::line::{LocalLine, Neighborhood, Points};
use gradus_random::rand::Rng;
use gradus_random::uniform;
use std::iter::zip;

/// How much each patch of an image adds to a function, by the line through images in which some patches are missing.
///
/// ```math
/// \min_{a, w} \sum_k e^{-d_k^2 / \text{width}^2} \bigl( f(\text{image with the patches } s_k) - a - w^\top s_k \bigr)^2 + \lambda \lVert w
/// \rVert^2, \qquad d_k = 1 - \sqrt{\lvert s_k \rvert / p}
/// ```
///
/// where $`s_k \in \{0, 1\}^p`$ says which of the $`p`$ patches are there, each with probability ½, and $`d_k`$ is the cosine distance from
/// all of them. A missing patch has the pixels of the `baseline`. The result has a slope for each patch, and its value is that of the line
/// for the whole image.
///
/// # Shapes
///
/// `x: n`, `baseline: n`, `patch: n`, the number of the patch of each pixel; the result has as many slopes as patches.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a function that adds up over patches is found | `patches_of_an_additive_function_are_found` |
///
/// # Errors
///
/// As [`local_line`](crate::local_line), and [`ExplainError::NoSuchFeature`] if the numbers of the patches leave one out:
/// there is a pixel for each of `0..p`.
///
/// # Examples
///
/// ```
/// use gradus_explain::{Key, Neighborhood, local_patches};
///
/// // Two patches of two pixels; the first is worth 3, the second 7.
/// let sum = |x: &[f64]| x.iter().sum::<f64>();
/// let near = Neighborhood { width: 0.25, samples: 50, ridge: 0.0 };
/// let rng = &mut Key::new(1).rng();
/// let line = local_patches(sum, &[1.0, 2.0, 3.0, 4.0], &[0.0; 4], &[0, 0, 1, 1], near, rng)?;
/// assert!((line.slopes[0] - 3.0).abs() < 1e-12 && (line.slopes[1] - 7.0).abs() < 1e-12);
/// # Ok::<(), gradus_explain::ExplainError>(())
/// ```
///
/// # References
///
/// M. T. Ribeiro, S. Singh and C. Guestrin, *"Why should I trust you?" Explaining the predictions of any classifier*, KDD 2016,
/// section 3.4.
pub fn local_patches(
    f: impl Fn(&[f64]) -> f64,
    x: &[f64],
    baseline: &[f64],
    patch: &[usize],
    near: Neighborhood,
    rng: &mut (impl Rng + ?Sized),
) -> Result<LocalLine, ExplainError> {
    check_pair(x, baseline)?;
    check_lengths(x.len(), patch.len())?;
    near.check()?;
    let patches = count(patch)?;
    let f = Asked::new(f);
    let mut points = Points::default();
    for _ in 0..near.samples {
        let there: Vec<bool> = (0..patches).map(|_| uniform(rng) < 0.5).collect();
        let pixels = zip(zip(x, baseline), patch);
        let image: Vec<f64> = pixels
            .map(|((x, b), &p)| if there[p] { *x } else { *b }) // p < patches
            .collect();
        let kept = there.iter().filter(|&&there| there).count() as f64;
        let distance = 1.0 - (kept / patches as f64).sqrt();
        // Counted as what is missing, so that the value of the line is that of the whole image.
        let missing = there.iter().map(|&there| f64::from(u8::from(!there)));
        points.push(
            missing.collect(),
            f.at(&image[..])?,
            near.weight(distance * distance),
        );
    }
    let mut line = points.line(near)?;
    for w in &mut line.slopes {
        *w = -*w;
    }
    Ok(line)
}

/// How many patches there are, if each has a pixel.
fn count(patch: &[usize]) -> Result<usize, ExplainError> {
    let mut numbers = patch.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    let features = numbers.len();
    match numbers.last() {
        Some(&last) if last >= features => {
            let feature = last;
            Err(ExplainError::NoSuchFeature { feature, features })
        }
        _ => Ok(features),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn every_number_below_the_last_is_a_patch() {
        let near = Neighborhood {
            width: 1.0,
            samples: 9,
            ridge: 0.0,
        };
        let of = |patch: &[usize]| {
            local_patches(
                |x| x[0],
                &[1.0; 2],
                &[0.0; 2],
                patch,
                near,
                &mut Key::new(1).rng(),
            )
        };
        let (feature, features) = (2, 2);
        assert_eq!(
            of(&[0, 2]),
            Err(ExplainError::NoSuchFeature { feature, features })
        );
        assert!(of(&[0]).is_err() && of(&[0, 1]).is_ok());
    }
}
