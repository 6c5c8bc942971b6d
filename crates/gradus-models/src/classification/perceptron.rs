//! Rosenblatt's perceptron.

use super::logistic_regression::check_binary;
use crate::contract::{Fit, Predict};
use crate::error::ModelError;
use crate::linear::LinearModel;
use crate::samples::{augmented, check_pairs};
use gradus_numeric::MatrixRef;
use std::iter::zip;

/// Rosenblatt's perceptron: learning from mistakes alone.
///
/// ```math
/// \text{if } s_i (w^\top x_i + b) \le 0: \quad w \leftarrow w + s_i x_i, \quad b \leftarrow b + s_i
/// ```
///
/// with $`s_i = 1`$ for class 1 and $`-1`$ for class 0, over the samples in their order, pass after pass, until a pass
/// has no mistake. If some plane parts the classes, that happens: with $`R`$ the length of the longest sample and
/// $`\gamma`$ the distance of the nearest one from a parting plane through the origin (both with a further feature 1 for the
/// intercept), there are at most $`(R / \gamma)^2`$ mistakes, however many samples there are. If no plane does (XOR), it
/// never ends, and `most_passes` ends it.
///
/// # Shapes
///
/// `x: p × n`, one sample a column; labels: n numbers 0 or 1.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | at most $`(R / \gamma)^2`$ mistakes (Novikoff) | `the_perceptron_makes_few_mistakes` |
/// | a pass without a mistake parts the classes | `the_perceptron_makes_few_mistakes` |
/// | labels exchanged, weights change their signs | `exchanged_labels_change_the_signs` |
///
/// # Errors
///
/// [`ModelError::TargetCount`], [`ModelError::NoSamples`], [`ModelError::NonFinite`]; [`ModelError::NotBinary`],
/// [`ModelError::OneClass`]; [`ModelError::Overflow`].
///
/// # Examples
///
/// ```
/// use gradus_models::{Fit, MatrixRef, Order, Perceptron, Predict, Shape};
///
/// let corners = [0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
/// let x = MatrixRef::new(&corners, Shape::new(2, 4), Order::Columns)?;
/// let or = Perceptron::default().fit(x, &[0, 1, 1, 1])?;
/// assert!(or.separates());
/// assert_eq!(or.predict(x)?, [0, 1, 1, 1]);
///
/// let xor = Perceptron::default().fit(x, &[0, 1, 1, 0])?; // no line parts these
/// assert!(!xor.separates());
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// F. Rosenblatt, *The perceptron: a probabilistic model for information storage and organization in the brain*,
/// Psychological Review 65 (1958), 386–408; A. B. J. Novikoff, *On convergence proofs on perceptrons*, Symposium on the
/// Mathematical Theory of Automata 12 (1962), 615–622; M. Minsky and S. Papert, *Perceptrons* (1969), chapter 11.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Perceptron {
    /// How often all samples are looked at, at most. Default 1000.
    pub most_passes: usize,
}

impl Default for Perceptron {
    fn default() -> Self {
        Self { most_passes: 1000 }
    }
}

/// A plane, and how it was found; made by [`Perceptron`].
#[derive(Clone, Debug, PartialEq)]
pub struct PerceptronModel {
    plane: LinearModel,
    mistakes: u64,
    separates: bool,
}

impl Fit<u32> for Perceptron {
    type Model = PerceptronModel;

    fn fit(&self, x: MatrixRef<'_, f64>, labels: &[u32]) -> Result<PerceptronModel, ModelError> {
        check_pairs(x, labels.len())?;
        check_binary(labels)?;
        let samples = augmented(x, true);
        let mut w = vec![0.0; samples.nrows()];
        let (mut mistakes, mut separates) = (0, false);
        for _ in 0..self.most_passes {
            let before = mistakes;
            for (x, &label) in zip(samples.as_slice().chunks_exact(w.len()), labels) {
                let sign = if label == 1 { 1.0 } else { -1.0 };
                let score: f64 = zip(&w, x).map(|(w, x)| w * x).sum();
                if sign * score <= 0.0 {
                    zip(&mut w, x).for_each(|(w, x)| *w += sign * x);
                    mistakes += 1;
                }
            }
            if mistakes == before {
                separates = true;
                break;
            }
        }
        let intercept = w.pop().unwrap_or(0.0);
        Ok(PerceptronModel {
            plane: LinearModel::new(w, intercept)?,
            mistakes,
            separates,
        })
    }
}

impl PerceptronModel {
    /// The function whose sign is the class: positive for 1.
    #[must_use]
    pub const fn plane(&self) -> &LinearModel {
        &self.plane
    }

    /// How many mistakes were made, and learned from.
    #[must_use]
    pub const fn mistakes(&self) -> u64 {
        self.mistakes
    }

    /// Whether the last pass had no mistake: the plane parts the classes.
    #[must_use]
    pub const fn separates(&self) -> bool {
        self.separates
    }
}

impl Predict<u32> for PerceptronModel {
    fn predict(&self, x: MatrixRef<'_, f64>) -> Result<Vec<u32>, ModelError> {
        let scores = self.plane.predict(x)?;
        Ok(scores.into_iter().map(|z| u32::from(z > 0.0)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::{Order, Shape};

    /// x = 1 (class 1), then x = −1 (class 0): the first mistake is all there is to learn.
    #[test]
    fn one_mistake_is_enough() {
        let x = MatrixRef::new(&[2.0, -1.0], Shape::new(1, 2), Order::Columns).unwrap();
        let model = Perceptron::default().fit(x, &[1, 0]).unwrap();
        // w = 2, b = 1 after the first sample; −2 + 1 < 0 is right.
        assert_eq!(
            (model.plane().weights(), model.plane().intercept()),
            (&[2.0][..], 1.0)
        );
        assert_eq!((model.mistakes(), model.separates()), (1, true));
    }
}
