//! Naive Bayes of counts.

use super::class_counts::ClassCounts;
use crate::classification::SoftmaxModel;
use crate::contract::{Fit, FitWeighted};
use crate::error::ModelError;
use crate::samples::Weighted;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::view;
use gradus_numeric::MatrixRef;

/// Naive Bayes of counts: how often each word occurs in a text.
///
/// ```math
/// p(x \mid k) \propto \prod_j q_{kj}^{x_j}, \qquad
/// q_{kj} = \frac{n_{kj} + \alpha}{\sum_m n_{km} + p \, \alpha}
/// ```
///
/// where $`n_{kj}`$ is the sum of feature $`j`$ over the samples of class $`k`$, $`p`$ the number of features, and
/// $`\alpha`$ is `smoothing`: as if each class had been seen with every word $`\alpha`$ times more. Counts need not be
/// whole: weighted words are counts too. The posterior is a [`SoftmaxModel`] with $`w_{kj} = \ln q_{kj}`$.
///
/// # Shapes
///
/// `x: p × n`, one sample a column; labels: n numbers from 0 to K − 1, and all of them occur.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is Bayes' rule with these $`q`$ and the shares of the classes | `multinomial_naive_bayes_is_bayes_rule` |
/// | each $`q_k`$ is a distribution | `multinomial_naive_bayes_is_bayes_rule` |
///
/// # Errors
///
/// As [`BernoulliNaiveBayes`](crate::BernoulliNaiveBayes), where a count must not be negative.
///
/// # Examples
///
/// ```
/// use gradus_models::{Fit, MatrixRef, MultinomialNaiveBayes, Order, Shape};
///
/// // Texts of two words: class 0 has (3, 1), class 1 (0, 2); q₀ = (4, 2) / 6, q₁ = (1, 3) / 4.
/// let x = MatrixRef::new(&[3.0, 1.0, 0.0, 2.0], Shape::new(2, 2), Order::Columns)?;
/// let model = MultinomialNaiveBayes::default().fit(x, &[0, 1])?;
/// let p = model.probabilities(MatrixRef::from_column(&[1.0, 0.0]))?;
/// assert!((p[(0, 0)] - (4.0 / 6.0) / (4.0 / 6.0 + 1.0 / 4.0)).abs() < 1e-15);
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// A. `McCallum` and K. Nigam (1998), section 2.2; C. D. Manning, P. Raghavan and H. Schütze, *Introduction to Information
/// Retrieval* (2008), section 13.2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MultinomialNaiveBayes {
    /// $`\alpha > 0`$. Default 1 (Laplace).
    pub smoothing: f64,
}

impl Default for MultinomialNaiveBayes {
    fn default() -> Self {
        Self { smoothing: 1.0 }
    }
}

impl Fit<u32> for MultinomialNaiveBayes {
    type Model = SoftmaxModel;

    fn fit(&self, x: MatrixRef<'_, f64>, labels: &[u32]) -> Result<SoftmaxModel, ModelError> {
        self.model(x, labels, &vec![1.0; labels.len()])
    }
}

impl FitWeighted<u32> for MultinomialNaiveBayes {
    fn fit_weighted(
        &self,
        x: MatrixRef<'_, f64>,
        labels: &[u32],
        weights: &[f64],
    ) -> Result<SoftmaxModel, ModelError> {
        let counted = Weighted::new(x, labels, weights)?;
        self.model(view(&counted.x), &counted.y, &counted.weights)
    }
}

impl MultinomialNaiveBayes {
    fn model(
        self,
        x: MatrixRef<'_, f64>,
        labels: &[u32],
        weights: &[f64],
    ) -> Result<SoftmaxModel, ModelError> {
        let alpha = self.smoothing;
        let count: (fn(f64) -> bool, _) = (|x| x >= 0.0, "0 or more");
        let counts = ClassCounts::new(x, labels, weights, alpha, count)?;
        let (classes, features) = counts.features.shape();
        let total = |k: usize| counts.features.row(k).sum() + alpha * features as f64;
        let ln_q = |k: usize, j: usize| ((counts.features[(k, j)] + alpha) / total(k)).ln();
        SoftmaxModel::new(
            DMatrix::from_fn(classes, features, ln_q),
            counts.ln_priors(),
        )
    }
}
