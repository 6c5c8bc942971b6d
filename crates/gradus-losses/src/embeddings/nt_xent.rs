//! Cross-entropy over similarities: which of all columns is the partner?

use crate::embeddings::views::Views;
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::comparison::Comparison;
use crate::kernel::gathered::{Gathered, check_gradient};
use crate::kernel::target::Weights;
use crate::kernel::tuplewise::{check_column, check_weights, counted};
use gradus_numeric::{Float, MatrixMut, MatrixRef};

/// Normalized temperature-scaled cross-entropy: each of two views has to find the other one among all, in nats.
///
/// ```math
/// \ell(i, j) = \tfrac12 \bigl( \ell_{ij} + \ell_{ji} \bigr), \qquad
/// \ell_{ij} = -\ln \frac{e^{s_{ij}}}{\sum_{k \in N(i)} e^{s_{ik}}}, \qquad
/// s_{ij} = \frac{1}{\tau} \cos(x_i, x_j)
/// ```
///
/// where $`i`$ and $`j`$ are the two columns of a pair, such as the embeddings of two distortions of one picture, $`\tau`$ is `temperature` and
/// the candidates $`N(i)`$ are all columns that stand in a pair, without $`i`$ itself ([`Against::All`], `SimCLR`), or those that stand on the
/// other side of a pair ([`Against::OtherSide`], as for pictures and their captions). It is softmax cross-entropy whose classes are the
/// samples themselves, so no labels are needed. A small temperature looks at the nearest candidates only.
///
/// With $`p_{ik} = \sigma(s_i)_k`$ over the candidates and $`w`$ the weight of the pair that a column stands in,
///
/// ```math
/// \frac{\partial L}{\partial \hat x_i} = \frac{1}{2 \tau d} \sum_k c_{ik}\, \hat x_k, \quad
/// c_{ik} = w_i (p_{ik} - [k = j(i)]) + w_k (p_{ki} - [i = j(k)]), \qquad
/// \frac{\partial L}{\partial x_i} = \frac{g - (g^\top \hat x_i)\, \hat x_i}{\lVert x_i \rVert}
/// ```
///
/// where $`\hat x = x / \lVert x \rVert`$ and $`g`$ is the first of the two: as for the cosine, a step turns and never shortens.
///
/// # Shapes
///
/// `columns: outputs × samples`, `tuples: pairs` of the numbers of two columns. A column stands in one pair at most; a column in
/// none is no candidate and has gradient 0. The mean over pairs is the mean over the $`2 m`$ columns of the paper.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is softmax cross-entropy of the similarities | `nt_xent_is_cross_entropy_of_similarities` |
/// | positive factors of columns change nothing; gradients stand at right angles to columns | `nt_xent_looks_at_directions_only` |
/// | equal columns cost $`\ln (2 m - 1)`$, or $`\ln m`$ against the other side; one pair alone costs 0 there | `equal_views_cost_the_logarithm_of_the_candidates` |
/// | the order of the pairs, and of the two columns of each, does not matter | `the_order_of_views_does_not_matter` |
/// | at most $`\ln (2 m - 1) + 2 / \tau`$ | `nt_xent_is_bounded` |
/// | gradient = differences; equals autodiff's | `comparison_gradients_are_derivatives`, `the_closed_forms_of_comparisons_are_their_gradients` |
///
/// # Numerics
///
/// The largest similarity is subtracted before the exponentials, whose sum less 1 goes through $`\ln(1 + x)`$: no temperature
/// makes NaN, and a loss near 0 keeps its digits. Similarities are rounded to $`\varepsilon / \tau`$. Exponentials have the precision of `T`.
/// A column of zeros has no direction: its similarity with everything is 0, and so is its gradient. Memory is $`O(n\,(m + 16))`$ for `n` columns of
/// `m` numbers: similarities are computed twice and not kept.
///
/// # Errors
///
/// [`LossError::NotPositive`] for a temperature that is not, [`LossError::ColumnTwice`] for a column in two pairs or twice in
/// one, [`LossError::NoComparisons`], [`LossError::ColumnOutOfRange`], and those of weights and denominators.
///
/// # Examples
///
/// Two pairs at right angles to each other. Each column has the similarity 1 with its partner and 0 with two others:
///
/// ```
/// use gradus_losses::{Comparison, MatrixRef, NtXent, Order, Shape, Weights};
///
/// let x = [3.0, 0.5, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0]; // (3, 0), (½, 0), (0, 1), (0, 2)
/// let x = MatrixRef::new(&x, Shape::new(2, 4), Order::Rows)?;
/// let loss = NtXent { temperature: 1.0, ..NtXent::default() };
/// let mean = loss.value(x, &[[0, 1], [2, 3]], Weights::Equal, 2.0)?;
/// let by_hand = (2.0 * (-1.0_f64).exp()).ln_1p(); // ln((e + 1 + 1) / e)
/// assert!((mean - by_hand).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// T. Chen, S. Kornblith, M. Norouzi and G. Hinton, *A simple framework for contrastive learning of visual representations* (2020),
/// equation 1; A. van den Oord, Y. Li and O. Vinyals, *Representation learning with contrastive predictive coding* (2018), equation
/// 4 (`InfoNCE`); A. Radford et al., *Learning transferable visual models from natural language supervision* (2021), figure 3.
#[doc(alias = "InfoNCE")]
#[doc(alias = "SimCLR")]
#[doc(alias = "CLIP")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NtXent {
    /// $`\tau > 0`$.
    pub temperature: f64,
    /// Among which columns a partner has to be found.
    pub against: Against,
}

/// Among which columns a partner has to be found.
///
/// # Examples
///
/// One pair: against the other side there is no choice, and against all neither.
///
/// ```
/// use gradus_losses::{Against, Comparison, MatrixRef, NtXent, Order, Shape, Weights};
///
/// let x = MatrixRef::new(&[1.0, -1.0], Shape::new(1, 2), Order::Rows)?;
/// for against in [Against::All, Against::OtherSide] {
///     let loss = NtXent { temperature: 0.5, against };
///     assert_eq!(loss.value(x, &[[0, 1]], Weights::Equal, 1.0)?, 0.0);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Against {
    /// All other columns that stand in a pair; the default.
    #[default]
    All,
    /// The second columns of the pairs for a first one, and the first ones for a second.
    OtherSide,
}

/// The paper's temperature for small batches, ½, against all.
impl Default for NtXent {
    fn default() -> Self {
        Self {
            temperature: 0.5,
            against: Against::All,
        }
    }
}

impl<T: Float> Comparison<T> for NtXent {
    type Tuple = [usize; 2];

    fn value_and_gradient(
        &self,
        columns: MatrixRef<'_, T>,
        pairs: &[[usize; 2]],
        weights: Weights<'_, T>,
        denominator: f64,
        gradient: MatrixMut<'_, T>,
    ) -> Result<f64, LossError> {
        check_gradient(columns.shape(), &gradient)?;
        self.check(columns.columns(), pairs, weights, denominator)?;
        let (views, weights) = self.views(columns, pairs, weights);
        let normalizers = views.normalizers::<T>();
        let sum = weighted_sum(&weights, &normalizers.losses);
        let factors: Vec<f64> = weights.iter().map(|w| 0.5 * w / denominator).collect();
        let mut slopes = Gathered::zeros(columns.shape());
        views.pull_back::<T>(&normalizers, &factors, &mut slopes);
        slopes.write(gradient);
        Ok(sum / denominator)
    }

    fn value(
        &self,
        columns: MatrixRef<'_, T>,
        pairs: &[[usize; 2]],
        weights: Weights<'_, T>,
        denominator: f64,
    ) -> Result<f64, LossError> {
        self.check(columns.columns(), pairs, weights, denominator)?;
        let (views, weights) = self.views(columns, pairs, weights);
        let losses = views.normalizers::<T>().losses;
        Ok(weighted_sum(&weights, &losses) / denominator)
    }
}

impl NtXent {
    /// The pairs that are not ignored, as directions, and the weights of their columns.
    fn views<T: Float>(
        &self,
        columns: MatrixRef<'_, T>,
        pairs: &[[usize; 2]],
        weights: Weights<'_, T>,
    ) -> (Views, Vec<f64>) {
        let pairs = counted(pairs, weights);
        let (names, each): (Vec<_>, Vec<_>) = pairs
            .flat_map(|(k, pair)| pair.map(|column| (column, weights.of(k))))
            .unzip();
        let across = self.against == Against::OtherSide;
        (Views::new(columns, names, self.temperature, across), each)
    }

    /// Everything fits, and no counted column is named twice.
    fn check<T: Float>(
        &self,
        columns: usize,
        pairs: &[[usize; 2]],
        weights: Weights<'_, T>,
        denominator: f64,
    ) -> Result<(), LossError> {
        check::positive("temperature", self.temperature)?;
        check_weights(pairs.len(), weights, denominator)?;
        let mut named = vec![false; columns];
        for (comparison, pair) in counted(pairs, weights) {
            for &column in pair {
                check_column(column, columns, comparison)?;
                if std::mem::replace(&mut named[column], true) {
                    return Err(LossError::ColumnTwice { column, comparison });
                }
            }
        }
        Ok(())
    }
}

/// $`\tfrac12 \sum_i w_i \ell_i`$ over the columns: two of them are a pair.
fn weighted_sum(weights: &[f64], losses: &[f64]) -> f64 {
    weights
        .iter()
        .zip(losses)
        .map(|(w, loss)| 0.5 * w * loss)
        .sum()
}
