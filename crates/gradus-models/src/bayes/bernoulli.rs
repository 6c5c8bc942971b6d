//! Naive Bayes of yes and no.

use super::class_counts::ClassCounts;
use crate::classification::SoftmaxModel;
use crate::contract::{Fit, FitWeighted};
use crate::error::ModelError;
use crate::samples::Weighted;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::view;
use gradus_numeric::MatrixRef;

/// Naive Bayes of features that are 0 or 1: which words occur, which pixels are ink.
///
/// ```math
/// p(x \mid k) = \prod_j q_{kj}^{x_j} (1 - q_{kj})^{1 - x_j}, \qquad
/// q_{kj} = \frac{n_{kj} + \alpha}{n_k + 2 \alpha}
/// ```
///
/// where $`n_{kj}`$ of the $`n_k`$ samples of class $`k`$ have feature $`j`$, and $`\alpha`$ is `smoothing`: as if each
/// class had been seen $`\alpha`$ times with every feature and $`\alpha`$ times without. A feature that is absent counts
/// as well as one that is there. The posterior is a [`SoftmaxModel`] with
/// $`w_{kj} = \ln q_{kj} - \ln(1 - q_{kj})`$.
///
/// # Shapes
///
/// `x: p × n`, one sample a column; labels: n numbers from 0 to K − 1, and all of them occur.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is Bayes' rule with these $`q`$ and the shares of the classes | `bernoulli_naive_bayes_is_bayes_rule` |
/// | yes and no exchanged, the posterior is the same | `yes_and_no_may_be_exchanged` |
///
/// # Errors
///
/// [`ModelError::TargetCount`], [`ModelError::NoSamples`], [`ModelError::OneClass`], [`ModelError::MissingClass`];
/// [`ModelError::NotACount`] for a feature other than 0 and 1; [`ModelError::InvalidSetting`] unless the smoothing is
/// positive.
///
/// # Examples
///
/// ```
/// use gradus_models::{BernoulliNaiveBayes, Fit, MatrixRef, Order, Shape};
///
/// // q = 2/3 in class 1, 1/3 in class 0.
/// let x = MatrixRef::new(&[0.0, 1.0], Shape::new(1, 2), Order::Columns)?;
/// let model = BernoulliNaiveBayes::default().fit(x, &[0, 1])?;
/// assert!((model.probabilities(x)?[(1, 1)] - 2.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// A. `McCallum` and K. Nigam, *A comparison of event models for naive Bayes text classification*, AAAI-98 Workshop on
/// Learning for Text Categorization (1998), section 2.1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BernoulliNaiveBayes {
    /// $`\alpha > 0`$. Default 1 (Laplace).
    pub smoothing: f64,
}

impl Default for BernoulliNaiveBayes {
    fn default() -> Self {
        Self { smoothing: 1.0 }
    }
}

impl Fit<u32> for BernoulliNaiveBayes {
    type Model = SoftmaxModel;

    fn fit(&self, x: MatrixRef<'_, f64>, labels: &[u32]) -> Result<SoftmaxModel, ModelError> {
        self.model(x, labels, &vec![1.0; labels.len()])
    }
}

impl FitWeighted<u32> for BernoulliNaiveBayes {
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

impl BernoulliNaiveBayes {
    fn model(
        self,
        x: MatrixRef<'_, f64>,
        labels: &[u32],
        weights: &[f64],
    ) -> Result<SoftmaxModel, ModelError> {
        let alpha = self.smoothing;
        let yes_or_no: (fn(f64) -> bool, _) = (|x| x == 0.0 || x == 1.0, "0 or 1");
        let counts = ClassCounts::new(x, labels, weights, alpha, yes_or_no)?;
        let (classes, features) = counts.features.shape();
        // ln q and ln (1 − q), both from counts: 1 − q would lose digits where q is near 1.
        let of = |count: f64, k: usize| ((count + alpha) / (counts.samples[k] + 2.0 * alpha)).ln();
        let ln_no = |k: usize, j: usize| of(counts.samples[k] - counts.features[(k, j)], k);
        let ln_yes = |k: usize, j: usize| of(counts.features[(k, j)], k);
        let absent = |k: usize| (0..features).map(|j| ln_no(k, j)).sum::<f64>();
        let priors = counts.ln_priors();
        SoftmaxModel::new(
            DMatrix::from_fn(classes, features, |k, j| ln_yes(k, j) - ln_no(k, j)),
            (0..classes).map(|k| priors[k] + absent(k)).collect(),
        )
    }
}
